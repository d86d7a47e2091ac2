import * as Swoole from 'swoole-ts';

const { Coroutine, Http2 } = Swoole;

await Coroutine.run(async () => {
  // #region server
  const server = new Coroutine.Http.Server('127.0.0.1', 0);
  server.set({ open_http2_protocol: true });
  server.handle('/', (request, response) => {
    response.end(`${request.server.server_protocol} ${request.server.request_uri}`);
  });
  server.handle('/chat', async (_request, response) => {
    if (!response.upgrade()) return;
    for (;;) {
      const frame = await response.recv();
      if (!(frame instanceof Swoole.WebSocket.Frame)) break; // '' at the end, false after 60 seconds
      response.push(`echo ${frame.data}`);
    }
  });
  Coroutine.go(() => server.start());
  // #endregion server

  const chat = new Coroutine.Http.Client('127.0.0.1', server.port);
  await chat.upgrade('/chat');
  chat.push('hello');
  const frame = await chat.recv(1);
  if (frame instanceof Swoole.WebSocket.Frame) console.log(frame.data); // echo hello
  chat.close();

  const { port } = server;
  // #region http2
  const client = new Coroutine.Http2.Client('127.0.0.1', port);
  if (await client.connect()) {
    const request = new Http2.Request();
    for (const path of ['/one', '/two']) {
      request.path = path;
      client.send(request); // 1, then 3
    }
    for (let answer = await client.recv(1); answer !== false; answer = await client.recv(1)) {
      console.log(answer.streamId, answer.statusCode, String(answer.data)); // 1 200 HTTP/2 /one
      if (client.stats('active_stream_num') === 0) break;
    }
    client.close();
  }
  // #endregion http2

  server.shutdown();
});
