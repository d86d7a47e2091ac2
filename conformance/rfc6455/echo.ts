// The server of the cases: it sends back whatever it gets.
import * as Swoole from 'swoole-ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', 0);
server.set({
  websocket_compression: true,
  package_max_length: Number(process.env.MAX_PAYLOAD),
  log_level: 5,
});
server.on('message', (_server, frame) => {
  server.push(frame.fd, frame.data, frame.opcode);
});
server.on('start', () => process.send?.(server.port));
server.start();
