import * as Swoole from 'swoole-ts';

const { Coroutine } = Swoole;

const server = new Swoole.WebSocket.Server('127.0.0.1', Number(process.env.PORT || 9501));
server.set({ log_level: Swoole.SWOOLE_LOG_WARNING });
server.on('message', (server, frame) => void server.push(frame.fd, `echo ${frame.data}`));
server.on(
  'request',
  (request, response) => void response.end(`${request.getMethod()} ${request.getContent()}`),
);

server.on('start', async () => {
  const { port } = server;

  // #region http
  const client = new Coroutine.Http.Client('127.0.0.1', port);
  client.set({ timeout: 1 });
  client.setHeaders({ 'User-Agent': 'mine/1' });
  if (await client.post('/users', { name: 'Ann' })) {
    console.log(client.statusCode, String(client.body)); // 200 POST name=Ann
  } else {
    console.log(client.statusCode, client.errMsg); // -2 Connection timed out
  }
  client.close();
  // #endregion http

  // #region websocket
  const chat = new Coroutine.Http.Client('127.0.0.1', port);
  if (await chat.upgrade('/chat')) {
    chat.push('hello');
    const frame = await chat.recv(1);
    if (frame instanceof Swoole.WebSocket.Frame) console.log(frame.data); // echo hello
    chat.close();
  }
  // #endregion websocket

  // #region tcp
  const tcp = new Coroutine.Client(Swoole.SWOOLE_SOCK_TCP);
  tcp.set({ open_eof_check: true, package_eof: '\r\n' });
  if (await tcp.connect('127.0.0.1', port, 0.5)) {
    await tcp.send('GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n');
    console.log(String(await tcp.recv(1)).trim()); // HTTP/1.1 200 OK
    tcp.close();
  }
  // #endregion tcp

  // #region sync
  const plain = new Swoole.Client(Swoole.SWOOLE_SOCK_TCP);
  if (await plain.connect('127.0.0.1', port, 0.5)) {
    await plain.send('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
    console.log(String(await plain.recv(12, Swoole.Client.MSG_WAITALL))); // HTTP/1.1 200
    plain.close();
  } else {
    console.log(plain.errCode); // 111, when nobody listens
  }
  // #endregion sync

  // #region async
  const caller = new Swoole.Async.Client(Swoole.SWOOLE_SOCK_TCP);
  caller.on('connect', (client) => client.send('GET / HTTP/1.1\r\nHost: here\r\n\r\n'));
  caller.on('receive', (client, data) => {
    console.log(data.toString('latin1', 0, 8)); // HTTP/1.1
    client.close();
  });
  caller.on('error', (client) => console.log(client.errCode));
  caller.on('close', () => console.log('closed'));
  caller.connect('127.0.0.1', port);
  // #endregion async
});

await server.start();
