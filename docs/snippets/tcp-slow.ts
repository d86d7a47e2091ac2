import * as Swoole from 'swoole-ts';

const port = Number(process.env.PORT || 9503);
const server = new Swoole.Server('127.0.0.1', port);
server.set({ socket_buffer_size: '1M' });

// #region sendwait
server.on('receive', async (server, fd) => {
  for (let part = 0; part < 512; part++) {
    if (!(await server.sendwait(fd, Buffer.alloc(65536, part)))) return; // the client has gone
  }
  server.close(fd);
});
// #endregion sendwait

server.start();
