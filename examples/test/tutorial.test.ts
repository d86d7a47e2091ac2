import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { Peer } from './peer.js';
import { commandOf, examples, Program, seesSockets } from './program.js';

const conformance = path.join(examples, '../conformance');
const scenario = path.join(conformance, 'scenarios/tutorial');

/** Imports JavaScript that has no types. */
const load = (file: string): Promise<Record<string, unknown>> => import(pathToFileURL(file).href);

let program: Program | undefined;
afterEach(() => program?.stop('SIGKILL'));

describe('the tutorial server', () => {
  it.skipIf(!seesSockets)('plays the transcript recorded from Swoole', async () => {
    const wire = await load(path.join(conformance, 'lib/wire.mjs'));
    const { default: client } = (await load(path.join(scenario, 'client.mjs'))) as {
      default: (tools: Record<string, unknown>) => Promise<void>;
    };
    program = await Program.start(commandOf('tutorial/server'));
    const seen: string[] = [];
    const log = (...parts: unknown[]) =>
      seen.push(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '));
    await client({ port: program.port, log, ...wire });
    // The client has gone without a word: the server's line about it is the last.
    await program.prints('connection close: 2');
    const exit = await program.stop();
    const got = ['== client', ...seen, '== server', program.stdout.trimEnd(), '== exit', exit, ''].join('\n');
    expect(got).toBe(readFileSync(path.join(scenario, 'expected.txt'), 'utf8'));
  });

  it('ends a connection that sends bytes with 1003 and says why', async () => {
    program = await Program.start(commandOf('tutorial/server'));
    const peer = await Peer.open(program.port);
    expect(await peer.text()).toBe('welcome to the websocket server!');
    peer.send(Buffer.from([1, 2, 3]));
    expect(await peer.closed()).toEqual({ code: 1003, reason: 'this server takes text' });
    await program.prints('connection close: ');
    expect(program.stdout).not.toContain('received message');
  });

  it('answers in order when messages come faster than answers', async () => {
    program = await Program.start(commandOf('tutorial/server'));
    const peer = await Peer.open(program.port);
    await peer.text();
    const names = Array.from({ length: 200 }, (_, i) => `name ${i}`);
    for (const name of names) peer.send(name);
    const answers: string[] = [];
    while (answers.length < names.length) answers.push(await peer.text());
    expect(answers).toEqual(names.map((name) => `hello, ${name} !`));
    peer.close();
  });

  it('serves the page to a browser that asks for one', async () => {
    program = await Program.start(commandOf('tutorial/server'));
    const response = await fetch(`http://127.0.0.1:${program.port}/`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toBe(readFileSync(path.join(examples, 'tutorial/index.html'), 'utf8'));
  });

  it('has no other file for the asking', async () => {
    program = await Program.start(commandOf('tutorial/server'));
    for (const file of ['server.ts', 'server.php', 'README.md', '../../package.json']) {
      const response = await fetch(`http://127.0.0.1:${program.port}/${file}`);
      expect(await response.text()).toContain('<!doctype html>');
    }
  });
});
