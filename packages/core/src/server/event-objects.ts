/** What callbacks get instead of lists of arguments when the setting `event_object` is on. */

/** @see Swoole\Server\Event */
export class ServerEvent {
  static readonly phpName = 'Swoole\\Server\\Event';
  reactor_id = 0;
  fd = 0;
  /** Seconds; 0 for events that carry no data. */
  dispatch_time = 0;
  data: string | Buffer | null = null;
}

/** @see Swoole\Server\Packet */
export class PacketEvent {
  static readonly phpName = 'Swoole\\Server\\Packet';
  /** Names the port for the last argument of sendto(). */
  server_socket = 0;
  server_port = 0;
  /** Seconds since the epoch. */
  dispatch_time = 0;
  address = '';
  port = 0;
  data: Buffer = Buffer.alloc(0);
}

/** @see Swoole\Server\TaskResult */
export class TaskResult {
  static readonly phpName = 'Swoole\\Server\\TaskResult';
  task_id = 0;
  task_worker_id = 0;
  /** When the result was sent, in seconds since the epoch. */
  dispatch_time = 0;
  data: unknown = null;
}

/** @see Swoole\Server\PipeMessage */
export class PipeMessage {
  static readonly phpName = 'Swoole\\Server\\PipeMessage';
  /** The worker that has sent it. */
  source_worker_id = 0;
  worker_id = 0;
  /** When it was sent, in seconds since the epoch. */
  dispatch_time = 0;
  data: unknown = null;
}

/** @see Swoole\Server\StatusInfo */
export class StatusInfo {
  static readonly phpName = 'Swoole\\Server\\StatusInfo';
  worker_id = 0;
  worker_pid = 0;
  /** As waitpid() tells it: the signal, or the exit code above the lowest eight bits. */
  status = 0;
  exit_code = 0;
  signal = 0;
}
