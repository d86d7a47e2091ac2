// http_compression: which encoding is chosen for which Accept-Encoding, from which length, for which content types,
// and what turns it off.
import * as Swoole from 'swoole-ts';
import { getenvInt } from '../lib/php.ts';

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({
  worker_num: 1,
  log_level: Swoole.SWOOLE_LOG_NONE,
  http_compression_level: 6,
});
http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  const get = request.get ?? {};
  for (const [key, name] of Object.entries({
    type: 'Content-Type',
    encoding: 'Content-Encoding',
    length: 'Content-Length',
  })) {
    if (get[key] !== undefined) {
      response.header(name, String(get[key]));
    }
  }
  const body = 'z'.repeat(Number(get.n ?? 200));
  if (get.chunks !== undefined) {
    response.write(body);
    response.end(body);
  } else {
    response.end(body);
  }
});

// the second port says nothing about compression of its own: the setting belongs to the server
const second = http.listen('127.0.0.1', getenvInt('PORT2'), Swoole.SWOOLE_SOCK_TCP);
if (second !== false) {
  second.set({ open_http_protocol: true });
}
http.start();
