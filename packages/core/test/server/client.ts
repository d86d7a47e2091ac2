import http from 'node:http';
import { onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { Queue } from './queue.js';

export interface Closed {
  code: number;
  reason: string;
}

/** A WebSocket client that keeps what it gets, and leaves with the test. */
export class Client {
  readonly messages = new Queue<string | Buffer>();
  readonly closed: Promise<Closed>;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer, binary: boolean) => this.messages.put(binary ? data : String(data)));
    // The close event follows, and says what is to be said.
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
    onTestFinished(() => socket.terminate());
  }

  static async open(port: number, path = '/', options: WebSocket.ClientOptions = {}): Promise<Client> {
    return Client.connect(`ws://127.0.0.1:${port}${path}`, options);
  }

  static async connect(url: string, options: WebSocket.ClientOptions = {}): Promise<Client> {
    const socket = new WebSocket(url, { perMessageDeflate: false, ...options });
    const client = new Client(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return client;
  }

  send(data: string | Uint8Array): void {
    this.socket.send(data);
  }

  next(): Promise<string | Buffer> {
    return this.messages.next();
  }
}

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** One HTTP request on a connection of its own. */
export function request(
  port: number,
  path = '/',
  options: http.RequestOptions & { body?: string | Uint8Array } = {},
): Promise<Answer> {
  const { body, ...rest } = options;
  return new Promise((resolve, reject) => {
    const asked = http.request({ host: '127.0.0.1', port, path, agent: false, ...rest }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(pieces),
        }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
