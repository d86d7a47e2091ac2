const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** SIGTERM and SIGINT end the server in order; a second one ends the process at once. */
export class ShutdownSignals {
  private handler: ((signal: NodeJS.Signals) => void) | null = null;

  install(shutdown: (signal: NodeJS.Signals) => void): void {
    let asked = false;
    this.handler = (signal) => {
      if (asked) process.exit(signal === 'SIGINT' ? 130 : 143);
      asked = true;
      shutdown(signal);
    };
    for (const signal of SIGNALS) process.on(signal, this.handler);
  }

  remove(): void {
    if (this.handler === null) return;
    for (const signal of SIGNALS) process.off(signal, this.handler);
    this.handler = null;
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
}
