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
  /** a counter: where the receiver counts which of the sender's tasks it has begun. */
  TASK_COUNTER: 9,
  /** number, thread: that thread's task has ended and will have no result. */
  NO_RESULT: 18,
  /** number, flags, task worker, thread, data, time: the result for that thread's task. */
  FINISH: 11,
  /** worker, data, time: a message from that worker. */
  PIPE: 12,
  /** question, name, data: a command. */
  COMMAND: 13,
  /** question, text or null. */
  ANSWER: 14,
  /** process, side that reads, data: what was written to the pipe of a process. */
  PROCESS_WRITE: 15,
  /** process, side that reads: somebody reads. */
  PROCESS_READ: 16,
  /** process, side that reads, data: what is read. */
  PROCESS_DATA: 17,
  // What the master relays to a worker of a raw connection, which the worker may know or not.
  /** fd, certificate: a connection was accepted. */
  CONNECT: 20,
  /** fd, data: a packet. */
  RECEIVE: 21,
  /** fd, close info, who ended it: the connection is over, or will be once the worker has said END. */
  CLOSED: 22,
  /** fd: the connection is over, and another worker is told. */
  FORGET: 23,
  /** fd: something has left that the worker waits for. */
  DRAIN: 24,
  /** fd: others have filled its buffer. */
  FULL: 25,
  /** fd, reset: another worker wants it closed. */
  ASK_CLOSE: 26,
  /** port, data, address, port number: a datagram. */
  PACKET: 27,
  // What the master is asked to do to a raw connection.
  /** fd, discard: the worker has closed it. */
  END: 30,
  /** fd, path, offset, length: a part of a file. */
  FILE: 31,
  /** fd. */
  PAUSE: 32,
  /** fd. */
  RESUME: 33,
  /** fd: send DRAIN once its buffer is empty, and for each step on the way. */
  EXPECT_DRAIN: 34,
  /** fd: the worker has caught up with what was relayed. */
  TAKEN: 35,
  /** port, data, address, port number: send a datagram. */
  SENDTO: 36,
} as const;
