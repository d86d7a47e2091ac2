import { once } from 'node:events';
import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { ListenOptions } from '../../../src/engine/engine.js';
import { createUwsEngine } from '../../../src/engine/uws/index.js';

const options: ListenOptions = {
  tls: null,
  maxPayload: 1024,
  compression: false,
  maxBackpressure: 1024,
  answerPings: true,
  http2: null,
  reusePort: false,
};

test('a port that somebody listens on is refused, unless it is to be shared', async () => {
  const other = net.createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as net.AddressInfo;
  const alone = createUwsEngine().createAcceptor(options);
  const sharing = createUwsEngine().createAcceptor({ ...options, reusePort: true });
  onTestFinished(() => {
    alone.close();
    sharing.close();
  });
  await expect(alone.reserve('127.0.0.1', port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(await sharing.reserve('127.0.0.1', port)).toBe(port);
});
