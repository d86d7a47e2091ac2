import { randomInt } from 'node:crypto';

const N = 624;
const M = 397;

/** MT19937 with the ranges that PHP draws from it. */
class Mersenne {
  readonly #state = new Uint32Array(N);
  #at = N;

  constructor() {
    this.seed(randomInt(2 ** 32));
  }

  seed(seed: number): void {
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < N; i++) {
      const before = (state[i - 1] ?? 0) ^ ((state[i - 1] ?? 0) >>> 30);
      state[i] = Math.imul(1812433253, before) + i;
    }
    this.#at = N;
  }

  /** 32 random bits. */
  next(): number {
    if (this.#at >= N) this.#reload();
    let value = this.#state[this.#at++] ?? 0;
    value ^= value >>> 11;
    value ^= (value << 7) & 0x9d2c5680;
    value ^= (value << 15) & 0xefc60000;
    return (value ^ (value >>> 18)) >>> 0;
  }

  #reload(): void {
    const state = this.#state;
    for (let i = 0; i < N; i++) {
      const [here, next] = [state[i] ?? 0, state[(i + 1) % N] ?? 0];
      const mixed = (here & 0x80000000) | (next & 0x7fffffff);
      state[i] = (state[(i + M) % N] ?? 0) ^ (mixed >>> 1) ^ (next & 1 ? 0x9908b0df : 0);
    }
    this.#at = 0;
  }

  /** An int of a range, every one as likely as another: what `mt_rand(min, max)` draws. */
  between(min: number, max: number): number {
    const span = max - min;
    return span > 0xffffffff ? min + this.#wide(span) : min + this.#narrow(span);
  }

  #narrow(span: number): number {
    let value = this.next();
    if (span === 0xffffffff) return value;
    const count = span + 1;
    if ((count & span) === 0) return (value & span) >>> 0;
    const limit = 0xffffffff - (0xffffffff % count) - 1;
    while (value > limit) value = this.next();
    return value % count;
  }

  #wide(span: number): number {
    const count = BigInt(span) + 1n;
    const most = 2n ** 64n - 1n;
    for (;;) {
      const value = (BigInt(this.next()) << 32n) | BigInt(this.next());
      if (value <= most - (most % count) - 1n) return Number(value % count);
    }
  }
}

/** The generator that `mt_rand`, `rand`, `shuffle` and `array_rand` share. */
export const mersenne = new Mersenne();
