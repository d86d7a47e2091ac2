// Response.header(): name formatting, several values, odd values, CR and LF, the headers that Swoole itself adds
// and their order, and what a program can replace.
import * as Swoole from 'swoole-ts';
import { echo, getenvInt, jsonEncode, varExport } from '../lib/php.ts';

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE, http_compression: false });
Swoole.setWarningHandler((_level, message) => {
  echo(`  warning: ${message}\n`);
});

type Response = Swoole.Http.Response;

// biome-ignore lint/complexity/noStaticOnlyClass: a class in server.php
class Pages {
  static names(r: Response): void {
    r.header('x-lower-case', '1');
    r.header('X-UPPER-CASE', '2');
    r.header('xMiXeD-tHING', '3');
    r.header('x-raw-NAME', '4', false);
    r.header('x_under_score', '5');
    r.header('x-lower-case', 'replaced');
    r.setHeader('x-alias', '6');
    r.header('', 'no name');
    r.header('x-raw-NAME', '7');
  }

  static values(r: Response): void {
    for (const [name, value] of Object.entries({
      int: 42,
      float: 1.5,
      true: true,
      false: false,
      null: null,
      empty: '',
      spaces: '  both sides  ',
      utf8: 'grün ☃',
      list: ['a', 'b', 3, null],
      map: { k: 'v' },
      none: [],
    })) {
      echo(`  ${name} -> `, varExport(r.header(`X-${name}`, value)), '\n');
    }
  }

  static injection(r: Response): void {
    // a warning prints in the middle of its line: echo of PHP writes as it evaluates
    echo('  value: ');
    echo(varExport(r.header('X-Value', 'a\r\nX-Evil: 1')), '\n');
    echo('  value with LF: ');
    echo(varExport(r.header('X-Lf', 'a\nb')), '\n');
    echo('  value ending in CRLF: ');
    echo(varExport(r.header('X-End', 'end\r\n')), '\n');
    echo('  name: ');
    echo(varExport(r.header('X-Name: 1\r\nX-Evil', '2')), '\n');
    echo('  in a list: ');
    echo(varExport(r.header('X-List', ['fine', 'bad\r\nX-Evil: 1'])), '\n');
    echo('  long name: ');
    echo(varExport(r.header('n'.repeat(128), '1')), ' ');
    echo(varExport(r.header('n'.repeat(127), '1')), '\n');
  }

  static replaced(r: Response): void {
    r.header('server', 'mine');
    r.header('content-type', 'application/vnd.test+json; charset=utf-8');
    r.header('DATE', 'Thu, 01 Jan 1970 00:00:00 GMT');
    r.header('Connection', 'keep-alive, X');
    r.header('Content-Length', '3');
  }

  static removed(r: Response): void {
    r.header('Server', '');
    r.header('Content-Type', '');
    r.header('Date', null);
    r.header('X-Kept', '');
  }

  static property(r: Response): void {
    r.header('x-one', '1');
    echo('  property: ', jsonEncode(r.headers), '\n');
    r.header('x-one', null);
    r.header('7', 'seven');
    echo('  property: ', jsonEncode(r.headers), '\n');
  }
}

const isPage = (page: string): page is Exclude<keyof typeof Pages, 'prototype'> =>
  page !== 'prototype' && Object.hasOwn(Pages, page);

http.on('request', (request: Swoole.Http.Request, response: Response) => {
  const page = request.server.request_uri.slice(1);
  echo(`${page}\n`);
  if (isPage(page)) {
    Pages[page](response);
  }
  response.end('abc');
});
http.start();
