/** What an option of a RedisConfig is called: a number of PHP's `Redis::OPT_*`, or the name of an option of ioredis. */
export type RedisOption = number | string;

/** How a RedisPool connects. Each method that sets something returns the object. @see Swoole\Database\RedisConfig */
export class RedisConfig {
  static readonly phpName = 'Swoole\\Database\\RedisConfig';
  #host = '127.0.0.1';
  #port = 6379;
  #timeout = 0;
  #reserved = '';
  #retryInterval = 0;
  #readTimeout = 0;
  #auth: string | readonly [user: string, password: string] = '';
  #dbIndex = 0;
  #options: Record<RedisOption, unknown> = {};

  /** The host. @see Swoole\Database\RedisConfig::getHost */
  getHost(): string {
    return this.#host;
  }

  /** Sets the host, 127.0.0.1 by default, or the path of a Unix socket. @see Swoole\Database\RedisConfig::withHost */
  withHost(host: string): this {
    this.#host = host;
    return this;
  }

  /** The port. @see Swoole\Database\RedisConfig::getPort */
  getPort(): number {
    return this.#port;
  }

  /** Sets the port, 6379 by default. @see Swoole\Database\RedisConfig::withPort */
  withPort(port: number): this {
    this.#port = port;
    return this;
  }

  /** How long connecting may take, in seconds. @see Swoole\Database\RedisConfig::getTimeout */
  getTimeout(): number {
    return this.#timeout;
  }

  /** Sets how long connecting may take. @param timeout in seconds; 0, the default, for the 10 of ioredis @see Swoole\Database\RedisConfig::withTimeout */
  withTimeout(timeout: number): this {
    this.#timeout = timeout;
    return this;
  }

  /** What withReserved() was given. @see Swoole\Database\RedisConfig::getReserved */
  getReserved(): string {
    return this.#reserved;
  }

  /** Kept, and used by nobody, as in Swoole. @see Swoole\Database\RedisConfig::withReserved */
  withReserved(reserved: string): this {
    this.#reserved = reserved;
    return this;
  }

  /** How long to wait before connecting again, in milliseconds. @see Swoole\Database\RedisConfig::getRetryInterval */
  getRetryInterval(): number {
    return this.#retryInterval;
  }

  /** Sets how long to wait before connecting again. @param retry_interval in milliseconds; 0, the default, waits a little longer each time @see Swoole\Database\RedisConfig::withRetryInterval */
  withRetryInterval(retry_interval: number): this {
    this.#retryInterval = retry_interval;
    return this;
  }

  /** How long a command may take, in seconds. @see Swoole\Database\RedisConfig::getReadTimeout */
  getReadTimeout(): number {
    return this.#readTimeout;
  }

  /** Sets how long a command may take. @param read_timeout in seconds; 0, the default, for no limit @see Swoole\Database\RedisConfig::withReadTimeout */
  withReadTimeout(read_timeout: number): this {
    this.#readTimeout = read_timeout;
    return this;
  }

  /** The password, or user and password. @see Swoole\Database\RedisConfig::getAuth */
  getAuth(): string | readonly [user: string, password: string] {
    return this.#auth;
  }

  /** Sets the password, or user and password. @see Swoole\Database\RedisConfig::withAuth */
  withAuth(auth: string | readonly [user: string, password: string]): this {
    this.#auth = auth;
    return this;
  }

  /** The number of the database. @see Swoole\Database\RedisConfig::getDbIndex */
  getDbIndex(): number {
    return this.#dbIndex;
  }

  /** Sets the number of the database, 0 by default. @see Swoole\Database\RedisConfig::withDbIndex */
  withDbIndex(dbIndex: number): this {
    this.#dbIndex = dbIndex;
    return this;
  }

  /**
   * Sets an option.
   * @param option PHP's `Redis::OPT_PREFIX` (2) or `OPT_READ_TIMEOUT` (3), or the name of an option of ioredis
   * @see Swoole\Database\RedisConfig::withOption
   */
  withOption(option: RedisOption, value: unknown): this {
    this.#options[option] = value;
    return this;
  }

  /** Sets all options. @see Swoole\Database\RedisConfig::setOptions */
  setOptions(options: Record<RedisOption, unknown>): this {
    this.#options = { ...options };
    return this;
  }

  /** The options. @see Swoole\Database\RedisConfig::getOptions */
  getOptions(): Record<RedisOption, unknown> {
    return this.#options;
  }
}
