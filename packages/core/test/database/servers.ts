import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

/** A database server that a test has started, on loopback. */
export interface RunningServer {
  readonly port: number;
  /** Where its files are, a Unix socket among them. */
  readonly directory: string;
  stop(): Promise<void>;
}

const LONGEST_START = 20_000;

/** The path of a program, null when it is not installed. Debian keeps those of PostgreSQL in a directory of their own. */
export function installed(name: string): string | null {
  const versions = '/usr/lib/postgresql';
  const places = [
    ...(process.env.PATH ?? '').split(':'),
    '/usr/sbin',
    '/usr/local/bin',
    ...(existsSync(versions) ? readdirSync(versions).map((version) => `${versions}/${version}/bin`) : []),
  ];
  return places.map((place) => path.join(place, name)).find((file) => existsSync(file)) ?? null;
}

/** A Redis server with the port that the system chose. */
export async function startRedis(port?: number): Promise<RunningServer> {
  const directory = mkdtempSync(path.join(tmpdir(), 'swoole-ts-redis-'));
  const own = port ?? (await freePort());
  const args = ['--port', String(own), '--bind', '127.0.0.1', '--save', '', '--dir', directory];
  const child = spawn(needed('redis-server'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  return started(child, directory, own, /Ready to accept connections/, 'SIGTERM');
}

/** A PostgreSQL server whose user is `tester`, with the password `secret` and the database `postgres`. */
export async function startPostgres(port?: number, files?: string): Promise<RunningServer> {
  const directory = files ?? mkdtempSync(path.join(tmpdir(), 'swoole-ts-postgres-'));
  const data = path.join(directory, 'data');
  const owner = unprivileged('postgres');
  if (files === undefined) {
    chmodSync(directory, 0o777);
    const args = ['-D', data, '-U', 'tester', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'];
    const made = spawnSync(needed('initdb'), args, { encoding: 'utf8', cwd: directory, ...owner });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  }
  const own = port ?? (await freePort());
  const args = ['-D', data, '-p', String(own), '-h', '127.0.0.1', '-k', directory, '-F'];
  const child = spawn(needed('postgres'), args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: directory,
    ...owner,
  });
  return started(child, directory, own, /ready to accept connections/, 'SIGINT');
}

/** A MariaDB server whose user is `root` without a password, with the database `test`. */
export async function startMariadb(port?: number, files?: string): Promise<RunningServer> {
  const directory = files ?? mkdtempSync(path.join(tmpdir(), 'swoole-ts-mariadb-'));
  const data = path.join(directory, 'data');
  const owner = unprivileged('mysql');
  const common = ['--no-defaults', `--datadir=${data}`];
  if (files === undefined) {
    chmodSync(directory, 0o777);
    const args = [...common, '--auth-root-authentication-method=normal'];
    const made = spawnSync(needed('mariadb-install-db'), args, {
      encoding: 'utf8',
      cwd: directory,
      ...owner,
    });
    if (made.status !== 0) throw new Error(`mariadb-install-db failed: ${made.stderr}`);
  }
  const own = port ?? (await freePort());
  const args = [
    ...common,
    `--port=${own}`,
    '--bind-address=127.0.0.1',
    `--socket=${directory}/mysqld.sock`,
    `--pid-file=${directory}/mysqld.pid`,
    '--innodb-flush-log-at-trx-commit=0',
  ];
  const child = spawn(needed('mariadbd'), args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: directory,
    ...owner,
  });
  return started(child, directory, own, /ready for connections/, 'SIGTERM');
}

function needed(name: string): string {
  const file = installed(name);
  if (file === null) throw new Error(`${name} is not installed`);
  return file;
}

/** PostgreSQL and MariaDB do not run as root: there their own user owns them. */
function unprivileged(user: string): { uid?: number; gid?: number } {
  if (userInfo().uid !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((what) =>
    Number(spawnSync('id', [what, user], { encoding: 'utf8' }).stdout),
  );
  return uid === undefined || gid === undefined || !(uid > 0) ? {} : { uid, gid };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Waits until a server says that it is ready. */
async function started(
  child: ChildProcess,
  directory: string,
  port: number,
  ready: RegExp,
  signal: NodeJS.Signals,
): Promise<RunningServer> {
  const ended = once(child, 'exit');
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`no start within ${LONGEST_START} ms\n${output}`)),
      LONGEST_START,
    );
    const look = (text: Buffer): void => {
      output += text;
      if (!ready.test(output)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    void ended.then(() => {
      clearTimeout(timer);
      reject(new Error(`ended instead of starting\n${output}`));
    });
  }).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    port,
    directory,
    async stop() {
      child.kill(signal);
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
