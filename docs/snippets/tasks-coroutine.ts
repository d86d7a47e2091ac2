import * as Swoole from 'swoole-ts';

const server = new Swoole.Http.Server('127.0.0.1', Number(process.env.PORT || 9501));
// #region coroutine
server.set({ task_worker_num: 1, task_enable_coroutine: true });

server.on('task', async (_server: Swoole.Http.Server, task: Swoole.Server.Task) => {
  await Swoole.Coroutine.sleep(0.2); // or anything else that waits: others are done meanwhile
  task.finish(`task ${task.id} for worker ${task.worker_id}: ${task.data}`);
});
// #endregion coroutine

server.on('request', async (_request, response) => {
  const started = Date.now();
  const results = await server.taskCo(['a', 'b', 'c', 'd', 'e'], 5);
  response.end(JSON.stringify({ results, together: Date.now() - started < 5 * 200 }));
});

server.start();
