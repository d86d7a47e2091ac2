import { once } from 'node:events';
import net from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HELLO, INTERVAL, packet, READING, REFUSED } from '../tcp-gateway/packets.ts';
import { Peer } from './peer.js';
import { commandOf, freePort, Program } from './program.js';

let program: Program;
let devices: number;
beforeAll(async () => {
  devices = await freePort();
  process.env.DEVICES = String(devices);
  program = await Program.start(commandOf('tcp-gateway/server'));
});
afterAll(async () => {
  expect(await program.stop()).toBe('code 0');
});

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

const reading = (value: number): Buffer => {
  const rest = Buffer.alloc(4);
  rest.writeInt32BE(value);
  return packet(READING, rest);
};

/** A device that keeps what it hears. */
class Device {
  private heard = Buffer.alloc(0);
  readonly ended: Promise<unknown>;

  private constructor(readonly socket: net.Socket) {
    socket.on('error', () => {});
    this.ended = once(socket, 'close');
    socket.on('data', (bytes) => {
      this.heard = Buffer.concat([this.heard, bytes]);
    });
    open.push(() => socket.destroy());
  }

  static async connect(): Promise<Device> {
    const socket = net.connect(devices, '127.0.0.1');
    socket.setNoDelay(true);
    const device = new Device(socket);
    await once(socket, 'connect');
    return device;
  }

  /** What it is told next: the type and the rest. */
  async told(): Promise<[number, Buffer]> {
    while (this.heard.length < 2 || this.heard.length < 2 + this.heard.readUInt16BE())
      await once(this.socket, 'data');
    const end = 2 + this.heard.readUInt16BE();
    const whole = this.heard.subarray(0, end);
    this.heard = this.heard.subarray(end);
    return [whole.readUInt8(2), whole.subarray(3)];
  }
}

/** A dashboard, and what it was shown when it came. */
async function dashboard(): Promise<{ peer: Peer; shown: { name: string }[] }> {
  const peer = await Peer.open(program.port);
  open.push(() => peer.close());
  const first = (await peer.json()) as { type: string; devices: { name: string }[] };
  expect(first.type).toBe('devices');
  return { peer, shown: first.devices };
}

/** The next message about a device of this name. */
async function about(peer: Peer, name: string): Promise<Record<string, unknown>> {
  for (;;) {
    const message = (await peer.json()) as Record<string, unknown>;
    if (message.name === name) return message;
  }
}

describe('a device', () => {
  it('is seen with its name and its readings, negative ones too', async () => {
    const { peer } = await dashboard();
    const device = await Device.connect();
    device.socket.write(packet(HELLO, 'küche'));
    expect(await about(peer, 'küche')).toMatchObject({ type: 'device', value: null, readings: 0 });
    device.socket.write(Buffer.concat([reading(2150), reading(-5)]));
    expect(await about(peer, 'küche')).toMatchObject({ value: 21.5, readings: 1 });
    expect(await about(peer, 'küche')).toMatchObject({ value: -0.05, readings: 2 });
    const { shown } = await dashboard();
    expect(shown).toContainEqual(expect.objectContaining({ name: 'küche', value: -0.05, readings: 2 }));
  });

  it('may send its packets byte by byte', async () => {
    const { peer } = await dashboard();
    const device = await Device.connect();
    for (const byte of Buffer.concat([packet(HELLO, 'slow'), reading(100)])) {
      device.socket.write(Buffer.from([byte]));
      await turn();
    }
    await about(peer, 'slow');
    expect(await about(peer, 'slow')).toMatchObject({ value: 1, readings: 1 });
  });

  it('is told how often to send', async () => {
    const { peer } = await dashboard();
    const device = await Device.connect();
    device.socket.write(packet(HELLO, 'told'));
    const { device: fd } = await about(peer, 'told');
    peer.say({ device: fd, seconds: 300 });
    expect(await device.told()).toEqual([INTERVAL, Buffer.from([1, 44])]);
  });

  it('is gone from the dashboards when it leaves', async () => {
    const { peer } = await dashboard();
    const device = await Device.connect();
    device.socket.write(packet(HELLO, 'leaving'));
    const { device: fd } = await about(peer, 'leaving');
    device.socket.destroy();
    for (let message = await peer.json(); ; message = await peer.json()) {
      const { type, device } = message as { type: string; device: unknown };
      if (type === 'gone' && device === fd) break;
    }
  });

  it.each([
    ['a reading before hello', () => reading(1), 'hello comes first'],
    [
      'a second hello',
      () => Buffer.concat([packet(HELLO, 'a'), packet(HELLO, 'b')]),
      'hello was said before',
    ],
    ['an empty name', () => packet(HELLO, ''), 'a name has 1 to 32 bytes of UTF-8'],
    [
      'a name that is no UTF-8',
      () => packet(HELLO, Buffer.from([0xff])),
      'a name has 1 to 32 bytes of UTF-8',
    ],
    ['a name of 33 bytes', () => packet(HELLO, 'x'.repeat(33)), 'a name has 1 to 32 bytes of UTF-8'],
    ['a short reading', () => packet(READING, Buffer.from([1])), 'a reading has 4 bytes'],
    ['an unknown type', () => packet(9, ''), 'unknown type 9'],
    ['a packet without a type', () => Buffer.from([0, 0]), 'empty packet'],
  ])('is refused for %s, and hears why', async (_what, bytes, why) => {
    const device = await Device.connect();
    device.socket.write(bytes());
    expect(await device.told()).toEqual([REFUSED, Buffer.from(why)]);
    await device.ended;
  });
});

describe('a dashboard', () => {
  it('hears an error for a device that is not there, and for what is no command', async () => {
    const { peer } = await dashboard();
    const error = { type: 'error', message: 'no such device, or no such command' };
    for (const command of [
      { device: 4711, seconds: 1 },
      { device: 1, seconds: 0 },
      { seconds: 5 },
      'hello',
      null,
    ]) {
      peer.say(command);
      expect(await peer.json()).toEqual(error);
    }
  });
});

describe('HTTP', () => {
  it('gives the page, the numbers, and 404', async () => {
    const ask = (place: string) => fetch(`http://127.0.0.1:${program.port}${place}`);
    const page = await ask('/');
    expect([page.headers.get('content-type'), (await page.text()).startsWith('<!doctype html>')]).toEqual([
      'text/html',
      true,
    ]);
    const stats = (await (await ask('/stats')).json()) as Record<string, number>;
    expect(Object.keys(stats)).toEqual(['devices', 'readings', 'connections']);
    expect(stats.readings).toBeGreaterThanOrEqual(3);
    expect((await ask('/other')).status).toBe(404);
  });
});
