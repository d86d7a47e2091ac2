// http_index_files and http_autoindex of the static handler: which file answers for a directory, when a listing is
// made, how names are escaped in it, and when the program's request event is asked instead.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as Swoole from 'swoole-ts';
import { echo, getenvInt } from '../lib/php.ts';

const root = `${tmpdir()}/index-${process.pid}`;
const tree: Record<string, Record<string, string>> = {
  both: { 'index.html': 'both html', 'default.txt': 'both txt' },
  second: { 'default.txt': 'second txt' },
  none: { 'b.txt': 'b', 'a & b <c>.txt': 'a', 'Zed.zzz': 'z', '.hidden': 'h' },
  nested: {},
};
for (const [dir, files] of Object.entries(tree)) {
  mkdirSync(`${root}/${dir}`, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(`${root}/${dir}/${name}`, content);
  }
}
mkdirSync(`${root}/nested/deeper`);
mkdirSync(`${root}/nested/index.html`);

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({
  worker_num: 1,
  log_level: Swoole.SWOOLE_LOG_NONE,
  document_root: root,
  enable_static_handler: true,
  http_index_files: ['index.html', 'default.txt'],
  http_autoindex: true,
});
http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  echo('dynamic ', request.server.request_uri, '\n');
  response.end('dynamic');
});
http.on('shutdown', () => {
  rmSync(root, { recursive: true });
});
http.start();
