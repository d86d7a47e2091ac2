import type { MessagePort } from 'node:worker_threads';
import { ThreadSocket } from './thread-socket.js';

const OPEN = 0;
const BYTES = 1;
const READ = 2;
const END = 3;
const RESET = 4;
type Message =
  | readonly [typeof OPEN, id: number, address: string | undefined, port: number | undefined]
  | readonly [typeof BYTES, id: number, bytes: Uint8Array]
  | readonly [typeof READ, id: number, bytes: number]
  | readonly [typeof END | typeof RESET, id: number];

/** Carries connections between two threads over one message port: the thread that accepts them opens them. */
export class ThreadLink {
  private readonly sockets = new Map<number, ThreadSocket>();
  private lastId = 0;
  private over = false;

  /**
   * @param onOpen called with each connection that the other thread opens
   * @param onClose called once when the other thread has closed its end, or is gone
   */
  constructor(
    private readonly port: MessagePort,
    private readonly onOpen: (socket: ThreadSocket) => void,
    onClose: () => void,
  ) {
    port.on('message', (message: Message) => this.take(message));
    port.on('close', () => {
      this.over = true;
      for (const socket of [...this.sockets.values()]) socket.orphaned();
      onClose();
    });
    // Connections are what a thread stays for, and its end must not wait for those that nobody closes.
    port.unref();
  }

  /** False once the other thread is gone. */
  get open(): boolean {
    return !this.over;
  }

  /** Opens a connection to the other thread. */
  connect(address: string | undefined, port: number | undefined): ThreadSocket {
    const id = ++this.lastId;
    this.post([OPEN, id, address, port]);
    return this.add(id, address, port);
  }

  close(): void {
    this.port.close();
  }

  sendBytes(id: number, bytes: Uint8Array): void {
    // A view of a larger buffer would be cloned with all of it.
    const whole = bytes.byteLength === bytes.buffer.byteLength;
    this.post([BYTES, id, whole ? bytes : new Uint8Array(bytes)]);
  }

  sendRead(id: number, bytes: number): void {
    this.post([READ, id, bytes]);
  }

  sendEnd(id: number): void {
    this.post([END, id]);
  }

  sendReset(id: number): void {
    this.post([RESET, id]);
  }

  forget(id: number): void {
    this.sockets.delete(id);
  }

  private add(id: number, address: string | undefined, port: number | undefined): ThreadSocket {
    const socket = new ThreadSocket(this, id, address, port);
    this.sockets.set(id, socket);
    return socket;
  }

  private take(message: Message): void {
    const [kind, id] = message;
    if (kind === OPEN) {
      this.onOpen(this.add(id, message[2], message[3]));
      return;
    }
    const socket = this.sockets.get(id);
    if (socket === undefined) return;
    if (kind === BYTES) socket.arrived(message[2]);
    else if (kind === READ) socket.wasRead(message[2]);
    else if (kind === END) socket.finished();
    else socket.reset();
  }

  private post(message: Message): void {
    if (!this.over) this.port.postMessage(message);
  }
}
