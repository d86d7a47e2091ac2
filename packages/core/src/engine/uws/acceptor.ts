import type { EngineAcceptor, ListenOptions } from '../engine.js';
import { ReservedAddress } from '../reserved-address.js';
import type { UwsApp, UwsBinding, UwsListenSocket } from './binding.js';
import { uwsTls } from './tls.js';

/** Accepts for apps in other threads. It has no routes of its own: it never keeps a connection. */
export class UwsAcceptor extends ReservedAddress implements EngineAcceptor {
  private readonly app: UwsApp<object>;
  private listening: UwsListenSocket | null = null;
  private shares: readonly unknown[] = [];

  constructor(
    private readonly binding: UwsBinding,
    options: ListenOptions,
  ) {
    // uWebSockets.js shares every port.
    super(options.reusePort);
    this.app = options.tls === null ? binding.App<object>() : binding.SSLApp<object>(uwsTls(options.tls));
    this.app.any('/*', (res) => {
      res.close();
    });
  }

  handTo(shares: readonly unknown[]): void {
    // All are taken out and put in again, so that they come in the order given, from the first.
    for (const share of this.shares) this.app.removeChildAppDescriptor(share);
    for (const share of shares) this.app.addChildAppDescriptor(share);
    this.shares = [...shares];
    if (shares.length > 0) this.listen();
    else this.stopListening();
  }

  close(): void {
    this.stopListening();
    this.handTo([]);
    this.app.close();
  }

  private listen(): void {
    const { address } = this;
    if (this.listening !== null || address === null) return;
    const done = (socket: UwsListenSocket | false): void => {
      if (socket) this.listening = socket;
    };
    if ('path' in address) this.app.listen_unix(done, address.path);
    else this.app.listen(address.host, address.port, done);
  }

  private stopListening(): void {
    if (this.listening !== null) this.binding.us_listen_socket_close(this.listening);
    this.listening = null;
  }
}
