import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { EngineConnection, Exchange } from '../../src/engine/engine.js';
import { CLOSE, closing, frame, TEXT } from '../hostile/raw.js';
import { type Client, get, handshake, post } from './client.js';
import { accept } from './programs.js';
import type { Program } from './recorder.js';
import { type Contract, serve } from './serve.js';

const COUNT = 500;

/** Whose a connection is, by the first thing that came over it. */
class Owner {
  client = '';
  messages = 0;
}

/** The program's books: each connection belongs to one client from its first request to its end. */
function identities(upgrade: (exchange: Exchange) => unknown): Program {
  const check = (connection: EngineConnection, client: string) => {
    const owner = connection.owner as Owner;
    if (owner.client === '') owner.client = client;
    else if (owner.client !== client)
      throw new Error(`${client} came over the connection of ${owner.client}`);
  };
  return {
    connect: (connection) => {
      if (connection.owner !== null) throw new Error('connected with an owner');
      connection.owner = new Owner();
    },
    request: (exchange) => check(exchange.connection, exchange.head.path),
    whole: (exchange, body) => {
      if (exchange.head.headers.includes('sec-websocket-key')) return upgrade(exchange);
      const owner = exchange.connection.owner as Owner;
      exchange.respond('200 OK', [], `${owner.client}${body}`);
    },
    open: (connection) => {
      connection.send(`welcome ${(connection.owner as Owner).client}`, TEXT, true, false);
    },
    message: (connection, data) => {
      const owner = connection.owner as Owner;
      check(connection, Buffer.from(new Uint8Array(data)).toString());
      connection.send(`${owner.client} ${++owner.messages}`, TEXT, true, false);
    },
  };
}

type Kind = 'socket' | 'http then socket' | 'http' | 'silent';
const KINDS: Kind[] = [
  'socket',
  'http then socket',
  'socket',
  'http',
  'silent',
  'socket',
  'http then socket',
  'socket',
];

async function talk(client: Client, name: string, kind: Kind): Promise<void> {
  if (kind === 'silent') return;
  if (kind !== 'socket')
    for (let i = 0; i < 3; i++) {
      client.write(i === 1 ? post(name, '+') : get(name));
      expect((await client.answer()).body.toString()).toBe(i === 1 ? `${name}+` : name);
    }
  if (kind === 'http') return;
  client.write(handshake(name));
  const answer = await client.answer();
  if (answer.status !== 101) throw new Error(`${name}: ${answer.head}`);
  expect(await client.text()).toBe(`welcome ${name}`);
  for (let i = 1; i <= 3; i++) {
    client.write(frame(TEXT, name));
    expect(await client.text()).toBe(`${name} ${i}`);
  }
}

export function storm(contract: Contract): void {
  const ways: Record<string, (exchange: Exchange) => unknown> = {
    'at once': (exchange) => accept(exchange),
    later: async (exchange) => {
      await turn();
      if (exchange.open) accept(exchange);
    },
    'at once or later': async (exchange) => {
      const number = Number(exchange.head.path.slice(1));
      for (let i = 0; i < number % 3; i++) await turn();
      if (exchange.open) accept(exchange);
    },
  };
  for (const [when, upgrade] of Object.entries(ways))
    describe(`a storm of ${COUNT} connections, upgraded ${when},`, () => {
      test('with silent and HTTP ones among them: each keeps its identity', () =>
        serve(contract, identities(upgrade), async (serving) => {
          const kinds = Array.from({ length: COUNT }, (_, i) => KINDS[i % KINDS.length] as Kind);
          const clients = await Promise.all(
            kinds.map(async (kind, i) => {
              const client = await serving.client();
              await talk(client, `/${i}`, kind);
              return client;
            }),
          );
          const { books } = serving;
          await books.reached('all connects', () => books.connects.length === COUNT);
          expect(books.closes).toEqual([]);
          const sockets = kinds.filter((kind) => kind.endsWith('socket')).length;
          expect(books.opens.length).toBe(sockets);
          const silent = kinds.filter((kind) => kind === 'silent').length;
          const names = books.connects.map(({ owner }) => (owner as Owner).client);
          expect(names.filter((name) => name === '').length).toBe(silent);
          expect(new Set(names).size).toBe(COUNT - silent + 1);

          // They leave in every way, and each close is of the one who left.
          for (const [i, client] of clients.entries()) {
            if (i % 3 === 0 && kinds[i]?.endsWith('socket')) client.write(frame(CLOSE, closing(1000)));
            else if (i % 3 === 1) client.socket.resetAndDestroy();
            else client.destroy();
          }
          await books.reached('all closes', () => books.closes.length === COUNT);
          const clean = books.closes.filter(({ info }) => info.code === 1000);
          for (const { connection } of clean)
            expect(Number((connection.owner as Owner).client.slice(1)) % 3).toBe(0);
          expect(clean.length).toBe(kinds.filter((kind, i) => i % 3 === 0 && kind.endsWith('socket')).length);
        }));

      test('whose handshakes come at the same moment on connections made before', () =>
        serve(contract, identities(upgrade), async (serving) => {
          const clients: Client[] = [];
          for (let i = 0; i < 10; i++)
            clients.push(...(await Promise.all(Array.from({ length: COUNT / 10 }, () => serving.client()))));
          // A permutation: 7 and 500 have no common divisor.
          const order = Array.from({ length: COUNT }, (_, i) => (i * 7) % COUNT);
          for (const i of order)
            if (i % 5 !== 0) (clients[i] as Client).write(i % 5 === 1 ? get(`/${i}`) : handshake(`/${i}`));
          const finish = async (client: Client, i: number) => {
            const name = `/${i}`;
            if (i % 5 === 0) return;
            const answer = await client.answer();
            if (i % 5 === 1) {
              expect(answer.body.toString()).toBe(name);
              await talk(client, name, 'http then socket');
              return;
            }
            expect(answer.status).toBe(101);
            expect(await client.text()).toBe(`welcome ${name}`);
            client.write(frame(TEXT, name));
            expect(await client.text()).toBe(`${name} 1`);
          };
          await Promise.all(clients.map(finish));
          expect(serving.books.closes).toEqual([]);
          // The silent ones speak at last.
          await Promise.all(
            clients.map((client, i) =>
              i % 5 === 0 ? talk(client, `/${i}`, i % 10 === 0 ? 'http' : 'socket') : null,
            ),
          );
          expect(serving.books.connects.length).toBe(COUNT);
        }));

      test('with a third of them leaving at any moment', () =>
        serve(contract, identities(upgrade), async (serving) => {
          const leavers = new Set<number>();
          await Promise.all(
            Array.from({ length: COUNT }, async (_, i) => {
              const client = await serving.client();
              const kind = KINDS[i % KINDS.length] as Kind;
              if (i % 3 !== 0) return talk(client, `/${i}`, kind);
              leavers.add(i);
              const talking = talk(client, `/${i}`, kind).catch(() => {});
              for (let turns = 0; turns < i % 17; turns++) await turn();
              if (i % 2 === 0) client.socket.resetAndDestroy();
              else client.destroy();
              await talking;
            }),
          );
          const { books } = serving;
          await books.reached('their closes', () => books.closes.length === leavers.size);
          for (const { connection } of books.closes) {
            const { client } = connection.owner as Owner;
            if (client !== '') expect(leavers.has(Number(client.slice(1)))).toBe(true);
          }
        }));
    });
}
