/** What Node, mysql2, pg and the servers say when a connection is no more. */
const CODES = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_PACKETS_OUT_OF_ORDER',
  'ER_SERVER_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_CLIENT_INTERACTION_TIMEOUT',
  // PostgreSQL: ended by an administrator, by a crash, not yet there, the connection failed or is none.
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
]);

const TEXTS = [
  'server has gone away',
  'Lost connection',
  'Connection lost',
  'connection is in closed state',
  'Connection terminated',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'server closed the connection unexpectedly',
  'server is shutting down',
  'Broken pipe',
  'timed out',
];

/** Tells whether an error means that a connection is lost, so that it is worth another try on a new one. @see Swoole\Database\DetectsLostConnections */
// biome-ignore lint/complexity/noStaticOnlyClass: it is a class in Swoole.
export class DetectsLostConnections {
  static readonly phpName = 'Swoole\\Database\\DetectsLostConnections';

  /** Whether an error means that the connection is lost. @see Swoole\Database\DetectsLostConnections::causedByLostConnection */
  static causedByLostConnection(e: unknown): boolean {
    if (!(e instanceof Error)) return false;
    const { code } = e as NodeJS.ErrnoException;
    return (code !== undefined && CODES.has(String(code))) || TEXTS.some((text) => e.message.includes(text));
  }
}
