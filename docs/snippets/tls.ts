import * as Swoole from 'swoole-ts';

// #region tls
const server = new Swoole.WebSocket.Server(
  '0.0.0.0',
  9443,
  Swoole.SWOOLE_BASE,
  Swoole.SWOOLE_SOCK_TCP | Swoole.SWOOLE_SSL,
);

server.set({
  ssl_cert_file: '/etc/letsencrypt/live/example.org/fullchain.pem',
  ssl_key_file: '/etc/letsencrypt/live/example.org/privkey.pem',
});
// #endregion tls

// #region reload
process.on('SIGHUP', () => {
  server.reloadCertificates();
});
// #endregion reload

server.on('message', (server, frame) => {
  server.push(frame.fd, frame.data);
});

server.start();
