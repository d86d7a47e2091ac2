import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { frame, type Raw, TEXT } from './raw.js';
import { besiege, type Program, type Siege } from './siege.js';

/** Answers with the target and the fd, so that an answer tells whom the server took for the sender. */
const telling: Program = {
  settings: { max_connection: 5_000 },
  request: async (request, response) => {
    const uri = request.server.request_uri;
    if (uri.startsWith('/late')) await turn();
    response.end(`[${uri} ${request.fd} ${request.rawContent()}]`);
  },
};

const get = (target: string) => `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`;
const post = (target: string, body: string) =>
  `POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const chunked = (target: string, body: string) =>
  `POST ${target} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

/** Connects, and learns the fd from the connect event. */
async function known(siege: Siege): Promise<{ raw: Raw; fd: number }> {
  const before = siege.connects.size;
  const raw = await siege.connect();
  await siege.reached('the connect event', () => siege.connects.size > before);
  return { raw, fd: [...siege.connects.keys()].at(-1) as number };
}

test('requests of many connections in one turn are each taken for their sender’s', () =>
  besiege(telling, async (siege) => {
    const peers = [];
    for (let i = 0; i < 50; i++) peers.push(await known(siege));
    for (let round = 0; round < 10; round++) {
      for (const [i, { raw }] of peers.entries()) {
        const target = `/${round}-${i}`;
        const kind = (round + i) % 4;
        if (kind === 0) raw.write(get(target));
        else if (kind === 1) raw.write(post(target, `body-${i}`));
        else if (kind === 2) raw.write(chunked(target, `body-${i}`));
        else raw.write(get(`/late${target}`));
      }
      for (const [i, { raw, fd }] of peers.entries()) {
        const kind = (round + i) % 4;
        const target = `${kind === 3 ? '/late' : ''}/${round}-${i}`;
        const body = kind === 1 || kind === 2 ? `body-${i}` : '';
        const answer = (await raw.take(']')).toString();
        expect(answer.slice(answer.indexOf('['))).toBe(`[${target} ${fd} ${body}]`);
      }
    }
  }));

test('pipelined requests beside those of others are answered in order, to their sender', () =>
  besiege(telling, async (siege) => {
    const peers = [];
    for (let i = 0; i < 20; i++) peers.push(await known(siege));
    for (const [i, { raw }] of peers.entries())
      raw.write(
        get(`/a${i}`) + post(`/b${i}`, `body-${i}`) + get(`/c${i}`) + chunked(`/d${i}`, 'z') + get(`/e${i}`),
      );
    for (const [i, { raw, fd }] of peers.entries()) {
      for (const answer of [
        `/a${i} ${fd} `,
        `/b${i} ${fd} body-${i}`,
        `/c${i} ${fd} `,
        `/d${i} ${fd} z`,
        `/e${i} ${fd} `,
      ]) {
        const got = (await raw.take(']')).toString();
        expect(got.slice(got.indexOf('['))).toBe(`[${answer}]`);
      }
    }
  }));

test('a slow pipelined answer is never sent to somebody else', () =>
  besiege(telling, async (siege) => {
    const peers = [];
    for (let i = 0; i < 20; i++) peers.push(await known(siege));
    for (const [i, { raw }] of peers.entries())
      raw.write(get(`/late-a${i}`) + get(`/b${i}`) + get(`/late-c${i}`));
    for (const [i, { raw, fd }] of peers.entries()) {
      // All answers, in order; or, where the engine cannot wait, some of them and the end of the connection.
      for (const target of [`/late-a${i}`, `/b${i}`, `/late-c${i}`]) {
        const got = await raw.take(']').catch((error: Error) => {
          if (raw.ended) return null;
          throw error;
        });
        if (got === null) break;
        const answer = got.toString();
        expect(answer.slice(answer.indexOf('['))).toBe(`[${target} ${fd} ]`);
      }
    }
  }));

test('heads and bodies cut anywhere, interleaved with those of others, are never mixed', () =>
  besiege(telling, async (siege) => {
    const peers = [];
    for (let i = 0; i < 20; i++) peers.push(await known(siege));
    for (let cut = 0; cut < 30; cut++) {
      const texts = peers.map((_, i) =>
        i % 2 === 0 ? post(`/${cut}-${i}`, `body-${i}`) : chunked(`/${cut}-${i}`, `body-${i}`),
      );
      // Behind the request line, which the engine wants whole.
      const at = (text: string) => text.indexOf('\r\n') + 2 + cut * 3;
      for (const [i, { raw }] of peers.entries())
        raw.write((texts[i] as string).slice(0, at(texts[i] as string)));
      await turn();
      for (const [i, { raw }] of [...peers.entries()].reverse())
        raw.write((texts[i] as string).slice(at(texts[i] as string)));
      for (const [i, { raw, fd }] of peers.entries()) {
        const answer = (await raw.take(']')).toString();
        expect(answer.slice(answer.indexOf('['))).toBe(`[/${cut}-${i} ${fd} body-${i}]`);
      }
    }
  }));

