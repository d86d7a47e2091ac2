// How query strings and urlencoded bodies become request.get and request.post: arrays, odd names, encodings,
// repeated names, and which methods and content types are parsed at all.
import * as Swoole from 'swoole-ts';
import { getenvInt, JSON_UNESCAPED_SLASHES, JSON_UNESCAPED_UNICODE, jsonEncode } from '../lib/php.ts';

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE });
http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  const json = (value: unknown) => jsonEncode(value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
  response.header('Content-Type', 'application/json');
  response.end(json({ get: request.get, post: request.post, rawLength: request.rawContent().length }));
});
http.start();
