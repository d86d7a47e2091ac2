import type { Socket } from './socket.js';

/** A connection that a `Coroutine.Server` has accepted. @see Swoole\Coroutine\Server\Connection */
export class ServerConnection {
  static readonly phpName = 'Swoole\\Coroutine\\Server\\Connection';

  /** The socket of the connection. */
  protected readonly socket: Socket;

  constructor(conn: Socket) {
    this.socket = conn;
  }

  /**
   * Waits for a packet, or for bytes where the settings say nothing of packets.
   * @param timeout in seconds; 0 for that of the socket (60), no limit below
   * @returns the bytes; '' when the client has left; false when the time is over, see `exportSocket().errCode`
   * @see Swoole\Coroutine\Server\Connection::recv
   */
  recv(timeout = 0): Promise<Buffer | '' | false> {
    return this.socket.recvPacket(timeout);
  }

  /** Sends, and waits until the system has taken all. @returns the number of bytes, or false @see Swoole\Coroutine\Server\Connection::send */
  send(data: string | Uint8Array): Promise<number | false> {
    return this.socket.sendAll(data);
  }

  /** Closes the connection. False when it is closed. @see Swoole\Coroutine\Server\Connection::close */
  close(): boolean {
    return this.socket.close();
  }

  /** The socket, for what else it can do. @see Swoole\Coroutine\Server\Connection::exportSocket */
  exportSocket(): Socket {
    return this.socket;
  }
}
