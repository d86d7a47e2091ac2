// The code that the guides show, run and asked.
import { type ChildProcess, spawn } from 'node:child_process';
import { scryptSync } from 'node:crypto';
import dgram from 'node:dgram';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { installed, startPostgres, startRedis } from '../../packages/core/test/database/servers.ts';
import { docs, read } from './pages.ts';

const PATIENCE = 40_000;
const running: ChildProcess[] = [];

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** Twice in a row: a server tries the port for a moment, before its workers listen there. */
const answersForGood = async (port: number): Promise<boolean> => {
  if (!(await answers(port))) return false;
  await sleep(100);
  return answers(port);
};

/** Starts a snippet; resolves when its port answers. */
async function start(
  name: string,
): Promise<{ port: number; port2: number; output: () => string; child: ChildProcess }> {
  const [port, port2] = [await freePort(), await freePort()];
  const file = path.join(docs, 'snippets', `${name}.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    cwd: docs,
    env: { ...process.env, PORT: String(port), PORT2: String(port2) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  for (const deadline = Date.now() + PATIENCE; !(await answersForGood(port)); await sleep(20))
    if (Date.now() > deadline || child.exitCode !== null)
      throw new Error(`${name} does not listen: ${output}`);
  return { port, port2, output: () => output, child };
}

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }
});

/** A WebSocket client whose messages are awaited one by one. */
class Peer {
  private readonly received: string[] = [];
  private wake: () => void = () => {};
  readonly closed: Promise<[number, string]>;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data, isBinary) => {
      this.received.push(isBinary ? `binary ${data}` : String(data));
      this.wake();
    });
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve([code, String(reason)])),
    );
  }

  static connect(url: string, headers: Record<string, string> = {}): Promise<Peer> {
    const socket = new WebSocket(url, { headers });
    const peer = new Peer(socket);
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(peer));
      socket.once('unexpected-response', (_request, response) =>
        reject(new Error(`status ${response.statusCode}`)),
      );
      socket.once('error', reject);
    });
  }

  send(data: string | Buffer): void {
    this.socket.send(data);
  }

  close(): void {
    this.socket.close();
  }

  async next(): Promise<string> {
    while (this.received.length === 0)
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('no message came')), PATIENCE);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    return this.received.shift() as string;
  }
}

describe('the WebSocket guide', () => {
  it('answers text with text, bytes with bytes, and reaches everybody', async () => {
    const { port, output } = await start('websocket');
    const alice = await Peer.connect(`ws://127.0.0.1:${port}/?name=Alice`);
    const bob = await Peer.connect(`ws://127.0.0.1:${port}/`);
    expect(await alice.next()).toBe('hello, Alice');
    expect(await bob.next()).toBe('hello, somebody');
    alice.send('abc');
    expect(await alice.next()).toBe('text of 3 characters');
    alice.send(Buffer.from('xyz'));
    expect(await alice.next()).toBe('binary xyz');
    alice.send('others');
    expect(await bob.next()).toBe('to everybody else');
    expect(await alice.next()).toBe('text of 6 characters');
    bob.send('all');
    expect(await alice.next()).toBe('to everybody');
    alice.send('check');
    expect(await alice.next()).toBe('text of 5 characters');
    expect(output()).toContain('503 PHP fatal error');
    alice.send('bye');
    expect(await alice.next()).toBe('text of 3 characters');
    expect(await alice.closed).toEqual([1000, 'see you']);
  });

  it('answers the handshake by itself, refusing wrong tokens and foreign pages', async () => {
    const { port } = await start('websocket-auth');
    const url = `ws://127.0.0.1:${port}/`;
    await expect(Peer.connect(url)).rejects.toThrow('status 401');
    await expect(Peer.connect(`${url}?token=secret`, { origin: 'https://evil.example' })).rejects.toThrow(
      'status 403',
    );
    const alice = await Peer.connect(`${url}?token=secret`, { origin: 'https://app.example' });
    alice.send('hi');
    expect(await alice.next()).toBe('Alice: hi');
  });
});

