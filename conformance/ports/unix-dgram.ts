// Unix datagram sockets: a port of the server, its packet event and sendto() by path, the synchronous client (in a task worker, as
// it blocks), the coroutine client, Coroutine\Socket and a pair of them.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as Swoole from 'swoole-ts';
import {
  Client,
  Coroutine,
  SWOOLE_BASE,
  SWOOLE_LOG_NONE,
  SWOOLE_SOCK_UNIX_DGRAM,
  setWarningHandler,
  swoole_coroutine_socketpair,
} from 'swoole-ts';
import {
  AF_UNIX,
  getenvInt,
  gettype,
  JSON_UNESCAPED_SLASHES,
  jsonEncode,
  SO_SNDTIMEO,
  SOCK_DGRAM,
  SOL_SOCKET,
  sprintf,
  strlen,
  sysGetTempDir,
} from '../lib/php.ts';

const { Client: CoClient, Socket, go, sleep } = Coroutine;
const FILE = fileURLToPath(import.meta.url);

const path = `${sysGetTempDir()}/swoole-unix-dgram-${process.env.PORT}.sock`;
const long = `/${'x'.repeat(150)}`;
const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_BASE);
server.set({ worker_num: 1, task_worker_num: 1, log_level: SWOOLE_LOG_NONE });
const port = server.listen(path, 0, SWOOLE_SOCK_UNIX_DGRAM) as Swoole.Server.Port;

let lines: string[] = [];
const clean = (text: string): string =>
  text
    .replaceAll(path, 'PATH')
    .replaceAll(long, 'LONG')
    .replace(/\/swoole-client\.\d+\.\d+\./g, '/swoole-client.N.N.');
const say = (format: string, ...values: unknown[]) => {
  lines.push(clean(sprintf(format, ...values.map((v) => jsonEncode(v, JSON_UNESCAPED_SLASHES)))));
};
setWarningHandler((_level, message) => {
  lines.push(`  warning: ${clean(message).replace(/send\(\d+\)/, 'send(N)')}`);
  return true;
});

port.on('packet', (server: Swoole.Server, bytes: Buffer, client: Swoole.PacketInfo) => {
  const to = client.address;
  const data = bytes.toString();
  if (data === 'info') {
    const known: Record<string, unknown> = {};
    for (const [key, v] of Object.entries(client)) {
      const type = gettype(v, key === 'dispatch_time');
      known[key] = type === 'integer' ? 'int' : type === 'double' ? 'float' : v;
    }
    known['server_port is 0'] = client.server_port === 0;
    server.sendto(to, 0, clean(jsonEncode(known, JSON_UNESCAPED_SLASHES)), client.server_socket);
  } else if (data === 'errors') {
    const calls: Record<string, () => boolean> = {
      'nobody there': () => server.sendto(`${path}.none`, 0, 'x'),
      'no socket': () => server.sendto(FILE, 0, 'x'),
      'too long': () => server.sendto(long, 0, 'x'),
      'bad port': () => server.sendto(to, 70000, 'x'),
      empty: () => server.sendto(to, 0, ''),
      'an address': () => server.sendto('127.0.0.1', 9, 'x'),
      'an IPv6 address': () => server.sendto('::1', 9, 'x'),
      'a relative path': () => server.sendto('some.sock', 0, 'x'),
      'send to a path': () => server.send(to, 'by send'),
      'send to nobody': () => server.send(`${path}.none`, 'x'),
    };
    const told: string[] = [];
    for (const [what, call] of Object.entries(calls)) {
      const before = lines.length;
      const result = jsonEncode(call());
      told.push([`${what}: ${result}`, ...lines.splice(before)].join('\n'));
    }
    server.sendto(to, 0, told.join('\n'));
  } else if (data === 'silence') {
    // From one that has no path to answer to.
    return;
  } else if (data === 'flood') {
    for (let sent = 0; sent < 100000 && server.sendto(to, 0, `flood ${sent}`); sent++);
  } else if (strlen(data) > 1000) {
    server.sendto(to, 0, `length ${strlen(data)}`);
  } else if (data.startsWith('give ')) {
    server.sendto(to, 0, 'z'.repeat(Number(data.slice(5))));
  } else {
    server.sendto(to, 0, [...data].reverse().join(''));
  }
});

