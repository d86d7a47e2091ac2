import type { Bytes, CloseInfo, MessageBytes } from '../../engine/engine.js';
import type { StreamConnection, StreamListener } from '../../engine/stream.js';
import { Field } from '../../session/shared-sessions.js';
import { LetterKind } from '../letters.js';
import type { Team } from '../team.js';
import { MASTER } from '../thread.js';

const CLEAN: CloseInfo = { code: 0, reason: '', wasClean: true };

/** A raw connection whose socket is in the master: what is done to it is written to the master. */
export class RemoteStream implements StreamConnection {
  owner: unknown = null;
  open = true;
  readonly isWebSocket = false;
  readonly remoteAddress: string;
  readonly remotePort: number;
  private ended = false;

  constructor(
    readonly fd: number,
    private readonly team: Team,
    private readonly listener: StreamListener,
    readonly certificate: string | null,
  ) {
    this.remoteAddress = team.sessions.address(fd);
    this.remotePort = team.sessions.get(fd, Field.REMOTE_PORT);
  }

  write(data: Bytes): boolean {
    if (this.ended) return false;
    const { fd, team } = this;
    team.sessions.add(fd, Field.PENDING, data.length);
    return this.tell(LetterKind.SEND, typeof data === 'string' ? data : new Uint8Array(data));
  }

  writeFile(path: string, offset: number, length: number): boolean {
    return !this.ended && this.tell(LetterKind.FILE, path, offset, length);
  }

  expectDrain(): void {
    if (this.open) this.tell(LetterKind.EXPECT_DRAIN);
  }

  pause(): void {
    this.tell(LetterKind.PAUSE);
  }

  resume(): void {
    this.tell(LetterKind.RESUME);
  }

  close(discard = false): void {
    this.over(CLEAN, discard);
  }

  /** The master says that the connection is over: what was written until the listener knows still leaves. */
  over(info: CloseInfo, discard = false): void {
    if (!this.open) return;
    this.open = false;
    this.listener.close(this, info);
    this.ended = true;
    this.tell(LetterKind.END, discard);
  }

  /** What has not left, on its way to the master included. */
  bufferedAmount(): number {
    const { fd, team } = this;
    return team.sessions.get(fd, Field.BACKLOG) + team.sessions.get(fd, Field.PENDING);
  }

  /** Raw connections send no WebSocket messages. */
  send(): boolean {
    return false;
  }

  answer(): boolean {
    return false;
  }

  decode(bytes: MessageBytes): string {
    return String(bytes);
  }

  end(): void {
    this.close();
  }

  private tell(kind: number, ...contents: unknown[]): boolean {
    return this.team.mailbox.send(MASTER, [kind, this.fd, ...contents]);
  }
}
