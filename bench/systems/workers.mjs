// workers.php, ported line for line.
import * as Swoole from 'swoole-ts';

const mode = process.argv[2];
const workers = mode === 'task' || mode === 'echo-1' ? 1 : 2;
const server = new Swoole.WebSocket.Server('127.0.0.1', 0, Swoole.SWOOLE_PROCESS);
server.set({
  worker_num: workers,
  task_worker_num: mode === 'task' ? 1 : 0,
  log_level: Swoole.SWOOLE_LOG_NONE,
});
const started = new Swoole.Atomic(0);
const IN_FLIGHT = 100;
const REPORT = 'x'.repeat(64);
let asker = 0;
let done = 0;

server.on('workerStart', (server) => {
  if (started.add() === workers + (mode === 'task' ? 1 : 0)) {
    console.log(`READY ${server.port} swoole-ts`);
  }
});
server.on('open', () => {});
server.on('message', (server, frame) => {
  if (mode === 'task') {
    asker = frame.fd;
    for (let i = 0; i < IN_FLIGHT; i++) {
      server.task({ id: i, text: frame.data });
    }
  } else if (mode === 'push' || mode === 'broadcast') {
    const text = frame.data.slice(0, 60);
    for (const fd of server.connections) {
      if (fd % workers !== server.worker_id) {
        server.push(fd, mode === 'push' ? text + (1000 + fd) : frame.data);
      }
    }
  } else {
    server.push(frame.fd, frame.data);
  }
});
server.on('task', (_server, _id, _worker, data) => {
  return data;
});
server.on('finish', (server, _id, data) => {
  if (++done % IN_FLIGHT === 0) {
    server.push(asker, REPORT);
  }
  server.task(data);
});
server.on('close', () => {});
server.start();
