import net from 'node:net';
import type { Target } from '../client/connect-socket.js';
import { Fifo } from '../coroutine/fifo.js';
import { Direction } from './direction.js';
import { errorNumber } from './error-number.js';

/** A stream socket that listens; its connections wait until somebody accepts them. */
export class Listener {
  readonly accepting: Direction;
  readonly #accepted = new Fifo<net.Socket>();

  private constructor(
    fd: number,
    private readonly server: net.Server,
    /** What it was bound to. */
    private readonly at: Target,
  ) {
    this.accepting = new Direction(fd, 'reading', server);
    server.unref();
    server.on('connection', (socket) => {
      // Nothing of it is read before it is accepted.
      socket.pause();
      // Who accepts it is told of its end.
      socket.on('error', () => {});
      this.#accepted.push(socket);
      this.accepting.look();
    });
    // What happens to a connection that was not made is nobody's business.
    server.on('error', () => {});
  }

  /** Binds an address and listens. @returns an error number when it cannot */
  static open(fd: number, at: Target, backlog: number, reusePort: boolean): Promise<Listener | number> {
    const server = net.createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true });
    return new Promise((resolve) => {
      server.once('error', (error) => resolve(errorNumber(error)));
      server.listen({ ...at, backlog, ...(reusePort ? { reusePort } : {}) }, () =>
        resolve(new Listener(fd, server, at)),
      );
    });
  }

  /** Waits for a connection. @returns an error number when none came */
  accept(what: string, seconds: number): Promise<net.Socket | number> {
    return this.accepting.until(what, seconds, () => this.#accepted.shift() ?? null);
  }

  /** What would bind the same address again: with the port that the system chose. */
  get target(): Target {
    return 'path' in this.at ? this.at : { host: this.at.host, port: this.address().port };
  }

  address(): { address: string; port: number } {
    const at = this.server.address();
    if (at === null || typeof at === 'string') return { address: at ?? '', port: 0 };
    return { address: at.address, port: at.port };
  }

  /** Stops listening. Connections that nobody has accepted end. The promise is kept when the address is free. */
  close(error: number): Promise<void> {
    const free = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (let left = this.#accepted.shift(); left !== undefined; left = this.#accepted.shift()) left.destroy();
    this.accepting.interrupt(error);
    return free;
  }
}
