/** What threads tell each other. Who adds a kind says here what belongs to it. */
export const LetterKind = {
  /** fds, data, opcode, flags: push to connections of the receiver's. */
  PUSH: 1,
  /** fd, data: raw bytes. */
  SEND: 2,
  /** fd, reset. */
  CLOSE: 3,
  /** fd, code, reason: a close frame, then the end. */
  DISCONNECT: 4,
} as const;
