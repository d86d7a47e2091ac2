// What the constructor and listen() answer to bad hosts, ports, modes and socket types: the exception's class, code and message.
// The server is never started; the program ends by itself.
import net from 'node:net';
import * as Swoole from 'swoole-ts';
import {
  SWOOLE_BASE,
  SWOOLE_ERROR_INVALID_PARAMS,
  SWOOLE_ERROR_SERVER_INVALID_LISTEN_PORT,
  SWOOLE_SOCK_TCP,
  setWarningHandler,
  swoole_last_error,
  swoole_strerror,
} from 'swoole-ts';
import { className, echo, getenvInt, printf, varExport } from '../lib/php.ts';

// PHP writes them into its log.
setWarningHandler(() => true);
const SOCKET_EADDRINUSE = 98;

const port = getenvInt('PORT');

function attempt(what: string, make: () => unknown): void {
  try {
    const made = make();
    echo(what, ': ', typeof made === 'object' && made ? className(made) : varExport(made), '\n');
  } catch (e) {
    const { code = 0, message } = e as Error & { code?: number };
    printf('%s: %s code=%d message=%s\n', what, (e as Error).name, code, message);
  }
}

// a port that somebody else listens on
const other = net.createServer();
const taken = getenvInt('PORT2');
await new Promise<void>((resolve) => other.listen(taken, '127.0.0.1', resolve));

attempt('mode 9', () => new Swoole.Server('127.0.0.1', port, 9));
attempt('last error', () => swoole_last_error() === SWOOLE_ERROR_INVALID_PARAMS);
attempt('address out of range', () => new Swoole.Server('256.1.1.1', port));
attempt('a name, no address', () => new Swoole.Server('no host', port));
attempt('empty host', () => new Swoole.Server('', port));
attempt('IPv6 host for IPv4 type', () => new Swoole.Server('::1', port));
attempt('port -1', () => new Swoole.Server('127.0.0.1', -1));
attempt('port 65536', () => new Swoole.Server('127.0.0.1', 65536));
attempt('socket type 99', () => new Swoole.Server('127.0.0.1', port, SWOOLE_BASE, 99));
attempt('taken port', () => new Swoole.Server('127.0.0.1', taken));
printf(
  'last error %s (%s)\n',
  swoole_last_error() === SOCKET_EADDRINUSE ? 'EADDRINUSE' : 'other',
  swoole_strerror(swoole_last_error()),
);

// after all these failures a good one still works, and a second one beside it does not
const good: Swoole.Server[] = [];
attempt('good', () => {
  good[0] = new Swoole.Server('127.0.0.1', port);
  return good[0];
});
const server = good[0] as Swoole.Server;
attempt('second server', () => new Swoole.Server('127.0.0.1', 0));
attempt('second, of another class', () => new Swoole.WebSocket.Server('127.0.0.1', 0));

attempt('listen on the taken port', () => server.listen('127.0.0.1', taken, SWOOLE_SOCK_TCP));
attempt('listen on a bad address', () => server.addlistener('1.2.3', 0, SWOOLE_SOCK_TCP));
attempt('listen on port 70000', () => server.listen('127.0.0.1', 70000, SWOOLE_SOCK_TCP));
attempt('last error', () => swoole_last_error() === SWOOLE_ERROR_SERVER_INVALID_LISTEN_PORT);
attempt('listen on a free port', () => server.listen('127.0.0.1', 0, SWOOLE_SOCK_TCP));
printf(
  'ports: %d, the free one got a number: %s\n',
  server.ports.length,
  (server.ports[1]?.port ?? 0) > 0 ? 'yes' : 'no',
);
other.close();
