// The request event on a WebSocket server: ordinary HTTP beside WebSocket on one port, and what an upgrade does
// to a keep-alive connection that has already been used for HTTP.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { echo, getenvInt, jsonEncode, printf } from '../lib/php.ts';

class Board {
  private readonly notes: { id: number; text: string; by: string }[] = [];

  constructor(private readonly server: Swoole.WebSocket.Server) {
    server.on('request', (request, response) => this.onRequest(request, response));
    server.on('open', (server, request) => this.onOpen(server, request));
    server.on('message', (server, frame) => this.onMessage(server, frame));
    server.on('close', (server, fd) => this.onClose(server, fd));
  }

  onRequest(request: Swoole.Http.Request, response: Swoole.Http.Response): void {
    const method = request.server.request_method;
    const path = request.server.request_uri;
    printf(
      'request fd=%d %s %s established=%s\n',
      request.fd,
      method,
      path,
      jsonEncode(this.server.isEstablished(request.fd)),
    );
    if (path === '/notes' && method === 'POST') {
      this.add(String(request.post?.text ?? request.rawContent().toString().trim()), `http ${request.fd}`);
      response.status(201);
      response.end();
    } else if (path === '/notes') {
      response.header('Content-Type', 'application/json; charset=utf-8');
      response.end(jsonEncode(this.notes));
    } else {
      response.status(404);
      response.end(`nothing at ${path}`);
    }
  }

  onOpen(server: Swoole.WebSocket.Server, request: Swoole.Http.Request): void {
    echo(`open fd=${request.fd} ${request.server.request_uri}\n`);
    for (const note of this.notes) {
      server.push(request.fd, jsonEncode(note));
    }
  }

  onMessage(_server: Swoole.WebSocket.Server, frame: Swoole.WebSocket.Frame): void {
    this.add(String(frame.data), `socket ${frame.fd}`);
  }

  onClose(_server: Swoole.WebSocket.Server, fd: number): void {
    echo(`close fd=${fd}\n`);
  }

  private add(text: string, by: string): void {
    this.notes.push({ id: this.notes.length + 1, text, by });
    for (const fd of this.server.connections) {
      if (this.server.isEstablished(fd)) {
        this.server.push(fd, jsonEncode(this.notes.at(-1)));
      }
    }
  }
}

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });
new Board(server);
server.start();
