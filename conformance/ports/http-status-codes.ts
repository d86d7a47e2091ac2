// status() with and without a reason, codes that are not in the list, HEAD requests, 204 and 304 with and without a
// body, redirects with odd codes: the status line and the headers around the body.
import * as Swoole from 'swoole-ts';
import { echo, getenvInt, varExport } from '../lib/php.ts';
import { silence } from '../lib/silence.ts';

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE, http_compression: false });

http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  const get = request.get ?? {};
  let result: boolean | null = null;
  if (get.code !== undefined) {
    result =
      get.reason !== undefined
        ? response.status(Number(get.code), String(get.reason))
        : response.setStatusCode(Number(get.code));
  }
  if (get.length !== undefined) {
    response.header('Content-Length', String(get.length));
  }
  if (get.chunk !== undefined) {
    response.write(String(get.chunk));
  }
  if (get.to !== undefined) {
    const redirected = silence(() => response.redirect(String(get.to), Number(get.code ?? 302)));
    echo('redirect ', varExport(redirected), '\n');
    return;
  }
  const body = get.body ?? null;
  const ended = body === null ? response.end() : response.end(String(body));
  if (Object.keys(get).length === 1 && body === null && result === true) {
    return;
  }
  echo(request.server.request_method, ' ', request.server.query_string ?? '');
  echo(' status=', varExport(result), ' end=', varExport(ended), '\n');
});
http.start();
