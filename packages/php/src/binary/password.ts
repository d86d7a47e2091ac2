import bcrypt from 'bcryptjs';
import { ValueError } from '../errors/exceptions.js';
import { at } from '../value/access.js';
import { toBytes, toInt, toStr } from '../value/convert.js';

export const PASSWORD_DEFAULT = '2y';
export const PASSWORD_BCRYPT = '2y';
export const PASSWORD_BCRYPT_DEFAULT_COST = 10;

const BCRYPT = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;

const costOf = (options: unknown): number => toInt(at(options, 'cost') ?? PASSWORD_BCRYPT_DEFAULT_COST);

/** A hash of a password by bcrypt. @param options `cost`, 4 to 31 */
export function password_hash(
  password: unknown,
  algo: string | number | null = PASSWORD_DEFAULT,
  options: unknown = {},
): string {
  if (algo !== null && algo !== PASSWORD_BCRYPT && algo !== 1)
    throw new ValueError('password_hash(): Argument #2 ($algo) must be a valid password hashing algorithm');
  const cost = costOf(options);
  if (cost < 4 || cost > 31) throw new ValueError(`Invalid bcrypt cost parameter specified: ${cost}`);
  if (toBytes(password).includes(0)) throw new ValueError('Bcrypt password must not contain null character');
  return bcrypt.hashSync(toStr(password), cost).replace(/^\$2[ab]\$/, '$2y$');
}

/** Whether a password is the one of a hash. */
export function password_verify(password: unknown, hash: unknown): boolean {
  const known = toStr(hash);
  return BCRYPT.test(known) && bcrypt.compareSync(toStr(password), known);
}

/** Whether a hash should be made anew: it is no bcrypt, or of another cost. */
export function password_needs_rehash(
  hash: unknown,
  _algo: string | number | null = PASSWORD_DEFAULT,
  options: unknown = {},
): boolean {
  return Number(BCRYPT.exec(toStr(hash))?.[1] ?? -1) !== costOf(options);
}

/** What a hash tells of how it was made. */
export function password_get_info(hash: unknown): {
  algo: string | null;
  algoName: string;
  options: { cost?: number };
} {
  const cost = BCRYPT.exec(toStr(hash))?.[1];
  return cost === undefined
    ? { algo: null, algoName: 'unknown', options: {} }
    : { algo: '2y', algoName: 'bcrypt', options: { cost: Number(cost) } };
}
