// The forms of push(): opcode and flags arguments, Frame and CloseFrame objects, empty data, other types as data.
import * as Swoole from 'swoole-ts';
import {
  SWOOLE_LOG_NONE,
  SWOOLE_WEBSOCKET_FLAG_FIN,
  SWOOLE_WEBSOCKET_FLAG_MASK,
  SWOOLE_WEBSOCKET_FLAG_RSV2,
  SWOOLE_WEBSOCKET_FLAG_RSV3,
  SWOOLE_WEBSOCKET_OPCODE_BINARY,
  WEBSOCKET_OPCODE_BINARY,
  WEBSOCKET_OPCODE_CONTINUATION,
  WEBSOCKET_OPCODE_PING,
  WEBSOCKET_OPCODE_PONG,
  WEBSOCKET_OPCODE_TEXT,
} from 'swoole-ts';
import { echo, getenvInt, hex2bin, varExport } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });

/** PHP has a class for a missing argument, JavaScript has only TypeError. */
const PHP_NAMES: Readonly<Record<string, string>> = { 'no data argument': 'ArgumentCountError' };

function outcome(label: string, fn: () => unknown): void {
  let result: string;
  try {
    result = varExport(fn());
  } catch (e) {
    if (!(e instanceof TypeError)) throw e;
    result = `${PHP_NAMES[label] ?? 'TypeError'} (0)`;
  }
  echo(label.padEnd(22), result, '\n');
}

function frame(
  data: string | Buffer,
  opcode: number = WEBSOCKET_OPCODE_TEXT,
  finish: boolean | null = null,
  flags: number | null = null,
): Swoole.WebSocket.Frame {
  const frame = new Swoole.WebSocket.Frame();
  frame.data = data;
  frame.opcode = opcode;
  if (finish !== null) {
    frame.finish = finish;
  }
  if (flags !== null) {
    frame.flags = flags;
  }
  return frame;
}

server.on('message', (server, incoming) => {
  const fd = incoming.fd;
  // what PHP converts or refuses at run time, TypeScript refuses when it compiles
  const push = server.push.bind(server) as (...args: unknown[]) => boolean;
  switch (incoming.data) {
    case 'arguments':
      outcome('text', () => server.push(fd, 'text'));
      outcome('binary', () => server.push(fd, '\x00\x01', WEBSOCKET_OPCODE_BINARY));
      outcome('empty', () => server.push(fd, ''));
      outcome('empty binary', () => server.push(fd, '', SWOOLE_WEBSOCKET_OPCODE_BINARY));
      outcome('ping', () => server.push(fd, 'are you there', WEBSOCKET_OPCODE_PING));
      outcome('pong', () => server.push(fd, 'yes', WEBSOCKET_OPCODE_PONG));
      outcome('flags true', () => push(fd, 'fin is true', WEBSOCKET_OPCODE_TEXT, true));
      outcome('flags FIN', () =>
        server.push(fd, 'fin is a flag', WEBSOCKET_OPCODE_TEXT, SWOOLE_WEBSOCKET_FLAG_FIN),
      );
      outcome('flags FIN|MASK', () =>
        server.push(
          fd,
          'no mask',
          WEBSOCKET_OPCODE_TEXT,
          SWOOLE_WEBSOCKET_FLAG_FIN | SWOOLE_WEBSOCKET_FLAG_MASK,
        ),
      );
      outcome('flags FIN|RSV2|RSV3', () =>
        server.push(
          fd,
          'rsv',
          WEBSOCKET_OPCODE_TEXT,
          SWOOLE_WEBSOCKET_FLAG_FIN | SWOOLE_WEBSOCKET_FLAG_RSV2 | SWOOLE_WEBSOCKET_FLAG_RSV3,
        ),
      );
      outcome('reserved opcode 3', () => server.push(fd, 'three', 3));
      outcome('flags false', () => push(fd, 'one ', WEBSOCKET_OPCODE_TEXT, false));
      outcome('flags 0', () => server.push(fd, 'two ', WEBSOCKET_OPCODE_CONTINUATION, 0));
      outcome('last part', () =>
        server.push(fd, 'three', WEBSOCKET_OPCODE_CONTINUATION, SWOOLE_WEBSOCKET_FLAG_FIN),
      );
      break;
    case 'types':
      outcome('int', () => push(fd, 42));
      outcome('float', () => push(fd, 1.5));
      outcome('true', () => push(fd, true));
      outcome('false', () => push(fd, false));
      outcome('null', () => push(fd, null));
      outcome('stringable', () =>
        push(
          fd,
          new (class {
            toString(): string {
              return 'from __toString';
            }
          })(),
        ),
      );
      outcome('numeric string as fd', () => push(String(fd), 'fd as string'));
      outcome('no data argument', () => push(fd));
      outcome('word as fd', () => push('first', 'x'));
      break;
    case 'objects': {
      outcome('frame', () => server.push(fd, frame('an object')));
      outcome('binary frame', () => server.push(fd, frame(hex2bin('fffe'), WEBSOCKET_OPCODE_BINARY)));
      outcome('arguments ignored', () => server.push(fd, frame('still text'), WEBSOCKET_OPCODE_BINARY, 0));
      outcome('finish false', () => server.push(fd, frame('part 1 ', WEBSOCKET_OPCODE_TEXT, false)));
      outcome('finish over flags', () =>
        server.push(fd, frame('part 2', WEBSOCKET_OPCODE_CONTINUATION, true, 0)),
      );
      outcome('flags only', () => server.push(fd, frame('not finished ', WEBSOCKET_OPCODE_TEXT, null, 0)));
      outcome('end', () => server.push(fd, frame('now', WEBSOCKET_OPCODE_CONTINUATION)));
      outcome('echoed', () => server.push(fd, incoming));
      const bye = new Swoole.WebSocket.CloseFrame();
      bye.code = 4001;
      bye.reason = 'moved';
      outcome('close frame', () => server.push(fd, bye));
      outcome('after close frame', () => server.push(fd, 'still here'));
      break;
    }
  }
});
server.on('close', (_server, fd) => {
  echo(`closed ${fd}\n`);
});
server.start();
