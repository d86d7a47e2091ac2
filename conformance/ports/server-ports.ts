// Several ports: callbacks of their own or those of the server, settings of their own, the Port objects' properties and
// connections, which port a connection came to, and sending from one port's callback to another port's connection.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, SWOOLE_SOCK_TCP } from 'swoole-ts';
import { echo, getenvInt, jsonEncode, printf } from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE, open_eof_split: true, package_eof: '\n' });

// own receive, no close: the close event of the server is used
const second = server.addListener('127.0.0.1', getenvInt('PORT2'), SWOOLE_SOCK_TCP) as Swoole.Server.Port;
second.set({ open_eof_split: false });
// nothing of its own but a different mark
const third = server.listen('127.0.0.1', getenvInt('PORT3'), SWOOLE_SOCK_TCP) as Swoole.Server.Port;
third.set({ open_eof_split: true, package_eof: ';' });

for (const [i, port] of server.ports.entries()) {
  printf(
    'port %d: %s %s type=%d ssl=%s setting=%s\n',
    i,
    port.host,
    port.port,
    port.type,
    jsonEncode(port.ssl),
    jsonEncode(port.setting),
  );
}
printf('the second is in ports: %s\n', jsonEncode((server.ports[1] as unknown) === second));

server.on('connect', (_server, fd) => echo(`server connect ${fd}\n`));
server.on('receive', (server, fd, _reactorId, data) => {
  printf('server receive %d %s\n', fd, jsonEncode(data));
  if (data.toString() === 'everybody\n') {
    for (const [i, port] of server.ports.entries()) {
      for (const other of port.connections) {
        server.send(other, `to ${other} on port ${i}\n`);
      }
    }
  }
});
server.on('close', (_server, fd) => echo(`server close ${fd}\n`));

second.on('connect', (_server, fd) => echo(`second connect ${fd}\n`));
second.on('receive', (server, fd, _reactorId, data) => {
  const info = server.getClientInfo(fd);
  printf(
    "second receive %d %s, server_port is the second's: %s\n",
    fd,
    jsonEncode(data),
    jsonEncode(info && info.server_port === second.port),
  );
});
server.start();
