// Which events a connection raises, in which order and with which arguments: a WebSocket client that says goodbye,
// one that vanishes, one that the server closes, one that it disconnects, a plain HTTP client, and a silent one.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { className, echo, getenvInt, printf, varExport } from '../lib/php.ts';

const names = new Map<number, string[]>();

const Journal = {
  write(event: string, [, ...args]: readonly unknown[]): void {
    const shown = args.map((a) => {
      if (typeof a === 'object' && a !== null) return className(a);
      return typeof a === 'number' && a < 0 ? 'negative' : varExport(a);
    });
    const [first] = args;
    const fd = typeof first === 'object' && first !== null ? (first as { fd: number }).fd : Number(first);
    names.set(fd, [...(names.get(fd) ?? []), event]);
    printf('%s(%s)\n', event, shown.join(', '));
  },

  summary(): void {
    for (const [fd, events] of [...names].sort(([a], [b]) => a - b)) {
      printf('fd %d: %s\n', fd, events.join(' > '));
    }
  },
};

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });

server.on('start', () => {
  echo('start\n');
});
server.on('workerStart', (_server, workerId) => {
  echo(`workerStart ${workerId}\n`);
});
for (const event of ['connect', 'open', 'close', 'disconnect'] as const) {
  server.on(event, (...args: unknown[]) => {
    // the library adds the close code and the reason, which PHP programs do not get
    Journal.write(event, args.slice(0, event === 'open' ? 2 : 3));
  });
}
server.on('message', (server, frame) => {
  Journal.write('message', [server, frame]);
  if (frame.data === 'close me') {
    const result = server.close(frame.fd);
    echo('close() returned ', varExport(result), '\n');
  } else if (frame.data === 'disconnect me') {
    const result = server.disconnect(frame.fd, 4100, 'off you go');
    echo('disconnect() returned ', varExport(result), '\n');
  } else if (frame.data === 'summary') {
    Journal.summary();
  }
});
server.on('request', (request, response) => {
  Journal.write('request', [server, request, response]);
  response.end('page\n');
});
server.on('workerExit', () => {
  echo('workerExit\n');
});
server.on('workerStop', (_server, workerId) => {
  echo(`workerStop ${workerId}\n`);
});
server.on('shutdown', () => {
  echo('shutdown\n');
});
server.start();
