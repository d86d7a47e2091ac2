// A client that does not read: Swoole keeps the data, then waits (send_yield) until there is room when the buffer is full;
// bufferFull and bufferEmpty tell. When the client reads again everything arrives in order. A send that may wait is sendwait() here.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { echo, getenvInt, jsonEncode, printf } from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({
  worker_num: 1,
  log_level: SWOOLE_LOG_NONE,
  socket_buffer_size: 2 * 1024 * 1024,
  buffer_high_watermark: 1024 * 1024,
  buffer_low_watermark: 64 * 1024,
  kernel_socket_send_buffer_size: 65536,
});
let full = 0;
let empty = 0;
server.on('bufferFull', (_server, _fd) => {
  full++;
  if (full === 1) {
    echo('bufferFull\n');
  }
});
server.on('bufferEmpty', (_server, _fd) => {
  empty++;
  if (empty === 1) {
    echo('bufferEmpty\n');
  }
});
server.on('receive', async (server, fd, _reactorId, _data) => {
  const results: boolean[] = [];
  for (let i = 0; i < 128; i++) {
    // 64 KiB each, 8 MiB in all: with the buffer full the coroutine waits until there is room
    results.push(await server.sendwait(fd, String.fromCharCode(65 + (i % 26)).repeat(65536)));
  }
  printf('all sends were fine: %s\n', jsonEncode(!results.includes(false)));
  await server.sendwait(fd, 'end\n');
});
server.on('close', () => {
  printf('bufferFull was called %s, bufferEmpty %s\n', jsonEncode(full > 0), jsonEncode(empty > 0));
});
server.start();
