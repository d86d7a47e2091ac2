// Server.pack() and unpack(), Frame and CloseFrame objects without any server: the bytes and the fields.
import * as Swoole from 'swoole-ts';
import {
  SWOOLE_WEBSOCKET_FLAG_COMPRESS,
  SWOOLE_WEBSOCKET_FLAG_FIN,
  SWOOLE_WEBSOCKET_FLAG_MASK,
  swoole_last_error,
  WEBSOCKET_OPCODE_BINARY,
  WEBSOCKET_OPCODE_CLOSE,
  WEBSOCKET_OPCODE_CONTINUATION,
  WEBSOCKET_OPCODE_PING,
  WEBSOCKET_OPCODE_TEXT,
} from 'swoole-ts';
import { bin2hex, className, echo, hex2bin, printf, strlen, type Text, varExport } from '../lib/php.ts';
import { silence } from '../lib/silence.ts';

const { CloseFrame, Frame, Server } = Swoole.WebSocket;

Swoole.setWarningHandler((_level, message) => {
  echo(`warning: ${message}\n`);
  return true;
});

function hex(bytes: Text): string {
  const text = bin2hex(bytes);
  return strlen(bytes) > 40 ? `${text.slice(0, 32)}... ${strlen(bytes)}` : text;
}

function fields(frame: Swoole.WebSocket.Frame | false): string {
  if (frame === false) {
    return `${varExport(frame)} error ${swoole_last_error()}`;
  }
  const parts = Object.entries(frame).map(([name, value]) => {
    const long = (typeof value === 'string' || value instanceof Uint8Array) && strlen(value) > 30;
    return `${name}=${long ? `${strlen(value)} bytes` : varExport(value)}`;
  });
  const shortName = className(frame).split('\\').at(-1);
  return `${shortName} ${parts.sort().join(' ')}`;
}

echo('-- new\n');
echo(fields(new Frame()), '\n');
echo(fields(new CloseFrame()), '\n');
echo(
  'parent of CloseFrame: ',
  className(Object.getPrototypeOf(CloseFrame.prototype)),
  ', Stringable: ',
  varExport(Object.hasOwn(Frame.prototype, 'toString')),
  '\n',
);

echo('-- pack\n');
const packs: Record<string, [data: string | number, opcode?: number, flags?: number]> = {
  text: ['hello'],
  empty: [''],
  binary: ['\x01\x02', WEBSOCKET_OPCODE_BINARY],
  'no flags': ['part', WEBSOCKET_OPCODE_TEXT, 0],
  continuation: ['rest', WEBSOCKET_OPCODE_CONTINUATION],
  ping: ['p', WEBSOCKET_OPCODE_PING],
  close: ['bye', WEBSOCKET_OPCODE_CLOSE],
  '125 bytes': ['a'.repeat(125)],
  '126 bytes': ['a'.repeat(126)],
  '65535 bytes': ['a'.repeat(65535)],
  '65536 bytes': ['a'.repeat(65536)],
  int: [123],
  'opcode 11': ['x', 11],
  'long ping': ['p'.repeat(126), WEBSOCKET_OPCODE_PING],
  'long reason': ['r'.repeat(124), WEBSOCKET_OPCODE_CLOSE],
};
for (const [label, [data, ...args]] of Object.entries(packs)) {
  printf('%-13s %s\n', label, hex(Server.pack(data as string, ...args)));
}
const masked = Server.pack(
  'masked',
  WEBSOCKET_OPCODE_TEXT,
  SWOOLE_WEBSOCKET_FLAG_FIN | SWOOLE_WEBSOCKET_FLAG_MASK,
);
const back = Server.unpack(masked);
printf(
  'masked        %s, %d bytes, back: %s\n',
  bin2hex(masked.subarray(0, 2)),
  masked.length,
  back ? back.data : back,
);
const deflated = Server.pack(
  'deflate '.repeat(50),
  WEBSOCKET_OPCODE_TEXT,
  SWOOLE_WEBSOCKET_FLAG_FIN | SWOOLE_WEBSOCKET_FLAG_COMPRESS,
);
printf(
  'compressed    first byte %s, shorter: %s\n',
  bin2hex(deflated.subarray(0, 1)),
  varExport(deflated.length < 100),
);
echo('back: ', fields(Server.unpack(deflated)), '\n');

echo('-- objects\n');
const frame = new Frame();
frame.data = 'from an object';
echo(
  hex(Server.pack(frame)),
  ' same as the string: ',
  varExport(String(frame) === Server.pack(frame).toString('latin1')),
  '\n',
);
frame.opcode = WEBSOCKET_OPCODE_BINARY;
frame.finish = false;
echo(hex(Buffer.from(String(frame), 'latin1')), '\n');
const close = new CloseFrame();
close.code = 3000;
close.reason = 'enough';
echo(hex(Server.pack(close)), '\n');
close.reason = null;
close.code = null;
echo(hex(Frame.pack(close)), '\n');

echo('-- unpack\n');
const received = {
  text: '810568656c6c6f',
  'not final': '010161',
  empty: '8100',
  masked: '818301020304607067',
  ping: '890170',
  'close 1001': '880503e9627965',
  'close empty': '8800',
  'close of one byte': '880103',
  'rsv2, opcode 3': 'a30161',
  'trailing bytes': '81016162626262',
  incomplete: '810568',
  'one byte': '81',
  'ping not final': '090170',
  'compressed garbage': 'c103ffffff',
};
for (const [label, bytes] of Object.entries(received)) {
  printf('%-18s %s\n', label, fields(silence(() => Server.unpack(hex2bin(bytes)))));
}
echo(fields(Frame.unpack(Frame.pack('static on Frame'))), '\n');