const runs: Record<string, () => Promise<void>> = {
  client: async () => {
    let client = new Client(SWOOLE_SOCK_UNIX_DGRAM);
    say('connect %s connected %s', await client.connect(path, 0, 1), client.isConnected());
    say('getsockname %s getpeername %s', client.getsockname(), client.getpeername());
    const own = (client.getsockname() as Client.SocketName).host;
    say('its file is there: %s', existsSync(own));
    say('send %s recv %s', await client.send('hello'), await client.recv());
    say('getpeername %s', client.getpeername());
    say('sendto %s recv %s', await client.sendto(path, 0, 'to a path'), await client.recv());
    say('recv(4) %s', (await client.send('hello')) ? await client.recv(4) : null);
    await client.send('info');
    say('info %s', JSON.parse(String(await client.recv())));
    await client.send('errors');
    say('sendfile %s', await client.sendfile(FILE));
    say('by send: %s', await client.recv());
    for (const line of String(await client.recv()).split('\n')) {
      say(line.replaceAll('%', '%%'));
    }
    for (const length of [2000, 65000, 100000, 150000]) {
      say(`of ${length} bytes: %s, %s`, await client.send('a'.repeat(length)), await client.recv());
    }
    const given = async (what: string) =>
      (await client.send(what)) ? strlen((await client.recv()) as Buffer) : null;
    say('%s bytes of 60000', await given('give 60000'));
    say('%s bytes of 100000', await given('give 100000'));
    say(
      'more than there is room for: %s errCode %s',
      await client.send('a'.repeat(50000000)),
      client.errCode,
    );
    await client.send('flood');
    await sleep(0.3);
    let n = 0;
    for (; String(await client.recv()) === `flood ${n}`; n++);
    say('a flood ends where there is no room: %s errCode %s', n > 1 && n < 100000, client.errCode);
    say('sendto nobody: %s errCode %s', await client.sendto(`${path}.none`, 0, 'x'), client.errCode);
    say('sendto a file: %s errCode %s', await client.sendto(FILE, 0, 'x'), client.errCode);
    say('sendto too long a path: %s errCode %s', await client.sendto(long, 0, 'x'), client.errCode);
    say('sendto nothing: %s', await client.sendto(path, 0, ''));
    say('connect again: %s', await client.connect(path, 0, 1));
    say('close %s, its file is there: %s', client.close(), existsSync(own));

    client = new Client(SWOOLE_SOCK_UNIX_DGRAM);
    say('connect to nobody: %s', await client.connect(`${path}.none`, 0, 1));
    say('send %s errCode %s', await client.send('x'), client.errCode);
    client.close();
    client = new Client(SWOOLE_SOCK_UNIX_DGRAM);
    say('connect to too long a path: %s errCode %s', await client.connect(long, 0, 1), client.errCode);
    client = new Client(SWOOLE_SOCK_UNIX_DGRAM);
    say('connect with udp_connect: %s', await client.connect(path, 0, 1, 1));
    say('send %s recv %s', await client.send('connected'), await client.recv());
    client.close();
    client = new Client(SWOOLE_SOCK_UNIX_DGRAM);
    say(
      'sendto without connect: %s connected %s',
      await client.sendto(path, 0, 'silence'),
      client.isConnected(),
    );
    say('getsockname %s', client.getsockname());
    client.close();
  },
  'coroutine client': async () => {
    let client = new CoClient(SWOOLE_SOCK_UNIX_DGRAM);
    say('connect %s', await client.connect(path));
    say('connect again %s errCode %s', await client.connect(path), client.errCode);
    say('getsockname %s getpeername %s', client.getsockname(), client.getpeername());
    say(
      'send %s, who cannot be answered gets %s errCode %s',
      await client.send('silence'),
      await client.recv(0.1),
      client.errCode,
    );
    say('close %s', client.close());
    client = new CoClient(SWOOLE_SOCK_UNIX_DGRAM);
    client.set({ timeout: 1, bind_address: `${path}.client`, bind_port: 0 });
    say('bound: connect %s', await client.connect(path));
    say('getsockname %s', client.getsockname());
    say('send %s recv %s', await client.send('hello'), await client.recv());
    say('its file is there: %s', existsSync(`${path}.client`));
    client.close();
    await sleep(0.01);
    say('and then: %s', existsSync(`${path}.client`));
    client = new CoClient(SWOOLE_SOCK_UNIX_DGRAM);
    client.set({ timeout: 1, bind_address: `${path}.client`, bind_port: 0 });
    say('sendto without connect: %s', await client.sendto(path, 0, 'hello'));
    const from: { address?: string; port?: number } = {};
    say('recvfrom %s', await client.recvfrom(100, from));
    say('from %s port %s', from.address, from.port);
    say('sendto nobody: %s errCode %s', await client.sendto(`${path}.none`, 0, 'x'), client.errCode);
    client.close();
    for (const [i, to] of [`${path}.none`, FILE, long].entries()) {
      client = new CoClient(SWOOLE_SOCK_UNIX_DGRAM);
      say(`connect to wrong ${i}: %s errCode %s`, await client.connect(to), client.errCode);
    }
  },
  socket: async () => {
    const one = new Socket(AF_UNIX, SOCK_DGRAM, 0);
    const two = new Socket(AF_UNIX, SOCK_DGRAM, 0);
    const peer: { address?: string; port?: number } = {};
    say('getsockname %s getpeername %s errCode %s', one.getsockname(), one.getpeername(), one.errCode);
    say('bind %s', await one.bind(`${path}.one`));
    say('getsockname %s', one.getsockname());
    say('bind again %s errCode %s', await one.bind(`${path}.other`), one.errCode);
    say('bind where another is %s errCode %s', await two.bind(`${path}.one`), two.errCode);
    say('bind to no folder %s errCode %s', await two.bind('/nonexistent/two'), two.errCode);
    say('bind to too long a path %s errCode %s', await two.bind(long), two.errCode);
    say('listen %s errCode %s', await one.listen(), one.errCode);
    await two.bind(`${path}.two`);
    say('sendto %s', await two.sendto(`${path}.one`, 0, 'a datagram'));
    say('recvfrom %s from %s', await one.recvfrom(peer), peer);
    say('an empty one: %s', await two.sendto(`${path}.one`, 0, ''));
    say('recvfrom %s errCode %s', await one.recvfrom(peer, 0.1), one.errCode);
    say('nothing in time: %s errCode %s', await one.recvfrom(peer, 0.05), one.errCode);
    say('sendto nobody %s errCode %s', await two.sendto(`${path}.none`, 0, 'x'), two.errCode);
    say('sendto a bad port %s errCode %s', await two.sendto(`${path}.one`, 70000, 'x'), two.errCode);
    say('sendto too long a path %s errCode %s', await two.sendto(long, 0, 'x'), two.errCode);
    // errCode keeps the first error until something succeeds.
    const succeed = async () =>
      (await two.sendto(`${path}.one`, 0, 'fine')) === 4 && String(await one.recv()) === 'fine';
    say('fine again: %s', await succeed());
    say(
      'more than there is room for %s errCode %s',
      await two.sendto(`${path}.one`, 0, 'y'.repeat(50000000)),
      two.errCode,
    );
    await succeed();
    say('send unconnected %s errCode %s', await two.send('x'), two.errCode);
    await succeed();
    say('connect to nobody %s errCode %s', await two.connect(`${path}.none`), two.errCode);
    say('connect to a file %s errCode %s', await two.connect(FILE), two.errCode);
    say('connect %s', await two.connect(`${path}.one`));
    say('getsockname %s getpeername %s', two.getsockname(), two.getpeername());
    say('send %s recv(4) %s', await two.send('connected'), await one.recv(4));
    say('the rest is lost: %s errCode %s', await one.recv(100, 0.05), one.errCode);
    say(
      'sendto %s peek %s recv %s',
      await one.sendto(`${path}.two`, 0, 'answer'),
      two.peek(),
      await two.recv(),
    );
    two.setOption(SOL_SOCKET, SO_SNDTIMEO, { sec: 0, usec: 100000 });
    let n = 0;
    for (; n < 100000 && (await two.send(`n${n}`)) !== false; n++);
    say('no room in time: %s errCode %s', n > 1 && n < 100000, two.errCode);
    two.setOption(SOL_SOCKET, SO_SNDTIMEO, { sec: 5, usec: 0 });
    go(async () => {
      await sleep(0.05);
      let inOrder = 0;
      for (let i = 0; i < n; i++) {
        inOrder += Number(String(await one.recv()) === `n${i}`);
      }
      say('all in order: %s', inOrder === n);
    });
    say('waits for room: %s', await two.send('late'));
    say('recv %s', await one.recv());
    say('close %s again %s errCode %s', one.close(), one.close(), one.errCode);
    two.close();
    const three = new Socket(AF_UNIX, SOCK_DGRAM, 0);
    say('bind %s its file is there: %s', await three.bind(`${path}.three`), existsSync(`${path}.three`));
    three.close();
    await sleep(0.01);
    say('and then: %s', existsSync(`${path}.three`));

    const [left, right] = (await swoole_coroutine_socketpair(AF_UNIX, SOCK_DGRAM, 0)) as [
      Coroutine.Socket,
      Coroutine.Socket,
    ];
    say(
      'pair of type %s: send %s recv %s',
      left.type === SOCK_DGRAM,
      await left.send('first'),
      await right.recv(),
    );
    say(
      'send %s %s recv %s %s',
      await right.send('a'),
      await right.send('b'),
      await left.recv(),
      await left.recv(),
    );
    say('nothing in time: %s errCode %s', await left.recv(10, 0.05), left.errCode);
  },
};

server.on('task', async (_server, _taskId, _from, fd) => {
  lines = [];
  await runs.client?.();
  return [fd, lines.join('\n')];
});
server.on('finish', (server, _taskId, result) => {
  const [fd, text] = result as [number, string];
  server.send(fd, `${text}\nend\n`);
});
server.on('receive', async (server, fd, _reactorId, bytes) => {
  const data = bytes.toString();
  if (data === 'client') {
    server.task(fd);
    return;
  }
  lines = [];
  await runs[data]?.();
  server.send(fd, `${lines.join('\n')}\nend\n`);
});
await server.start();
