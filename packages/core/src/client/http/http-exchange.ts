import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import {
  SWOOLE_HTTP_CLIENT_ESTATUS_CONNECT_FAILED,
  SWOOLE_HTTP_CLIENT_ESTATUS_SERVER_RESET,
} from '../../constants/http.js';
import {
  SWOOLE_ERROR_HTTP_INVALID_PROTOCOL,
  SWOOLE_ERROR_PACKAGE_LENGTH_TOO_LARGE,
} from '../../errors/numbers.js';

const ECONNRESET = 104;
/** Node's names of what goes wrong before there is a connection, and Linux's numbers of them. */
const NUMBERS: Readonly<Record<string, number>> = {
  ECONNREFUSED: 111,
  ETIMEDOUT: 110,
  EHOSTUNREACH: 113,
  ENETUNREACH: 101,
  EADDRNOTAVAIL: 99,
  ENOENT: 2,
  ENOTFOUND: 711,
  EAI_AGAIN: 711,
};

/** What one request sends. */
export interface Outgoing {
  readonly host: string;
  readonly port: number;
  readonly ssl: boolean;
  readonly method: string;
  readonly path: string;
  /** Names and values in turns, as they go out. */
  readonly headers: string[];
  readonly body: Buffer | null;
  readonly maxLength: number;
  /** Takes the body instead of keeping it. */
  readonly sink: NodeJS.WritableStream | null;
}

/** What comes back. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly cookies: string[];
  readonly body: Buffer;
  /** Whether the server keeps the connection. */
  readonly keepAlive: boolean;
}

/** Why nothing came back: Swoole's negative status, and an error number. */
export interface Failure {
  readonly status: number;
  readonly error: number;
}

/** One request and its answer on the connection of an agent. */
export class HttpExchange {
  readonly result: Promise<Answer | Failure>;
  socket: Socket | null = null;
  readonly #request: ClientRequest;
  #connected = false;

  constructor(outgoing: Outgoing, agent: Agent) {
    const { host, port, ssl, method, path, headers, body } = outgoing;
    const where = host.startsWith('unix:/')
      ? { socketPath: host.slice(5).replace(/^\/+/, '/') }
      : { host, port };
    this.#request = (ssl ? https : http).request({ ...where, method, path, headers, agent, setHost: false });
    this.result = new Promise((resolve) => {
      this.#request.on('socket', (socket) => {
        this.socket = socket;
        if (!socket.connecting) this.#connected = true;
        else
          socket.once(ssl ? 'secureConnect' : 'connect', () => {
            this.#connected = true;
          });
      });
      this.#request.on('error', (error: NodeJS.ErrnoException) => resolve(this.#failure(error)));
      this.#request.on('response', (message) => this.#receive(message, outgoing, resolve));
    });
    this.#request.end(body ?? undefined);
  }

  /** Gives up: the connection is of no use any more. */
  abort(): void {
    this.#request.destroy();
  }

  #failure({ code = '', errno = 0 }: NodeJS.ErrnoException): Failure {
    if (!this.#connected) {
      return { status: SWOOLE_HTTP_CLIENT_ESTATUS_CONNECT_FAILED, error: NUMBERS[code] ?? Math.abs(errno) };
    }
    const error =
      code.startsWith('HPE_') && code !== 'HPE_INVALID_EOF_STATE'
        ? SWOOLE_ERROR_HTTP_INVALID_PROTOCOL
        : ECONNRESET;
    return { status: SWOOLE_HTTP_CLIENT_ESTATUS_SERVER_RESET, error };
  }

  #receive(
    message: IncomingMessage,
    { maxLength, sink }: Outgoing,
    resolve: (result: Answer | Failure) => void,
  ): void {
    const chunks: Buffer[] = [];
    let length = 0;
    message.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (sink !== null) sink.write(chunk);
      else if (length <= maxLength) chunks.push(chunk);
      else {
        resolve({
          status: SWOOLE_HTTP_CLIENT_ESTATUS_SERVER_RESET,
          error: SWOOLE_ERROR_PACKAGE_LENGTH_TOO_LARGE,
        });
        this.abort();
      }
    });
    message.on('error', (error: NodeJS.ErrnoException) => resolve(this.#failure(error)));
    message.on('end', () => {
      const { headers, cookies } = readHeaders(message.rawHeaders);
      const body = decoded(Buffer.concat(chunks), String(headers['content-encoding'] ?? ''), maxLength);
      resolve(
        body === null
          ? { status: SWOOLE_HTTP_CLIENT_ESTATUS_SERVER_RESET, error: SWOOLE_ERROR_HTTP_INVALID_PROTOCOL }
          : { status: message.statusCode ?? 0, headers, cookies, body, keepAlive: keeps(message) },
      );
    });
  }
}

function keeps({ headers, httpVersionMajor, httpVersionMinor }: IncomingMessage): boolean {
  const connection = headers.connection?.toLowerCase() ?? '';
  const modern = httpVersionMajor > 1 || httpVersionMinor >= 1;
  return modern ? !connection.includes('close') : connection.includes('keep-alive');
}

/** Names in small letters; a name that came several times has a list. */
function readHeaders(raw: readonly string[]): {
  headers: Record<string, string | string[]>;
  cookies: string[];
} {
  const found = new Map<string, string | string[]>();
  for (let i = 0; i < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase();
    const value = raw[i + 1] as string;
    const before = found.get(name);
    found.set(name, before === undefined ? value : [...[before].flat(), value]);
  }
  return { headers: Object.fromEntries(found), cookies: [found.get('set-cookie') ?? []].flat() };
}

/** The body without its encoding; null when it is broken, or longer than allowed. */
function decoded(body: Buffer, encoding: string, maxOutputLength: number): Buffer | null {
  if (body.length === 0) return body;
  try {
    switch (encoding.toLowerCase()) {
      case 'gzip':
        return gunzipSync(body, { maxOutputLength });
      case 'deflate':
        return inflateSync(body, { maxOutputLength });
      case 'br':
        return brotliDecompressSync(body, { maxOutputLength });
      default:
        return body;
    }
  } catch {
    return null;
  }
}
