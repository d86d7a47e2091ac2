// tcp-swoole.php, ported line for line.
import * as Swoole from 'swoole-ts';

const server = new Swoole.Server('127.0.0.1', 0);

server.on('start', (server) => {
  console.log(`READY ${server.port} swoole-ts`);
});
server.on('receive', (server, fd, _reactorId, data) => {
  server.send(fd, data);
});

server.start();
