import * as Swoole from 'swoole-ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', Number(process.env.PORT || 9501));

// #region error
server.on('error', (_server, error, context) => {
  console.error(`in the ${context.event} callback of connection ${context.fd}:`, error);
});
// #endregion error

// #region warnings
Swoole.setWarningHandler((level, message) => {
  console.error(`warning ${level}: ${message}`);
});
// #endregion warnings

server.on('message', (server, frame) => {
  if (frame.data === 'throw') throw new Error('a bug');
  server.push(4711, 'nobody');
  server.push(frame.fd, 'still here');
});

// #region start
try {
  await server.start(); // resolves when the server has shut down
} catch (error) {
  console.error(error instanceof Swoole.Exception ? error.getCode() : '', error);
  process.exitCode = 1;
}
// #endregion start
