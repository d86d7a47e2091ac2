import { LEGACY_METHODS } from '../api/swoole-names.js';
import ledger from './ledger.json' with { type: 'json' };

/** What swoole-ts makes of a name of Swoole; `unknown` is not in Swoole 6.2. */
export interface Status {
  verdict: 'works' | 'differs' | 'none' | 'unknown';
  /** What differs, or why there is none. */
  why: string;
}

const names: Readonly<Record<string, string>> = ledger.names;
const parents: Readonly<Record<string, string | undefined>> = ledger.parents;

const read = (entry: string): Status => {
  if (entry.startsWith('differs: ')) return { verdict: 'differs', why: entry.slice('differs: '.length) };
  if (entry.startsWith('none: ')) return { verdict: 'none', why: entry.slice('none: '.length) };
  return { verdict: 'works', why: '' };
};

/**
 * Looks a name up in the ledger of compatibility.
 * @param name as PHP writes it: `Swoole\Server::push`, `swoole_timer_tick`, `SWOOLE_BASE`, `setting worker_num`
 */
export function statusOf(name: string): Status {
  const dotted = name.replace(/^\\/, '').replaceAll('\\', '.');
  const [owner = '', member] = dotted.split('::');
  if (member === undefined) return first([dotted, `${dotted}()`]) ?? UNKNOWN;
  const plain = member.replace(/^\$|\(\)$/g, '');
  for (let type: string | undefined = owner; type !== undefined; type = parents[type]) {
    const found = first([`${type}::${plain}()`, `${type}::$${plain}`, `${type}::${plain}`]);
    if (found) return found;
  }
  if (LEGACY_METHODS.has(plain)) return { verdict: 'works', why: '' };
  const whole = first([owner]);
  return whole?.verdict === 'none' ? whole : UNKNOWN;
}

const UNKNOWN: Status = { verdict: 'unknown', why: 'Swoole 6.2 has no such name.' };

function first(candidates: readonly string[]): Status | null {
  for (const name of candidates) {
    const entry = Object.hasOwn(names, name) ? names[name] : undefined;
    if (entry !== undefined) return read(entry);
  }
  return null;
}
