// The Cookie header as request.cookie: separators, encodings, quotes, arrays, repeated names and repeated headers.
import * as Swoole from 'swoole-ts';
import { getenvInt, JSON_UNESCAPED_SLASHES, JSON_UNESCAPED_UNICODE, jsonEncode } from '../lib/php.ts';

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE });
http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  const out: { cookie: unknown; 'in header': boolean; arrays?: string[] } = {
    cookie: request.cookie,
    'in header': request.header.cookie !== undefined,
  };
  for (const [name, value] of Object.entries(request.cookie ?? {})) {
    if (typeof value === 'object') {
      out.arrays ??= [];
      out.arrays.push(name);
    }
  }
  response.end(jsonEncode(out, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES));
});
http.start();
