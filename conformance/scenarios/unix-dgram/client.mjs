export default async function ({ port, log, Wire }) {
  const w = await Wire.connect(port);
  for (const what of ['client', 'coroutine client', 'socket']) {
    log(`-- ${what}`);
    w.write(what);
    const got = await w.readTo('end\n', 8000);
    for (const line of String(got).replace(/\nend\n$/, '').split('\n')) log(line);
  }
  w.end();
}
