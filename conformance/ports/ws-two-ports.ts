// One server, three ports: the main WebSocket port, an HTTP port for administration, and a second WebSocket port
// with its own message event. Events that a port does not define come from the server.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, SWOOLE_SOCK_TCP } from 'swoole-ts';
import { className, echo, getenvInt, jsonEncode, printf, varExport } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });

const main = getenvInt('PORT');
const admin = server.addlistener('127.0.0.1', getenvInt('PORT2'), SWOOLE_SOCK_TCP) as Swoole.Server.Port;
admin.set({ open_http_protocol: true, open_websocket_protocol: false });
const second = server.listen('127.0.0.1', getenvInt('PORT3'), SWOOLE_SOCK_TCP) as Swoole.Server.Port;
second.set({ open_websocket_protocol: true });

const places = new Map([
  [getenvInt('PORT'), 'main'],
  [getenvInt('PORT2'), 'admin'],
  [getenvInt('PORT3'), 'second'],
]);
const place = (fd: number): string => {
  const info = server.getClientInfo(fd);
  return places.get(info ? info.server_port : 0) ?? 'nowhere';
};

server.on('open', (_server, request) => {
  echo(`open ${request.fd} on ${place(request.fd)}\n`);
});
server.on('message', (server, frame) => {
  echo(`server message ${frame.fd} on ${place(frame.fd)}: ${frame.data}\n`);
  server.push(frame.fd, `main got ${frame.data}`);
});
server.on('close', (_server, fd) => {
  echo(`close ${fd} on ${place(fd)}\n`);
});
second.on('message', (_server, frame) => {
  echo(`second message ${frame.fd} on ${place(frame.fd)}: ${frame.data}\n`);
  server.push(frame.fd, `second got ${frame.data}`);
});
admin.on('request', (request, response) => {
  let sent = 0;
  for (const fd of server.connections) {
    if (server.isEstablished(fd)) {
      server.push(fd, `notice: ${request.get?.text ?? 'empty'}`);
      sent++;
    }
  }
  response.header('Content-Type', 'application/json');
  response.end(
    jsonEncode({
      sent,
      connections: server.connections.count(),
      server_port: request.server.server_port === getenvInt('PORT2'),
    }),
  );
});

printf(
  'ports: %d, main first: %s, types: %s\n',
  server.ports.length,
  varExport(server.ports[0]?.port === main),
  [...new Set(server.ports.map(className))].join(','),
);
server.start();
