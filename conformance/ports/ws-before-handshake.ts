// beforeHandshakeResponse adds to the 101 response; websocket_subprotocol chooses a subprotocol.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { echo, getenvInt, jsonEncode, printf, varExport } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({
  worker_num: 1,
  log_level: SWOOLE_LOG_NONE,
  websocket_subprotocol: 'chat.v2',
});

server.on('beforeHandshakeResponse', (server, request, response) => {
  printf(
    'beforeHandshakeResponse fd=%d response fd=%d established=%s\n',
    request.fd,
    response.fd,
    jsonEncode(server.isEstablished(request.fd)),
  );
  response.header('X-Node', `node-${request.server.request_uri.length}`);
  response.header('server', 'little-server');
  response.cookie('seen', String(request.cookie?.seen ?? 'never'));
  if ((request.get?.proto ?? '') !== '') {
    response.header('Sec-WebSocket-Protocol', String(request.get?.proto), false);
  }
  if (request.get?.deny !== undefined) {
    response.status(403);
    echo('  status(403) set\n');
  }
  echo('  header names: ', Object.keys(response.headers ?? {}).join(','), '\n');
});
server.on('open', (server, request) => {
  printf('open asked=%s\n', varExport(request.header['sec-websocket-protocol'] ?? null));
  server.push(request.fd, 'open');
});
server.on('message', () => {});
server.start();
