import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type UnixDatagram, UnixDatagramSocket } from '../../../src/engine/udp/unix-socket.js';
import { temporary } from '../../server/temporary.js';

const EAGAIN = 11;

function made(file?: string): UnixDatagramSocket {
  const socket = new UnixDatagramSocket();
  onTestFinished(() => socket.close());
  if (file !== undefined) expect(socket.bind(file)).toBe(0);
  return socket;
}

const texts = (got: UnixDatagram | number) => (typeof got === 'number' ? got : [String(got.data), got.path]);

describe('a Unix datagram socket', () => {
  test('tells where a datagram came from, and keeps each apart', () => {
    const directory = temporary();
    const [to, from] = [path.join(directory, 'to'), path.join(directory, 'from')];
    const receiver = made(to);
    const [bound, unbound] = [made(from), made()];
    expect([bound.send('one', to), bound.send('', to), unbound.send(Buffer.from('three'), to)]).toEqual([
      0, 0, 0,
    ]);
    expect(texts(receiver.receive(true))).toEqual(['one', from]);
    expect(texts(receiver.receive())).toEqual(['one', from]);
    expect(texts(receiver.receive())).toEqual(['', from]);
    expect(texts(receiver.receive())).toEqual(['three', '']);
    expect(receiver.receive()).toBe(EAGAIN);
    expect([receiver.name, unbound.name, receiver.peer]).toEqual([to, '', null]);
  });

  test('gives the system’s numbers: nobody there, a file, a path in use, no folder, no peer, too much', () => {
    const directory = temporary();
    const file = path.join(directory, 'plain');
    writeFileSync(file, '');
    const taken = path.join(directory, 'taken');
    made(taken);
    const socket = made();
    expect(socket.send('x', path.join(directory, 'none'))).toBe(2);
    expect(socket.send('x', file)).toBe(111);
    expect(socket.bind(taken)).toBe(98);
    expect(socket.bind(path.join(directory, 'no', 'folder'))).toBe(2);
    expect(socket.send('x')).toBe(107);
    expect(socket.send(Buffer.alloc(50_000_000), taken)).toBe(90);
  });

  test('says that there is no room, and goes on to receive, and to send once there is', () => {
    const directory = temporary();
    const [to, from] = [path.join(directory, 'to'), path.join(directory, 'from')];
    const [receiver, sender] = [made(to), made(from)];
    let sent = 0;
    while (sent < 100_000 && sender.send(`${sent}`, to) === 0) sent++;
    expect(sent).toBeGreaterThan(1);
    expect(sender.send('more', to)).toBe(EAGAIN);
    expect(receiver.send('back', from)).toBe(0);
    expect(texts(sender.receive())).toEqual(['back', to]);
    for (let i = 0; i < sent; i++) expect(texts(receiver.receive())).toEqual([`${i}`, from]);
    expect(sender.send('again', to)).toBe(0);
    expect(texts(receiver.receive())).toEqual(['again', from]);
  });

  test('takes from where it is connected only', () => {
    const directory = temporary();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => path.join(directory, name)) as [string, string, string];
    const [one, two, third] = [made(a), made(b), made(c)];
    expect([one.connect(b), one.peer]).toEqual([0, b]);
    expect([two.send('from its peer', a), third.send('from another', a)]).toEqual([0, 1]);
    expect(texts(one.receive())).toEqual(['from its peer', b]);
    expect(one.send('to its peer')).toBe(0);
    expect(texts(two.receive())).toEqual(['to its peer', a]);
  });

  test('calls back while there is something to receive, and no more once nobody watches', async () => {
    const to = path.join(temporary(), 'to');
    const [receiver, sender] = [made(to), made()];
    const got = await new Promise((resolve) => {
      receiver.watch(() => resolve(receiver.receive()));
      sender.send('watched', to);
    });
    expect(texts(got as UnixDatagram)).toEqual(['watched', '']);
    receiver.watch(() => expect.unreachable());
    sender.send('unwatched', to);
    receiver.watch(null);
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(texts(receiver.receive())).toEqual(['unwatched', '']);
  });

  test('removes the file it was bound to with its end, and is of no use then', () => {
    const file = path.join(temporary(), 'file');
    const socket = made(file);
    expect(existsSync(file)).toBe(true);
    socket.close();
    socket.close();
    expect(existsSync(file)).toBe(false);
    expect([socket.fd, socket.send('x', file), socket.receive(), socket.peer]).toEqual([-1, 9, 9, null]);
  });

  test('is closed when the program has lost it', async () => {
    const file = path.join(temporary(), 'lost');
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    (() => expect(new UnixDatagramSocket().bind(file)).toBe(0))();
    await expect
      .poll(() => {
        collect();
        return existsSync(file);
      })
      .toBe(false);
  });

  test.each([
    ['watched.watch(null);', 0],
    ['process.exit(5);', 5],
  ])(
    'keeps no program, and no thread, from ending unless it is watched, and leaves no file behind: %s',
    (end, code) => {
      const file = path.join(temporary(), 'program');
      const source = new URL('../../../src/engine/udp/unix-socket.ts', import.meta.url).href;
      const tsx = pathToFileURL(
        createRequire(import.meta.url)
          .resolve('tsx/package.json')
          .replace('package.json', 'dist/esm/api/index.mjs'),
      ).href;
      const program = `
        import { existsSync } from 'node:fs';
        import { isMainThread, Worker } from 'node:worker_threads';
        import { tsImport } from '${tsx}';
        const { UnixDatagramSocket } = await tsImport('${source}', import.meta.url);
        const socket = new UnixDatagramSocket();
        socket.bind('${file}' + isMainThread);
        const watched = new UnixDatagramSocket();
        watched.watch(() => {});
        console.log(isMainThread, existsSync('${file}' + isMainThread));
        const end = () => { ${end} };
        if (isMainThread) {
          new Worker(new URL(import.meta.url)).on('exit', (code) => {
            console.log('worker', code, existsSync('${file}false'));
            end();
          });
        } else end();
      `;
      const script = path.join(temporary(), 'program.mjs');
      writeFileSync(script, program);
      const { stdout, status, stderr } = spawnSync(process.execPath, [script], {
        encoding: 'utf8',
        timeout: 20_000,
      });
      const said = `true true\nfalse true\nworker ${code} false\n`;
      expect([stderr, stdout, status]).toEqual(['', said, code]);
      expect(existsSync(`${file}true`)).toBe(false);
    },
  );
});
