// write(): the bytes of a chunked response as they go out, end() with and without a last piece, trailers,
// and headers that conflict with chunks; a coroutine sleeping between the pieces.
import { setTimeout } from 'node:timers/promises';
import * as Swoole from 'swoole-ts';
import { echo, getenvInt, jsonEncode, md5, varExport } from '../lib/php.ts';

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({
  worker_num: 1,
  log_level: Swoole.SWOOLE_LOG_NONE,
  http_compression: true,
  compression_min_length: 1,
});

const handlers: Record<string, (response: Swoole.Http.Response) => void | Promise<void>> = {
  '/plain': (response) => {
    for (const piece of ['a', 'bc', 'd'.repeat(16), 'e'.repeat(300)]) {
      echo('  write ', piece.length, ' -> ', varExport(response.write(piece)), '\n');
    }
    echo('  end -> ', varExport(response.end()), '\n');
  },
  '/last': (response) => {
    response.write('first ');
    response.end('last');
  },
  '/slow': async (response) => {
    for (let i = 1; i <= 3; i++) {
      response.write(`tick ${i}\n`);
      await setTimeout(50);
    }
    response.end();
  },
  '/trailer': (response) => {
    response.header('Trailer', 'X-Checksum, X-Count');
    response.write('body');
    const checksum = md5('body');
    echo('  trailer -> ', varExport(response.trailer('X-Checksum', checksum)), '\n');
    echo('  trailer -> ', varExport(response.trailer('X-Count', '4')), '\n');
    echo('  trailer -> ', jsonEncode(response.trailers), '\n');
    response.end();
  },
  '/trailer-without-chunks': (response) => {
    response.trailer('X-Lost', '1');
    response.end('whole');
  },
  '/with-length': (response) => {
    response.header('Content-Length', '8');
    response.write('1234');
    response.end('5678');
  },
  '/own-encoding': (response) => {
    response.header('Transfer-Encoding', 'chunked');
    response.write('x');
    response.end();
  },
  '/numbers': (response) => {
    response.write(12);
    response.write(true);
    response.end('0');
  },
  '/status-late': (response) => {
    response.status(404);
    response.write('not ');
    response.status(200);
    response.end('found');
  },
};

http.on('request', async (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  const path = request.server.path_info;
  echo(`${path}\n`);
  const handler = handlers[path];
  handler ? await handler(response) : response.end('?');
});
http.start();
