import { KEY_WORDS } from './table-memory.js';

/** The longest key in bytes. */
export const LONGEST = 63;

/** A key as UTF-8 in whole words, and its hash. One of these serves all calls: a key makes no garbage. */
export class KeyBuffer {
  readonly words = new Int32Array(KEY_WORDS);
  private readonly bytes = Buffer.from(this.words.buffer);
  /** In bytes. */
  length = 0;
  hash = 0;

  constructor(private readonly seed: number) {}

  /** @returns the length in bytes; more than 63 for a key that is too long, of which nothing else can be asked */
  encode(key: string): number {
    const { length } = key;
    this.length = length;
    if (length > LONGEST) return length;
    const { words } = this;
    let hash = this.seed;
    let at = 0;
    let i = 0;
    for (; i + 4 <= length; i += 4) {
      const a = key.charCodeAt(i);
      const b = key.charCodeAt(i + 1);
      const c = key.charCodeAt(i + 2);
      const d = key.charCodeAt(i + 3);
      if ((a | b | c | d) > 127) return this.encodeWide(key);
      const word = a | (b << 8) | (c << 16) | (d << 24);
      words[at++] = word;
      hash = mix(hash, word);
    }
    if (i < length) {
      let word = 0;
      for (let shift = 0; i < length; i++, shift += 8) {
        const c = key.charCodeAt(i);
        if (c > 127) return this.encodeWide(key);
        word |= c << shift;
      }
      words[at] = word;
      hash = mix(hash, word);
    }
    this.hash = finish(hash, length);
    return length;
  }

  private encodeWide(key: string): number {
    this.length = Buffer.byteLength(key);
    if (this.length > LONGEST) return this.length;
    this.words.fill(0);
    this.bytes.write(key);
    const used = this.usedWords;
    let hash = this.seed;
    for (let at = 0; at < used; at++) hash = mix(hash, this.words[at]!);
    this.hash = finish(hash, this.length);
    return this.length;
  }

  /** How many words the key takes; bytes behind its end are 0. */
  get usedWords(): number {
    return (this.length + 3) >>> 2;
  }

  equals(table: Int32Array, at: number): boolean {
    const { words, usedWords } = this;
    for (let i = 0; i < usedWords; i++) if (words[i] !== table[at + i]) return false;
    return true;
  }

  decode(): string {
    return this.bytes.toString('utf8', 0, this.length);
  }
}

/** One round of MurmurHash3 for 32 bits, and its end. */
function mix(hash: number, word: number): number {
  const k = Math.imul(word, 0xcc9e2d51);
  const h = hash ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number, length: number): number {
  let h = hash ^ length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
