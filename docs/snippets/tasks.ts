import { scryptSync } from 'node:crypto';
import * as Swoole from 'swoole-ts';

const server = new Swoole.WebSocket.Server('127.0.0.1', Number(process.env.PORT || 9501));
// #region settings
server.set({ worker_num: 1, task_worker_num: 2 });
// #endregion settings

// #region task
interface Work {
  fd: number;
  password: string;
}

// In the worker that serves the client.
server.on('message', (server, frame) => {
  const id = server.task({ fd: frame.fd, password: frame.data });
  if (id === false) server.push(frame.fd, 'too busy, try again');
});

// In a task worker: this takes a tenth of a second, and holds up nobody but other tasks.
server.on('task', (server, _taskId, _fromWorker, { fd, password }: Work) => {
  const hash = scryptSync(password, pepper, 32).toString('hex');
  return { fd, hash, by: server.worker_id };
});

// In the worker again.
server.on('finish', (server, _taskId, { fd, hash }: { fd: number; hash: string }) => {
  server.push(fd, hash);
});
// #endregion task

// #region callback
server.on('open', (server, { fd }) => {
  server.task({ fd, password: 'welcome' }, -1, (_server, _taskId, { hash }: { hash: string }) => {
    server.push(fd, `welcome, ${hash}`);
  });
});
// #endregion callback

server.on('request', async (request, response) => {
  const password = String(request.get?.password ?? '');
  switch (request.server.path_info) {
    case '/wait': {
      // #region wait
      const result = await server.taskwait({ fd: 0, password }, 2); // at most 2 seconds
      if (result === false) {
        response.status(503);
        response.end('too busy, try again');
      } else {
        response.end(JSON.stringify(result));
      }
      // #endregion wait
      break;
    }
    case '/together': {
      // #region together
      const work = password.split(',').map((one) => ({ fd: 0, password: one }));
      const results = (await server.taskCo(work, 2)) as Array<{ hash: string } | false> | false;
      response.end(results === false ? '' : results.map((one) => (one === false ? '-' : one.hash)).join());
      // #endregion together
      break;
    }
    case '/pepper':
      changePepper(password);
      response.end();
      break;
  }
});

// #region messages
let pepper = 'salt'; // each worker has one of its own

function changePepper(text: string): void {
  pepper = text;
  // The worker is 0, the task workers are 1 and 2.
  for (let id = 0; id < 3; id++) if (id !== server.worker_id) server.sendMessage(text, id);
}

server.on('pipeMessage', (_server, _fromWorker, message) => {
  pepper = String(message);
});
// #endregion messages

server.start();
