// package_max_length on a WebSocket server, set lower than the smallest limit there is on one port and higher on
// another: which sizes pass, what happens to larger frames, and to fragments that grow too large together.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, SWOOLE_SOCK_TCP } from 'swoole-ts';
import { echo, getenvInt, printf, strlen, varExport } from '../lib/php.ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({
  worker_num: 1,
  log_level: SWOOLE_LOG_NONE,
  package_max_length: 1000,
});
const roomy = server.listen('127.0.0.1', getenvInt('PORT2'), SWOOLE_SOCK_TCP) as Swoole.Server.Port;
roomy.set({ open_websocket_protocol: true, package_max_length: 100000 });

let total = 0;
server.on('message', (server, frame) => {
  total += strlen(frame.data);
  printf('%s of %d bytes, %d so far\n', frame.opcode === 1 ? 'text' : 'binary', strlen(frame.data), total);
  if (frame.data === 'send more') {
    echo('pushed 200000: ', varExport(server.push(frame.fd, 'z'.repeat(200000))), '\n');
  } else {
    server.push(frame.fd, strlen(frame.data).toLocaleString('en-US'));
  }
});
server.on('close', (_server, fd) => {
  echo(`close ${fd}\n`);
});
server.start();
