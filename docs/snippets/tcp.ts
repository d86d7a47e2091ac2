import * as Swoole from 'swoole-ts';

const port = Number(process.env.PORT || 9503);

// #region lines
const server = new Swoole.Server('127.0.0.1', port);

server.set({ open_eof_split: true, package_eof: '\r\n', package_max_length: 65536 });

server.on('connect', (server, fd) => {
  server.send(fd, 'welcome\r\n');
});
server.on('receive', (server, fd, _reactorId, data) => {
  const line = data.toString().trimEnd();
  if (line === 'quit') {
    server.send(fd, 'bye\r\n');
    server.close(fd);
    return;
  }
  server.send(fd, `you said ${line}\r\n`);
});
server.on('close', (_server, fd, _reactorId, how) => {
  console.log(`connection ${fd} was closed by the ${how.initiator}`);
});

server.start();
// #endregion lines