describe('the HTTP guide', () => {
  it('answers as its text says', async () => {
    const { port } = await start('http');
    const ask = (place: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${place}`, init);
    expect(await (await ask('/hello?name=you')).text()).toBe('hello, you\n');
    expect(await (await ask('/json', { method: 'POST', body: '{"a":[1]}' })).json()).toEqual({
      received: { a: [1] },
    });
    const visits = await ask('/visits', { headers: { cookie: 'visits=4' } });
    expect(await visits.text()).toBe('visit 5');
    expect(visits.headers.get('set-cookie')).toMatch(/^visits=5;.*httponly/i);
    expect(await (await ask('/parts')).text()).toBe('one two three');
    expect(await (await ask('/file')).text()).toBe('<p>a page</p>');
    expect(await (await ask('/later')).text()).toBe('done');
    const moved = await ask('/moved', { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([301, '/hello?name=moved']);
    expect((await ask('/nowhere')).status).toBe(404);
  });

  it('keeps an uploaded file, and refuses a form without one', async () => {
    const { port } = await start('http');
    const url = `http://127.0.0.1:${port}/upload`;
    const form = new FormData();
    form.set('document', new Blob(['12345']), 'a.txt');
    expect(await (await fetch(url, { method: 'POST', body: form })).text()).toBe('5 bytes kept');
    expect((await fetch(url, { method: 'POST', body: 'a=b' })).status).toBe(400);
  });

  it('serves files below its locations before the program is asked', async () => {
    const { port } = await start('static');
    const css = await fetch(`http://127.0.0.1:${port}/assets/site.css`);
    expect([css.headers.get('content-type'), await css.text()]).toEqual([
      'text/css',
      read(path.join(docs, 'snippets/public/assets/site.css')),
    ]);
    expect(await (await fetch(`http://127.0.0.1:${port}/other`)).text()).toBe('from the program');
  });
});

describe('the guide to several ports', () => {
  it('gives each port its own callback, and the others the server', async () => {
    const { port, port2 } = await start('ports');
    await expect.poll(() => answersForGood(port2), { timeout: PATIENCE }).toBe(true);
    const [visitor, admin] = [
      await Peer.connect(`ws://127.0.0.1:${port}`),
      await Peer.connect(`ws://127.0.0.1:${port2}`),
    ];
    visitor.send('a');
    admin.send('b');
    expect(await visitor.next()).toBe('public: a');
    expect(await admin.next()).toBe('admin: b');
    expect(await (await fetch(`http://127.0.0.1:${port2}/`)).text()).toBe('public');
  });
});

describe('the page of common errors', () => {
  it('contains what a callback throws when there is an error event', async () => {
    const { port, output } = await start('failures');
    const alice = await Peer.connect(`ws://127.0.0.1:${port}`);
    alice.send('throw');
    alice.send('x');
    expect(await alice.next()).toBe('still here');
    expect(output()).toMatch(/in the message callback of connection \d+: Error: a bug/);
    expect(output()).toContain('warning 2: Swoole\\WebSocket\\Server::push()');
  });

  it('ends with 1 when the port is taken', async () => {
    const { port } = await start('failures');
    const second = spawn(process.execPath, ['--import', 'tsx', path.join(docs, 'snippets/failures.ts')], {
      cwd: docs,
      env: { ...process.env, PORT: String(port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    running.push(second);
    let errors = '';
    second.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    const status = await new Promise((resolve) => second.once('close', resolve));
    expect(status).toBe(1);
    expect(errors).toMatch(/^98 /);
  });
});

describe('the guide to state', () => {
  it('lets other callbacks of the connection run while one waits', async () => {
    const { port } = await start('state');
    const alice = await Peer.connect(`ws://127.0.0.1:${port}`);
    alice.send('a');
    alice.send('b');
    expect(await alice.next()).toBe('score 1 at the message, 2 now');
    expect(await alice.next()).toBe('score 2 at the message, 2 now');
  });
});

describe('the guide to shared memory', () => {
  it('keeps rows by connection, counts, compares, and gives from one to another', async () => {
    const { port } = await start('shared-memory');
    const alice = await Peer.connect(`ws://127.0.0.1:${port}/?name=Alice`);
    const bob = await Peer.connect(`ws://127.0.0.1:${port}/?name=Bob`);
    let asked = 0;
    const ask = async (peer: Peer, text: string) => {
      peer.send(text);
      const [number, ...answer] = (await peer.next()).split(': ');
      expect(number).toBe(String(++asked));
      return answer.join(': ');
    };
    expect(await ask(alice, 'win')).toBe('score 1');
    expect(await ask(alice, 'win')).toBe('score 2');
    expect(await ask(alice, 'name')).toBe('name Alice');
    expect(await ask(alice, 'double')).toBe('doubled');
    expect(JSON.parse(await ask(alice, 'row'))).toEqual({ name: 'Alice', score: 4, ratio: 0 });
    const listed = (await ask(bob, 'list')).split(' ').sort();
    expect(listed.map((each) => each.slice(each.indexOf(':')))).toEqual([':Alice:4', ':Bob:0']);
    const fd = listed[1]?.split(':')[0];
    expect(await ask(alice, `give ${fd}`)).toBe('given');
    expect(await ask(alice, 'give 999')).toBe('refused');
    expect((await ask(bob, 'list')).split(' ').sort()).toEqual([listed[0]?.replace('4', '3'), `${fd}:Bob:1`]);
  });
});

/** What a raw client hears until the server ends the connection, or `bytes` have come. */
function hear(port: number, say: string | Buffer, bytes = Number.POSITIVE_INFINITY): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const socket = net.connect(port, '127.0.0.1', () => socket.write(say));
    socket.setTimeout(PATIENCE, () => socket.destroy(new Error('nothing came')));
    socket.once('error', reject);
    socket.on('data', (piece) => {
      pieces.push(piece);
      if (pieces.reduce((sum, { length }) => sum + length, 0) >= bytes) socket.destroy();
    });
    socket.once('close', () => resolve(Buffer.concat(pieces)));
  });
}

describe('the TCP guide', () => {
  it('answers lines, and says goodbye', async () => {
    const { port } = await start('tcp');
    const heard = await hear(port, 'hello\r\nquit\r\n');
    expect(String(heard)).toBe('welcome\r\nyou said hello\r\nbye\r\n');
  });

  it('answers packets that tell their length', async () => {
    const { port } = await start('tcp-length');
    const packets = Buffer.from('\0\0\0\x03abc\0\0\0\x02de', 'latin1');
    expect((await hear(port, packets, packets.length)).toString('latin1')).toBe('\0\0\0\x03cba\0\0\0\x02ed');
  });

  it('sends more than fits the buffer to a client that reads', async () => {
    const { port } = await start('tcp-slow');
    const heard = await hear(port, 'go');
    expect(heard.length).toBe(512 * 65536);
    expect([heard[0], heard.at(-1)]).toEqual([0, 255]);
  });
});

describe('the Redis server of the TCP guide', () => {
  it('keeps a value', async () => {
    const { port } = await start('redis');
    const commands = '*3\r\n$3\r\nset\r\n$1\r\nk\r\n$5\r\nvalue\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n';
    const replies = '+OK\r\n$5\r\nvalue\r\n';
    expect(String(await hear(port, commands, replies.length))).toBe(replies);
  });
});

describe('the guide to UDP', () => {
  it('serves WebSocket, HTTP, TCP and UDP in one program', async () => {
    const { port, port2 } = await start('mixed');
    const viewer = await Peer.connect(`ws://127.0.0.1:${port}`);
    expect(String(await hear(port2, 'warm\n', 3))).toBe('ok\n');
    expect(await viewer.next()).toMatch(/^device \d+: warm$/);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toMatch(/^\d+ connections, \d+ devices$/);
    const beacon = dgram.createSocket('udp4');
    const heard = new Promise<string>((resolve) => beacon.once('message', (data) => resolve(String(data))));
    beacon.send('12345', port2, '127.0.0.1');
    expect(await heard).toBe('heard 5 bytes');
    beacon.close();
  });
});

describe('the guides to workers and to reload', () => {
  /** Two clients of different workers. */
  const pair = async (port: number): Promise<[Peer, Peer]> => [
    await Peer.connect(`ws://127.0.0.1:${port}`),
    await Peer.connect(`ws://127.0.0.1:${port}`),
  ];
  const count = async (peer: Peer): Promise<string> => {
    peer.send('count');
    return peer.next();
  };
  const says = async (output: () => string, text: string): Promise<void> => {
    for (const deadline = Date.now() + PATIENCE; !output().includes(text); await sleep(20))
      if (Date.now() > deadline) throw new Error(`"${text}" was not said, but:\n${output()}`);
  };

  it('count alone in variables, and together in an atomic; a push reaches the other worker', async () => {
    const { port, output, child } = await start('workers');
    await says(output, 'worker 0 of');
    await says(output, 'worker 1 of');
    const [one, two] = await pair(port);
    const first = await count(one);
    const worker = Number(first.at(-1));
    expect(first).toBe(`1 of 1 messages in worker ${worker}`);
    expect(await count(two)).toBe(`1 of 2 messages in worker ${1 - worker}`);
    one.send('all hello');
    expect([await one.next(), await two.next()]).toEqual(['hello', 'hello']);
    expect(output().match(/migrating the database/g)).toHaveLength(1);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect((await one.closed)[0]).toBe(1001);
    expect(await gone).toBe(0);
    expect(output().match(/^bye$/gm)).toHaveLength(1);
  });

  it('reload: variables start afresh, the atomic stays, clients get 1012', async () => {
    const { port, output } = await start('workers');
    await says(output, 'worker 0 of');
    await says(output, 'worker 1 of');
    const [one, two] = await pair(port);
    await count(one);
    await count(two);
    one.send('reload');
    expect((await one.closed)[0]).toBe(1012);
    expect((await two.closed)[0]).toBe(1012);
    await says(output, 'reloaded');
    expect(await count(await Peer.connect(`ws://127.0.0.1:${port}`))).toMatch(/^1 of 3 messages/);
  });

  it('stop one worker, or lose one: the clients of the other stay', async () => {
    const { port, output } = await start('workers');
    await says(output, 'worker 0 of');
    await says(output, 'worker 1 of');
    const [one, two] = await pair(port);
    one.send('stop');
    expect((await one.closed)[0]).toBe(1012);
    const worker = (await count(two)).at(-1);
    two.send('exit');
    expect((await two.closed)[0]).toBe(1006);
    await says(output, `worker ${worker} has ended with 3`);
  });
});

describe('the guide to coroutines', () => {
  it('keeps the contexts of requests apart, waits for several, and cancels', async () => {
    const { port, output } = await start('coroutines');
    const texts = await Promise.all(
      ['Ann', 'Bob'].map(async (name) => (await fetch(`http://127.0.0.1:${port}/?user=${name}`)).text()),
    );
    expect(texts).toEqual(['hello, Ann', 'hello, Bob']);
    expect(output()).toMatch(/^quick slow\nAnn \[ 1, 2 \]\n\[ 'one', 'three' \]\ntold to stop\n/);
    expect(output()).toContain('done for Ann');
    expect(output()).not.toContain('is an await missing');
  });
});

describe('the guide to clients', () => {
  it('asks, chats and reads lines', async () => {
    const { output } = await start('clients');
    for (const deadline = Date.now() + PATIENCE; !output().includes('closed') && Date.now() < deadline; )
      await sleep(20);
    expect(output()).toBe('200 POST name=Ann\necho hello\nHTTP/1.1 200 OK\nHTTP/1.1 200\nHTTP/1.1\nclosed\n');
  });
});

describe('the guide to servers in a coroutine', () => {
  it('chats, and asks twice over HTTP/2', async () => {
    const file = path.join(docs, 'snippets', 'coroutine-server.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', file], {
      cwd: docs,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.push(child);
    const output = Buffer.concat(await child.stdout.toArray()).toString();
    expect(output).toBe('echo hello\n1 200 HTTP/2 /one\n3 200 HTTP/2 /two\n');
  });
});

describe('the guide to pools', () => {
  it('shares two connections among four, and asks Redis and PostgreSQL where there are any', async () => {
    const redis = installed('redis-server') === null ? null : await startRedis();
    const postgres = installed('postgres') === null ? null : await startPostgres();
    process.env.REDIS_PORT = String(redis?.port ?? '');
    process.env.PG_PORT = String(postgres?.port ?? '');
    try {
      const { output } = await start('pools');
      for (const deadline = Date.now() + PATIENCE; !output().includes('done'); await sleep(20))
        if (Date.now() > deadline) throw new Error(output());
      expect(output().split('\n')).toEqual([
        'a b c d, 2 connections',
        ...(redis ? ['visits: 2'] : []),
        ...(postgres ? ['user: {"id":1,"name":"Ann"}'] : []),
        'done',
        '',
      ]);
    } finally {
      delete process.env.REDIS_PORT;
      delete process.env.PG_PORT;
      await redis?.stop();
      await postgres?.stop();
    }
  }, 60_000);
});

describe('the guide to tasks', () => {
  const hash = (password: string, pepper = 'salt') => scryptSync(password, pepper, 32).toString('hex');

  it('has work done in task workers, and gets the results in each way', async () => {
    const { port } = await start('tasks');
    const ask = async (query: string) => (await fetch(`http://127.0.0.1:${port}/${query}`)).text();
    const peer = await Peer.connect(`ws://127.0.0.1:${port}/`);
    expect(await peer.next()).toBe(`welcome, ${hash('welcome')}`);
    peer.send('secret');
    expect(await peer.next()).toBe(hash('secret'));
    const { by, ...result } = JSON.parse(await ask('wait?password=xyz')) as { by: number };
    expect(result).toEqual({ fd: 0, hash: hash('xyz') });
    expect([1, 2]).toContain(by);
    expect(await ask('together?password=a,b,c')).toBe(['a', 'b', 'c'].map((one) => hash(one)).join());
  });

  it('tells all workers by messages', async () => {
    const { port } = await start('tasks');
    const ask = async (query: string) => (await fetch(`http://127.0.0.1:${port}/${query}`)).text();
    await ask('pepper?password=new');
    expect(await ask('together?password=a,b,c')).toBe(['a', 'b', 'c'].map((one) => hash(one, 'new')).join());
  });

  it('lets tasks wait side by side', async () => {
    const { port } = await start('tasks-coroutine');
    const { results, together } = (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as {
      results: string[];
      together: boolean;
    };
    expect(results).toEqual(['a', 'b', 'c', 'd', 'e'].map((data, id) => `task ${id} for worker 0: ${data}`));
    expect(together).toBe(true);
  });
});
