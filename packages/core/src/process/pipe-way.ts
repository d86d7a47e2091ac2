/** How one end of a process's pipe reaches the other. */
export interface PipeWay {
  /** Sends bytes that nobody changes any more. @returns false when too much waits at the other end */
  send(bytes: Uint8Array): boolean;
  /** Somebody wants to read. */
  want(): void;
  /** So many bytes were read. */
  took(bytes: number): void;
  /** Whether the thread is to stay because somebody waits. */
  hold(waits: boolean): void;
  close(): void;
}

/** The most bytes that wait at the other end of a pipe. In Swoole a process that has written more waits, which a thread cannot. */
export const MOST_UNREAD = 64 * 1024 * 1024;
