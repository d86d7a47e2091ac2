/** Cuts a stream of bytes into packets. One for each connection; how the bytes were split on their way makes no difference. */
export interface Framer {
  /** Adds bytes, which belong to the framer from now on. */
  push(chunk: Buffer): void;
  /** The next whole packet; null when more bytes are needed, or none can follow. */
  next(): Buffer | null;
  /** True when the stream breaks the rules of the protocol: no packet can follow, the connection is to be closed. */
  readonly broken: boolean;
  /** Bytes that wait for the rest of their packet. */
  readonly waiting: number;
}
