type Contents = readonly unknown[];

/** What carries messages between a process and who has started it. */
export interface Carrier {
  post(message: Contents): void;
  /** Whether the thread is to stay for what may come. */
  hold(stay: boolean): void;
  close(): void;
}

/** The way between a process and the thread that has started it, for all that they tell each other. */
export class Line {
  /** Called when the other side is gone. */
  readonly endings: Array<() => void> = [];
  #carrier: Carrier | null = null;
  #holds = 0;
  #unsent = 0;
  #drained: (() => void) | null = null;
  readonly #services = new Map<string, (...contents: never[]) => void>();

  use(carrier: Carrier): this {
    this.#carrier = carrier;
    return this;
  }

  /** Says what a message of a kind does. */
  serve(kind: string, service: (...contents: never[]) => void): void {
    this.#services.set(kind, service);
  }

  /** @returns false when the other side is gone */
  post(kind: string, ...contents: Contents): boolean {
    this.#carrier?.post([kind, ...contents]);
    return this.#carrier !== null;
  }

  /** A message has come. */
  readonly arrived = ([kind, ...contents]: Contents): void => {
    this.#services.get(kind as string)?.(...(contents as never[]));
  };

  /** The other side is gone. */
  readonly ended = (): void => {
    this.#carrier = null;
    for (const told of this.endings.splice(0)) told();
  };

  /** Keeps the thread from ending, once for each call with true until the same with false. */
  hold(stay: boolean): void {
    this.#holds += stay ? 1 : -1;
    this.#carrier?.hold(this.#holds > 0);
  }

  /** A message has begun to leave, or has left. */
  readonly leaves = (more: 1 | -1): void => {
    this.#unsent += more;
    if (this.#unsent === 0) this.#drained?.();
  };

  /** Whether all messages have left; if not, calls back when they have. */
  drain(done: () => void): boolean {
    if (this.#unsent === 0 || this.#carrier === null) return true;
    this.#drained = done;
    this.endings.push(done);
    return false;
  }

  close(): void {
    this.#carrier?.close();
  }
}
