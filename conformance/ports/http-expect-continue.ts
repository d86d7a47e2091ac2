// Expect: 100-continue: when the interim answer is sent, how often, and that the request event sees nothing of it.
import * as Swoole from 'swoole-ts';
import { getenvInt, printf } from '../lib/php.ts';

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE });
http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  printf(
    '%s %d bytes, expect: %s\n',
    request.server.request_uri,
    request.rawContent().length,
    request.header.expect ?? 'nothing',
  );
  response.end(request.rawContent().toString().toUpperCase());
});
http.start();
