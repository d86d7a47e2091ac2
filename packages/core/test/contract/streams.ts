import { readFileSync, writeFileSync } from 'node:fs';
import type net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CloseInfo } from '../../src/engine/engine.js';
import type { StreamConnection, StreamEngine, StreamOptions, StreamPort } from '../../src/engine/stream.js';
import { Queue } from '../server/queue.js';
import { RawClient } from '../server/raw-client.js';
import { temporary } from '../server/temporary.js';

const file = (name: string): string => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));

/** What carries the bytes. */
export type Transport = 'TCP' | 'TLS' | 'a Unix socket';

const plain: StreamOptions = {
  tls: null,
  backlog: 512,
  noDelay: true,
  keepAlive: 0,
  paused: false,
  idleTimeout: 0,
  reusePort: false,
};
const secure = {
  certFile: file('a.crt'),
  keyFile: file('a.key'),
  authorities: [],
  verifyPeer: false,
  allowSelfSigned: false,
  names: [],
};

/** A port of the engine, what it has reported, and clients of it. */
class Harness {
  readonly connects = new Queue<StreamConnection>();
  readonly chunks = new Queue<Buffer>();
  readonly drains = new Queue<StreamConnection>();
  readonly idles = new Queue<StreamConnection>();
  readonly closes = new Queue<CloseInfo>();
  onConnect: ((connection: StreamConnection) => void) | null = null;
  onData: ((connection: StreamConnection, chunk: Buffer) => void) | null = null;
  ended: ((connection: StreamConnection) => boolean) | undefined;
  port!: StreamPort;
  private at: number | string = 0;

  constructor(private readonly transport: Transport) {}

  static async open(
    engine: StreamEngine,
    transport: Transport,
    options: Partial<StreamOptions> = {},
  ): Promise<Harness> {
    const harness = new Harness(transport);
    harness.port = engine.createPort(
      { ...plain, ...(transport === 'TLS' ? { tls: secure } : {}), ...options },
      {
        connect: (connection) => {
          harness.onConnect?.(connection);
          harness.connects.put(connection);
        },
        data: (connection, chunk) => {
          harness.chunks.put(chunk);
          harness.onData?.(connection, chunk);
        },
        drain: (connection) => harness.drains.put(connection),
        ended: (connection) => harness.ended?.(connection) ?? false,
        idle: (connection) => harness.idles.put(connection),
        close: (_connection, info) => harness.closes.put(info),
      },
    );
    if (transport === 'a Unix socket') {
      harness.at = path.join(temporary(), 'port');
      await harness.port.listenUnix(harness.at);
    } else harness.at = await harness.port.listen('127.0.0.1', 0);
    onTestFinished(() => harness.port.close());
    return harness;
  }

  /** Connects a client. @returns both ends */
  async join(): Promise<{ client: RawClient; connection: StreamConnection }> {
    const client = this.transport === 'TLS' ? await this.shake() : await RawClient.connect(this.at);
    return { client, connection: await this.connects.next() };
  }

  private shake(): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = tls.connect({
        port: Number(this.at),
        host: '127.0.0.1',
        ca: readFileSync(file('a.crt')),
        checkServerIdentity: () => undefined,
      });
      socket.once('secureConnect', () => resolve(new RawClient(socket))).once('error', reject);
    });
  }

  /** All that was received, once there are as many bytes. */
  async received(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let have = 0; have < length; ) {
      const chunk = await this.chunks.next();
      parts.push(chunk);
      have += chunk.length;
    }
    return Buffer.concat(parts);
  }
}

const MANY = 8 << 20;

