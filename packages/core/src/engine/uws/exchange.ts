import { agreeOnDeflate } from '../deflate-offer.js';
import type { Bytes, Exchange, RequestHead } from '../engine.js';
import { atEndOfTurn, type TurnTask } from '../turn.js';
import type { UwsResponse, UwsSocketContext } from './binding.js';
import { corkedConnection, type UwsConnection } from './connection.js';
import { headText } from './head-text.js';

interface Upgrade {
  key: string;
  headers: readonly string[];
  protocol: string;
  extensions: string;
}

/** As a power of two. */
const LARGEST_WINDOW = 15;
/** In bytes: larger bodies are handed over as the peer reads them. */
const LARGE = 65_536;

interface WholeResponse {
  status: string;
  headers: readonly string[];
  body: Bytes;
}

/** One request on uWebSockets.js. Nothing native is touched after the response has ended or the peer is gone. */
export class UwsExchange implements Exchange, TurnTask {
  open = true;
  started = false;
  owner: unknown = null;
  /** True once the request's body has arrived whole. */
  bodyDone = false;
  /** True while a large response is on its way that the program has done with. */
  flushing = false;
  /** True once the connection is a WebSocket. */
  upgraded = false;
  /** True while uWebSockets.js waits for this request's upgrade, corked. */
  inUpgradeHandler = false;
  private upgrading: Upgrade | null = null;
  private wake: (() => void) | null = null;
  /** The answer to an orphan, until the end of the turn. */
  private last: WholeResponse | null = null;
  /** True when the peer has not read all of a chunked response. */
  private slow = false;
  /** A response in pieces to an orphan, sent as a whole: only a whole response can tell uWebSockets.js to close after it. */
  private withheld: { status: string; headers: readonly string[]; pieces: Buffer[] } | null = null;

  constructor(
    readonly connection: UwsConnection,
    private readonly res: UwsResponse,
    readonly head: RequestHead,
    private readonly context: UwsSocketContext | null,
  ) {}

  respond(status: string, headers: readonly string[], body: Bytes, close = false): void {
    if (!this.open) return;
    if (this.connection.orphan) {
      this.last = { status, headers, body };
      atEndOfTurn(this);
      return;
    }
    if (body.length > LARGE) {
      this.respondLarge(status, headers, typeof body === 'string' ? Buffer.from(body) : body, close);
      return;
    }
    if (corkedConnection() === this.connection) this.sendWhole(status, headers, body, close);
    else this.res.cork(() => this.sendWhole(status, headers, body, close));
  }

  respondHead(status: string, headers: readonly string[], length: number | null, close = false): void {
    if (!this.open) return;
    if (this.connection.orphan) return this.respond(status, headers, '');
    this.res.cork(() => {
      this.begin(status, headers, false);
      // Given a length, endWithoutBody() waits for that many bytes; given none, it ends.
      if (length !== null) this.res.writeHeader('Content-Length', String(length));
      this.ending();
      this.res.endWithoutBody();
      this.ended(false);
    });
    if (close && !this.askedToClose()) this.connection.close();
  }

  start(status: string, headers: readonly string[]): void {
    if (!this.open || this.started) return;
    this.started = true;
    if (this.connection.orphan) {
      this.withheld = { status, headers, pieces: [] };
      return;
    }
    this.res.cork(() => this.begin(status, headers, false));
  }

  write(chunk: Bytes): boolean {
    if (!this.open || chunk.length === 0) return this.open;
    if (this.withheld !== null) {
      this.withheld.pieces.push(Buffer.from(chunk));
      return true;
    }
    let sent = false;
    this.res.cork(() => {
      sent = this.res.write(chunk);
    });
    if (!sent) this.slow = true;
    return sent;
  }

  finish(chunk?: Bytes, close = false): void {
    if (!this.open) return;
    if (this.withheld !== null) {
      const { status, headers, pieces } = this.withheld;
      if (chunk !== undefined) pieces.push(Buffer.from(chunk));
      this.respond(status, headers, Buffer.concat(pieces), true);
      return;
    }
    this.res.cork(() => {
      this.ending();
      if (chunk !== undefined && chunk.length > 0 && !this.res.write(chunk)) this.slow = true;
      this.res.end();
      this.ended(close);
    });
    // What waits for a slow peer would be lost: uWebSockets.js closes when it has been idle for a while.
    if (close && !this.askedToClose() && !this.slow) this.connection.close();
  }

  async stream(
    status: string,
    headers: readonly string[],
    length: number,
    body: AsyncIterable<Uint8Array>,
    close = false,
  ): Promise<void> {
    if (length === 0) return this.respond(status, headers, '', close);
    if (!this.open) return;
    if (this.connection.orphan) {
      this.start(status, headers);
      for await (const piece of body) this.write(piece);
      return this.finish(undefined, true);
    }
    this.startStream(status, headers);
    try {
      await this.pump(0, length, body, close);
    } catch (error) {
      // The peer was promised more.
      if (this.open) this.connection.close();
      throw error;
    }
  }

  private startStream(status: string, headers: readonly string[]): void {
    this.started = true;
    this.res.cork(() => this.begin(status, headers, false));
    // Set once: uWebSockets.js puts a handler back that was replaced while it ran.
    this.res.onWritable(() => {
      this.wake?.();
      return true;
    });
  }

