import type { Mixed } from '../value/mixed.js';
import { PhpArray } from '../value/php-array.js';

const started = (Date.now() - performance.now()) / 1000;
const script = process.argv[1] ?? '';
const argv = process.argv.slice(1);

/**
 * PHP's superglobals, as a command has them: `$_SERVER` with the environment and the command line, the others empty until the program
 * fills them. A Swoole server has what a client sent in its request objects.
 */
export const superglobals: {
  _SERVER: Mixed;
  _GET: Mixed;
  _POST: Mixed;
  _COOKIE: Mixed;
  _FILES: Mixed;
  _REQUEST: Mixed;
  _SESSION: Mixed;
  /** `$argv`: the script and what was given to it. */
  argv: string[];
  /** `$argc`. */
  argc: number;
} = {
  _SERVER: PhpArray.fromEntries(
    Object.entries({
      ...process.env,
      PHP_SELF: script,
      SCRIPT_NAME: script,
      SCRIPT_FILENAME: script,
      PATH_TRANSLATED: script,
      DOCUMENT_ROOT: '',
      REQUEST_TIME: Math.floor(started),
      REQUEST_TIME_FLOAT: started,
      argv,
      argc: argv.length,
    }),
  ),
  _GET: new PhpArray(),
  _POST: new PhpArray(),
  _COOKIE: new PhpArray(),
  _FILES: new PhpArray(),
  _REQUEST: new PhpArray(),
  _SESSION: new PhpArray(),
  argv: [...argv],
  argc: argv.length,
};
