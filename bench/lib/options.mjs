// The command line that memory.mjs and workers.mjs share: [--rounds 5] [--only NAME,NAME] [--quick].
import { parseArgs } from 'node:util';

/**
 * @param {readonly { name: string }[]} all what can be measured
 * @param {string} what how one of them is called
 * @returns the options as given, how many rounds, and what is to be measured; a wrong option ends the program with status 2
 */
export function readOptions(all, what) {
  const { values: options } = parseArgs({
    options: {
      rounds: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const refuse = (message) => {
    console.error(message);
    process.exit(2);
  };
  const rounds = Number(options.rounds ?? (options.quick ? 1 : 5));
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 99) refuse('--rounds takes a number from 1 to 99');
  const wanted = options.only?.split(',');
  const unknown = wanted?.find((name) => !all.some((each) => each.name === name));
  if (unknown !== undefined)
    refuse(`no ${what} is called ${unknown}; there are ${all.map(({ name }) => name).join(', ')}`);
  return { options, rounds, chosen: all.filter(({ name }) => wanted?.includes(name) ?? true) };
}
