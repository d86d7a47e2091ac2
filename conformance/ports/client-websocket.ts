// Coroutine\Http\Client as a WebSocket client of a server in the same program: upgrade() and its results, push() and recv() with the
// frame's fields, binary, a ping whose answer does not show, close frames, a refused upgrade, recv() with a time limit and after the end.
import * as Swoole from 'swoole-ts';
import { WEBSOCKET_OPCODE_BINARY, WEBSOCKET_OPCODE_PING } from 'swoole-ts';
import { bin2hex, className, getenvInt, jsonEncode, printf, SOCKET_ETIMEDOUT } from '../lib/php.ts';
import { silence } from '../lib/silence.ts';

const { Client } = Swoole.Coroutine.Http;
const { Frame } = Swoole.WebSocket;
type Frame = Swoole.WebSocket.Frame;
const strrev = (text: string): string => [...text].reverse().join('');

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE });
server.on('open', (server, request) => {
  server.push(
    request.fd,
    `welcome to ${request.server.request_uri} ${request.header['x-token'] ?? 'without a token'}`,
  );
});
server.on('message', (server, frame: Frame) => {
  if (frame.data === 'close me') {
    server.disconnect(frame.fd, 4001, 'as you wish');
    return;
  }
  if (frame.data === 'hang up') {
    server.close(frame.fd);
    return;
  }
  server.push(
    frame.fd,
    typeof frame.data === 'string' ? strrev(frame.data) : Buffer.from(frame.data).reverse(),
    frame.opcode,
  );
});
server.on('request', (_request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  response.status(403);
  response.end('no');
});

function text(frame: unknown): string {
  if (!(frame instanceof Frame)) {
    return jsonEncode(frame);
  }
  const data = frame.opcode === WEBSOCKET_OPCODE_BINARY ? bin2hex(frame.data) : frame.data;
  const more =
    frame instanceof Swoole.WebSocket.CloseFrame ? ` code ${frame.code} reason ${frame.reason}` : '';
  return `${className(frame)} opcode ${frame.opcode} finish ${jsonEncode(frame.finish)} flags ${frame.flags} data ${data}${more}`;
}

server.on('workerStart', (server) => {
  Swoole.Timer.after(50, async () => {
    const port = server.port;
    const client = new Client('127.0.0.1', port);
    client.setHeaders({ 'X-Token': 'secret' });
    printf('upgrade: %s status %d\n', jsonEncode(await client.upgrade('/chat')), client.statusCode);
    printf('recv: %s\n', text(await client.recv(1)));
    printf('push: %s\n', jsonEncode(client.push('hello')));
    printf('recv: %s\n', text(await client.recv(1)));
    printf('push binary: %s\n', jsonEncode(client.push(Buffer.from([1, 2, 255]), WEBSOCKET_OPCODE_BINARY)));
    printf('recv: %s\n', text(await client.recv(1)));
    const frame = new Frame();
    frame.data = 'a frame object';
    printf('push a Frame: %s\n', jsonEncode(client.push(frame)));
    printf('recv: %s\n', text(await client.recv(1)));
    printf('push nothing: %s\n', jsonEncode(client.push('')));
    printf('recv: %s\n', text(await client.recv(1)));
    const long = 'long '.repeat(20000);
    client.push(long);
    let answer = await client.recv(1);
    printf(
      'a long one comes back: %s\n',
      jsonEncode(answer instanceof Frame && answer.data === strrev(long)),
    );
    printf('push a ping: %s\n', jsonEncode(client.push('are you there', WEBSOCKET_OPCODE_PING)));
    answer = await client.recv(0.05);
    printf(
      'nothing in time: %s errCode is ETIMEDOUT %s, connected %s\n',
      text(answer),
      jsonEncode(client.errCode === SOCKET_ETIMEDOUT),
      jsonEncode(client.connected),
    );
    client.push('close me');
    printf('recv: %s\n', text(await client.recv(1)));
    answer = await client.recv(0.5);
    printf('after the close frame: %s, connected %s\n', text(answer), jsonEncode(client.connected));
    printf('push after it: %s\n', jsonEncode(silence(() => client.push('x'))));

    const second = new Client('127.0.0.1', port);
    await second.upgrade('/other');
    printf('second recv: %s\n', text(await second.recv(1)));
    second.push('hang up');
    answer = await second.recv(1);
    printf(
      'server hung up: %s, errCode %d, connected %s\n',
      text(answer),
      second.errCode,
      jsonEncode(second.connected),
    );

    const third = new Client('127.0.0.1', port);
    printf('a plain get first: %s %d\n', jsonEncode(await third.get('/')), third.statusCode);
    printf(
      'then an upgrade on the same connection: %s %d\n',
      jsonEncode(await third.upgrade('/late')),
      third.statusCode,
    );
    printf('third recv: %s\n', text(await third.recv(1)));
    printf('close: %s, connected %s\n', jsonEncode(third.close()), jsonEncode(third.connected));
    await Swoole.Coroutine.sleep(0.02);

    const plain = new Client('127.0.0.1', getenvInt('PORT2'));
    printf('nobody listens: %s, status %d\n', jsonEncode(await plain.upgrade('/')), plain.statusCode);
    server.shutdown();
  });
});
server.on('close', (_server, _fd) => printf('server: close\n'));
await server.start();
