import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Coroutine, SWOOLE_EVENT_READ, swoole_last_error } from '../../src/index.js';
import { AF_INET, AF_INET6, AF_UNIX, SOCK_DGRAM, SOCK_STREAM } from '../../src/socket/numbers.js';
import { SO_KEEPALIVE, SO_RCVTIMEO, SO_TYPE, SOL_SOCKET, SOL_TCP } from '../../src/socket/options.js';
import { run } from '../server/program.js';
import { catchWarnings } from '../server/running.js';
import { temporary } from '../server/temporary.js';
import { listening, pair, socket } from './pair.js';

const { Socket } = Coroutine;
const TCP_NODELAY = 1;
const result = (made: Coroutine.Socket, value: unknown) => [value, made.errCode];

describe('a socket that is not connected', () => {
  test('fails with the numbers of the system', async () => {
    const one = socket();
    expect(result(one, await one.recv(10, 0.1))).toEqual([false, 107]);
    expect(result(one, await one.send('x'))).toEqual([false, 107]);
    expect(result(one, one.peek())).toEqual([false, 107]);
    expect(result(one, one.checkLiveness())).toEqual([false, 107]);
    expect(result(one, one.shutdown())).toEqual([false, 107]);
    expect(result(one, one.getpeername())).toEqual([false, 107]);
    expect(one.getsockname()).toEqual({ address: '0.0.0.0', port: 0 });
    expect(result(one, await one.accept(0.1))).toEqual([false, 22]);
    expect(result(one, await one.sendto('127.0.0.1', 1, 'x'))).toEqual([false, 93]);
    expect(swoole_last_error()).toBe(93);
  });

  test('is not bound to what is no address, to one of another machine, or twice', async () => {
    const one = socket();
    expect(result(one, await one.bind('localhost'))).toEqual([false, 722]);
    expect(result(one, await one.bind('1.2.3.4'))).toEqual([false, 99]);
    expect(await one.bind('127.0.0.1')).toBe(true);
    expect(result(one, await one.bind('127.0.0.1'))).toEqual([false, 22]);
  });

  test('connects from the address that it was bound to', async () => {
    const { listener, port } = await listening();
    const one = socket();
    await one.bind('127.0.0.1');
    const name = one.getsockname();
    expect(await one.connect('127.0.0.1', port)).toBe(true);
    const accepted = (await listener.accept(5)) as Coroutine.Socket;
    expect(accepted.getpeername()).toEqual(one.getsockname());
    expect(name).toEqual(one.getsockname());
    accepted.close();
  });

  test('is told of a name that nobody knows, and of a port where nobody listens', async () => {
    const one = socket();
    expect(result(one, await one.connect('no.such.invalid', 80, 5))).toEqual([false, 711]);
    expect(result(one, await one.connect('::1', 80, 5))).toEqual([false, 711]);
    const { listener, port } = await listening();
    listener.close();
    expect(result(one, await one.connect('localhost', port, 5))).toEqual([false, 111]);
  });

  test('cannot be of a family, or of a kind, that there is not', () => {
    const thrown = (make: () => unknown) => {
      try {
        return make();
      } catch (error) {
        return [error instanceof Socket.Exception, (error as Coroutine.Socket.Exception).getCode()];
      }
    };
    expect(thrown(() => new Socket(999, SOCK_STREAM))).toEqual([true, 97]);
    expect(thrown(() => new Socket(AF_INET, 77))).toEqual([true, 22]);
  });
});

