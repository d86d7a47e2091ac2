// Range requests to the static handler, and static_handler_locations: which paths it looks at.
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as Swoole from 'swoole-ts';
import { echo, getenvInt } from '../lib/php.ts';

const root = `${tmpdir()}/ranges-${process.pid}`;
for (const dir of ['/assets', '/private']) {
  mkdirSync(root + dir, { recursive: true });
  writeFileSync(`${root}${dir}/letters.txt`, 'abcdefghijklmnopqrstuvwxyz');
  writeFileSync(`${root}${dir}/odd.zzz`, 'zzz');
  utimesSync(`${root}${dir}/letters.txt`, 1600000000, 1600000000);
}
mkdirSync(`${root}/assets2`);
writeFileSync(`${root}/assets2/letters.txt`, 'second');

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({
  worker_num: 1,
  log_level: Swoole.SWOOLE_LOG_NONE,
  document_root: root,
  enable_static_handler: true,
  static_handler_locations: ['/assets', '/down/load'],
});
http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  echo('dynamic ', request.server.path_info, '\n');
  response.end('dynamic');
});
http.on('shutdown', () => {
  rmSync(root, { recursive: true });
});
http.start();
