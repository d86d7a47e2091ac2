import { describe, expect, test } from 'vitest';
import { Client, request } from '../server/client.js';
import { Gate } from '../server/gate.js';
import { Queue } from '../server/queue.js';
import { start, webSocketServer } from '../server/running.js';

/** Resolves when the server has read all that the client has sent so far. */
async function arrived(client: Client): Promise<void> {
  const pong = new Promise((resolve) => client.socket.once('pong', resolve));
  client.socket.ping();
  await pong;
}

describe('an async open callback', () => {
  test('holds the messages of its connection, which come after it in order', async () => {
    const server = webSocketServer();
    const book = new Queue<string>();
    const gate = new Gate();
    server.on('open', async () => {
      book.put('open begins');
      await gate.opened;
      book.put('open ends');
    });
    server.on('message', (_server, frame) => book.put(`message ${frame.data}`));
    await start(server);
    const client = await Client.open(server.port);
    for (const text of ['a', 'b', 'c']) client.send(text);
    await arrived(client);
    expect(book.all).toEqual(['open begins']);
    gate.open();
    expect(await book.count(5)).toEqual(['open begins', 'open ends', 'message a', 'message b', 'message c']);
    client.send('d');
    expect((await book.count(6))[5]).toBe('message d');
  });

  test('holds no other connection', async () => {
    const server = webSocketServer();
    const gate = new Gate();
    server.on('open', (_server, { fd }) => (fd === 1 ? gate.opened : undefined));
    server.on('message', (_server, frame) => void server.push(frame.fd, frame.data));
    await start(server);
    const held = await Client.open(server.port);
    held.send('held');
    const free = await Client.open(server.port);
    free.send('free');
    expect(await free.next()).toBe('free');
    expect(held.messages.all).toEqual([]);
    gate.open();
    expect(await held.next()).toBe('held');
  });

  test('that fails lets the messages go on', async () => {
    const server = webSocketServer();
    const errors = new Queue<unknown>();
    server.on('error', (_server, error) => errors.put(error));
    server.on('open', async () => {
      await Promise.resolve();
      throw new Error('no database');
    });
    server.on('message', (_server, frame) => void server.push(frame.fd, frame.data));
    await start(server);
    const client = await Client.open(server.port);
    client.send('hello');
    expect(await client.next()).toBe('hello');
    expect(errors.all).toEqual([new Error('no database')]);
  });

  test('may push to its own connection', async () => {
    const server = webSocketServer();
    server.on('open', async (_server, { fd }) => {
      await Promise.resolve();
      server.push(fd, 'welcome');
    });
    await start(server);
    expect(await (await Client.open(server.port)).next()).toBe('welcome');
  });
});

describe('an async connect callback', () => {
  test('holds everything of its connection', async () => {
    const server = webSocketServer();
    const book = new Queue<string>();
    const gates = [new Gate(), new Gate()];
    server.on('connect', async (_server, fd) => {
      await gates[fd - 1]?.opened;
      book.put(`connect ${fd} ends`);
    });
    server.on('open', (_server, { fd }) => book.put(`open ${fd}`));
    server.on('message', (_server, { fd }) => book.put(`message ${fd}`));
    server.on('request', ({ fd }, response) => {
      book.put(`request ${fd}`);
      response.end();
    });
    await start(server);
    const client = await Client.open(server.port);
    client.send('x');
    await arrived(client);
    expect(book.all).toEqual([]);
    gates[0]?.open();
    expect(await book.count(3)).toEqual(['connect 1 ends', 'open 1', 'message 1']);
    const answer = request(server.port);
    gates[1]?.open();
    expect((await answer).status).toBe(200);
    expect(book.all.slice(3)).toEqual(['connect 2 ends', 'request 2']);
  });
});

