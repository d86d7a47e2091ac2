// disconnect(): the close frame it sends, its limits, what is left of the connection afterwards.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, SWOOLE_WEBSOCKET_CLOSE_GOING_AWAY, swoole_last_error } from 'swoole-ts';
import { echo, getenvInt, intval, printf, varExport } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });
Swoole.setWarningHandler((_level, message) => {
  echo(`  warning: ${message}\n`);
  return true;
});

function yes(value: unknown): string {
  return varExport(value);
}

server.on('open', (_server, request) => {
  echo(`open ${request.fd} ${request.server.path_info}\n`);
});

server.on('message', (server, frame) => {
  const fd = frame.fd;
  const [, command = '', argument = ''] = /^(\S*) ?(.*)$/.exec(String(frame.data)) ?? [];
  const run = (): boolean | null => {
    switch (command) {
      case 'default':
        return server.disconnect(fd);
      case 'code':
        return server.disconnect(fd, intval(argument));
      case 'reason':
        return server.disconnect(fd, SWOOLE_WEBSOCKET_CLOSE_GOING_AWAY, argument);
      case 'long':
        return server.disconnect(fd, 1001, 'r'.repeat(intval(argument)));
      case 'unknown':
        return server.disconnect(9999, 1000, 'who');
      case 'negative':
        return server.disconnect(-5);
      default:
        return null;
    }
  };
  const result = run();
  printf(
    '%s -> %s, established %s, exists %s\n',
    `${command} ${argument}`.trim(),
    yes(result),
    yes(server.isEstablished(fd)),
    yes(server.exists(fd)),
  );
  if (command === 'default') {
    echo('again -> ');
    echo(yes(server.disconnect(fd)), ', last error ', swoole_last_error(), '\n');
    echo('push -> ');
    echo(yes(server.push(fd, 'x')), ', last error ', swoole_last_error(), '\n');
    echo('close -> ');
    echo(yes(server.close(fd)), '\n');
  }
});

server.on('close', (server, fd, reactorId) => {
  printf(
    'close %d, by the %s, established %s\n',
    fd,
    reactorId < 0 ? 'server' : 'client',
    yes(server.isEstablished(fd)),
  );
});
server.start();
