import net from 'node:net';
import { constants, inflateRawSync } from 'node:zlib';
import { decode, encode, PING, PONG, type ReceivedFrame } from './frame.js';

/** A ping with this payload ends a case: its pong says that the server is alive and has answered all before it. */
const MARK = 'end of the case';
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** What a server did about the bytes of a case. */
export interface Outcome {
  frames: ReceivedFrame[];
  /** True when the connection lives on; null when nothing has happened for too long. */
  alive: boolean | null;
}

export interface Handshake {
  status: number;
  /** The answer's Sec-WebSocket-Extensions, null for none. */
  extensions: string | null;
  accept: string | null;
}

/** A client that sends what it is told. */
export class Peer {
  private received: Buffer = Buffer.alloc(0);
  private ended = false;
  private wake: () => void = () => {};

  private constructor(private readonly socket: net.Socket) {
    socket.on('data', (bytes) => {
      this.received = Buffer.concat([this.received, bytes]);
      this.wake();
    });
    const end = () => {
      this.ended = true;
      this.wake();
    };
    socket.on('end', end).on('close', end).on('error', end);
  }

  static connect(port: number): Promise<Peer> {
    return new Promise((resolve, reject) => {
      const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('error', reject).once('connect', () => resolve(new Peer(socket)));
    });
  }

  /** @param offer of extensions, empty for none */
  async shakeHands(offer: string): Promise<Handshake> {
    const extensions = offer === '' ? '' : `Sec-WebSocket-Extensions: ${offer}\r\n`;
    this.socket.write(
      `GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${extensions}` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}\r\n\r\n`,
    );
    let end = -1;
    await this.until(() => {
      end = this.received.indexOf('\r\n\r\n');
      return end >= 0;
    }, 5_000);
    const head = this.received.toString('latin1', 0, Math.max(end, 0));
    this.received = this.received.subarray(end + 4);
    const field = (name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1]?.trimEnd() ?? null;
    return {
      status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
      extensions: field('sec-websocket-extensions'),
      accept: field('sec-websocket-accept'),
    };
  }

  /**
   * Sends the pieces, each as a segment of its own, and sees what comes of it.
   * @param patience how long to wait for an outcome, in milliseconds
   */
  async play(pieces: readonly Uint8Array[], patience: number): Promise<Outcome> {
    for (const piece of pieces) {
      if (this.ended) break;
      this.socket.write(piece);
      if (pieces.length > 1) await new Promise(setImmediate);
    }
    if (!this.ended) this.socket.write(encode({ opcode: PING, payload: MARK }));
    const frames: ReceivedFrame[] = [];
    let alive = false;
    const decided = await this.until(() => {
      for (let got = decode(this.received); got !== null && !alive; got = decode(this.received)) {
        this.received = this.received.subarray(got.size);
        alive = got.frame.opcode === PONG && got.frame.payload.toString() === MARK;
        if (!alive) frames.push(got.frame);
      }
      return alive || this.ended;
    }, patience);
    return { frames, alive: decided ? alive : null };
  }

  leave(): void {
    this.socket.destroy();
  }

  private async until(ready: () => boolean, patience: number): Promise<boolean> {
    if (ready()) return true;
    return new Promise((resolve) => {
      const finish = (value: boolean) => {
        clearTimeout(timer);
        this.wake = () => {};
        resolve(value);
      };
      const timer = setTimeout(() => finish(false), patience);
      this.wake = () => {
        if (ready()) finish(true);
      };
    });
  }
}

const TAIL = Buffer.from([0, 0, 255, 255]);

/** The payload of a message that was sent with permessage-deflate. @param windowBits the largest window that was agreed to */
export function inflate(payload: Buffer, windowBits = 15): Buffer {
  return inflateRawSync(Buffer.concat([payload, TAIL]), { windowBits, finishFlush: constants.Z_SYNC_FLUSH });
}
