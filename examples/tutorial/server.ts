import * as Swoole from 'swoole-ts';

// The WebSocket tutorial: five steps to a server that greets, answers and says goodbye.

// 1. Create the server, with its address and port.
const ws_server = new Swoole.WebSocket.Server('127.0.0.1', Number(process.env.PORT || 9501));

// 2. A connection opens: Swoole has accepted it, greet it.
ws_server.on('open', (ws, request) => {
  console.log(`connection open: ${request.fd}`);
  ws.push(request.fd, 'welcome to the websocket server!');
});

// 3. A message arrives: check and read it, process it, send the answer back as the type that the client expects.
ws_server.on('message', (ws, frame) => {
  if (frame.opcode !== Swoole.WEBSOCKET_OPCODE_TEXT) {
    ws.disconnect(frame.fd, Swoole.WEBSOCKET_CLOSE_DATA_ERROR, 'this server takes text');
    return;
  }
  console.log(`received message: ${frame.data}`);
  const message = `hello, ${frame.data} !`;
  ws.push(frame.fd, message, Swoole.WEBSOCKET_OPCODE_TEXT);
});

// 4. A connection closes.
ws_server.on('close', (_ws, fd) => {
  console.log(`connection close: ${fd}`);
});

// Not a step of the tutorial: to a browser that asks for a page, the same port answers with one that talks to this server.
ws_server.on('request', (_request, response) => {
  response.sendfile(`${import.meta.dirname}/index.html`);
});

// 5. Start.
ws_server.start();
