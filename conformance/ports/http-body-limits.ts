// package_max_length on an HTTP server, for bodies with a length and in chunks; upload_max_filesize, which lets larger
// multipart uploads pass; a Content-Length that does not fit the body.
import { existsSync, statSync } from 'node:fs';
import * as Swoole from 'swoole-ts';
import { echo, getenvInt, JSON_UNESCAPED_SLASHES, jsonEncode, strlen } from '../lib/php.ts';
import type { Upload } from '../lib/php-http.ts';

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({
  worker_num: 1,
  log_level: Swoole.SWOOLE_LOG_NONE,
  package_max_length: 300000,
  upload_max_filesize: 500000,
});

http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  const report: Record<string, unknown> = {
    uri: request.server.request_uri,
    body: request.rawContent().length,
    'content-length': request.header['content-length'] ?? null,
    post: Object.fromEntries(
      Object.entries(request.post ?? {}).map(([name, value]) => [name, strlen(value as string)]),
    ),
  };
  if (request.files !== null) {
    const files: Record<string, string> = {};
    for (const [name, file] of Object.entries(request.files ?? {}) as [string, Upload][]) {
      files[name] =
        `${file.name} size=${file.size} error=${file.error} ${existsSync(file.tmp_name) ? `on disk ${statSync(file.tmp_name).size}` : 'no file'}`;
    }
    report.files = files;
    delete report.body;
  }
  echo(jsonEncode(report, JSON_UNESCAPED_SLASHES), '\n');
  response.end('accepted');
});
http.on('close', () => {
  echo('close\n');
});
http.start();
