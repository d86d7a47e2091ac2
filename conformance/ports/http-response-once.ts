// After the response is over: what every method of Response returns after end(), after redirect(), after write()+end(),
// isWritable, a request nobody answers, and the error code.
import { fileURLToPath } from 'node:url';
import * as Swoole from 'swoole-ts';
import { echo, getenvInt, jsonEncode, varExport } from '../lib/php.ts';
import { silence } from '../lib/silence.ts';

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE });

function tryAll(response: Swoole.Http.Response): void {
  const calls = {
    isWritable: () => response.isWritable(),
    end: () => response.end('again'),
    write: () => response.write('more'),
    header: () => response.header('X-Late', '1'),
    status: () => response.status(500),
    cookie: () => response.cookie('late', '1'),
    trailer: () => response.trailer('x', '1'),
    redirect: () => response.redirect('/elsewhere'),
    sendfile: () => response.sendfile(fileURLToPath(import.meta.url)),
    initHeader: () => response.initHeader(),
    detach: () => response.detach(),
  };
  for (const [method, call] of Object.entries(calls)) {
    Swoole.swoole_clear_error();
    const result = silence(call);
    echo(`  ${method} -> `, varExport(result), ', error ', Swoole.swoole_last_error(), '\n');
  }
}

http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  const path = request.server.request_uri;
  echo(path, ' writable=', varExport(response.isWritable()), '\n');
  switch (path) {
    case '/end':
      echo('  first end -> ', varExport(response.end('first')), '\n');
      tryAll(response);
      break;
    case '/chunks':
      response.write('one,');
      echo('  while writing: writable=', varExport(response.isWritable()));
      echo(
        ' header=',
        varExport(response.header('X-Too-Late', '1')),
        ' status=',
        varExport(response.status(404)),
        '\n',
      );
      echo('  empty write -> ', varExport(silence(() => response.write(''))), '\n');
      response.write('two,');
      echo('  end -> ', varExport(response.end('three')), '\n');
      echo(
        '  write after end -> ',
        varExport(response.write('four')),
        ', writable=',
        varExport(response.isWritable()),
        '\n',
      );
      break;
    case '/redirect':
      echo(
        '  redirect -> ',
        varExport(response.redirect('/there')),
        ', writable=',
        varExport(response.isWritable()),
        '\n',
      );
      echo('  end -> ', varExport(response.end('x')), '\n');
      break;
    case '/redirect-301':
      response.header('X-Before', '1');
      response.redirect('https://example.test/?a=1', 301);
      break;
    case '/forgotten':
      break;
    case '/forgotten-status':
      response.status(202);
      response.header('X-Was', 'set');
      break;
    case '/half':
      response.write('half of it');
      break;
    case '/types':
      for (const value of [12, 1.5, true, null]) {
        echo('  end(', jsonEncode(value), ') -> ', varExport(response.end(value)), '\n');
      }
      break;
    case '/array':
      try {
        response.end(['a'] as unknown as string);
      } catch (e) {
        echo('  ', (e as TypeError).message, '\n');
        response.status(500);
        response.end('type error');
      }
      break;
    case '/clone':
      try {
        structuredClone(response);
      } catch (e) {
        echo('  ', (e as Error).name, ': ', (e as Error).message, '\n');
      }
      response.end('not cloned');
      break;
  }
});
http.start();
