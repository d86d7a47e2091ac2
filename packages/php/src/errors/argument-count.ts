import { ArgumentCountError } from './exceptions.js';

/**
 * What PHP does where one of its own functions is called with too few arguments: it throws.
 * @param name the function, `Swoole\Server::send`
 * @param required how many arguments it needs at least
 * @param isExact whether it takes no more than these
 * @param given the arguments, which PHP evaluates before it throws
 */
export function tooFewArguments(
  name: string,
  required: number,
  isExact: boolean,
  ...given: unknown[]
): never {
  throw new ArgumentCountError(
    `${name}() expects ${isExact ? 'exactly' : 'at least'} ${required} argument${required === 1 ? '' : 's'}, ${given.length} given`,
  );
}
