/** A WebSocket client that tests read from, one message at a time. */
import { once } from 'node:events';
import { WebSocket } from 'ws';

/** How long an answer may take, in milliseconds. */
const PATIENCE = 20_000;

export class Peer {
  private readonly received: string[] = [];
  private wake: (() => void) | null = null;
  private end: { code: number; reason: string } | null = null;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data, binary) => {
      this.received.push(binary ? `${(data as Buffer).length} bytes` : data.toString());
      this.wake?.();
    });
    socket.on('close', (code, reason) => {
      this.end = { code, reason: reason.toString() };
      this.wake?.();
    });
    socket.on('error', () => {});
  }

  static async open(port: number, target = '/'): Promise<Peer> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${target}`);
    const peer = new Peer(socket);
    await once(socket, 'open');
    return peer;
  }

  send(data: string | Buffer): void {
    this.socket.send(data);
  }

  /** Sends a value as JSON. */
  say(value: unknown): void {
    this.send(JSON.stringify(value));
  }

  private async until(ready: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (!ready()) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`No ${what} within ${PATIENCE} ms.`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.wake = null;
    }
  }

  /** The next message, as text. */
  async text(): Promise<string> {
    await this.until(() => this.received.length > 0 || this.end !== null, 'message');
    const text = this.received.shift();
    if (text === undefined) throw new Error(`The connection ended: ${this.end?.code} ${this.end?.reason}`);
    return text;
  }

  /** The next message, as JSON. */
  async json(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.text()) as Record<string, unknown>;
  }

  /** How the connection ended. */
  async closed(): Promise<{ code: number; reason: string }> {
    await this.until(() => this.end !== null, 'end of the connection');
    return this.end as { code: number; reason: string };
  }

  close(): void {
    this.socket.close(1000);
  }

  /** Goes without a close frame, as a machine that lost its network. */
  vanish(): void {
    this.socket.terminate();
  }
}
