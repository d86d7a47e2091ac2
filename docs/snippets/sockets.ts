import { Coroutine } from 'swoole-ts';

const { run, go, Server, Socket } = Coroutine;
const AF_INET = 2;
const SOCK_STREAM = 1;

await run(async () => {
  // #region server
  const server = new Server('127.0.0.1', Number(process.env.PORT || 9501));
  server.set({ open_eof_check: true, package_eof: '\r\n' });
  server.handle(async (connection) => {
    await connection.send('who are you?\r\n');
    const name = await connection.recv(5);
    if (name) await connection.send(`hello, ${name}`);
    connection.close();
  });
  go(() => server.start());
  // #endregion server

  // #region socket
  const socket = new Socket(AF_INET, SOCK_STREAM);
  while (!(await socket.connect('127.0.0.1', server.port, 1))) await Coroutine.sleep(0.01);
  console.log(String(await socket.recvLine(1024, 1)).trim()); // who are you?
  await socket.recv(1); // recvLine() ends a line with the carriage return, as in Swoole
  await socket.sendAll('Ann\r\n');
  console.log(String(await socket.recvAll(10, 1))); // hello, Ann
  socket.close();
  // #endregion socket

  await server.shutdown();
});
