import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Client } from './client.js';
import { catchWarnings, start, webSocketServer } from './running.js';

function fresh(): Swoole.WebSocket.Server {
  return new Swoole.WebSocket.Server('127.0.0.1', 0);
}

describe('set()', () => {
  test('adds to what was set before, and shows it as it was given', () => {
    const server = fresh();
    expect(server.setting).toBeNull();
    expect(server.set({ worker_num: 1, package_max_length: '2M' })).toBe(true);
    expect(server.set({ worker_num: 1, log_level: 6 })).toBe(true);
    expect(server.setting).toEqual({ worker_num: 1, package_max_length: '2M', log_level: 6 });
    expect(server.ports[0]?.setting).toEqual(server.setting);
  });

  test('warns of an unknown option and keeps it all the same', () => {
    const warnings = catchWarnings();
    const server = fresh();
    expect(server.set({ wroker_num: 4 } as Swoole.ServerSettings)).toBe(true);
    expect(warnings).toEqual(['E_USER_WARNING unsupported option [wroker_num]']);
    expect(server.setting).toEqual({ wroker_num: 4 });
  });

  test('is refused while the server runs', async () => {
    const warnings = catchWarnings();
    const server = webSocketServer();
    await start(server);
    const before = server.setting;
    expect(server.set({ max_connection: 50 })).toBe(false);
    expect(server.setting).toEqual(before);
    expect(warnings).toEqual(['Swoole\\Server::set(): server is running. unable to set']);
  });
});

describe('on()', () => {
  test('knows events in any case, and the last callback counts', () => {
    const server = fresh();
    const first = () => {};
    const second = () => {};
    expect(server.on('START', first)).toBe(true);
    expect(server.getCallback('start')).toBe(first);
    expect(server.on('start', second)).toBe(true);
    expect(server.getCallback('Start')).toBe(second);
    expect(server.on('cLoSe', first)).toBe(true);
    expect(server.getCallback('close')).toBe(first);
    expect(server.getCallback('CLOSE')).toBe(first);
    expect(server.getCallback('connect')).toBeNull();
    expect(server.getCallback('nonsense')).toBeNull();
  });

  test('refuses unknown events and what cannot be called, and keeps the callback from before', () => {
    const warnings = catchWarnings();
    const server = fresh();
    const kept = () => {};
    server.on('start', kept);
    const results = [
      server.on('opened', kept),
      server.on('onReceive', kept),
      server.on('packet', 'nothing_of_this_name' as never),
      server.on('start', 17 as never),
      server.on('connect', null as never),
    ];
    expect(results).toEqual([false, false, false, false, false]);
    expect(warnings).toEqual([
      'Swoole\\Server\\Port::on(): unknown event types[opened]',
      'Swoole\\Server\\Port::on(): unknown event types[onReceive]',
      "Swoole\\Server\\Port::on(): function 'nothing_of_this_name' is not callable",
      "Swoole\\Server::on(): function '17' is not callable",
      'Swoole\\Server\\Port::on(): illegal callback function',
    ]);
    expect(server.getCallback('start')).toBe(kept);
  });

  test('is refused while the server runs, and the callbacks stay those of the start', async () => {
    const warnings = catchWarnings();
    const server = webSocketServer();
    server.on('message', (_server, frame) => void server.push(frame.fd, 'the old one'));
    await start(server);
    expect(server.on('message', (_server, frame) => void server.push(frame.fd, 'the new one'))).toBe(false);
    expect(server.on('workerStop', () => {})).toBe(false);
    expect(warnings).toEqual([
      'Swoole\\Server::on(): server is running. unable to register event callback function',
      'Swoole\\Server::on(): server is running. unable to register event callback function',
    ]);
    const client = await Client.open(server.port);
    client.send('who?');
    expect(await client.next()).toBe('the old one');
  });
});

describe('a port of its own', () => {
  test('takes the events of connections, not those of the server', () => {
    const warnings = catchWarnings();
    const server = fresh();
    server.set({ worker_num: 1 });
    const port = server.listen('127.0.0.1', 0, Swoole.SWOOLE_SOCK_TCP);
    if (port === false) throw new Error('listen() failed');
    expect(port.set({ open_eof_check: true, package_eof: '\r\n' })).toBeUndefined();
    const callback = () => {};
    expect(port.on('Receive', callback)).toBe(true);
    expect(port.getCallback('receive')).toBe(callback);
    expect(port.getCallback('close')).toBeNull();
    expect(port.on('workerStart', callback)).toBe(false);
    expect(warnings).toEqual(['Swoole\\Server\\Port::on(): unknown event types[workerStart]']);
    expect(port.setting).toEqual({ open_eof_check: true, package_eof: '\r\n' });
    expect(server.ports[0]?.setting).toEqual({ worker_num: 1 });
  });
});
