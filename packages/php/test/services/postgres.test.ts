import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PDO, PDOException, type PDOStatement } from '../../src/index.js';

/** Where PostgreSQL's programs are, and as whom they can run: they refuse to run as root. */
const bin = [
  '/usr/lib/postgresql/17/bin',
  '/usr/lib/postgresql/16/bin',
  '/usr/lib/postgresql/15/bin',
  '/usr/lib/postgresql/14/bin',
].find((dir) => existsSync(path.join(dir, 'initdb')));
const root = process.getuid?.() === 0;
const account =
  /^postgres:[^:]*:(\d+):(\d+):/m.exec(
    existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8') : '',
  ) ?? /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
const user = root ? { uid: Number(account?.[1]), gid: Number(account?.[2]) } : {};

describe.skipIf(bin === undefined || (root && account === null))(
  'PDO with PostgreSQL (skipped where it is not installed)',
  () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'swoole-ts-pg-'));
    let server: ChildProcess | undefined;
    let port = 0;
    let pdo: PDO;

    beforeAll(async () => {
      if (user.uid !== undefined && user.gid !== undefined) chownSync(dir, user.uid, user.gid);
      const data = path.join(dir, 'data');
      const made = spawnSync(
        path.join(bin ?? '', 'initdb'),
        ['-D', data, '-U', 'tester', '-A', 'trust', '-N', '--no-locale', '-E', 'UTF8'],
        { ...user, encoding: 'utf8', cwd: dir },
      );
      expect(made.status, made.stderr).toBe(0);
      const probe = createServer().listen(0, '127.0.0.1');
      await once(probe, 'listening');
      port = (probe.address() as { port: number }).port;
      probe.close();
      await once(probe, 'close');
      server = spawn(
        path.join(bin ?? '', 'postgres'),
        ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-F'],
        { ...user, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] },
      );
      for await (const text of server.stderr ?? []) if (String(text).includes('ready to accept')) break;
      server.stderr?.resume();
      pdo = await PDO.connect(`pgsql:host=127.0.0.1;port=${port};dbname=postgres`, 'tester', '');
    }, 60_000);

    afterAll(async () => {
      await pdo?.close();
      if (server !== undefined && server.exitCode === null) {
        server.kill('SIGQUIT');
        await once(server, 'exit');
      }
      rmSync(dir, { recursive: true, force: true });
    });

    it('inserts by places of both kinds and reads rows', async () => {
      await pdo.exec('CREATE TABLE t (id SERIAL PRIMARY KEY, name TEXT UNIQUE, age INT, ok BOOLEAN)');
      const insert = pdo.prepare('INSERT INTO t (name, age, ok) VALUES (?, ?, ?)');
      expect(await insert.execute(['Ann', 30, true])).toBe(true);
      expect(insert.rowCount()).toBe(1);
      const named = pdo.prepare(
        "INSERT INTO t (name, age) VALUES (:name, :age) RETURNING id, name || ':x'::text AS x",
      );
      await named.execute({ name: 'Bob', age: null });
      expect(named.fetch(PDO.FETCH_NUM)).toEqual([2, 'Bob:x']);
      const all = (await pdo.query('SELECT * FROM t ORDER BY id', PDO.FETCH_ASSOC)) as PDOStatement;
      expect(all.fetchAll()).toEqual([
        { id: 1, name: 'Ann', age: 30, ok: true },
        { id: 2, name: 'Bob', age: null, ok: null },
      ]);
    });

    it('rolls back, and tells the SQLSTATE of an error', async () => {
      await pdo.beginTransaction();
      expect(await pdo.exec('DELETE FROM t')).toBe(2);
      await pdo.rollBack();
      expect(((await pdo.query('SELECT count(*) FROM t')) as PDOStatement).fetchColumn()).toBe('2');
      const error = await pdo.query('SELECT * FROM nope').then(
        () => null,
        (thrown: unknown) => thrown as PDOException,
      );
      expect(error).toBeInstanceOf(PDOException);
      expect(error?.getCode()).toBe('42P01');
      expect(error?.getMessage()).toBe(
        'SQLSTATE[42P01]: Undefined table: 7 ERROR:  relation "nope" does not exist',
      );
    });

    it('refuses a database that is not there', async () => {
      await expect(
        PDO.connect(`pgsql:host=127.0.0.1;port=${port};dbname=none`, 'tester', ''),
      ).rejects.toThrow(/database "none" does not exist/);
    });
  },
);
