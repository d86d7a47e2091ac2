import type { EngineAcceptor } from './engine.js';
import { probe } from './probe.js';

/** What both acceptors do with the address that they are to listen on later. */
export abstract class ReservedAddress implements Pick<EngineAcceptor, 'reserve' | 'reserveUnix'> {
  protected address: { host: string; port: number } | { path: string } | null = null;

  /** @param isShared whether others may listen on the port, too: then it is not looked whether one does */
  constructor(private readonly isShared: boolean) {}

  async reserve(host: string, port: number): Promise<number> {
    const chosen = this.isShared && port !== 0 ? port : await probe({ host, port });
    this.address = { host, port: chosen };
    return chosen;
  }

  async reserveUnix(path: string): Promise<void> {
    await probe({ path });
    this.address = { path };
  }
}