describe('async message callbacks', () => {
  test('of one connection run beside each other, as coroutines do', async () => {
    const server = webSocketServer();
    const gate = new Gate();
    server.on('message', async (_server, { fd, data }) => {
      if (data === 'slow') await gate.opened;
      server.push(fd, data);
    });
    await start(server);
    const client = await Client.open(server.port);
    client.send('slow');
    client.send('quick');
    expect(await client.next()).toBe('quick');
    gate.open();
    expect(await client.next()).toBe('slow');
  });
});

describe('the close event', () => {
  test('comes last when the client leaves, after the callbacks that still run', async () => {
    const server = webSocketServer();
    const book = new Queue<string>();
    const gate = new Gate();
    server.on('message', async (_server, { fd }) => {
      await gate.opened;
      book.put(`message ends, exist ${server.exist(fd)}, push ${server.push(fd, 'late')}`);
    });
    server.on('close', (_server, fd) => book.put(`close ${fd}`));
    await start(server);
    const client = await Client.open(server.port);
    client.send('x');
    client.socket.close(1000);
    await client.closed;
    expect(server.exist(1)).toBe(false);
    expect(book.all).toEqual([]);
    gate.open();
    expect(await book.count(2)).toEqual(['message ends, exist false, push false', 'close 1']);
  });

  test('comes after the messages that an async open has held, when the client leaves', async () => {
    const server = webSocketServer();
    const book = new Queue<string>();
    const gate = new Gate();
    server.on('open', async () => {
      await gate.opened;
      book.put('open ends');
    });
    server.on('message', (_server, { data }) => book.put(`message ${data}`));
    server.on('close', () => book.put('close'));
    await start(server);
    const client = await Client.open(server.port);
    client.send('a');
    client.send('b');
    client.socket.close();
    await client.closed;
    gate.open();
    expect(await book.count(4)).toEqual(['open ends', 'message a', 'message b', 'close']);
  });

  test('runs inside close() and disconnect(), whatever still runs', async () => {
    const server = webSocketServer();
    const book = new Queue<string>();
    const gate = new Gate();
    server.on('message', async (_server, { fd, data }) => {
      if (data === 'wait') {
        await gate.opened;
        return book.put(`message of ${fd} ends`);
      }
      book.put(`${data} gives ${data === 'close' ? server.close(fd) : server.disconnect(fd)}`);
    });
    server.on('close', (_server, fd) => book.put(`close ${fd}`));
    await start(server);
    for (const how of ['close', 'disconnect']) {
      const client = await Client.open(server.port);
      client.send('wait');
      client.send(how);
      await client.closed;
    }
    expect(book.all).toEqual(['close 1', 'close gives true', 'close 2', 'disconnect gives true']);
    gate.open();
    await book.count(6);
    expect(book.all.slice(4)).toEqual(['message of 1 ends', 'message of 2 ends']);
  });

  test('is not followed by messages that an async open has held, when the server closes', async () => {
    const server = webSocketServer();
    const book = new Queue<string>();
    const gate = new Gate();
    server.on('open', async () => {
      await gate.opened;
      book.put('open ends');
    });
    server.on('message', (_server, { data }) => book.put(`message ${data}`));
    server.on('close', () => book.put('close'));
    await start(server);
    const client = await Client.open(server.port);
    client.send('held');
    await arrived(client);
    server.close(1);
    await client.closed;
    gate.open();
    await book.count(2);
    const other = await Client.open(server.port);
    other.send('of another');
    await book.count(4);
    expect(book.all).toEqual(['close', 'open ends', 'open ends', 'message of another']);
  });

  test('waits no longer than max_wait_time for callbacks that never end', async () => {
    const server = webSocketServer({ max_wait_time: 1 });
    const closes = new Queue<number>();
    server.on('message', () => new Promise(() => {}));
    server.on('close', (_server, fd) => closes.put(fd));
    await start(server);
    const client = await Client.open(server.port);
    client.send('x');
    client.socket.close();
    await client.closed;
    const left = performance.now();
    expect(await closes.next()).toBe(1);
    expect(performance.now() - left).toBeGreaterThan(800);
    expect(server.connections.count()).toBe(0);
  });
});