/** What every engine for streams of bytes has to do, over everything that carries bytes. */
export function streamContract(engine: StreamEngine, transport: Transport): void {
  const open = (options?: Partial<StreamOptions>) => Harness.open(engine, transport, options);

  describe(`bytes over ${transport}`, () => {
    test('arrive as they were sent, of every value, in both directions', async () => {
      const harness = await open();
      const { client, connection } = await harness.join();
      const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
      client.write(all);
      expect(await harness.received(256)).toEqual(all);
      expect(connection.write(all)).toBe(true);
      expect(await client.read(256)).toEqual(all);
    });

    test('are copied by a write, text as UTF-8, and leave in the order of the calls', async () => {
      const harness = await open();
      const { client, connection } = await harness.join();
      const buffer = Buffer.from('one ');
      connection.write(buffer);
      buffer.fill('x');
      connection.write('zwölf ');
      connection.write(new Uint8Array([51]));
      expect(await client.hear('one zwölf 3')).toBe('one zwölf 3');
    });

    test('leave with the end after a close, and none after a close that discards', async () => {
      const harness = await open();
      const kept = await harness.join();
      kept.connection.write('good-bye');
      kept.connection.close();
      expect(String(await kept.client.rest())).toBe('good-bye');
      const lost = await harness.join();
      lost.connection.write(Buffer.alloc(MANY));
      lost.connection.close(true);
      expect((await lost.client.rest()).length).toBeLessThan(MANY);
    });

    test('of a file leave between the writes before and after it', async () => {
      const harness = await open();
      const { client, connection } = await harness.join();
      const name = path.join(temporary(), 'file');
      writeFileSync(name, '0123456789');
      connection.write('<');
      expect(connection.writeFile(name, 2, 5)).toBe(true);
      connection.write('>');
      expect(await client.hear('<23456>')).toBe('<23456>');
      expect(connection.writeFile(`${name}.none`, 0, 1)).toBe(false);
    });

    test('wait while the connection is paused, and come in one piece when it is resumed', async () => {
      const harness = await open();
      const { client, connection } = await harness.join();
      connection.pause();
      client.write('first ');
      client.write('second');
      connection.write('?');
      await client.read(1);
      connection.resume();
      expect(String(await harness.received(12))).toBe('first second');
    });

    test('are not read before resume() on a port that begins paused', async () => {
      const harness = await open({ paused: true });
      const { client, connection } = await harness.join();
      client.write('early');
      connection.write('?');
      await client.read(1);
      expect(harness.chunks.all).toEqual([]);
      connection.resume();
      expect(String(await harness.received(5))).toBe('early');
    });

    test('that the client does not take count as buffered until it has taken them, and drain() tells', async () => {
      const harness = await open();
      const { client, connection } = await harness.join();
      client.socket.pause();
      connection.write(Buffer.alloc(MANY));
      await new Promise((resolve) => setImmediate(resolve));
      expect(connection.bufferedAmount()).toBeGreaterThan(0);
      connection.expectDrain();
      client.socket.resume();
      expect((await client.read(MANY)).length).toBe(MANY);
      while (connection.bufferedAmount() > 0) await harness.drains.next();
      expect(harness.drains.all.length).toBeGreaterThan(0);
    });
  });

  describe(`the end of a connection over ${transport}`, () => {
    test('is reported once, as clean when the client has ended', async () => {
      const harness = await open();
      const { client, connection } = await harness.join();
      client.socket.end();
      expect(await harness.closes.next()).toEqual({ code: 0, reason: '', wasClean: true });
      await client.closed;
      expect(harness.closes.all).toHaveLength(1);
      expect([connection.open, connection.write('x'), connection.writeFile(file('a.crt'), 0, 1)]).toEqual([
        false,
        false,
        false,
      ]);
    });

    test('is reported inside of close(), and only once however often it is called', async () => {
      const harness = await open();
      const { connection } = await harness.join();
      connection.close();
      expect(harness.closes.all).toEqual([{ code: 0, reason: '', wasClean: true }]);
      connection.close();
      connection.close(true);
      expect(harness.closes.all).toHaveLength(1);
    });

    test('is up to the listener when only the client has ended, if it says so', async () => {
      const harness = await open();
      const { client, connection } = await harness.join();
      const ends = new Queue<StreamConnection>();
      harness.ended = (one) => {
        ends.put(one);
        return true;
      };
      client.socket.end();
      await ends.next();
      expect([connection.open, connection.write('still here')]).toEqual([true, true]);
      expect(await client.hear('still here')).toBe('still here');
      connection.close();
      expect(harness.closes.all).toHaveLength(1);
    });

    test('may come from inside of connect and of data, after which nothing is reported', async () => {
      const harness = await open();
      harness.onConnect = (connection) => connection.close();
      const first = await harness.join();
      first.client.write('too late');
      await first.client.closed;
      harness.onConnect = null;
      harness.onData = (connection) => connection.close();
      const second = await harness.join();
      second.client.write('a');
      await second.client.closed;
      expect(harness.chunks.all.map(String)).toEqual(['a']);
      expect(harness.closes.all).toHaveLength(2);
    });

    test('is suggested after a time in which no byte went either way', async () => {
      const harness = await open({ idleTimeout: 30 });
      const { connection } = await harness.join();
      expect(await harness.idles.next()).toBe(connection);
      expect(connection.open).toBe(true);
      connection.close();
    });
  });

  test(`100 connections over ${transport} have ends and owners of their own`, async () => {
    const harness = await open();
    harness.onData = (connection, chunk) => connection.write(`${connection.owner}:${chunk}`);
    let number = 0;
    harness.onConnect = (connection) => {
      connection.owner = number++;
    };
    const texts = new Set<string>();
    for (let i = 0; i < 4; i++) {
      const clients = await Promise.all(Array.from({ length: 25 }, () => harness.join()));
      for (const { client } of clients) client.write('?');
      for (const { client } of clients) {
        const text = String(await client.read(3));
        texts.add(text.endsWith('?') ? text : text + String(await client.read(text.includes(':') ? 1 : 2)));
        client.socket.end();
      }
    }
    await harness.closes.count(100);
    expect(texts.size).toBe(100);
  });

  if (transport === 'TLS') return;
  test(`a connection over ${transport} that breaks off is not clean`, async () => {
    const harness = await open();
    const { client } = await harness.join();
    if (transport === 'TCP') client.socket.resetAndDestroy();
    else client.socket.destroy();
    const info = await harness.closes.next();
    expect(info).toEqual(
      transport === 'TCP'
        ? { code: 1006, reason: '', wasClean: false }
        : { code: 0, reason: '', wasClean: true },
    );
  });
}

