import { chmodSync, readFileSync, statSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { request } from './client.js';
import { run } from './program.js';
import { temporary } from './temporary.js';

test('daemonize lets the program go on in the background, with its output in log_file and without the rights of root', async () => {
  const folder = temporary();
  chmodSync(folder, 0o777);
  const place = path.join(folder, 'place');
  const log = path.join(folder, 'log');
  for (const file of [place, log]) {
    writeFileSync(file, '');
    chmodSync(file, 0o666);
  }
  const watcher = watch(place);
  const written = new Promise((resolve) => watcher.on('change', resolve));
  const { ended } = run('daemon', { PLACE: place, LOG_FILE: log });
  const { code, stdout, stderr } = await ended;
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'printed by both\n', stderr: '' });
  let words: string[] = [];
  while (words.length < 2) {
    await written;
    words = readFileSync(place, 'utf8').split(' ');
    if (words.length < 2) await new Promise((resolve) => watcher.once('change', resolve));
  }
  watcher.close();
  const [port, pid] = words.map(Number) as [number, number];
  onTestFinished(() => {
    process.kill(pid, 'SIGTERM');
  });
  const who = JSON.parse(String((await request(port)).body));
  if (process.getuid?.() === 0) {
    expect(who.uid).not.toBe(0);
    expect(who.gid).not.toBe(0);
    expect(who.groups).not.toContain(0);
    // What opens it later, as workers do that are replaced, can write to it.
    expect(statSync(log).uid).toBe(who.uid);
  }
  expect(readFileSync(log, 'utf8')).toBe('printed by both\nprinted in the background\n');
});
