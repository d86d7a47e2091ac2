import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { play } from '../lib/scenario.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'scenario-'));
  mkdirSync(path.join(root, 'one'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Writes a scenario and the server that plays its part, and runs both. */
function run(server: string, client: string, stopMs?: number) {
  writeFileSync(path.join(root, 'server.mjs'), server);
  writeFileSync(path.join(root, 'one/client.mjs'), client);
  return play(path.join(root, 'one'), [process.execPath, 'server.mjs'], root, stopMs);
}

const LISTEN = `import net from 'node:net';
  net.createServer((s) => s.on('data', (d) => { console.log('got ' + d); s.end('answer'); })).listen(process.env.PORT, '127.0.0.1');`;

describe('play', () => {
  it('writes down what the client saw, what the server printed and how it ended, with ports by name', async () => {
    const { got, stderr } = await run(
      `${LISTEN} console.error('aside');
      console.log(process.env.PORT, process.env.PORT2, process.env.PORT3);
      process.on('SIGTERM', () => { console.log('stopping'); process.exit(3); });`,
      `export default async function ({ port, log, Wire }) {
        const w = await Wire.connect(port);
        w.write('hello');
        log('from', port, (await w.readTo('answer')).toString(), { a: 1 });
        await w.closed();
      }`,
    );
    expect(got).toBe(
      '== client\nfrom {PORT} answer {"a":1}\n== server\n{PORT} {PORT2} {PORT3}\ngot hello\nstopping\n== exit\ncode 3\n',
    );
    expect(stderr).toBe('aside\n');
  });

  it('writes {NOW} for the time of the run, and leaves other dates alone', async () => {
    const { got } = await run(
      `console.log('Date: ' + new Date().toUTCString() + ', then Thu, 01 Jan 1970 00:00:00 GMT');`,
      'export default async function () {}',
    );
    expect(got).toContain('\nDate: {NOW}, then Thu, 01 Jan 1970 00:00:00 GMT\n');
  });

  it('names the signal that ended a server', async () => {
    const { got } = await run(LISTEN, 'export default async function () {}');
    expect(got).toBe('== client\n== server\n\n== exit\nsignal SIGTERM\n');
  });

  it('lets a program end by itself, and sorts its lines when their order is free', async () => {
    const { got } = await run(
      `console.log('b'); console.log('a');`,
      'export const anyOrder = true; export default async function () {}',
    );
    expect(got).toBe('== client\n== server\na\nb\n== exit\ncode 0\n');
  });

  it('writes down a client that fails', async () => {
    const { got } = await run(LISTEN, `export default async function () { throw new Error('lost'); }`);
    expect(got).toContain('== client\nCLIENT ERROR lost\n');
  });

  it('kills a server that does not stop', async () => {
    const { got } = await run(
      `${LISTEN} process.on('SIGTERM', () => {});`,
      'export default async function () {}',
      300,
    );
    expect(got).toContain('== exit\ndid not stop within 0.3 s\n');
  });
});
