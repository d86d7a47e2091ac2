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
  /** number, worker, thread, data, flags, time: a task, and who gives it. */
  TASK: 10,
  /** number, flags, task worker, thread, data, time: the result for that thread's task. */
  FINISH: 11,
  /** worker, data, time: a message from that worker. */
  PIPE: 12,
  /** question, name, data: a command. */
  COMMAND: 13,
  /** question, text or null. */
  ANSWER: 14,
} as const;
