// Run by docs/test/processes.test.ts.
import * as Swoole from 'swoole-ts';

// #region server
const server = new Swoole.WebSocket.Server('127.0.0.1', Number(process.env.PORT || 9501));
const jobs = new Swoole.Process(
  async (process) => {
    const socket = process.exportSocket();
    while (socket) {
      const text = String(await socket.recv());
      for (const fd of server.connections) server.push(fd, `for everybody: ${text}`);
    }
  },
  false,
  2,
  true,
);
server.addProcess(jobs);

server.on('message', (_server, frame) => {
  jobs.write(frame.data);
});
// #endregion server

server.start();
