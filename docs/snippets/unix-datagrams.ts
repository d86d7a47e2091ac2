import * as Swoole from 'swoole-ts';

const path = process.env.SOCKET || '/tmp/log.sock';

// #region server
const server = new Swoole.Server(path, 0, Swoole.SWOOLE_BASE, Swoole.SWOOLE_SOCK_UNIX_DGRAM);

server.on('packet', (server, data, client) => {
  console.log(`${client.address || 'somebody'}: ${data}`);
  if (client.address !== '') server.sendto(client.address, 0, 'written');
});

server.start();
// #endregion server
