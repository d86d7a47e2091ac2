// swoole.php, ported line for line: nothing here that a user would not write.
import * as Swoole from 'swoole-ts';

const mode = process.argv[2];
const server = new Swoole.WebSocket.Server('127.0.0.1', 0);

server.on('start', (server) => {
  console.log(`READY ${server.port} swoole-ts`);
});
server.on('open', () => {});
if (mode === 'all') {
  server.on('message', (server, frame) => {
    for (const fd of server.connections) {
      if (server.isEstablished(fd)) {
        server.push(fd, frame.data);
      }
    }
  });
} else {
  server.on('message', (server, frame) => {
    server.push(frame.fd, frame.data);
  });
}
server.on('request', (request, response) => {
  response.end(`hello ${request.get.name}`);
});
server.on('close', () => {});

server.start();
