import { Exception } from '../errors/exception.js';
import { ConnectionPool } from './connection-pool.js';
import type { PDOConfig } from './pdo-config.js';
import { PDOProxy } from './pdo-proxy.js';
import type { SqlConnection } from './sql/connection.js';
import { MysqlConnection } from './sql/mysql.js';
import { PgsqlConnection } from './sql/pgsql.js';

/**
 * Connections to MySQL or MariaDB (by the package `mysql2`) or PostgreSQL (by `pg`), with the methods of PHP's PDO. One that is lost
 * connects again by itself, and the statement is tried once more, unless it is in a transaction.
 * @see Swoole\Database\PDOPool
 */
export class PDOPool extends ConnectionPool<PDOProxy> {
  static override readonly phpName = 'Swoole\\Database\\PDOPool';

  /** @param size the most connections @see Swoole\Database\PDOPool::__construct */
  constructor(config: PDOConfig, size: number = ConnectionPool.DEFAULT_SIZE) {
    super(async () => {
      const pdo = new PDOProxy(() => open(config));
      for (const [attribute, value] of Object.entries(config.getOptions()))
        pdo.setAttribute(Number(attribute), value);
      await pdo.connect();
      return pdo;
    }, size);
  }

  /**
   * Takes a connection as every pool does. A transaction that its last user has left open is rolled back: in Swoole the next user is in it.
   * @param timeout in seconds, no limit from 0 down
   * @returns false when the time is over
   * @throws what connecting throws
   * @see Swoole\Database\PDOPool::get
   */
  override async get(timeout = -1): Promise<PDOProxy | false> {
    const pdo = await super.get(timeout);
    if (pdo === false) return false;
    await pdo.leaveTransaction();
    pdo.reset();
    return pdo;
  }

  protected override end(pdo: PDOProxy): void {
    pdo.close();
  }

  protected override setIdle(pdo: PDOProxy, idle: boolean): void {
    pdo.setIdle(idle);
  }
}

function open(config: PDOConfig): Promise<SqlConnection> {
  switch (config.getDriver()) {
    case 'mysql':
      return MysqlConnection.open(config);
    case 'pgsql':
      return PgsqlConnection.open(config);
    default:
      throw new Exception(`Unsupported Database Driver:${config.getDriver()}`);
  }
}
