import { Channel } from '../coroutine/channel.js';
import { RuntimeException } from '../errors/php-exceptions.js';

/** What a class has that a pool wraps around its connections: it is made of what opens one. */
export type ConnectionProxy<Connection> = new (
  constructor_: () => Connection | Promise<Connection>,
) => Connection;

/**
 * Connections that coroutines share: each takes one, uses it alone and puts it back.
 * @see Swoole\ConnectionPool
 */
export class ConnectionPool<Connection = unknown> {
  static readonly phpName: string = 'Swoole\\ConnectionPool';
  static readonly DEFAULT_SIZE = 64;
  readonly #open: () => Connection | Promise<Connection>;
  readonly #size: number;
  readonly #proxy: ConnectionProxy<Connection> | null;
  #pool: Channel<Connection> | null;
  /** How many connections there are, in use or not. */
  #num = 0;

  /**
   * @param constructor_ opens a connection; it may be async
   * @param size the most connections
   * @param proxy a class whose objects are in the pool instead: each is given `constructor_`
   * @see Swoole\ConnectionPool::__construct
   */
  constructor(
    constructor_: () => Connection | Promise<Connection>,
    size: number = ConnectionPool.DEFAULT_SIZE,
    proxy: ConnectionProxy<Connection> | null = null,
  ) {
    this.#open = constructor_;
    this.#size = size;
    this.#proxy = proxy;
    this.#pool = new Channel(size);
  }

  /** Opens as many connections as the pool may have. @throws what opening one throws @see Swoole\ConnectionPool::fill */
  async fill(): Promise<void> {
    while (this.#pool !== null && this.#num < this.#size) await this.#make();
  }

  /**
   * Takes a connection, a new one when none is free and there may be more; else it waits for one.
   * @param timeout in seconds, no limit from 0 down
   * @returns the connection; false when the time is over
   * @throws RuntimeException after close(); what opening a connection throws
   * @see Swoole\ConnectionPool::get
   */
  async get(timeout = -1): Promise<Connection | false> {
    if (this.#pool === null) throw new RuntimeException('Pool has been closed');
    if (this.#pool.isEmpty() && this.#num < this.#size) await this.#make();
    const connection = this.#pool === null ? false : await this.#pool.pop(timeout);
    if (connection !== false) this.setIdle(connection, false);
    return connection;
  }

  /**
   * Puts a connection back.
   * @param connection null for one that broke: a new one is opened in its place
   * @throws what opening a connection throws
   * @see Swoole\ConnectionPool::put
   */
  async put(connection: Connection | null): Promise<void> {
    if (this.#pool === null) {
      if (connection !== null) this.end(connection);
      return;
    }
    if (connection === null) {
      this.#num--;
      return this.#make();
    }
    this.setIdle(connection, true);
    await this.#pool.push(connection);
  }

  /** Ends the connections that are not in use, and those in use when they are put back. Who waits gets false. @see Swoole\ConnectionPool::close */
  close(): void {
    const pool = this.#pool;
    if (pool === null) return;
    this.#pool = null;
    this.#num = 0;
    for (let left = pool.length(); left > 0; left--)
      void pool.pop().then((connection) => connection !== false && this.end(connection));
    pool.close();
  }

  /** Ends a connection: here with its method close(), when it has one. PHP ends what nobody refers to. */
  protected end(connection: Connection): void {
    const { close } = connection as { close?: unknown };
    if (typeof close === 'function') Reflect.apply(close, connection, []);
  }

  /** Tells a connection whether somebody uses it: one that nobody uses must not keep the program from ending. */
  protected setIdle(_connection: Connection, _idle: boolean): void {}

  async #make(): Promise<void> {
    this.#num++;
    let connection: Connection;
    try {
      connection = this.#proxy === null ? await this.#open() : new this.#proxy(this.#open);
    } catch (error) {
      this.#num--;
      throw error;
    }
    await this.put(connection);
  }
}
