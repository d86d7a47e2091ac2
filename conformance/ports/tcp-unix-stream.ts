// A unix stream socket beside a TCP port: what connect and receive get, the client info of such a connection, messages from
// one kind of connection to the other, and what becomes of the socket's file. The unix client runs inside the server.
import { existsSync } from 'node:fs';
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, SWOOLE_SOCK_UNIX_STREAM } from 'swoole-ts';
import { echo, getenvInt, jsonEncode, printf, sysGetTempDir } from '../lib/php.ts';

const path = `${sysGetTempDir()}/swoole-oracle-${getenvInt('PORT')}.stream`;

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });
const unix = server.listen(path, 0, SWOOLE_SOCK_UNIX_STREAM) as Swoole.Server.Port;
printf(
  'types %d %d, port %d, host is the path %s, file %s\n',
  server.type,
  unix.type,
  unix.port,
  jsonEncode(unix.host === path),
  jsonEncode(existsSync(path)),
);

unix.on('connect', (_server, fd) => echo(`unix connect ${fd}\n`));
unix.on('receive', (server, fd, _reactorId, data) => {
  const info = server.getClientInfo(fd) as Swoole.Server.ClientInfo;
  printf(
    'unix receive %d %s, socket_type %d, remote_ip %s, remote_port %d\n',
    fd,
    data,
    info.socket_type,
    jsonEncode(info.remote_ip),
    info.remote_port,
  );
  for (const other of server.connections) {
    if (other !== fd) {
      server.send(other, `from unix connection ${fd}\n`);
    }
  }
  server.send(fd, data.toString().toUpperCase());
});
unix.on('close', (_server, fd) => echo(`unix close ${fd}\n`));

server.on('receive', async (server, fd, _reactorId, data) => {
  const client = new Swoole.Coroutine.Client(SWOOLE_SOCK_UNIX_STREAM);
  echo('connected ', jsonEncode(await client.connect(path, 0, 1)), '\n');
  await client.send(data);
  server.send(fd, `${await client.recv(1)}\n`);
  printf('connections %d, of the unix port %d\n', server.connections.count(), unix.connections.count());
  client.close();
});
server.on('close', (_server, fd) => echo(`tcp close ${fd}\n`));
server.on('shutdown', () => {
  echo('file at shutdown ', jsonEncode(existsSync(path)), '\n');
});
server.start();
