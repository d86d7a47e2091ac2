import * as php from '../../src/index.js';

/** The callbacks of `record.php`. */
export const callbacks: Record<string, (...args: never[]) => unknown> = {
  double: (x: number) => php.mul(x, 2),
  isOdd: (x: number) => x % 2 === 1,
  sum: (a: number, b: number) => php.add(a, b),
  join: (...all: unknown[]) => all.map(php.toStr).join('-'),
  compare: (a: unknown, b: unknown) => php.compare(a, b),
  reverse: (a: unknown, b: unknown) => php.compare(b, a),
  byLength: (a: string, b: string) => php.strlen(a) - php.strlen(b),
  upper: (m: unknown) => php.strtoupper(php.isArray(m) ? (php.at(m, 0) as string) : (m as string)),
  bracket: (m: php.AnyArray) => `[${php.implode('|', m)}]`,
  keyIsString: (k: unknown) => typeof k === 'string',
  bothSet: (v: unknown, k: unknown) => v !== null && k !== 'b',
  addIndex: (v: unknown, k: unknown) => `${php.toStr(k)}:${php.toStr(v)}`,
  keep: (x: unknown) => x,
};