/** What has no use but over TCP. */
export function portContract(engine: StreamEngine): void {
  test('a port that is taken rejects with the number of the system', async () => {
    const harness = await Harness.open(engine, 'TCP');
    const { port } = harness.port.socket.address() as net.AddressInfo;
    const second = engine.createPort(plain, { connect() {}, data() {}, drain() {}, idle() {}, close() {} });
    await expect(second.listen('127.0.0.1', port)).rejects.toMatchObject({ errno: -98 });
    second.close();
  });

  test('a port that stops listening keeps its connections', async () => {
    const harness = await Harness.open(engine, 'TCP');
    const { port } = harness.port.socket.address() as net.AddressInfo;
    const { client, connection } = await harness.join();
    harness.port.stopListening();
    await expect(RawClient.connect(port)).rejects.toThrow('ECONNREFUSED');
    connection.write('still here');
    expect(await client.hear('still here')).toBe('still here');
  });

  test('a peer that never shakes hands over TLS is never reported', async () => {
    const harness = await Harness.open(engine, 'TLS');
    const { port } = harness.port.socket.address() as net.AddressInfo;
    const stranger = await RawClient.connect(port);
    stranger.write('GET / HTTP/1.1\r\n\r\n');
    await stranger.closed;
    const { client, connection } = await harness.join();
    connection.write('welcome');
    expect(await client.hear('welcome')).toBe('welcome');
    expect(harness.connects.all).toEqual([connection]);
  });
}
