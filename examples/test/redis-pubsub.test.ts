import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { installed, type RunningServer, startRedis } from '../../packages/core/test/database/servers.js';
import { Peer } from './peer.js';
import { commandOf, examples, Program } from './program.js';

const REDIS = installed('redis-server') !== null;

describe.skipIf(!REDIS)(
  `the chat through Redis${REDIS ? '' : ' (skipped: redis-server is not installed)'}`,
  () => {
    let redis: RunningServer;
    let servers: [Program, Program];
    const peers: Peer[] = [];

    beforeAll(async () => {
      redis = await startRedis();
      process.env.REDIS_PORT = String(redis.port);
      const command = commandOf('redis-pubsub/server');
      servers = [await Program.start(command), await Program.start(command)];
    });
    afterAll(async () => {
      for (const program of servers) expect(await program.stop()).toBe('code 0');
      delete process.env.REDIS_PORT;
      await redis.stop();
    });
    afterEach(async () => {
      for (const peer of peers) peer.close();
      await Promise.all(peers.splice(0).map((peer) => peer.closed()));
    });

    /** The next message of a type: people of the tests before may still be leaving. */
    async function next(peer: Peer, type: string): Promise<Record<string, unknown>> {
      for (let i = 0; i < 100; i++) {
        const message = await peer.json();
        if (message.type === type) return message;
      }
      throw new Error(`no ${type} among 100 messages`);
    }

    /** Joins, and waits until the server has heard of it through Redis: from then on it hears everything. */
    async function join(server: number, name: string): Promise<{ peer: Peer; history: unknown[] }> {
      const { port } = servers[server] as Program;
      const peer = await Peer.open(port, `/?name=${encodeURIComponent(name)}`);
      peers.push(peer);
      const welcome = await next(peer, 'welcome');
      expect(welcome).toEqual({ type: 'welcome', server: port, history: expect.any(Array) });
      let joined = await next(peer, 'joined');
      while (joined.name !== name) joined = await next(peer, 'joined');
      expect(joined).toEqual({ type: 'joined', name, server: port });
      return { peer, history: welcome.history as unknown[] };
    }

    it('carries what is said at one server to the people of all, numbered over all', async () => {
      const ada = (await join(0, 'ada')).peer;
      const bob = (await join(1, 'bob')).peer;
      expect(await next(ada, 'joined')).toEqual({ type: 'joined', name: 'bob', server: servers[1].port });
      ada.send('hello, 안녕 🙂');
      const heard = await next(bob, 'said');
      expect(heard).toEqual({
        type: 'said',
        name: 'ada',
        text: 'hello, 안녕 🙂',
        server: servers[0].port,
        number: expect.any(Number),
      });
      expect(await next(ada, 'said')).toEqual(heard);
      bob.send('answer');
      const answer = await next(ada, 'said');
      expect(answer).toMatchObject({ name: 'bob', text: 'answer', number: Number(heard.number) + 1 });
    });

    it('tells everybody who leaves, whichever server they were at', async () => {
      const ada = (await join(0, 'ada')).peer;
      const eve = (await join(1, 'eve')).peer;
      eve.vanish();
      let left = await next(ada, 'left');
      while (left.name !== 'eve') left = await next(ada, 'left');
      expect(left).toEqual({ type: 'left', name: 'eve', server: servers[1].port });
    });

    it('gives a newcomer the last 50 messages of all servers, oldest first', async () => {
      const ada = (await join(0, 'ada')).peer;
      const bob = (await join(1, 'bob')).peer;
      for (let i = 1; i <= 52; i++) {
        (i % 2 === 0 ? bob : ada).send(`message ${i}`);
        await next(ada, 'said');
      }
      const { history } = await join(1, 'eve');
      const texts = history.map((message) => (message as { text: string }).text);
      expect(texts).toEqual(Array.from({ length: 50 }, (_, i) => `message ${i + 3}`));
    });

    it.each([
      ['no name', '/'],
      ['a name of 21 letters', `/?name=${'a'.repeat(21)}`],
      ['a name with markup', '/?name=%3Cb%3E'],
    ])('refuses %s', async (_, target) => {
      const peer = await Peer.open(servers[0].port, target);
      expect(await peer.closed()).toEqual({ code: 4000, reason: 'a name has 1 to 20 letters and digits' });
    });

    it.each([
      ['bytes', Buffer.from('x')],
      ['2001 bytes', 'x'.repeat(2001)],
    ])('refuses a message of %s', async (_, message) => {
      const { peer } = await join(0, 'ada');
      peer.send(message);
      let code = 0;
      while (code === 0) {
        await peer.text().catch(() => {});
        code = await peer.closed().then((end) => end.code);
      }
      expect(code).toBe(4000);
    });

    it('says so while Redis is away, and goes on when it is back', async () => {
      const ada = (await join(0, 'ada')).peer;
      const bob = (await join(1, 'bob')).peer;
      const { port } = redis;
      await redis.stop();
      ada.send('lost');
      expect(await next(ada, 'error')).toEqual({
        type: 'error',
        message: 'Redis does not answer: this was not said.',
      });
      const late = await Peer.open(servers[1].port, '/?name=late');
      expect(await late.closed()).toEqual({ code: 1013, reason: 'Redis does not answer' });

      redis = await startRedis(port);
      // Both servers subscribe again within a moment: what is said before that reaches nobody.
      for (let i = 0; i < 100; i++) {
        ada.send(`back ${i}`);
        const heard = await Promise.race([next(bob, 'said'), next(ada, 'error'), pause(200)]);
        if (heard?.type === 'said') return;
      }
      throw new Error('nobody was heard any more');
    });

    it('serves its page', async () => {
      const response = await fetch(`http://127.0.0.1:${servers[0].port}/`);
      expect(await response.text()).toBe(
        readFileSync(path.join(examples, 'redis-pubsub/index.html'), 'utf8'),
      );
      expect((await fetch(`http://127.0.0.1:${servers[0].port}/server.ts`)).status).toBe(404);
    });
  },
);

const pause = (ms: number): Promise<null> => new Promise((resolve) => setTimeout(() => resolve(null), ms));
