import * as Swoole from 'swoole-ts';

const main = Number(process.env.PORT || 9501);
const second = Number(process.env.PORT2 || 9502);

// #region ports
const server = new Swoole.WebSocket.Server('127.0.0.1', main);

server.on('message', (server, frame) => {
  server.push(frame.fd, `public: ${frame.data}`);
});
server.on('request', (_request, response) => {
  response.end('public');
});

const admin = server.listen('127.0.0.1', second, Swoole.SWOOLE_SOCK_TCP);
if (admin === false) throw new Error(Swoole.swoole_strerror(Swoole.swoole_last_error()));
admin.set({ open_websocket_protocol: true, package_max_length: 65536 });
admin.on('message', (_server, frame) => {
  console.log(`${server.connections.count()} connections in all, ${admin.connections.count()} on this port`);
  server.push(frame.fd, `admin: ${frame.data}`);
});

server.start();
// #endregion ports
