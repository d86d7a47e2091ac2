import { Exception } from '../errors/exceptions.js';
import type { Mixed } from './mixed.js';

type Steps = Iterator<Mixed, Mixed, Mixed>;

/** PHP's methods of a generator, which runs to its first `yield` when one of them is called. */
class GeneratorSteps {
  #last: IteratorResult<Mixed, Mixed> | null = null;
  #steps = 0;
  #key = -1;

  constructor(
    private readonly steps: Steps,
    /** It yields pairs of a key and a value. */
    private readonly keyed: boolean,
  ) {}

  current(): Mixed {
    const { done, value } = this.#begun();
    if (done) return null;
    return this.keyed ? value[1] : (value ?? null);
  }

  key(): Mixed {
    const { done, value } = this.#begun();
    if (done) return null;
    return this.keyed ? value[0] : this.#key;
  }

  next(): void {
    this.#begun();
    this.#take(() => this.steps.next(null));
  }

  /** Gives a value to the `yield` where the generator waits; returns what it yields next. */
  send(value: unknown): Mixed {
    this.#begun();
    this.#take(() => this.steps.next(value));
    return this.current();
  }

  /** Throws an error where the generator waits; returns what it yields next. */
  throw(error: unknown): Mixed {
    this.#begun();
    this.#take(() => {
      if (this.steps.throw) return this.steps.throw(error);
      throw error;
    });
    return this.current();
  }

  valid(): boolean {
    return !this.#begun().done;
  }

  rewind(): void {
    this.#begun();
    if (this.#steps > 1) throw new Exception('Cannot rewind a generator that was already run');
  }

  getReturn(): Mixed {
    if (this.#last?.done !== true)
      throw new Exception("Cannot get return value of a generator that hasn't returned");
    return this.#last.value ?? null;
  }

  #begun(): IteratorResult<Mixed, Mixed> {
    return this.#last ?? this.#take(() => this.steps.next());
  }

  #take(step: () => IteratorResult<Mixed, Mixed>): IteratorResult<Mixed, Mixed> {
    if (this.#last?.done) return this.#last;
    this.#steps++;
    this.#key++;
    this.#last = { done: true, value: null };
    this.#last = step();
    return this.#last;
  }
}

const known = new WeakMap<object, GeneratorSteps>();

/**
 * A generator of JavaScript with the methods of PHP's `Generator`: `current`, `key`, `next`, `send`, `throw`, `valid`, `rewind`, `getReturn`.
 * @param keyed whether it yields pairs of a key and a value
 */
export function generator(steps: object, keyed = false): GeneratorSteps {
  let made = known.get(steps);
  if (!made) {
    made = new GeneratorSteps(steps as Steps, keyed);
    known.set(steps, made);
  }
  return made;
}
