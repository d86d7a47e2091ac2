// sendfile(): whole files and parts of them, content types by extension, arguments that are refused,
// headers and status of the program, use after write() and after end().
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as Swoole from 'swoole-ts';
import { echo, getenvInt, varExport } from '../lib/php.ts';

Swoole.setWarningHandler((_level, message) => {
  echo('  warning: ', message.replace(/sf-\d+/, 'sf').replaceAll(tmpdir(), '{TMP}'), '\n');
});

const dir = `${tmpdir()}/sf-${process.pid}`;
mkdirSync(dir);
writeFileSync(`${dir}/page.html`, '<p>0123456789</p>\n');
writeFileSync(`${dir}/data.json`, '{"a":1}');
writeFileSync(`${dir}/style.css`, 'p{}');
writeFileSync(`${dir}/code.js`, '1');
writeFileSync(`${dir}/image.png`, Buffer.from('\x89PNG', 'latin1'));
writeFileSync(`${dir}/unknown.zzz`, 'zzz');
writeFileSync(`${dir}/noext`, 'plain');
writeFileSync(`${dir}/empty.txt`, '');
writeFileSync(`${dir}/large.bin`, '0123456789abcdef'.repeat(40000));

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE });
http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  const get = request.get ?? {};
  const file = get.f !== undefined ? `${dir}/${get.f}` : '';
  if (get.type !== undefined) {
    response.header('Content-Type', String(get.type));
  }
  if (get.status !== undefined) {
    response.status(Number(get.status));
  }
  if (get.before !== undefined) {
    response.write(String(get.before));
  }
  const args = [get.offset, get.length].filter((value) => value !== undefined).map(Number);
  echo(request.server.query_string ?? '(none)', '\n');
  const result = response.sendfile(file, ...args);
  echo('  sendfile -> ', varExport(result), ', writable ', varExport(response.isWritable()), '\n');
  if (!result) {
    response.status(404);
    response.end('no file');
  }
});
http.on('shutdown', () => {
  rmSync(dir, { recursive: true });
});
http.start();