test('requests that stop after their head do not hand their answer to the next sender', () =>
  besiege(telling, async (siege) => {
    const waiting = [];
    for (let i = 0; i < 10; i++) {
      const peer = await known(siege);
      peer.raw.write(`POST /stuck${i} HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n`);
      waiting.push(peer);
      const other = await known(siege);
      other.raw.write(get(`/other${i}`));
      const answer = (await other.raw.take(']')).toString();
      expect(answer.slice(answer.indexOf('['))).toBe(`[/other${i} ${other.fd} ]`);
    }
    for (const [i, { raw, fd }] of waiting.entries()) {
      expect(raw.received.length).toBe(0);
      raw.write('body');
      const answer = (await raw.take(']')).toString();
      expect(answer.slice(answer.indexOf('['))).toBe(`[/stuck${i} ${fd} body]`);
    }
  }));

test('chunked requests that stop after their head are answered to their sender, under an fd of nobody else', () =>
  besiege({ ...telling, ghosts: true }, async (siege) => {
    const peers = [];
    for (let i = 0; i < 20; i++) peers.push(await known(siege));
    for (const [i, { raw }] of peers.entries()) {
      if (i % 2 === 0) raw.write(`POST /stuck${i} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`);
      await turn();
    }
    const others = new Set<number>();
    for (const [i, { raw, fd }] of peers.entries()) {
      if (i % 2 === 0) continue;
      raw.write(get(`/other${i}`));
      const answer = (await raw.take(']')).toString();
      expect(answer.slice(answer.indexOf('['))).toBe(`[/other${i} ${fd} ]`);
      others.add(fd);
    }
    const fds = new Set<number>();
    for (const [i, { raw, fd: own }] of peers.entries()) {
      if (i % 2 === 1) continue;
      raw.write('4\r\nbody\r\n0\r\n\r\n');
      const answer = (await raw.take(']')).toString();
      const [, fd] = /\[\S+ (\d+) /.exec(answer) ?? [];
      expect(answer.slice(answer.indexOf('['))).toBe(`[/stuck${i} ${fd} body]`);
      expect(others.has(Number(fd)), `fd ${fd}, instead of ${own}`).toBe(false);
      fds.add(Number(fd));
    }
    expect(fds.size).toBe(10);
  }));

test('peers that leave between their head and its answer take nobody else’s answer with them', () =>
  besiege(telling, async (siege) => {
    for (let i = 0; i < 30; i++) {
      const leaving = await known(siege);
      const staying = await known(siege);
      leaving.raw.write(
        i % 3 === 0
          ? get(`/late-gone${i}`)
          : i % 3 === 1
            ? post(`/gone${i}`, 'b').slice(0, -1)
            : get(`/gone${i}`) + get('/more'),
      );
      staying.raw.write(get(`/late-stay${i}`));
      if (i % 2 === 0) leaving.raw.reset();
      else leaving.raw.destroy();
      const answer = (await staying.raw.take(']')).toString();
      expect(answer.slice(answer.indexOf('['))).toBe(`[/late-stay${i} ${staying.fd} ]`);
    }
  }));

test('upgrades among requests are given to their own connection', () =>
  besiege(
    { ...telling, message: (server, message) => server.push(message.fd, `fd ${message.fd}`) },
    async (siege) => {
      const peers = [];
      for (let i = 0; i < 30; i++) peers.push(await known(siege));
      for (const [i, { raw }] of peers.entries())
        raw.write(
          i % 2 === 0
            ? get(`/plain${i}`)
            : 'GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
        );
      for (const [i, { raw, fd }] of peers.entries()) {
        if (i % 2 === 0) {
          expect((await raw.take(']')).toString().endsWith(`[/plain${i} ${fd} ]`)).toBe(true);
          continue;
        }
        expect((await raw.take('\r\n\r\n')).toString()).toMatch(/^HTTP\/1\.1 101 /);
        raw.write(frame(TEXT, 'who am I?'));
        expect((await raw.frame()).payload.toString()).toBe(`fd ${fd}`);
      }
    },
  ));
