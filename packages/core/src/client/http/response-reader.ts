import { ChunkedDecoder } from '../../http/parse/chunked-decoder.js';
import { parseHead, type ResponseHead } from './response-head.js';

/** In bytes: the longest head of an answer, and the most of a chunked body that is no data (extensions, trailers). */
const MAX_HEAD = 65_536;
const HEAD_END = Buffer.from('\r\n\r\n');
const NOTHING: Buffer = Buffer.alloc(0);

const HEAD = 0;
/** The body's length is known. */
const LENGTH = 1;
const CHUNKS = 2;
/** The body ends with the connection. */
const UNTIL_END = 3;
const DONE = 4;
const FAILED = 5;

/** Takes the body of an answer piece by piece as it comes; the pieces belong to the taker. False when it cannot: the answer has failed. */
export type BodySink = (piece: Buffer, head: ResponseHead) => boolean;

/** Reads one answer from bytes that come in pieces of any size (RFC 9112). */
export class ResponseReader {
  head: ResponseHead | null = null;
  /** How many bytes of the body have come. */
  length = 0;
  #state = HEAD;
  #pending = NOTHING;
  #missing = 0;
  #chunks: ChunkedDecoder | null = null;
  #overhead = 0;
  #pieces: Buffer[] = [];

  /**
   * @param bodyless whether the question was a HEAD, whose answer announces a body that does not come
   * @param sink takes the body's pieces, null to keep them for {@link body}
   * @param most how many bytes the body may have
   */
  constructor(
    private readonly bodyless: boolean,
    private readonly sink: BodySink | null,
    private readonly most: number,
  ) {}

  /** Whether the whole answer is there. */
  get done(): boolean {
    return this.#state === DONE;
  }

  /** Whether this is no answer. */
  get failed(): boolean {
    return this.#state === FAILED;
  }

  /** Whether the body has more bytes than it may. */
  get tooLong(): boolean {
    return this.length > this.most;
  }

  /** What was kept of the body. */
  body(): Buffer {
    const pieces = this.#pieces;
    if (pieces.length === 0) return NOTHING;
    return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
  }

  /** Reads on. @returns what came behind the end of the answer */
  push(bytes: Buffer): Buffer {
    let rest = bytes;
    if (this.#state === HEAD) {
      if (this.#pending.length > 0) rest = Buffer.concat([this.#pending, bytes]);
      this.#pending = NOTHING;
      while (this.#state === HEAD && rest.length > 0) {
        const left = this.#readHead(rest);
        if (left === null) return NOTHING;
        rest = left;
      }
    }
    switch (this.#state) {
      case LENGTH:
        return this.#readLength(rest);
      case CHUNKS:
        return this.#readChunks(rest, this.#chunks as ChunkedDecoder);
      case UNTIL_END:
        this.#take(rest);
        return NOTHING;
      default:
        return rest;
    }
  }

  /** The connection has ended. @returns whether the answer may end so */
  end(): boolean {
    if (this.#state === UNTIL_END) this.#state = DONE;
    return this.#state === DONE;
  }

  /** @returns what follows the head, null when it is not whole */
  #readHead(bytes: Buffer): Buffer | null {
    const end = bytes.indexOf(HEAD_END);
    if (end < 0 || end > MAX_HEAD) {
      if (bytes.length > MAX_HEAD || !startsLikeHttp(bytes)) this.#state = FAILED;
      else this.#pending = bytes;
      return null;
    }
    const head = parseHead(bytes.toString('utf8', 0, end));
    if (head === null) {
      this.#state = FAILED;
      return null;
    }
    const rest = bytes.subarray(end + HEAD_END.length);
    // An interim answer (RFC 9110, section 15.2): the one that counts follows.
    if (head.status < 200 && head.status !== 101) return rest;
    this.head = head;
    this.#begin(head);
    return rest;
  }

  /** How the body ends (RFC 9112, section 6.3). */
  #begin({ status, chunked, contentLength }: ResponseHead): void {
    if (this.bodyless || status === 101 || status === 204 || status === 304) this.#state = DONE;
    else if (chunked) {
      this.#state = CHUNKS;
      this.#chunks = new ChunkedDecoder();
    } else if (contentLength < 0) this.#state = UNTIL_END;
    else {
      this.#missing = contentLength;
      this.#state = contentLength === 0 ? DONE : LENGTH;
    }
  }

  #readLength(bytes: Buffer): Buffer {
    const missing = this.#missing;
    if (bytes.length < missing) {
      this.#missing = missing - bytes.length;
      this.#take(bytes);
      return NOTHING;
    }
    this.#state = DONE;
    if (bytes.length === missing) {
      this.#take(bytes);
      return NOTHING;
    }
    this.#take(bytes.subarray(0, missing));
    return bytes.subarray(missing);
  }

  #readChunks(bytes: Buffer, chunks: ChunkedDecoder): Buffer {
    const { ranges } = chunks;
    const end = chunks.feed(bytes, 0, bytes.length);
    this.#overhead = ranges.length > 0 ? 0 : this.#overhead + end;
    if (chunks.failed || this.#overhead > MAX_HEAD) this.#state = FAILED;
    else if (chunks.completed) this.#state = DONE;
    for (let i = 0; i < ranges.length; i += 2) this.#take(bytes.subarray(ranges[i], ranges[i + 1]));
    ranges.length = 0;
    return bytes.subarray(end);
  }

  #take(piece: Buffer): void {
    if (piece.length === 0) return;
    this.length += piece.length;
    if (this.tooLong) this.#state = FAILED;
    else if (this.sink === null) this.#pieces.push(piece);
    else if (!this.sink(piece, this.head as ResponseHead)) this.#state = FAILED;
  }
}

/** What cannot become an answer of HTTP any more is told at once. */
function startsLikeHttp(bytes: Buffer): boolean {
  const start = 'HTTP/1.';
  return start.startsWith(bytes.toString('latin1', 0, start.length));
}
