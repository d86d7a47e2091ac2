// Requests that are not quite HTTP: what is answered with 400, what closes the connection, what passes all the same.
import * as Swoole from 'swoole-ts';
import { getenvInt, ksort, sprintf } from '../lib/php.ts';

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE });
http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  const { host: _host, ...headers } = request.header;
  const shown: string[] = [];
  for (const [name, value] of Object.entries(ksort(headers))) {
    const text = Array.isArray(value) ? value.join('+') : String(value);
    shown.push(`${name}=${text.length > 50 ? `${text.length} bytes` : text}`);
  }
  const uri = request.server.request_uri;
  response.end(
    sprintf(
      '%s %s {%s} %s',
      request.server.request_method,
      uri.length > 50 ? `${uri.length} bytes` : uri,
      shown.join(', '),
      request.rawContent().toString(),
    ),
  );
});
http.start();
