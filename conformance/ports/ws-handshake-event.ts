// A handshake event: the program answers the opening handshake by hand, refuses it, or forgets to answer;
// the open event is then not raised, so the program calls its own function.
import { createHash } from 'node:crypto';
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { echo, getenvInt, printf, varExport } from '../lib/php.ts';

class Gate {
  static readonly GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

  constructor(private readonly server: Swoole.WebSocket.Server) {}

  handshake(request: Swoole.Http.Request, response: Swoole.Http.Response): boolean | undefined {
    const path = request.server.path_info;
    const established = varExport(this.server.isEstablished(request.fd));
    echo(`handshake fd=${request.fd} ${path} established=`, established, '\n');
    switch (path) {
      case '/refuse':
        response.status(403);
        response.header('X-Why', 'not today');
        response.end('no entry');
        return false;
      case '/silent':
        return true;
      case '/wrong-status':
        response.end('a page');
        return true;
      case '/returns-false':
        this.accept(request, response);
        return false;
      case '/plain':
        response.header('Content-Type', 'text/plain');
        response.status(401, 'Who Are You');
        response.end();
        return undefined;
    }
    this.accept(request, response);
    printf('  accepted, established=%s\n', varExport(this.server.isEstablished(request.fd)));
    this.opened(request.fd);
    return undefined;
  }

  private accept(request: Swoole.Http.Request, response: Swoole.Http.Response): void {
    const key = request.header['sec-websocket-key'] ?? '';
    const headers = {
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Accept': createHash('sha1').update(`${key}${Gate.GUID}`).digest('base64'),
      'Sec-WebSocket-Version': '13',
      'X-Accepted-By': 'gate',
    };
    for (const [name, value] of Object.entries(headers)) {
      response.header(name, value);
    }
    response.cookie('visit', '1');
    response.status(101);
    response.end();
  }

  private opened(fd: number): void {
    this.server.push(fd, `welcome ${fd}`);
  }
}

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });
const gate = new Gate(server);
server.on('handshake', (request, response) => gate.handshake(request, response));
server.on('open', () => {
  echo('open event\n');
});
server.on('message', (server, frame) => {
  echo(`message from ${frame.fd}: ${frame.data}\n`);
  server.push(frame.fd, [...String(frame.data)].reverse().join(''));
});
server.on('close', (_server, fd) => {
  echo(`close ${fd}\n`);
});
server.start();
