// The load generator: a process of its own. Takes a job as JSON, prints `RESULT` and what it measured as JSON.
const job = JSON.parse(process.argv[2]);
const { run } = await import(`./${job.driver}.mjs`);
const result = await run(job);
process.stdout.write(`RESULT ${JSON.stringify(result)}\n`, () => process.exit());
