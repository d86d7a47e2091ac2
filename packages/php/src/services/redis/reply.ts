import { toFloat, toText } from '../../value/convert.js';
import { isArray, items, pairs } from '../../value/kinds.js';
import { PhpArray } from '../../value/php-array.js';
import { received } from '../../value/text.js';
import type { Reply } from './commands.js';

/** What ioredis answers when it is asked for bytes. */
export type Answer = Buffer | number | string | null | Error | Answer[];

/** An answer as phpredis gives it: nil is false, OK is true, hashes are records in order. */
export function convert(answer: Answer, as: Reply): unknown {
  switch (as) {
    case 'ok':
      return answer !== null && plain(answer) === 'OK';
    case 'bool':
      return answer === 1;
    case 'float':
      return answer === null ? false : toFloat(plain(answer));
    case 'pairs':
    case 'scores': {
      const out = new PhpArray<unknown>();
      // A newer protocol gives each member with its score as a pair.
      const flat = Array.isArray(answer) ? answer.flat() : [];
      for (let i = 0; i < flat.length; i += 2) {
        const value = plain(flat[i + 1] ?? null);
        out.set(plain(flat[i] ?? null), as === 'scores' ? toFloat(value) : value);
      }
      return out;
    }
    default:
      return plain(answer);
  }
}

function plain(answer: Answer): unknown {
  if (answer === null) return false;
  if (Array.isArray(answer)) return answer.map(plain);
  return Buffer.isBuffer(answer) ? received(answer) : answer;
}

/** Arguments in one list: arrays give their values, records their keys and values. */
export function flatten(args: readonly unknown[]): (string | Buffer | number)[] {
  return args.flatMap((arg) => {
    if (!isArray(arg)) return [typeof arg === 'number' ? arg : toText(arg)];
    const list = pairs(arg);
    return list.every(([key], i) => key === i) ? flatten(items(arg)) : flatten(list.flat());
  });
}
