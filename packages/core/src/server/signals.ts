import { constants } from 'node:os';
import { claimSignal } from '../process/signals.js';

const SHUTDOWN = ['SIGTERM', 'SIGINT'] as const;

/** The signals that a server obeys, in the thread that may listen to them. */
export class ProcessSignals {
  private readonly claimed: number[] = [];

  /** SIGTERM and SIGINT end the server in order; a second one ends the process at once. */
  onShutdown(shutdown: (signal: NodeJS.Signals) => void): void {
    let asked = false;
    for (const name of SHUTDOWN)
      this.on(name, (signal) => {
        if (asked) process.exit(signal === 'SIGINT' ? 130 : 143);
        asked = true;
        shutdown(signal);
      });
  }

  /** SIGUSR1 replaces all workers, SIGUSR2 the task workers. Node's own use of SIGUSR1, its debugger, gives way while the server runs. */
  onReload(reload: (onlyTaskWorkers: boolean) => void): void {
    if (process.platform === 'win32') return;
    this.on('SIGUSR1', () => reload(false));
    this.on('SIGUSR2', () => reload(true));
  }

  remove(): void {
    for (const number of this.claimed.splice(0)) claimSignal(number, null);
  }

  /**
   * A program told to end must not be held by a forgotten timer.
   * @param seconds how long it may take to end by itself
   * @param warn is told what held the process
   */
  exitWhenStuck(seconds: number, warn: (text: string) => void): void {
    const timer = setTimeout(() => {
      const held = process.getActiveResourcesInfo().join(', ');
      warn(`the process did not end within ${seconds} s of the shutdown (max_wait_time); held by: ${held}`);
      process.exit(0);
    }, seconds * 1000);
    timer.unref();
  }

  private on(name: NodeJS.Signals, handler: (signal: NodeJS.Signals) => void): void {
    const number = constants.signals[name];
    claimSignal(number, () => handler(name));
    this.claimed.push(number);
  }
}
