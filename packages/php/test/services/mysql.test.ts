import { once } from 'node:events';
import type { Server } from 'node:net';
import mysql from 'mysql2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  mysqli,
  mysqli_connect,
  type mysqli_result,
  mysqli_sql_exception,
  PDO,
  PDOException,
  type PDOStatement,
} from '../../src/index.js';

interface Peer {
  sequenceId: number;
  serverHandshake(options: object): void;
  on(event: 'query', listener: (sql: string) => void): void;
  on(event: 'error', listener: () => void): void;
  writeOk(options: object): void;
  writeError(options: object): void;
  writeTextResult(rows: object[], columns: object[]): void;
}

/** No MySQL is at hand: mysql2's own server speaks the protocol and answers what the test wants. */
describe('MySQL by mysql2', () => {
  const server = mysql.createServer(() => {}) as unknown as {
    listen(port: number, host: string): unknown;
    close(done: () => void): void;
    _server: Server;
    on(event: 'connection', listener: (peer: Peer) => void): void;
  };
  const asked: string[] = [];
  let port = 0;

  beforeAll(async () => {
    // The server part of mysql2 does not count packets as its client does, and says so.
    vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    server.on('connection', (peer) => {
      peer.serverHandshake({
        protocolVersion: 10,
        serverVersion: '8.0.0',
        connectionId: 1,
        statusFlags: 2,
        characterSet: 45,
        capabilityFlags: 0xffffff ^ 0x800,
      });
      peer.on('error', () => {});
      peer.on('query', (sql) => {
        // The answer goes on with the numbers of the question.
        peer.sequenceId = 1;
        asked.push(sql);
        if (sql.startsWith('SELECT'))
          peer.writeTextResult(
            [
              { id: 1, name: 'Ann' },
              { id: 2, name: 'Bob' },
            ],
            [
              {
                catalog: 'def',
                schema: 'x',
                table: 't',
                orgTable: 't',
                name: 'id',
                orgName: 'id',
                characterSet: 63,
                columnLength: 11,
                columnType: 3,
                flags: 0,
                decimals: 0,
              },
              {
                catalog: 'def',
                schema: 'x',
                table: 't',
                orgTable: 't',
                name: 'name',
                orgName: 'name',
                characterSet: 45,
                columnLength: 255,
                columnType: 253,
                flags: 0,
                decimals: 0,
              },
            ],
          );
        else if (sql.startsWith('BAD'))
          peer.writeError({ code: 1146, message: "Table 'x.bad' doesn't exist" });
        else peer.writeOk({ affectedRows: 3, insertId: 7 });
      });
    });
    server.listen(0, '127.0.0.1');
    if (!server._server.listening) await once(server._server, 'listening');
    port = (server._server.address() as { port: number }).port;
  });

  afterAll(() => new Promise<void>((done) => server.close(() => done())));

  it('runs statements with values in their places', async () => {
    const pdo = new PDO(`mysql:host=127.0.0.1;port=${port};dbname=x;charset=utf8mb4`, 'root', '');
    const statement = pdo.prepare('UPDATE t SET name = :name WHERE id = :id');
    expect(await statement.execute({ name: "O'Brien", id: 5 })).toBe(true);
    expect(asked.at(-1)).toBe("UPDATE t SET name = 'O\\'Brien' WHERE id = 5");
    expect([statement.rowCount(), pdo.lastInsertId()]).toEqual([3, '7']);
    const found = (await pdo.query('SELECT id, name FROM t')) as PDOStatement;
    expect(found.fetchAll(PDO.FETCH_ASSOC)).toEqual([
      { id: 1, name: 'Ann' },
      { id: 2, name: 'Bob' },
    ]);
    await expect(pdo.exec('BAD')).rejects.toThrow("1146 Table 'x.bad' doesn't exist");
    expect(pdo.quote("a'b\n")).toBe("'a\\'b\\n'");
    await pdo.close();
  });

  it('reads rows and numbers by mysqli', async () => {
    const link = new mysqli('127.0.0.1', 'root', '', 'x', port);
    const result = (await link.query('SELECT id, name FROM t')) as mysqli_result;
    expect([result.num_rows, result.fetch_assoc(), result.fetch_row(), result.fetch_assoc()]).toEqual([
      2,
      { id: 1, name: 'Ann' },
      [2, 'Bob'],
      null,
    ]);
    expect(await link.query('INSERT INTO t VALUES (1)')).toBe(true);
    expect([link.affected_rows, link.insert_id]).toEqual([3, 7]);
    const statement = link.prepare('SELECT ?, ?, ?');
    statement.bind_param('isd', '5', 6, '1.5');
    expect(await statement.execute()).toBe(true);
    expect(asked.at(-1)).toBe('SELECT 5, 6, 1.5');
    expect([...(statement.get_result() || [])]).toHaveLength(2);
    await expect(link.query('BAD')).rejects.toThrow(mysqli_sql_exception);
    expect(link.errno).toBe(1146);
    await link.close();
  });

  it('says that nobody listens', async () => {
    await expect(PDO.connect('mysql:host=127.0.0.1;port=1;dbname=x', 'root', '')).rejects.toThrow(
      PDOException,
    );
    await expect(mysqli_connect('127.0.0.1', 'root', '', 'x', 1)).rejects.toThrow('Connection refused');
  });
});
