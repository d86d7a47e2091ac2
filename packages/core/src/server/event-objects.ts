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
