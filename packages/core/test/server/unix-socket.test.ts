import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Client, request } from './client.js';
import { start, type WebSocketServer } from './running.js';
import { temporary } from './temporary.js';

function unixServer(file: string): WebSocketServer {
  const server = new Swoole.WebSocket.Server(file, 0, Swoole.SWOOLE_BASE, Swoole.SWOOLE_SOCK_UNIX_STREAM);
  server.set({ log_level: Swoole.SWOOLE_LOG_NONE });
  server.on('message', (_server, frame) => void server.push(frame.fd, frame.data));
  server.on('request', (_request, response) => response.end('by unix'));
  return server;
}

async function echo(file: string): Promise<void> {
  const client = await Client.connect(`ws+unix://${file}:/`);
  client.send('hello');
  expect(await client.next()).toBe('hello');
}

async function listening(file: string): Promise<net.Server> {
  const other = net.createServer();
  await new Promise<void>((resolve) => other.listen(file, resolve));
  return other;
}

describe('a Unix socket', () => {
  test('speaks WebSocket and HTTP', async () => {
    const file = path.join(temporary(), 'server.sock');
    const server = unixServer(file);
    await start(server);
    await echo(file);
    expect(String((await request(0, '/', { socketPath: file })).body)).toBe('by unix');
    expect(server.getClientInfo(1)).toMatchObject({ socket_type: Swoole.SWOOLE_SOCK_UNIX_STREAM });
  });

  test('takes the place of a file that a crash has left over', async () => {
    const file = path.join(temporary(), 'server.sock');
    const crashed = await listening(`${file}.was`);
    renameSync(`${file}.was`, file);
    await new Promise((resolve) => crashed.close(resolve));
    expect(existsSync(file)).toBe(true);
    await start(unixServer(file));
    await echo(file);
  });

  test('is refused while somebody else listens there, who keeps it', async () => {
    const file = path.join(temporary(), 'server.sock');
    const other = await listening(file);
    onTestFinished(() => void other.close());
    const served = new Promise<net.Socket>((resolve) => other.on('connection', resolve));
    const error = await unixServer(file)
      .start()
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Swoole.Exception);
    expect((error as Swoole.Exception).getCode()).toBe(98);
    (await served).destroy();
    expect(existsSync(file)).toBe(true);
  });

  test('never takes the place of a file that is no socket', async () => {
    const file = path.join(temporary(), 'notes.txt');
    writeFileSync(file, 'dear diary');
    await expect(unixServer(file).start()).rejects.toMatchObject({ code: 98 });
    expect(readFileSync(file, 'utf8')).toBe('dear diary');
  });

  test('is gone after the shutdown, and another server can take its place', async () => {
    const file = path.join(temporary(), 'server.sock');
    const first = unixServer(file);
    const { ended } = await start(first);
    await echo(file);
    first.shutdown();
    await ended;
    expect(existsSync(file)).toBe(false);
    await start(unixServer(file));
    await echo(file);
  });
});
