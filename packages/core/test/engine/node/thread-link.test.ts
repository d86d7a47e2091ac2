import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ThreadLink } from '../../../src/engine/node/thread-link.js';
import type { ThreadSocket } from '../../../src/engine/node/thread-socket.js';

/** A link as two threads hold it, and a connection over it. */
async function connected() {
  const { port1, port2 } = new MessageChannel();
  const opened = deferred<ThreadSocket>();
  let closed = 0;
  const worker = new ThreadLink(port2, opened.resolve, () => {
    closed++;
  });
  const master = new ThreadLink(
    port1,
    () => {},
    () => {
      closed++;
    },
  );
  // Links let their thread end; a test waits for what comes over them.
  port1.ref();
  port2.ref();
  onTestFinished(() => {
    master.close();
    worker.close();
  });
  const near = master.connect('10.0.0.1', 5000);
  return { master, worker, near, far: await opened.promise, closed: () => closed };
}

/** What is read up to the end; node:stream/consumers would destroy the other direction, too. */
async function text(socket: ThreadSocket): Promise<string> {
  let all = '';
  socket.on('data', (chunk: Buffer) => {
    all += chunk.toString();
  });
  await once(socket, 'end');
  return all;
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test('a connection tells the address of its peer, and carries bytes both ways until both ends have said all', async () => {
  const { near, far } = await connected();
  expect([far.remoteAddress, far.remotePort]).toEqual(['10.0.0.1', 5000]);
  near.end('to the worker');
  expect(await text(far)).toBe('to the worker');
  far.end('to the client');
  expect(await text(near)).toBe('to the client');
});

test('what is written waits for the other end to read it, all but 64 KiB and a piece', async () => {
  const { near, far } = await connected();
  const piece = Buffer.alloc(16_384, 1);
  let left = 0;
  for (let i = 0; i < 64; i++) near.write(piece, () => left++);
  near.end();
  await vi.waitFor(() => expect(left).toBeGreaterThan(0), 15_000);
  await new Promise((resolve) => setImmediate(resolve));
  // One more is on its way without having been acknowledged.
  expect(left).toBeLessThanOrEqual(65_536 / 16_384);
  let read = 0;
  for await (const chunk of far) read += (chunk as Buffer).length;
  expect(read).toBe(64 * 16_384);
});

test('what the other end has not read counts as on its way', async () => {
  const { near, far } = await connected();
  near.write(Buffer.alloc(32_768));
  expect(near.inTransit).toBe(32_768);
  far.resume();
  await vi.waitFor(() => expect(near.inTransit).toBe(0), 15_000);
});

test('a connection that is broken off is broken off at the other end', async () => {
  const { near, far } = await connected();
  far.destroy();
  await once(near, 'close');
  expect(near.readableEnded).toBe(false);
});

test('the end of a thread ends its connections: what it has said is still read', async () => {
  const { near, far, worker, master, closed } = await connected();
  far.write('last words');
  worker.close();
  expect(await text(near)).toBe('last words');
  expect(master.open).toBe(false);
  expect(closed()).toBe(2);
  near.write('into the void');
  await new Promise((resolve) => near.end(resolve));
});
