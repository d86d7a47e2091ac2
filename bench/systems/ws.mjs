// The npm library `ws` beside node:http, as its README shows them together.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { WebSocket, WebSocketServer } from 'ws';

const { version } = createRequire(import.meta.url)('ws/package.json');
const mode = process.argv[2];

const http = createServer((request, response) => {
  const { searchParams } = new URL(request.url, 'http://127.0.0.1');
  response.end(`hello ${searchParams.get('name')}`);
});
const server = new WebSocketServer({ server: http });

server.on('connection', (peer) => {
  peer.on('message', (data, binary) => {
    if (mode !== 'all') {
      peer.send(data, { binary });
      return;
    }
    for (const each of server.clients) if (each.readyState === WebSocket.OPEN) each.send(data, { binary });
  });
});

http.listen(0, '127.0.0.1', () => {
  console.log(`READY ${http.address().port} ws ${version}`);
});
