// @ts-check
// Runs scenarios several at a time and prints them in their order.

/** @typedef {{ ok: boolean, text: string }} Result */

/** The most failures that a second attempt is made for: with more of them the machine's load is not the reason. */
const SECOND_ATTEMPTS = 10;

/**
 * Scenarios measure time: one that fails beside others runs again alone.
 * @param {readonly string[]} names
 * @param {number} jobs how many at a time
 * @param {(name: string) => Promise<Result>} run
 * @param {(name: string, result: Result) => void} told called with each result, in the order of the names
 */
export async function runScenarios(names, jobs, run, told) {
  /** @type {((result: Result) => void)[]} */
  const settle = [];
  /** @type {Promise<Result>[]} */
  const results = names.map((_name, i) => new Promise((resolve) => (settle[i] = resolve)));
  /** @param {number} i */
  const attempt = async (i) => {
    const name = names[i] ?? '';
    return run(name).catch((error) => ({ ok: false, text: `ERROR ${name}\n    ${error.stack}` }));
  };

  const queue = names.keys();
  /** @type {{ i: number, result: Result }[]} */
  const doubtful = [];
  const worker = async () => {
    for (const i of queue) {
      const result = await attempt(i);
      if (result.ok || jobs === 1) settle[i]?.(result);
      else doubtful.push({ i, result });
    }
  };
  const work = Promise.all(Array.from({ length: jobs }, worker)).then(async () => {
    const again = doubtful.length <= SECOND_ATTEMPTS;
    for (const { i, result } of doubtful) {
      const second = again ? await attempt(i) : result;
      settle[i]?.(second.ok ? { ok: true, text: afterAll(second.text, result.text) } : second);
    }
  });
  for (const [i, result] of results.entries()) told(names[i] ?? '', await result);
  await work;
}

/**
 * What is said of a scenario that passed in its second attempt: with what was wrong in the first.
 * @param {string} second
 * @param {string} first
 */
function afterAll(second, first) {
  return `${second.replace(/$/m, ' (second attempt, alone)')}\n    at first ${first}`;
}
