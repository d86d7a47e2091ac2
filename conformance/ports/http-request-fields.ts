// Every part of Swoole.Http.Request for simple requests: server keys and values, headers (case, duplicates, odd
// names), request URIs in unusual forms, HTTP/1.0, and the properties that stay null.
import * as Swoole from 'swoole-ts';
import {
  echo,
  getenvInt,
  gettype,
  JSON_UNESCAPED_SLASHES,
  JSON_UNESCAPED_UNICODE,
  jsonEncode,
  ksort,
  printf,
  varExport,
} from '../lib/php.ts';
import { objectVars } from '../lib/php-http.ts';

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE });

function dump(values: object, hidden: string[] = []): string {
  const out: string[] = [];
  for (const [key, value] of Object.entries(ksort(values))) {
    out.push(
      `${key}=${hidden.includes(key) ? gettype(value) : jsonEncode(value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE)}`,
    );
  }
  return out.join(' ');
}

let number = 0;
http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  number++;
  echo(`== request ${number}\n`);
  if (number === 1) {
    echo('properties: ', objectVars(request).join(','), '\n');
    echo(
      'response properties: ',
      objectVars(response).join(','),
      ' header=',
      varExport(response.headers),
      '\n',
    );
  }
  echo(
    'server: ',
    dump(request.server, ['request_time', 'request_time_float', 'master_time', 'remote_port']),
    '\n',
  );
  echo('header: ', dump(request.header), '\n');
  for (const property of ['get', 'post', 'cookie', 'files', 'tmpfiles'] as const) {
    if (request[property] !== null) {
      echo(`${property}: `, jsonEncode(request[property]), '\n');
    }
  }
  printf(
    'method=%s content=%s fd=%s\n',
    request.getMethod(),
    jsonEncode(request.getContent()),
    Number.isInteger(request.fd) ? 'int' : '?',
  );
  const recent = Math.abs(Math.floor(Date.now() / 1000) - request.server.request_time) < 5;
  const close = Math.abs(request.server.request_time_float - request.server.request_time) < 1.5;
  echo('times: ', recent && close ? 'now' : 'odd', '\n');
  response.end(String(number));
});
http.start();
