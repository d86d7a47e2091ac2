/** How a PDOPool connects. Each method that sets something returns the object. @see Swoole\Database\PDOConfig */
export class PDOConfig {
  static readonly phpName = 'Swoole\\Database\\PDOConfig';
  static readonly DRIVER_MYSQL = 'mysql';
  #driver: string = PDOConfig.DRIVER_MYSQL;
  #host = '127.0.0.1';
  #port = 3306;
  #unixSocket: string | null = null;
  #dbname = 'test';
  #charset = 'utf8mb4';
  #username = 'root';
  #password = 'root';
  #options: Readonly<Record<number, unknown>> = {};

  /** The driver. @see Swoole\Database\PDOConfig::getDriver */
  getDriver(): string {
    return this.#driver;
  }

  /** Sets the driver. @param driver `mysql` (also for MariaDB), the default, or `pgsql` @see Swoole\Database\PDOConfig::withDriver */
  withDriver(driver: string): this {
    this.#driver = driver;
    return this;
  }

  /** The host. @see Swoole\Database\PDOConfig::getHost */
  getHost(): string {
    return this.#host;
  }

  /** Sets the host, 127.0.0.1 by default. @see Swoole\Database\PDOConfig::withHost */
  withHost(host: string): this {
    this.#host = host;
    return this;
  }

  /** The port. @see Swoole\Database\PDOConfig::getPort */
  getPort(): number {
    return this.#port;
  }

  /** Sets the port, 3306 by default. @see Swoole\Database\PDOConfig::withPort */
  withPort(port: number): this {
    this.#port = port;
    return this;
  }

  /** Whether a Unix socket is set. @see Swoole\Database\PDOConfig::hasUnixSocket */
  hasUnixSocket(): boolean {
    return this.#unixSocket !== null && this.#unixSocket !== '';
  }

  /** The path of the Unix socket, null when there is none. @see Swoole\Database\PDOConfig::getUnixSocket */
  getUnixSocket(): string | null {
    return this.#unixSocket;
  }

  /** Sets a Unix socket, which goes before host and port. @param unixSocket its path; with pgsql that of its directory @see Swoole\Database\PDOConfig::withUnixSocket */
  withUnixSocket(unixSocket: string | null): this {
    this.#unixSocket = unixSocket;
    return this;
  }

  /** The database. @see Swoole\Database\PDOConfig::getDbname */
  getDbname(): string {
    return this.#dbname;
  }

  /** Sets the database, `test` by default. @see Swoole\Database\PDOConfig::withDbname */
  withDbname(dbname: string): this {
    this.#dbname = dbname;
    return this;
  }

  /** The character set. @see Swoole\Database\PDOConfig::getCharset */
  getCharset(): string {
    return this.#charset;
  }

  /** Sets the character set of MySQL, `utf8mb4` by default. @see Swoole\Database\PDOConfig::withCharset */
  withCharset(charset: string): this {
    this.#charset = charset;
    return this;
  }

  /** The user. @see Swoole\Database\PDOConfig::getUsername */
  getUsername(): string {
    return this.#username;
  }

  /** Sets the user, `root` by default. @see Swoole\Database\PDOConfig::withUsername */
  withUsername(username: string): this {
    this.#username = username;
    return this;
  }

  /** The password. @see Swoole\Database\PDOConfig::getPassword */
  getPassword(): string {
    return this.#password;
  }

  /** Sets the password, `root` by default. @see Swoole\Database\PDOConfig::withPassword */
  withPassword(password: string): this {
    this.#password = password;
    return this;
  }

  /** The options. @see Swoole\Database\PDOConfig::getOptions */
  getOptions(): Readonly<Record<number, unknown>> {
    return this.#options;
  }

  /**
   * Sets attributes of the connections, by PHP's `PDO::ATTR_*`: 19 the default way to fetch, 17 all values as text, 2 the seconds that
   * connecting may take.
   * @see Swoole\Database\PDOConfig::withOptions
   */
  withOptions(options: Readonly<Record<number, unknown>>): this {
    this.#options = options;
    return this;
  }

  /** The drivers that Swoole names: `mysql`. @see Swoole\Database\PDOConfig::getAvailableDrivers */
  static getAvailableDrivers(): string[] {
    return [PDOConfig.DRIVER_MYSQL];
  }
}
