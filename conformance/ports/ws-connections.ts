// server.connections: counting, iterating, offsetExists; exist/exists/isEstablished; getClientList; getClientInfo;
// with WebSocket, plain HTTP and handshaking clients connected at the same time.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { className, echo, getenvInt, gettype, jsonEncode, ksort, printf, varExport } from '../lib/php.ts';
import { silence } from '../lib/silence.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });

const inOrder = (fds: Iterable<number>) => [...fds].sort((a, b) => a - b);

const FLOATS = new Set(['last_recv_time', 'last_send_time', 'last_dispatch_time']);
/** What differs from run to run: only its type is shown. */
const VOLATILE = new Set([
  'connect_time',
  'last_time',
  'last_recv_time',
  'last_send_time',
  'last_dispatch_time',
  'remote_port',
  'socket_fd',
  'server_fd',
  'reactor_id',
  'send_queued_bytes',
]);

const Inspector = {
  report(server: Swoole.WebSocket.Server, when: string): void {
    const fds = inOrder(server.connections);
    echo(`${when}: `, server.connections.count(), ' connections: ', fds.join(','), '\n');
    for (const fd of fds) {
      const info = server.getClientInfo(fd);
      printf(
        '  fd %d established=%s exist=%s exists=%s isset=%s websocket_status=%s\n',
        fd,
        jsonEncode(server.isEstablished(fd)),
        jsonEncode(server.exist(fd)),
        jsonEncode(server.exists(fd)),
        jsonEncode(server.connections.offsetExists(fd)),
        jsonEncode(info ? info.websocket_status : null),
      );
    }
  },

  info(server: Swoole.WebSocket.Server, fd: number): void {
    const info = ksort(server.getClientInfo(fd) || {});
    echo(`client info of ${fd}\n`);
    for (const [key, value] of Object.entries(info)) {
      const shown = VOLATILE.has(key) ? gettype(value, FLOATS.has(key)) : varExport(value);
      echo(`  ${key}: ${shown}\n`);
    }
  },
};

server.on('message', (server, frame) => {
  const me = frame.fd;
  switch (frame.data) {
    case 'report':
      Inspector.report(server, 'report');
      break;
    case 'info': {
      Inspector.info(server, me);
      const keys = (info: object | false) => Object.keys(info).join();
      echo(
        'same as connection_info: ',
        jsonEncode(keys(server.connection_info(me)) === keys(server.getClientInfo(me))),
        '\n',
      );
      break;
    }
    case 'misses':
      for (const fd of [0, -1, 99, Number.MAX_SAFE_INTEGER]) {
        printf(
          '  %s exist=%s isset=%s info=%s established=%s\n',
          fd === Number.MAX_SAFE_INTEGER ? 'max' : fd,
          jsonEncode(server.exist(fd)),
          jsonEncode(server.connections.offsetExists(fd)),
          jsonEncode(server.getClientInfo(fd)),
          jsonEncode(server.isEstablished(fd)),
        );
      }
      echo(
        '  connections is ',
        className(server.connections),
        ', countable: ',
        jsonEncode(typeof server.connections.count === 'function'),
        ', array access: ',
        jsonEncode(typeof server.connections.offsetGet === 'function'),
        '\n',
      );
      break;
    case 'list': {
      const all = inOrder(server.getClientList(0, 10) || []);
      echo('  all: ', all.join(','), '\n');
      const page = server.getClientList(0, 2) || [];
      echo('  first page: ', page.length, '\n');
      const next = server.getClientList(page.at(-1), 10) || [];
      echo('  next page: ', next.length, ', overlap: ', page.filter((fd) => next.includes(fd)).length, '\n');
      echo('  after the last: ', jsonEncode(server.getClientList(1000)), '\n');
      echo('  page too large: ', jsonEncode(silence(() => server.getClientList(0, 101))), '\n');
      break;
    }
  }
  server.push(me, 'done');
});
server.on('request', (_request, response) => {
  response.end('ok');
});
server.on('close', (server, fd) => {
  const left = inOrder(server.connections);
  printf(
    'close %d: exist=%s established=%s count=%d listed=%s info=%s push=%s\n',
    fd,
    jsonEncode(server.exist(fd)),
    jsonEncode(server.isEstablished(fd)),
    server.connections.count(),
    left.join(','),
    jsonEncode(typeof server.getClientInfo(fd) === 'object'),
    jsonEncode(silence(() => server.push(fd, 'closing'))),
  );
});
server.start();
