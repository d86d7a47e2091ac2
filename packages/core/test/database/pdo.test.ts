import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/index.ts';
import { installed, type RunningServer, startMariadb, startPostgres } from './servers.ts';

const { PDOConfig, PDOPool } = Database;
type PDO = Database.PDOProxy;

const ASSOC = 2;
const NUM = 3;
const COLUMN = 7;
const KEY_PAIR = 12;
const UNIQUE_ASSOC = 0x30000 | ASSOC;

const databases = [
  {
    driver: 'pgsql',
    program: 'postgres',
    start: startPostgres,
    login: ['tester', 'secret', 'postgres'],
    id: 'serial primary key',
    charset: '',
    endOthers:
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
  },
  {
    driver: 'mysql',
    program: 'mariadbd',
    start: startMariadb,
    login: ['root', '', 'test'],
    id: 'integer primary key auto_increment',
    charset: ' CHARACTER SET utf8mb4',
    endOthers: 'KILL USER root',
  },
] as const;

for (const { driver, program, start, login, id, charset, endOthers } of databases) {
  describe.skipIf(installed(program) === null)(`a PDOPool of ${driver}`, () => {
    let server: RunningServer;
    const pools: Database.PDOPool[] = [];
    const config = () =>
      new PDOConfig()
        .withDriver(driver)
        .withPort(server.port)
        .withUsername(login[0])
        .withPassword(login[1])
        .withDbname(login[2]);
    const poolOf = (size: number, own = config()) => {
      const pool = new PDOPool(own, size);
      pools.push(pool);
      return pool;
    };
    const take = async (pool: Database.PDOPool): Promise<PDO> => {
      const pdo = await pool.get();
      if (pdo === false) throw new Error('no connection');
      return pdo;
    };

    beforeAll(async () => {
      server = await start();
      const pool = poolOf(1);
      const pdo = await take(pool);
      await pdo.exec(
        `CREATE TABLE users (id ${id}, name varchar(50), age integer, score decimal(6,2))${charset}`,
      );
      await pool.put(pdo);
    }, 60_000);

    afterAll(async () => {
      for (const pool of pools) pool.close();
      await server.stop();
    });

    it('prepares with ? and :name, and fetches in the ways of PDO', async () => {
      const pdo = await take(poolOf(1));
      await pdo.exec('DELETE FROM users');
      const insert = pdo.prepare('INSERT INTO users (name, age, score) VALUES (?, ?, ?)');
      expect(await insert.execute(["O'Hara ? :x", 41, '12.50'])).toBe(true);
      expect(insert.rowCount()).toBe(1);
      const first = Number(await pdo.lastInsertId());
      expect(first).toBeGreaterThan(0);
      await insert.execute(['Żółw', null, null]);

      const select = pdo.prepare(
        'SELECT id, name, age, score FROM users WHERE id = :id OR name = :name OR :id < 0',
      );
      await select.execute({ id: first, ':name': 'nobody' });
      expect(select.fetch()).toEqual({
        0: first,
        1: "O'Hara ? :x",
        2: 41,
        3: '12.50',
        id: first,
        name: "O'Hara ? :x",
        age: 41,
        score: '12.50',
      });
      expect(select.fetch()).toBe(false);

      const all = () => pdo.query('SELECT name, age FROM users ORDER BY id');
      expect((await all()).fetchAll(NUM)).toEqual([
        ["O'Hara ? :x", 41],
        ['Żółw', null],
      ]);
      expect((await all()).fetchAll(ASSOC)).toEqual([
        { name: "O'Hara ? :x", age: 41 },
        { name: 'Żółw', age: null },
      ]);
      expect((await all()).fetchAll(COLUMN, 1)).toEqual([41, null]);
      expect((await all()).fetchAll(KEY_PAIR)).toEqual({ "O'Hara ? :x": 41, Żółw: null });
      expect((await all()).fetchAll(UNIQUE_ASSOC)).toEqual({
        "O'Hara ? :x": { age: 41 },
        Żółw: { age: null },
      });
      expect([...(await pdo.query('SELECT name FROM users ORDER BY id DESC', COLUMN, 0))]).toEqual([
        'Żółw',
        "O'Hara ? :x",
      ]);
      expect((await all()).fetchColumn()).toBe("O'Hara ? :x");
    });

    it('takes integers for LIMIT, and quotes text so that it is only text', async () => {
      const pdo = await take(poolOf(1));
      await pdo.exec('DELETE FROM users');
      await pdo.exec("INSERT INTO users (name) VALUES ('a'), ('b'), ('c')");
      const limited = pdo.prepare('SELECT name FROM users ORDER BY name LIMIT ? OFFSET ?');
      await limited.execute([1, 1]);
      expect(limited.fetchAll(COLUMN)).toEqual(['b']);
      const nasty = '\\\'; DROP TABLE users; -- "';
      expect((await pdo.query(`SELECT ${pdo.quote(nasty)}`)).fetchColumn()).toBe(nasty);
      const bound = pdo.prepare('SELECT ?');
      await bound.execute([nasty]);
      expect(bound.fetchColumn()).toBe(nasty);
    });

    it('binds values and variables, and fills bound columns', async () => {
      const pdo = await take(poolOf(1));
      const statement = pdo.prepare(
        "SELECT 'x' AS one, CAST(:a AS char(1)) AS two, CAST(:b AS char(1)) AS three",
      );
      const variable = { value: 'before' };
      statement.bindValue(':a', '1');
      statement.bindParam('b', variable);
      variable.value = '2';
      const [one, three] = [{ value: null as unknown }, { value: null as unknown }];
      statement.bindColumn(1, one);
      statement.bindColumn('three', three);
      await statement.execute();
      expect(statement.fetch(6)).toBe(true);
      expect([one.value, three.value]).toEqual(['x', '2']);
      expect(statement.columnCount()).toBe(3);
    });

    it('rejects a wrong statement and a wrong number of values, and works on', async () => {
      const pdo = await take(poolOf(1));
      await expect(pdo.query('SELEC 1')).rejects.toThrow(/SELEC/);
      await expect(pdo.prepare('SELECT ?').execute([1, 2])).rejects.toThrow('HY093');
      await expect(pdo.prepare('SELECT ?').execute([])).rejects.toThrow('HY093');
      expect((await pdo.query('SELECT 1')).fetchColumn()).toBe(1);
      expect(pdo.getRound()).toBe(0);
    });

    it('does what its options say', async () => {
      const pdo = await take(poolOf(1, config().withOptions({ 19: ASSOC, 17: true })));
      expect((await pdo.query('SELECT 1 AS n, NULL AS nothing')).fetch()).toEqual({ n: '1', nothing: null });
      const statement = pdo.prepare('SELECT 1 AS n');
      statement.setFetchMode(NUM);
      statement.setAttribute(17, false);
      await statement.execute();
      expect(statement.fetch()).toEqual([1]);
    });

    it('keeps and undoes transactions, and leaves none open for the next user', async () => {
      const pool = poolOf(1);
      const pdo = await take(pool);
      await pdo.exec('DELETE FROM users');
      await expect(pdo.commit()).rejects.toThrow('There is no active transaction');
      await pdo.beginTransaction();
      expect(pdo.inTransaction()).toBe(true);
      await expect(pdo.beginTransaction()).rejects.toThrow('There is already an active transaction');
      await pdo.exec("INSERT INTO users (name) VALUES ('kept')");
      await pdo.commit();
      await pdo.beginTransaction();
      await pdo.exec("INSERT INTO users (name) VALUES ('undone')");
      await pdo.rollBack();
      await pdo.beginTransaction();
      await pdo.exec("INSERT INTO users (name) VALUES ('left open')");
      await pool.put(pdo);

      const next = await take(pool);
      expect(next.inTransaction()).toBe(false);
      expect((await next.query('SELECT name FROM users')).fetchAll(COLUMN)).toEqual(['kept']);
    });

    it('connects again when a connection was lost, but not within a transaction', async () => {
      const killer = await take(poolOf(1));
      const pdo = await take(poolOf(1));
      const statement = pdo.prepare('SELECT 5');
      expect(pdo.getRound()).toBe(0);
      await killer.query(endOthers).catch(() => {});
      await statement.execute();
      expect([statement.fetchColumn(), pdo.getRound()]).toEqual([5, 1]);

      await pdo.beginTransaction();
      await killer.query(endOthers).catch(() => {});
      await expect(pdo.query('SELECT 6')).rejects.toThrow();
      pdo.reset();
      expect((await pdo.query('SELECT 6')).fetchColumn()).toBe(6);
      expect(pdo.getRound()).toBe(2);
    });

    it('does not connect with a wrong port, and tells why', async () => {
      const pool = poolOf(1, config().withPort(1));
      await expect(pool.get()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    });
  });
}

describe('a PDOPool', () => {
  it('knows no other drivers', async () => {
    const pool = new PDOPool(new PDOConfig().withDriver('oci'));
    await expect(pool.get()).rejects.toThrow('Unsupported Database Driver:oci');
  });
});
