import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import * as php from '../src/index.js';

// What is expected is what PHP 8.2 does with the same calls.
const open: Awaited<ReturnType<typeof php.stream_socket_pair>>[number][] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy();
});
async function pair(): ReturnType<typeof php.stream_socket_pair> {
  const both = await php.stream_socket_pair(php.STREAM_PF_UNIX, php.STREAM_SOCK_STREAM, 0);
  open.push(...both);
  return both;
}

it('what one socket of a pair is told the other one reads, a line or so many bytes at a time', async () => {
  const [a, b] = await pair();
  expect(php.fwrite(a, 'one\ntwo')).toBe(7);
  expect(await php.fgets_async(b)).toBe('one\n');
  expect(await php.fread_async(b, 2)).toBe('tw');
  expect(await php.fread_async(b, 100)).toBe('o');
});

it('reading waits for what comes later', async () => {
  const [a, b] = await pair();
  const line = php.fgets_async(b);
  php.fwrite(a, 'do');
  setTimeout(() => php.fwrite(a, 'ne\nmore'), 10);
  expect(await line).toBe('done\n');
  expect(await php.fread_async(b, 100)).toBe('more');
});

it('reading that does not wait gives what is there, and none of it is the end', async () => {
  const [a, b] = await pair();
  expect(php.stream_set_blocking(b, false)).toBe(true);
  expect(php.stream_get_meta_data(b).blocked).toBe(false);
  expect([await php.fread_async(b, 10), php.fgets(b), php.feof(b)]).toEqual(['', false, false]);
  php.fwrite(a, 'part');
  await new Promise((resolve) => b.once('readable', resolve));
  expect([php.fgets(b), php.feof(b)]).toEqual(['part', false]);
  php.fwrite(a, 'x\ny\nz');
  await new Promise((resolve) => b.once('readable', resolve));
  expect([php.fgets(b, 2), php.fgets(b), php.stream_get_contents(b)]).toEqual(['x', '\n', 'y\nz']);
});

it('a socket whose other end is closed gives the rest, then its end, and takes nothing', async () => {
  const [a, b] = await pair();
  php.fwrite(a, 'last');
  expect(php.fclose(a)).toBe(true);
  expect([await php.fgets_async(b), php.feof(b)]).toEqual(['last', true]);
  expect([await php.fgets_async(b), await php.fread_async(b, 5)]).toEqual([false, '']);
  const notices: string[] = [];
  php.set_error_handler((_level: number, text: string) => {
    notices.push(text);
    return true;
  });
  try {
    expect(php.fwrite(b, 'x')).toBe(false);
  } finally {
    php.set_error_handler(null);
  }
  expect(notices).toEqual(['fwrite(): Send of 1 bytes failed with errno=32 Broken pipe']);
  expect([php.gettype(b), php.is_resource(b), php.get_resource_type(b)]).toEqual([
    'resource',
    true,
    'stream',
  ]);
  expect(php.gettype(a)).toBe('resource (closed)');
});

it('much that is written before the close arrives whole', async () => {
  const [a, b] = await pair();
  const much = 'x'.repeat(3_000_000);
  php.fwrite(a, much);
  php.fclose(a);
  expect(await php.stream_get_contents_async(b)).toBe(much);
});

it('a program ends with sockets that nobody waits for, and stays for a read', async () => {
  const program = `import { fread_async, fwrite, stream_socket_pair } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
const [a, b] = await stream_socket_pair(1, 1);
setTimeout(() => fwrite(a, 'heard'), 50).unref();
console.log(await fread_async(b, 9));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', program],
    {
      cwd: import.meta.dirname,
      timeout: 20_000,
    },
  );
  expect(stdout).toBe('heard\n');
}, 30_000);
