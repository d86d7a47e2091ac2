import { once } from 'node:events';
import { Duplex, PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { SWOOLE_EVENT_READ, SWOOLE_EVENT_WRITE } from '../../src/constants/event.js';
import { setWarningHandler } from '../../src/errors/warnings.js';
import { Event } from '../../src/event/event.js';
import { Coroutine } from '../../src/namespaces/coroutine.js';
import { Timer } from '../../src/timer/timer.js';
import { warnings } from '../coroutine/warnings.js';

afterEach(() => {
  setWarningHandler(null);
});

describe('Event', () => {
  it('tells of what is left to read until it has been read, and of the end', async () => {
    const stream = new PassThrough();
    const heard: string[] = [];
    Event.add(stream, (socket) => {
      const data: Buffer | null = socket.read(Math.min(2, socket.readableLength) || undefined);
      heard.push(String(data));
      if (data === null) Event.del(socket);
    });
    stream.end('abcde');
    await Event.wait();
    expect(heard).toEqual(['ab', 'cd', 'e', 'null']);
  });

  it('tells again and again that a stream takes more, and not when it does not', async () => {
    let taken = (): void => {};
    const stream = new Duplex({
      writableHighWaterMark: 4,
      read() {},
      write(_chunk, _encoding, done) {
        taken = done;
      },
    });
    let times = 0;
    const writable = (socket: Duplex): void => {
      times++;
      if (times === 3) socket.write('more than it takes');
    };
    Event.add(stream, null, writable, SWOOLE_EVENT_WRITE);
    for (let i = 0; i < 8; i++) await Event.dispatch();
    expect(times).toBe(3);
    const drained = once(stream, 'drain');
    taken();
    await drained;
    await Event.dispatch();
    expect(times).toBeGreaterThan(3);
    expect(Event.del(stream)).toBe(true);
    await Event.wait();
  });

  it('refuses what it cannot do, with a warning', () => {
    const seen = warnings();
    const stream = new PassThrough();
    expect(Event.add(stream)).toBe(false);
    expect(Event.add(stream, () => {}, null, 0)).toBe(false);
    expect(Event.set(stream, () => {})).toBe(false);
    expect(Event.write(stream, 'x')).toBe(false);
    expect(Event.add(stream, () => {})).toBeGreaterThan(0);
    expect(Event.add(stream, () => {})).toBe(false);
    expect(Event.set(stream, null, null, SWOOLE_EVENT_WRITE)).toBe(false);
    expect(Event.write(stream, '')).toBe(false);
    expect(seen).toHaveLength(7);
    expect(Event.del(stream)).toBe(true);
    expect(Event.del(stream)).toBe(false);
    expect(Event.isset(stream)).toBe(false);
  });

  it('leaves its loop on exit(), and forgets timers and sockets', async () => {
    const stream = new PassThrough();
    Event.add(stream, () => {});
    let called = false;
    Timer.after(5000, () => {
      called = true;
    });
    Event.defer(() => Event.exit());
    await Event.wait();
    expect([called, Timer.stats().num, Event.isset(stream)]).toEqual([false, 0, false]);
  });

  it('calls back in each turn until its loop ends', async () => {
    let rounds = 0;
    expect(Event.cycle(() => rounds++)).toBe(true);
    Timer.after(5, () => {});
    await Event.wait();
    const counted = rounds;
    expect(counted).toBeGreaterThan(0);
    await Event.dispatch();
    await Event.dispatch();
    expect(rounds).toBe(counted);
    expect(Event.cycle(null)).toBe(false);
  });
});

describe('System.waitEvent', () => {
  it('gives the event that comes, or false in time', async () => {
    const stream = new PassThrough();
    expect(await Coroutine.System.waitEvent(stream, SWOOLE_EVENT_READ, 0.005)).toBe(false);
    stream.write('x');
    expect(await Coroutine.System.waitEvent(stream, SWOOLE_EVENT_READ, 1)).toBe(SWOOLE_EVENT_READ);
    expect(await Coroutine.System.waitEvent(stream, SWOOLE_EVENT_WRITE)).toBe(SWOOLE_EVENT_WRITE);
    expect(await Coroutine.System.waitEvent(stream, 0)).toBe(false);
  });
});
