// multipart/form-data: fields with array names in request.post, the entries of request.files, temporary files
// that exist during the request and are gone afterwards, and forms that are not well formed.
import { existsSync, readFileSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname } from 'node:path';
import * as Swoole from 'swoole-ts';
import {
  getenvInt,
  JSON_UNESCAPED_SLASHES,
  JSON_UNESCAPED_UNICODE,
  jsonEncode,
  md5,
  sprintf,
} from '../lib/php.ts';
import type { Upload } from '../lib/php-http.ts';
import { silence } from '../lib/silence.ts';

// biome-ignore lint/complexity/noStaticOnlyClass: a class in server.php
class FormReport {
  static paths: string[] = [];

  static describe(request: Swoole.Http.Request): unknown {
    return {
      post: request.post,
      files: request.files === null ? null : FormReport.walk(request.files),
      tmpfiles: request.tmpfiles === null ? null : request.tmpfiles.length,
    };
  }

  private static walk(files: object): unknown {
    const out: [string, unknown][] = [];
    for (const [name, entry] of Object.entries(files)) {
      if (
        typeof entry === 'object' &&
        entry !== null &&
        'tmp_name' in entry &&
        typeof entry.tmp_name === 'string'
      ) {
        out.push([name, FormReport.entry(entry as Upload)]);
      } else if (typeof entry === 'object' && entry !== null) {
        out.push([name, FormReport.walk(entry)]);
      } else {
        out.push([name, typeof entry === 'string' && entry.includes('swoole.upfile.') ? '(path)' : entry]);
      }
    }
    return Object.fromEntries(out);
  }

  private static entry(entry: Upload): Upload {
    const path = entry.tmp_name;
    if (path === '') {
      return entry;
    }
    FormReport.paths.push(path);
    return {
      ...entry,
      tmp_name: sprintf(
        '%s, uploaded=%s, content=%s',
        `${basename(dirname(path))}/${basename(path).slice(0, 14)}`,
        jsonEncode(Swoole.is_uploaded_file(path)),
        md5(readFileSync(path)),
      ),
    };
  }
}

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE, upload_tmp_dir: '/tmp' });
http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  if (request.server.request_uri === '/left') {
    const left = FormReport.paths.filter((path) => existsSync(path));
    response.end(sprintf('%d of %d temporary files left', left.length, FormReport.paths.length));
    return;
  }
  if (request.server.request_uri === '/keep') {
    const to = `${tmpdir()}/kept-${process.pid}`;
    const { f } = request.files as unknown as { f: Upload };
    const moved = Swoole.move_uploaded_file(f.tmp_name, to);
    response.end(
      jsonEncode({
        moved,
        content: readFileSync(to, 'utf8'),
        again: silence(() => Swoole.move_uploaded_file(f.tmp_name, to)),
      }),
    );
    unlinkSync(to);
    return;
  }
  response.end(jsonEncode(FormReport.describe(request), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE));
});
http.start();
