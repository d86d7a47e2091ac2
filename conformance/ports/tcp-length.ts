// The length protocol on three ports. PORT: four bytes, big endian, then the body. PORT2: a type byte and two bytes little
// endian that count the whole packet. PORT3: a byte that counts the body alone, after two other bytes.
// A package_max_length below 64 KiB counts as 64 KiB.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, SWOOLE_SOCK_TCP } from 'swoole-ts';
import { bin2hex, echo, getenvInt, jsonEncode, printf, strlen } from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({
  worker_num: 1,
  log_level: SWOOLE_LOG_NONE,
  open_length_check: true,
  package_length_type: 'N',
  package_length_offset: 0,
  package_body_offset: 4,
  package_max_length: 4096,
});
const second = server.listen('127.0.0.1', getenvInt('PORT2'), SWOOLE_SOCK_TCP) as Swoole.Server.Port;
second.set({
  open_length_check: true,
  package_length_type: 'v',
  package_length_offset: 1,
  package_body_offset: 0,
});
const third = server.listen('127.0.0.1', getenvInt('PORT3'), SWOOLE_SOCK_TCP) as Swoole.Server.Port;
third.set({
  open_length_check: true,
  package_length_type: 'C',
  package_length_offset: 2,
  package_body_offset: 3,
});

server.on('receive', (server, fd, _reactorId, data) => {
  const header = { length: data.readUInt32BE() };
  const body = data.subarray(4);
  printf(
    'N: length %d, body %s\n',
    header.length,
    strlen(body) > 40 ? `${strlen(body)} bytes` : jsonEncode(body),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(strlen(body));
  server.send(fd, Buffer.concat([length, Buffer.from(body).reverse()]));
});
second.on('receive', (_server, _fd, _reactorId, data) => {
  const { type, length } = { type: data.readUInt8(), length: data.readUInt16LE(1) };
  printf(
    'v: type %d, length %d, rest %s\n',
    type,
    length,
    strlen(data) > 40 ? `${strlen(data) - 3} bytes` : jsonEncode(data.subarray(3)),
  );
});
third.on('receive', (_server, _fd, _reactorId, data) => {
  printf('C: %s\n', bin2hex(data));
});
server.on('close', (_server, _fd, reactorId) =>
  echo(`close from the ${reactorId < 0 ? 'server' : 'reactor'}\n`),
);
server.start();
