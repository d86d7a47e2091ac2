// What the open event's request carries: fd, header, server, get, cookie, and the parts that stay unset.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import {
  echo,
  getenvInt,
  gettype,
  JSON_UNESCAPED_SLASHES,
  JSON_UNESCAPED_UNICODE,
  jsonEncode,
  printf,
  varExport,
} from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });

function describe(value: unknown): string {
  if (gettype(value) === 'array') {
    return jsonEncode(value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
  }
  return varExport(value);
}

server.on('open', (server, request) => {
  echo(`open fd=${request.fd} streamId=${request.streamId}\n`);
  const names = Object.keys(request.header).sort();
  echo('headers: ', names.join(' '), '\n');
  for (const name of [
    'host',
    'x-trace',
    'x-list',
    'upgrade',
    'connection',
    'sec-websocket-version',
    'user-agent',
  ]) {
    printf('  %s = %s\n', name, describe(request.header[name] ?? null));
  }
  const keys = Object.keys(request.server).sort();
  echo('server: ', keys.join(' '), '\n');
  for (const key of [
    'request_method',
    'request_uri',
    'path_info',
    'query_string',
    'server_protocol',
    'server_port',
    'remote_addr',
    'server_addr',
  ] as const) {
    printf('  %s = %s\n', key, describe(request.server[key] ?? null));
  }
  printf(
    '  request_time is %s, request_time_float is %s, remote_port is %s, master_time is %s\n',
    gettype(request.server.request_time),
    gettype(request.server.request_time_float, true),
    gettype(request.server.remote_port),
    gettype(request.server.master_time),
  );
  echo('get: ', describe(request.get), '\n');
  echo('cookie: ', describe(request.cookie), '\n');
  echo(
    'post: ',
    describe(request.post),
    ', files: ',
    describe(request.files),
    ', tmpfiles: ',
    describe(request.tmpfiles),
    '\n',
  );
  echo(
    'method: ',
    request.getMethod(),
    ', content: ',
    describe(request.rawContent()),
    ', completed: ',
    describe(request.isCompleted()),
    '\n',
  );
  server.push(request.fd, `hello ${request.get?.name ?? 'nobody'}`);
});

server.on('message', (_server, frame) => {
  echo(`message from ${frame.fd}\n`);
});

server.start();
