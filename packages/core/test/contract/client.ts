import net from 'node:net';
import tls from 'node:tls';

export interface Answer {
  /** The head's bytes as they came, with the empty line. */
  head: string;
  status: number;
  reason: string;
  /** Lower-case names; repeats joined by a comma. */
  headers: Map<string, string>;
  body: Buffer;
}

export interface Frame {
  fin: boolean;
  rsv: number;
  opcode: number;
  payload: Buffer;
}

const PATIENCE_MS = 15_000;
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
/** What RFC 6455 section 1.3 computes for that key. */
export const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

/** The bytes of a handshake request. */
export function handshake(path: string, headers = ''): string {
  return (
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${headers}` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}\r\n\r\n`
  );
}

/** The bytes of a request without a body. */
export function get(path: string, headers = ''): string {
  return `GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;
}

/** The bytes of a request with a body of known length. */
export function post(path: string, body: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** The head of a request whose body comes in chunks. */
export function chunkedHead(path: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`;
}

/** A body in chunks, with the last one. */
export function chunks(...parts: string[]): string {
  return `${parts.map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`;
}

/** A connection that sends what it is told, byte by byte, and takes apart what it gets. */
export class Client {
  /** True once the peer has ended its side or reset the connection. */
  ended = false;
  /** All bytes received so far, those taken too. */
  total = 0;
  private parts: Buffer[] = [];
  private waiting: (() => void) | null = null;

  constructor(readonly socket: net.Socket) {
    socket.setNoDelay(true);
    const wake = () => this.waiting?.();
    socket.on('data', (data) => {
      this.parts.push(data);
      this.total += data.length;
      wake();
    });
    const end = () => {
      this.ended = true;
      wake();
    };
    socket.on('end', end).on('close', end).on('error', end);
  }

  /** Connects; `allowHalfOpen` so that the peer's FIN is not answered unless the test does it. */
  static connect(target: net.NetConnectOpts, secure?: tls.ConnectionOptions): Promise<Client> {
    return new Promise((resolve, reject) => {
      const socket = secure
        ? tls.connect({ ...target, ...secure })
        : net.connect({ ...target, allowHalfOpen: true });
      socket.once('error', reject);
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        socket.off('error', reject);
        resolve(new Client(socket));
      });
    });
  }

  write(data: string | Uint8Array): void {
    if (!this.socket.destroyed) this.socket.write(data);
  }

  /** Bytes received and not taken yet. */
  get received(): Buffer {
    if (this.parts.length > 1) this.parts = [Buffer.concat(this.parts)];
    return this.parts[0] ?? Buffer.alloc(0);
  }

  /** Waits until `ready` gives something else than undefined; rejects when the connection ends before. */
  until<T>(what: string, ready: () => T | undefined, ms = PATIENCE_MS): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        this.waiting = null;
      };
      const fail = (why: string) => {
        stop();
        const seen = this.received.subarray(0, 200).toString('latin1');
        reject(new Error(`${what} did not come ${why}; received ${JSON.stringify(seen)}`));
      };
      const check = () => {
        const value = ready();
        if (value !== undefined) {
          stop();
          resolve(value);
        } else if (this.ended) fail('before the end of the connection');
      };
      const timer = setTimeout(() => fail(`within ${ms} ms`), ms);
      this.waiting = check;
      check();
    });
  }

  /** Waits for the end of the connection, and returns what came before it. */
  closed(ms = PATIENCE_MS): Promise<Buffer> {
    return this.until('the end of the connection', () => (this.ended ? this.received : undefined), ms);
  }

  /** Exactly `length` bytes. */
  take(length: number): Promise<Buffer> {
    let have = 0;
    return this.until(`${length} bytes`, () => {
      have = this.parts.reduce((sum, part) => sum + part.length, 0);
      return have < length ? undefined : this.cut(length);
    });
  }

  /** Everything up to and including `delimiter`. */
  takeTo(delimiter: string): Promise<Buffer> {
    return this.until(JSON.stringify(delimiter), () => {
      const at = this.received.indexOf(delimiter);
      return at < 0 ? undefined : this.cut(at + delimiter.length);
    });
  }

  /** The next response. @param bodyless true when it answers a HEAD request */
  async answer(bodyless = false): Promise<Answer> {
    const head = (await this.takeTo('\r\n\r\n')).toString('latin1');
    const [start = '', ...lines] = head.trimEnd().split('\r\n');
    const match = /^HTTP\/1\.1 (\d{3}) (.*)$/.exec(start);
    if (match === null) throw new Error(`not a status line: ${JSON.stringify(start)}`);
    const headers = new Map<string, string>();
    for (const line of lines) {
      const name = line.slice(0, line.indexOf(':')).toLowerCase();
      const value = line.slice(line.indexOf(':') + 1).trim();
      headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
    }
    const status = Number(match[1]);
    let body: Buffer = Buffer.alloc(0);
    if (bodyless || status < 200 || status === 204 || status === 304) body = Buffer.alloc(0);
    else if (headers.get('transfer-encoding') === 'chunked') body = await this.chunks();
    else body = await this.take(Number(headers.get('content-length') ?? Number.NaN));
    return { head, status, reason: match[2] ?? '', headers, body };
  }

  /** The next frame. */
  async frame(): Promise<Frame> {
    const [first, second] = (await this.take(2)) as unknown as [number, number];
    let length = second & 127;
    if (length === 126) length = (await this.take(2)).readUInt16BE();
    else if (length === 127) length = Number((await this.take(8)).readBigUInt64BE());
    return {
      fin: (first & 128) !== 0,
      rsv: (first >> 4) & 7,
      opcode: first & 15,
      payload: await this.take(length),
    };
  }

  /** The next frame, when it is a whole text message. */
  async text(): Promise<string> {
    const { fin, opcode, payload } = await this.frame();
    if (!fin || opcode !== 1) throw new Error(`opcode ${opcode}, fin ${fin}: not a text message`);
    return payload.toString();
  }

  /** Shakes hands; rejects unless the answer is 101. */
  async upgrade(path = '/', headers = ''): Promise<Answer> {
    this.write(handshake(path, headers));
    const answer = await this.answer();
    if (answer.status !== 101) throw new Error(`no upgrade: ${answer.head}`);
    return answer;
  }

  destroy(): void {
    this.socket.destroy();
  }

  private async chunks(): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (;;) {
      const line = (await this.takeTo('\r\n')).toString('latin1');
      const length = Number.parseInt(line, 16);
      if (Number.isNaN(length)) throw new Error(`not a chunk: ${JSON.stringify(line)}`);
      if (length > 0) pieces.push(await this.take(length));
      const end = (await this.take(2)).toString();
      if (end !== '\r\n') throw new Error(`a chunk ends in ${JSON.stringify(end)}`);
      if (length === 0) return Buffer.concat(pieces);
    }
  }

  private cut(length: number): Buffer {
    const all = this.received;
    this.parts = all.length > length ? [all.subarray(length)] : [];
    return all.subarray(0, length);
  }
}
