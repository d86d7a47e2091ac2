import { ChunkedDecoder } from '../../http/parse/chunked-decoder.js';
import { bodyLength, CHUNKED, CONTRADICTORY } from '../../http/parse/framing.js';
import { HeadParser } from '../../http/parse/head-parser.js';
import type { RequestHead } from '../engine.js';

/** In bytes: the longest head of a request, and the most of a chunked body that is no data (extensions, trailers). */
const MAX_HEAD = 65_536;
const SPACE = 0x20;
const TILDE = 0x7e;
const TAB = 0x09;
const LINE_END = '\r\n';
const NOTHING: Buffer = Buffer.alloc(0);

/** Who is told of the requests on a connection. */
export interface RequestSink {
  /** False once nothing more is to be read. */
  readonly reading: boolean;
  /** True while a request is being answered: the next one waits. */
  readonly busy: boolean;
  head(head: RequestHead, chunk: Uint8Array, last: boolean): void;
  body(chunk: Uint8Array, last: boolean): void;
  malformed(): void;
}

/** Reads the requests of one connection, one after the other (RFC 9112). */
export class RequestReader {
  private pending = NOTHING;
  private running = false;
  private parser = new HeadParser();
  /** How much of `pending` the parser has seen. */
  private parsed = 0;
  private inBody = false;
  /** Bytes of a body with a known length that have not come yet. */
  private missing = 0;
  private chunks: ChunkedDecoder | null = null;
  private overhead = 0;

  constructor(private readonly sink: RequestSink) {}

  /** Bytes that wait to be read. */
  get waiting(): number {
    return this.pending.length;
  }

  /** True when a request has begun to arrive and has not ended. */
  get unfinished(): boolean {
    return this.inBody || this.parsed > 0 || this.parser.failed;
  }

  /** True when the head of a request is there and the rest of its body is not. */
  get awaitsBody(): boolean {
    return this.inBody;
  }

  push(bytes: Buffer): void {
    this.pending = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    this.run();
  }

  /** Reads on, as far as the sink lets it. */
  run(): void {
    if (this.running) return;
    this.running = true;
    while (this.step());
    this.running = false;
  }

  /** What was not read. */
  rest(): Buffer {
    const rest = this.pending;
    this.pending = NOTHING;
    return rest;
  }

  /** @returns false when nothing more can be read now */
  private step(): boolean {
    if (this.pending.length === 0 || !this.sink.reading) return false;
    if (this.inBody) return this.chunks === null ? this.readLength() : this.readChunks(this.chunks);
    return !this.sink.busy && this.readHead();
  }

  private readHead(): boolean {
    const { parser, pending } = this;
    const at = parser.failed
      ? this.parsed
      : parser.feed(pending, this.parsed, Math.min(pending.length, MAX_HEAD));
    const { head } = parser;
    if (head === null) {
      this.parsed = at;
      if (pending.length >= MAX_HEAD || (parser.failed && judged(pending))) this.fail();
      return false;
    }
    trimValues(head.headers as string[]);
    this.parser = new HeadParser();
    this.parsed = 0;
    this.pending = pending.subarray(at);
    const length = bodyLength(head);
    if (length === CONTRADICTORY || lacksHost(head)) return this.fail();
    this.inBody = length !== 0;
    if (length === CHUNKED) {
      this.chunks = new ChunkedDecoder();
      this.overhead = 0;
      this.sink.head(head, NOTHING, false);
      return true;
    }
    this.missing = length;
    const chunk = this.takeLength();
    this.sink.head(head, chunk, !this.inBody);
    return true;
  }

  private readLength(): boolean {
    const chunk = this.takeLength();
    this.sink.body(chunk, !this.inBody);
    return true;
  }

  private takeLength(): Buffer {
    if (this.missing === 0) return NOTHING;
    const chunk = this.pending.subarray(0, this.missing);
    this.pending = this.pending.subarray(chunk.length);
    this.missing -= chunk.length;
    this.inBody = this.missing > 0;
    return chunk;
  }

  private readChunks(chunks: ChunkedDecoder): boolean {
    const { pending } = this;
    const { ranges } = chunks;
    const end = chunks.feed(pending, 0, pending.length);
    this.pending = pending.subarray(end);
    const { completed } = chunks;
    if (completed) {
      this.chunks = null;
      this.inBody = false;
    }
    this.overhead = ranges.length > 0 ? 0 : this.overhead + end;
    for (let i = 0; i < ranges.length; i += 2) {
      const last = completed && i + 2 === ranges.length;
      this.sink.body(pending.subarray(ranges[i], ranges[i + 1]), last);
    }
    if (completed && ranges.length === 0) this.sink.body(NOTHING, true);
    ranges.length = 0;
    if (chunks.failed || this.overhead > MAX_HEAD) return this.fail();
    return true;
  }

  private fail(): false {
    this.pending = NOTHING;
    this.sink.malformed();
    return false;
  }
}

/** RFC 9112, section 3.2: a request of HTTP/1.1 names its host. */
function lacksHost({ version, headers }: RequestHead): boolean {
  if (version !== '1.1') return false;
  for (let i = 0; i < headers.length; i += 2) if (headers[i] === 'host') return false;
  return true;
}

/** As in Swoole, what begins like a request is not judged before the end of a line. */
function judged(bytes: Buffer): boolean {
  const first = bytes[0] as number;
  return first < SPACE || first > TILDE || bytes.includes(LINE_END);
}

/** White space behind a value is no part of it (RFC 9110, section 5.5); the parser has left out what is before it. */
function trimValues(headers: string[]): void {
  for (let i = 1; i < headers.length; i += 2) {
    const value = headers[i] as string;
    const end = value.charCodeAt(value.length - 1);
    if (end === SPACE || end === TAB) headers[i] = value.trimEnd();
  }
}
