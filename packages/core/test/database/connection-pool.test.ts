import { describe, expect, it } from 'vitest';
import { ConnectionPool, Coroutine } from '../../src/index.ts';

class Connection {
  static made = 0;
  readonly number = ++Connection.made;
  closed = false;

  close(): void {
    this.closed = true;
  }
}

const poolOf = (size: number) => {
  Connection.made = 0;
  return new ConnectionPool(() => new Connection(), size);
};

describe('a ConnectionPool', () => {
  it('opens a connection when none is free, up to its size, then lets others wait', async () => {
    const pool = poolOf(2);
    const [first, second] = [await pool.get(), await pool.get()];
    expect([first, second]).toMatchObject([{ number: 1 }, { number: 2 }]);
    const third = pool.get();
    await pool.put(second === false ? null : second);
    expect(await third).toBe(second);
    expect(Connection.made).toBe(2);
  });

  it('gives false when the time is over', async () => {
    const pool = poolOf(1);
    await pool.get();
    expect(await pool.get(0.001)).toBe(false);
  });

  it('gives a connection that was put back before it opens another', async () => {
    const pool = poolOf(5);
    const connection = await pool.get();
    await pool.put(connection === false ? null : connection);
    expect(await pool.get()).toBe(connection);
    expect(Connection.made).toBe(1);
  });

  it('opens a new one in the place of one that broke', async () => {
    const pool = poolOf(1);
    await pool.get();
    await pool.put(null);
    expect(await pool.get()).toMatchObject({ number: 2 });
  });

  it('fills itself', async () => {
    const pool = poolOf(3);
    await pool.fill();
    expect(Connection.made).toBe(3);
    expect(await pool.get()).toMatchObject({ number: 1 });
  });

  it('counts a connection that could not be opened as none', async () => {
    let works = false;
    const pool = new ConnectionPool(async () => {
      if (!works) throw new Error('refused');
      return new Connection();
    }, 1);
    await expect(pool.get()).rejects.toThrow('refused');
    works = true;
    expect(await pool.get()).toBeInstanceOf(Connection);
  });

  it('ends its connections when it is closed, those in use when they come back, and is closed then', async () => {
    const pool = poolOf(2);
    const [used, idle] = [await pool.get(), await pool.get()];
    if (used === false || idle === false) throw new Error('no connection');
    await pool.put(idle);
    pool.close();
    pool.close();
    await Coroutine.sleep(0.001);
    expect([used.closed, idle.closed]).toEqual([false, true]);
    await pool.put(used);
    expect(used.closed).toBe(true);
    await expect(pool.get()).rejects.toThrow('Pool has been closed');
  });

  it('wakes who waits when it is closed', async () => {
    const pool = poolOf(1);
    await pool.get();
    const waiting = pool.get();
    pool.close();
    expect(await waiting).toBe(false);
  });

  it('ends a connection that was being opened when it was closed', async () => {
    let open = (_connection: Connection): void => {};
    const pool = new ConnectionPool(() => new Promise<Connection>((resolve) => (open = resolve)), 1);
    const getting = pool.get();
    pool.close();
    const connection = new Connection();
    open(connection);
    expect(await getting).toBe(false);
    expect(connection.closed).toBe(true);
  });

  it('wraps connections in a class of the program', async () => {
    class Wrapped extends Connection {
      constructor(readonly open: () => Connection | Promise<Connection>) {
        super();
      }
    }
    const make = () => new Connection();
    const pool = new ConnectionPool<Connection>(make, ConnectionPool.DEFAULT_SIZE, Wrapped);
    const connection = await pool.get();
    expect(connection).toBeInstanceOf(Wrapped);
    expect((connection as Wrapped).open).toBe(make);
  });
});
