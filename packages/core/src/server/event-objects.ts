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
