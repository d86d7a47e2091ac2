import { randomBytes } from 'node:crypto';
import net from 'node:net';

export const CONTINUATION = 0;
export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

export interface FrameOptions {
  fin?: boolean;
  /** The reserved bits, RSV1 being 4. */
  rsv?: number;
  mask?: boolean;
  /** A length that the header announces in 64 bits, whatever the payload is. */
  announce?: bigint;
}

/** A WebSocket frame as RFC 6455 section 5.2 lays it out, or as it forbids. */
export function frame(opcode: number, payload: string | Uint8Array = '', options: FrameOptions = {}): Buffer {
  const { fin = true, rsv = 0, mask = true, announce } = options;
  const body = Buffer.from(payload as Uint8Array);
  const head = [(fin ? 0x80 : 0) | (rsv << 4) | opcode];
  const bit = mask ? 0x80 : 0;
  if (announce !== undefined || body.length > 0xffff) {
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(announce ?? BigInt(body.length));
    head.push(bit | 127, ...length);
  } else if (body.length > 125) head.push(bit | 126, body.length >> 8, body.length & 0xff);
  else head.push(bit | body.length);
  if (!mask) return Buffer.concat([Buffer.from(head), body]);
  const key = randomBytes(4);
  for (let i = 0; i < body.length; i++) body[i] = (body[i] as number) ^ (key[i & 3] as number);
  return Buffer.concat([Buffer.from(head), key, body]);
}

/** A close frame's payload. */
export function closing(code: number, reason: string | Uint8Array = ''): Buffer {
  return Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason as Uint8Array)]);
}

export interface Received {
  opcode: number;
  payload: Buffer;
}

/** A TCP connection that sends whatever it is told and keeps whatever it gets. */
export class Raw {
  received: Buffer = Buffer.alloc(0);
  /** True once the server has ended its side, or reset the connection. */
  ended = false;
  private readonly changed = new Set<() => void>();

  private constructor(readonly socket: net.Socket) {
    const wake = () => {
      for (const waiter of [...this.changed]) waiter();
    };
    socket.on('data', (data) => {
      this.received = Buffer.concat([this.received, data]);
      wake();
    });
    const end = () => {
      this.ended = true;
      wake();
    };
    socket.on('end', end).on('close', end).on('error', end);
  }

  static connect(port: number): Promise<Raw> {
    return new Promise((resolve, reject) => {
      const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Raw(socket));
      });
    });
  }

  /** Connects and shakes hands as a WebSocket client. */
  static async upgrade(port: number, path = '/', headers = ''): Promise<Raw> {
    const raw = await Raw.connect(port);
    raw.write(
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${headers}` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    const head = (await raw.take('\r\n\r\n')).toString();
    if (!head.startsWith('HTTP/1.1 101 ')) throw new Error(`no upgrade: ${head}`);
    return raw;
  }

  write(data: string | Uint8Array): void {
    if (!this.socket.destroyed) this.socket.write(data);
  }

  /** Waits until `ready` gives something else than undefined; rejects when the connection ends before. */
  async until<T>(what: string, ready: () => T | undefined, ms = 15_000): Promise<T> {
    const first = ready();
    if (first !== undefined) return first;
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        this.changed.delete(check);
      };
      const give = (why: string) => {
        stop();
        const seen = this.received.subarray(0, 200).toString('latin1');
        reject(new Error(`${what} did not come ${why}, received ${JSON.stringify(seen)}`));
      };
      const check = () => {
        const value = ready();
        if (value !== undefined) {
          stop();
          resolve(value);
        } else if (this.ended) give('before the end of the connection');
      };
      const timer = setTimeout(() => give(`within ${ms} ms`), ms);
      this.changed.add(check);
      if (this.ended) check();
    });
  }

  /** Everything up to and including `delimiter`, which leaves the received bytes. */
  take(delimiter: string): Promise<Buffer> {
    return this.until(JSON.stringify(delimiter), () => {
      const at = this.received.indexOf(delimiter);
      if (at < 0) return undefined;
      return this.cut(at + delimiter.length);
    });
  }

  /** The next frame from the server. */
  frame(): Promise<Received> {
    return this.until('a frame', () => {
      const { received } = this;
      if (received.length < 2) return undefined;
      const opcode = (received[0] as number) & 15;
      let length = (received[1] as number) & 127;
      let head = 2;
      if (length === 126) {
        if (received.length < 4) return undefined;
        length = received.readUInt16BE(2);
        head = 4;
      } else if (length === 127) {
        if (received.length < 10) return undefined;
        length = Number(received.readBigUInt64BE(2));
        head = 10;
      }
      if (received.length < head + length) return undefined;
      return { opcode, payload: this.cut(head + length).subarray(head) };
    });
  }

  /** Waits until the server has closed the connection. */
  closed(ms = 15_000): Promise<true> {
    return this.until('the end of the connection', () => (this.ended ? true : undefined), ms);
  }

  /** Sends a FIN and goes on reading. */
  finish(): void {
    this.socket.end();
  }

  /** Sends a RST. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  destroy(): void {
    this.socket.destroy();
  }

  private cut(length: number): Buffer {
    const head = this.received.subarray(0, length);
    this.received = this.received.subarray(length);
    return head;
  }
}