describe('a connected socket', () => {
  test('receives lines up to a line feed or a carriage return, however they came', async () => {
    const bytes = fc.array(fc.constantFrom(0x0d, 0x0a, 0x61), { minLength: 1, maxLength: 40 });
    const cuts = fc.array(fc.nat(39), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(bytes, cuts, async (bytes, cuts) => {
        const [left, right] = await pair();
        const all = Buffer.from(bytes);
        const ends = [...new Set([...cuts, all.length])].sort((a, b) => a - b);
        void (async () => {
          let from = 0;
          for (const to of ends) {
            if (to > from && to <= all.length) await left.send(all.subarray(from, to));
            from = Math.max(from, to);
          }
          left.shutdown(1);
        })();
        const lines: string[] = [];
        for (let line = await right.recvLine(); line; line = await right.recvLine()) lines.push(String(line));
        expect(lines).toEqual(String(all).match(/[^\r\n]*[\r\n]|[^\r\n]+$/g));
        left.close();
        right.close();
      }),
      { numRuns: 25 },
    );
  });

  test('keeps what came of a line whose time was over', async () => {
    const [left, right] = await pair();
    await left.send('half');
    expect(result(right, await right.recvLine(100, 0.02))).toEqual([false, 110]);
    await left.send(' and half\nnext');
    expect(String(await right.recvLine(100, 5))).toBe('half and half\n');
    expect(String(await right.recv())).toBe('next');
  });

  test('waits for more bytes than it would take in unasked', async () => {
    const [left, right] = await pair();
    const sent = left.sendAll(Buffer.alloc(3_000_000, 'x'));
    expect(((await right.recvAll(3_000_000, 10)) as Buffer).length).toBe(3_000_000);
    expect(await sent).toBe(3_000_000);
  });

  test('lets who sends wait while the other side does not receive', async () => {
    const [left, right] = await pair();
    expect(result(left, await left.send(Buffer.alloc(50_000_000), 0.1))).toEqual([false, 110]);
    expect(right.checkLiveness()).toBe(true);
  });

  test('goes on in one way when the other was shut down', async () => {
    const [left, right] = await pair();
    expect(left.shutdown(1)).toBe(true);
    expect(result(left, left.shutdown(1))).toEqual([false, 107]);
    expect(result(left, await left.send('x'))).toEqual([false, 107]);
    expect(result(right, await right.recv(10, 5))).toEqual(['', 0]);
    expect(right.peek()).toBe('');
    expect(result(right, right.checkLiveness())).toEqual([false, 104]);
    expect(await right.send('still here')).toBe(10);
    expect(String(await left.recv(100, 5))).toBe('still here');
  });

  test('reads and writes vectors', async () => {
    const [left, right] = await pair();
    expect(await left.writeVector(['hello', ' ', Buffer.from('world')])).toBe(11);
    expect(await right.readVector([5, 1, 20], 5)).toEqual(
      ['hello', ' ', 'world'].map((text) => Buffer.from(text)),
    );
    await left.writeVectorAll(['ab', 'cd']);
    expect(await right.readVectorAll([3, 3], 0.05)).toEqual([Buffer.from('abc'), Buffer.from('d')]);
    expect(right.errCode).toBe(110);
    expect(() => left.writeVector(['a', ''])).toThrow('Item #[1] cannot be empty string');
    expect(() => left.writeVector([1 as never])).toThrow('Item #[0] must be of type string, number given');
    await expect(left.readVector([-1])).rejects.toThrow('Item #[0] must be greater than 0');
  });

  test('sends a file, a part of it, and less than was promised as an error', async () => {
    const [left, right] = await pair();
    const file = path.join(temporary(), 'file');
    writeFileSync(file, '0123456789');
    expect(await left.sendFile(file)).toBe(true);
    expect(String(await right.recvAll(10, 5))).toBe('0123456789');
    expect(await left.sendFile(file, 2, 3)).toBe(true);
    expect(String(await right.recvAll(3, 5))).toBe('234');
    expect(result(left, await left.sendFile(file, 8, 5))).toEqual([false, 502]);
    expect(result(left, await left.sendFile('/nonexistent'))).toEqual([false, 2]);
    expect(left.errMsg).toBe('open(/nonexistent) failed, No such file or directory');
  });

  test('gives packets, and says that something is none', async () => {
    const [left, right] = await pair();
    right.setProtocol({
      open_length_check: true,
      package_length_type: 'n',
      package_body_offset: 2,
      package_max_length: 100,
    });
    await left.send(Buffer.from([0, 1, 65, 0, 2, 66, 66, 0, 200]));
    expect(await right.recvPacket(5)).toEqual(Buffer.from([0, 1, 65]));
    expect(await right.recvPacket(5)).toEqual(Buffer.from([0, 2, 66, 66]));
    expect(result(right, await right.recvPacket(5))).toEqual([false, 1201]);
  });

  test('lets the error of a length function out of the call that waits', async () => {
    const [left, right] = await pair();
    right.setProtocol({
      open_length_check: true,
      package_length_func: () => {
        throw new RangeError('what is this?');
      },
    });
    const packet = right.recvPacket(5);
    await left.send('x');
    await expect(packet).rejects.toThrow('what is this?');
  });

  test('refuses a protocol of nothing, and a letter that pack() does not have', () => {
    const warnings = catchWarnings();
    const one = socket();
    expect(one.setProtocol({})).toBe(false);
    expect(one.setProtocol({ package_length_type: 'z' })).toBe(false);
    expect(warnings).toEqual([
      "Unknown package_length_type name 'z', see pack(). Link: https://php.net/pack",
    ]);
  });

  test('is received from by one coroutine at a time', async () => {
    const [left, right] = await pair();
    const first = right.recv(10, 5);
    expect(right.getBoundCid(SWOOLE_EVENT_READ)).not.toBe(0);
    await expect(right.recv()).rejects.toThrow('reading of the same socket');
    await left.send('for the first');
    expect(String(await first)).toBe('for the fi');
  });

  test('wakes who waits when it is closed here', async () => {
    const [, right] = await pair();
    const waiting = right.recv(10, 5);
    expect(right.close()).toBe(true);
    expect(result(right, await waiting)).toEqual([false, 125]);
    expect(result(right, right.close())).toEqual([false, 9]);
    expect(result(right, await right.recv())).toEqual([false, 9]);
    expect(right.isClosed()).toBe(true);
  });

  test('breaks off when it is not to linger', async () => {
    const { listener, port } = await listening();
    const client = net.connect(port, '127.0.0.1');
    const accepted = (await listener.accept(5)) as Coroutine.Socket;
    const error = new Promise<NodeJS.ErrnoException>((resolve) => client.on('error', resolve));
    accepted.setOption(SOL_SOCKET, 13, { l_onoff: 1, l_linger: 0 });
    accepted.close();
    expect((await error).code).toBe('ECONNRESET');
  });

  test('has options, those that Node can set', async () => {
    const warnings = catchWarnings();
    const [left] = await pair();
    expect([left.setOption(SOL_TCP, TCP_NODELAY, 1), left.getOption(SOL_TCP, TCP_NODELAY)]).toEqual([
      true,
      1,
    ]);
    expect(left.getOption(SOL_SOCKET, SO_KEEPALIVE)).toBe(0);
    expect(left.getOption(SOL_SOCKET, SO_TYPE)).toBe(SOCK_STREAM);
    expect(left.getOption(SOL_SOCKET, SO_RCVTIMEO)).toEqual({ sec: 60, usec: 0 });
    expect(left.setOption(SOL_SOCKET, SO_RCVTIMEO, { sec: 0, usec: 20_000 })).toBe(true);
    expect(result(left, await left.recv())).toEqual([false, 110]);
    expect([left.setOption(SOL_SOCKET, 9999, 1), left.getOption(SOL_SOCKET, 9999)]).toEqual([false, false]);
    expect(warnings).toEqual([
      `Swoole\\Coroutine\\Socket::setOption(): setsockopt(${left.fd}) failed, Error: Protocol not available[92]`,
      `Swoole\\Coroutine\\Socket::getOption(): getsockopt(${left.fd}, 1, 9999), Error: Protocol not available[92]`,
    ]);
  });

  test('is made of a socket of Node', async () => {
    const { listener, port } = await listening();
    const node = net.connect(port, '127.0.0.1');
    const accepted = (await listener.accept(5)) as Coroutine.Socket;
    await once(node, 'connect');
    const imported = Socket.import(node) as Coroutine.Socket;
    await accepted.send('hello\n');
    expect(String(await imported.recvLine())).toBe('hello\n');
    accepted.close();
    imported.close();
    expect(Socket.import(new net.Socket())).toBe(false);
  });

  test('speaks over a Unix socket', async () => {
    const at = path.join(temporary(), 'stream');
    const listener = socket(AF_UNIX);
    expect([await listener.bind(at), await listener.listen()]).toEqual([true, true]);
    const client = socket(AF_UNIX);
    expect(await client.connect(at)).toBe(true);
    const accepted = (await listener.accept(5)) as Coroutine.Socket;
    await client.send('over a file');
    expect(String(await accepted.recv())).toBe('over a file');
    expect(accepted.domain).toBe(AF_UNIX);
    accepted.close();
  });
});