  /** As much as the system takes at once, the rest as the peer reads. */
  private respondLarge(status: string, headers: readonly string[], body: Uint8Array, close: boolean): void {
    this.flushing = true;
    this.startStream(status, headers);
    const { done, accepted } = this.tryEnd(body, body.length, close);
    if (done) return;
    // The peer may leave before it has read all: nobody waits for the outcome.
    this.pump(accepted, body.length, inOnePiece(body.subarray(accepted)), close).catch(() => {});
  }

  /** @param sent bytes of the body that are gone already */
  private async pump(
    sent: number,
    length: number,
    body: AsyncIterable<Uint8Array>,
    close: boolean,
  ): Promise<void> {
    for await (const piece of body) {
      let rest = piece.length > length - sent ? piece.subarray(0, length - sent) : piece;
      while (rest.length > 0) {
        if (!this.open) throw new Error('the peer closed the connection before the whole body was sent');
        const result = this.tryEnd(rest, length, close);
        if (result.done) return;
        sent += result.accepted;
        rest = rest.subarray(result.accepted);
        if (rest.length > 0 || !result.ok) await this.writable();
      }
    }
    if (!this.open) throw new Error('the peer closed the connection before the whole body was sent');
    throw new Error(`the body ended after ${sent} of ${length} bytes`);
  }

  upgrade(key: string, headers: readonly string[], protocol: string, extensions: string): boolean {
    if (!this.open || this.upgrading !== null || this.context === null || this.connection.orphan)
      return false;
    this.upgrading = { key, headers, protocol, extensions: acceptable(extensions) };
    this.connection.upgrading = true;
    if (this.inUpgradeHandler) this.becomeWebSocket();
    else atEndOfTurn(this);
    return true;
  }

  /**
   * An upgrade outside of the upgrade handler. Not before the parser has left the request, for it frees what the parser still reads. And
   * not inside this response's own cork(), which reads the freed response again when the socket has kept its place in memory, and
   * then closes some of them: so it is done inside the cork of another connection.
   */
  endOfTurn(): void {
    if (!this.open) return;
    if (this.last !== null) return this.answerOrphan(this.last);
    const other = this.connection.neighbour();
    if (other === null) this.becomeWebSocket();
    else other.cork(() => this.becomeWebSocket());
  }

  /**
   * The answer to an orphan takes its abort handler away for good, without which a further request would abort the process: so it is
   * sent when the parser has left the request. Reading stops as long as all of it can be written; for a slow peer the guard of identity.ts stays.
   */
  private answerOrphan({ status, headers, body }: WholeResponse): void {
    this.res.pause();
    this.res.cork(() => this.sendWhole(status, headers, body, true));
  }

  private becomeWebSocket(): void {
    const { res, connection, context, upgrading } = this;
    if (upgrading === null || context === null) return;
    this.open = false;
    this.upgraded = true;
    res.writeStatus(headText('101 Switching Protocols', upgrading.headers, false));
    connection.becomeWebSocket();
    res.upgrade({ connection }, upgrading.key, upgrading.protocol, upgrading.extensions, context);
  }

  /** The connection is gone. */
  aborted(): void {
    this.open = false;
    this.wake?.();
  }

  private sendWhole(status: string, headers: readonly string[], body: Bytes, close: boolean): void {
    const ends = this.begin(status, headers, close);
    this.ending();
    if (ends) this.res.end(body, true);
    else this.res.end(body);
    this.ended(ends);
  }

  /** Writes the status line and the headers; returns whether the connection is to end with the response. */
  private begin(status: string, headers: readonly string[], close: boolean): boolean {
    const { res } = this;
    const ends = close || this.connection.orphan;
    // uWebSockets.js adds its own `Connection: close` when it is told to close, except after a request that asked for it.
    const skipConnection = ends && !this.askedToClose();
    res.writeStatus(headText(status, headers, skipConnection));
    return ends;
  }

  private askedToClose(): boolean {
    const { headers } = this.head;
    for (let i = 0; i < headers.length; i += 2)
      if (headers[i] === 'connection') return (headers[i + 1] as string).length === 5;
    return false;
  }

  private ending(): void {
    this.open = false;
    this.connection.ending();
  }

  private ended(close: boolean): void {
    this.connection.responded(close);
  }

  private tryEnd(
    chunk: Uint8Array,
    total: number,
    close: boolean,
  ): { ok: boolean; done: boolean; accepted: number } {
    let ok = false;
    let done = false;
    let accepted = 0;
    this.res.cork(() => {
      const before = this.res.getWriteOffset();
      this.connection.ending();
      [ok, done] = this.res.tryEnd(chunk, total);
      if (done) {
        this.open = false;
        this.connection.responded(false);
      } else {
        this.connection.notEnding();
        accepted = ok ? chunk.length : this.res.getWriteOffset() - before;
      }
    });
    if (done && close && !this.askedToClose()) this.connection.close();
    return { ok, done, accepted };
  }

  private writable(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}

/** uWebSockets.js agrees to whatever it is given, and compresses with the largest window. */
function acceptable(extensions: string): string {
  return extensions !== '' && agreeOnDeflate(extensions)?.windowBits === LARGEST_WINDOW ? extensions : '';
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
