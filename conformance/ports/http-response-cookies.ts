// Set-Cookie: cookie() and rawcookie() with all their arguments, Cookie objects, deletion, values and names that are
// not allowed.
import * as Swoole from 'swoole-ts';
import { echo, getenvInt, jsonEncode, ksort, varExport } from '../lib/php.ts';

const { Cookie } = Swoole.Http;

Swoole.setWarningHandler((_level, message) => {
  echo(`  warning: ${message}\n`);
});

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE });

const say = (what: string, value: unknown): void => {
  echo(`  ${what} -> `, varExport(value), '\n');
};
const far = Date.UTC(2050, 6, 4, 12, 30, 45) / 1000;

const pages: Record<string, (r: Swoole.Http.Response) => void> = {
  simple: (r) => {
    say('name only', r.cookie('bare'));
    say('name and value', r.cookie('a', '1'));
    say('same name again', r.cookie('a', '2'));
    say('empty value', r.cookie('gone', ''));
    say('encoded', r.cookie('enc', 'a b;c=d,é'));
    say('zero', r.cookie('zero', '0'));
    say('alias', r.setCookie('alias', 'x'));
  },
  attributes: (r) => {
    say('all', r.cookie('all', 'v', far, '/app', 'example.test', true, true, 'Strict', 'High', true));
    say('path', r.cookie('p', 'v', 0, '/only/path'));
    say('path empty', r.cookie('pe', 'v', 0, ''));
    say('samesite odd', r.cookie('s', 'v', 0, '', '', false, false, 'Whatever'));
    say('secure', r.cookie('sec', 'v', 0, '/', '', true));
    say('past', r.cookie('past', 'v', 1000));
    say('negative', r.cookie('neg', 'v', -5));
    say('too far', r.cookie('far', 'v', Number.MAX_SAFE_INTEGER));
    say('deleted with path', r.cookie('del', '', 0, '/app', 'example.test'));
  },
  raw: (r) => {
    say('raw', r.rawcookie('raw', 'a%20b|c"d'));
    say('raw with space', r.rawcookie('rs', 'a b'));
    say('raw with semicolon', r.rawcookie('rx', 'a;b'));
    say('alias', r.setRawCookie('ra', '1+1'));
  },
  wrong: (r) => {
    say('no name', r.cookie('', 'v'));
    say('name with =', r.cookie('a=b', 'v'));
    say('name with space', r.cookie('a b', 'v'));
    say('name with CRLF', r.cookie('a\r\nX: 1', 'v'));
    say('value with CRLF', r.cookie('crlf', 'v\r\nX: 1'));
    say('path with ;', r.cookie('p', 'v', 0, '/;x'));
    say('domain with space', r.cookie('d', 'v', 0, '/', 'a b'));
    say('a number as name', r.cookie(5 as unknown as string, 'v'));
  },
  objects: (r) => {
    const cookie = new Cookie();
    const same = cookie
      .withName('obj')
      .withValue('a b')
      .withPath('/o')
      .withDomain('o.test')
      .withExpires(far)
      .withSecure(true)
      .withHttpOnly(true)
      .withSameSite('None')
      .withPriority('Low')
      .withPartitioned(true);
    say('fluent', same === cookie);
    echo('  array ', jsonEncode(ksort(cookie.toArray())), '\n');
    say('set', r.cookie(cookie));
    const raw = new Cookie(false).withName('rawobj').withValue('a%20b');
    say('set raw', r.cookie(raw));
    say('through rawcookie', r.rawcookie(new Cookie().withName('enc').withValue('a b')));
    say('string', new Cookie().withName('str').withValue('1').withHttpOnly().toString());
    cookie.reset();
    echo('  after reset ', jsonEncode(ksort(cookie.toArray())), '\n');
    say('nameless object', r.cookie(new Cookie()));
    say('other object', r.cookie({} as unknown as string));
  },
  property: (r) => {
    r.cookie('one', '1');
    r.header('Set-Cookie', 'by-header=1');
    echo('  ', jsonEncode(r.cookies), '\n');
  },
};

http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  const page = request.server.path_info.replace(/^\/+|\/+$/g, '');
  echo(`${page}\n`);
  pages[page]?.(response);
  response.end();
});
http.start();
