import * as Swoole from 'swoole-ts';

// #region before
// Before start(): the same memory in all workers.
const total = new Swoole.Atomic(0);
// A variable: every worker has its own, and a reload forgets it.
let mine = 0;

// The script runs in the first thread and again in each worker. This is for the first one only.
if (Swoole.isMaster) console.log('migrating the database');
// #endregion before

const server = new Swoole.WebSocket.Server('127.0.0.1', Number(process.env.PORT || 9501));
// #region start
server.set({ worker_num: 2 });

server.on('workerStart', (server, worker_id) => {
  // In each worker: connections to databases, and timers. A timer that is needed once runs in one worker.
  if (worker_id === 0) Swoole.Timer.tick(60_000, () => broadcast(`${total.get()} messages`));
  console.log(`worker ${worker_id} of process ${server.worker_pid} serves`);
});
// #endregion start

// #region broadcast
function broadcast(text: string): void {
  // The connections of all workers. A push to one that another worker has is handed to that worker.
  for (const fd of server.connections) {
    if (server.isEstablished(fd)) server.push(fd, text);
  }
}
// #endregion broadcast

server.on('message', (server, frame) => {
  const [verb = '', argument = ''] = String(frame.data).split(' ');
  if (verb === 'all') broadcast(argument);
  if (verb === 'count')
    server.push(frame.fd, `${++mine} of ${total.add()} messages in worker ${server.worker_id}`);
  if (verb === 'exit') process.exit(3);
  // #region reload
  if (verb === 'reload') server.reload(); // all workers
  if (verb === 'stop') server.stop(); // this worker only: another one takes its place
  // #endregion reload
});

// #region error
server.on('workerError', (_server, worker_id, _pid, status) => {
  console.log(`worker ${worker_id} has ended with ${status}`);
});
// #endregion error

// #region events
server.on('beforeReload', () => console.log('reloading'));
server.on('workerStop', (_server, worker_id) => console.log(`worker ${worker_id} ends`));
server.on('afterReload', () => console.log('reloaded'));
// #endregion events

// #region after
await server.start();
// Only the first thread comes here, when the server is over.
console.log('bye');
// #endregion after