describe('a datagram socket', () => {
  test('waits in vain without a port, and knows no streams', async () => {
    const one = socket(AF_INET, SOCK_DGRAM);
    expect(result(one, await one.recvfrom({}, 0.02))).toEqual([false, 110]);
    expect(result(one, await one.listen())).toEqual([false, 95]);
    expect(result(one, await one.accept(0.02))).toEqual([false, 95]);
    expect(result(one, await one.sendto('no.such.invalid', 1, 'x'))).toEqual([false, 711]);
  });

  test('sends where it is connected to, over IPv6 too, and cuts what is too long', async () => {
    const server = socket(AF_INET6, SOCK_DGRAM);
    expect(await server.bind('::1')).toBe(true);
    const name = server.getsockname() as Coroutine.Socket.Name;
    const client = socket(AF_INET6, SOCK_DGRAM);
    expect(await client.connect('::1', name.port)).toBe(true);
    expect(client.getpeername()).toEqual({ address: '::1', port: name.port });
    expect(await client.send('a datagram')).toBe(10);
    expect(String(await server.recv(5, 5))).toBe('a dat');
    await client.send('the next');
    expect(String(await server.recv(100, 5))).toBe('the next');
  });
});

test('a socket that nobody waits for keeps no program from ending', async () => {
  const { ended } = run('socket-left-open');
  expect(await ended).toMatchObject({ code: 0, stdout: 'connected\n' });
});
