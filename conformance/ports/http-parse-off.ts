// http_parse_post, http_parse_cookie and http_parse_files changed from their defaults, and upload_tmp_dir: what stays
// unparsed, and that the raw parts are still there.
import { mkdirSync, readdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as Swoole from 'swoole-ts';
import { echo, getenvInt, JSON_UNESCAPED_SLASHES, jsonEncode } from '../lib/php.ts';
import { arrayMapRecursive } from '../lib/php-http.ts';

const dir = `${tmpdir()}/uploads-${process.pid}`;
mkdirSync(dir);

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({
  worker_num: 1,
  log_level: Swoole.SWOOLE_LOG_NONE,
  http_parse_post: false,
  http_parse_cookie: false,
  http_parse_files: true,
  upload_tmp_dir: dir,
});
http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  let files: unknown = null;
  if (request.files !== null) {
    files = arrayMapRecursive(request.files, (value) => {
      if (typeof value === 'string' && value.startsWith(dir)) {
        const file = statSync(value, { throwIfNoEntry: false })?.isFile();
        return `(in the upload directory) ${file ? readFileSync(value, 'utf8') : 'gone'}`;
      }
      return value;
    });
  }
  response.end(
    jsonEncode(
      {
        get: request.get,
        post: request.post,
        cookie: request.cookie,
        'cookie header': request.header.cookie ?? null,
        files,
        raw: request.rawContent().subarray(0, 30).toString(),
      },
      JSON_UNESCAPED_SLASHES,
    ),
  );
});
http.on('shutdown', () => {
  echo('left in the upload directory: ', readdirSync(dir).length, '\n');
  rmdirSync(dir);
});
http.start();
