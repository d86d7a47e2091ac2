import * as Swoole from 'swoole-ts';

const web = Number(process.env.PORT || 9501);
const raw = Number(process.env.PORT2 || 9502);

// #region mixed
const server = new Swoole.WebSocket.Server('127.0.0.1', web);
const devices = server.listen('127.0.0.1', raw, Swoole.SWOOLE_SOCK_TCP);
const beacons = server.listen('127.0.0.1', raw, Swoole.SWOOLE_SOCK_UDP);
if (!devices || !beacons) throw new Error(Swoole.swoole_strerror(Swoole.swoole_last_error()));

// A port with settings of its own speaks nothing but what they say.
devices.set({ open_eof_split: true, package_eof: '\n' });
devices.on('receive', (_server, fd, _reactorId, data) => {
  for (const viewer of server.connections) {
    if (server.isEstablished(viewer)) server.push(viewer, `device ${fd}: ${data.toString().trim()}`);
  }
  server.send(fd, 'ok\n');
});

beacons.on('packet', (_server, data, client) => {
  server.sendto(client.address, client.port, `heard ${data.length} bytes`, client.server_socket);
});

server.on('message', (server, frame) => {
  server.push(frame.fd, `you are ${frame.fd}`);
});
server.on('request', (_request, response) => {
  response.end(`${server.connections.count()} connections, ${devices.connections.count()} devices`);
});

server.start();
// #endregion mixed
