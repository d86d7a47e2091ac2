// Run by docs/test/processes.test.ts.
import * as Swoole from 'swoole-ts';

// #region pool
const pool = new Swoole.Process.Pool(2, Swoole.SWOOLE_IPC_UNIXSOCK, 0, true);

pool.on('workerStart', (pool, workerId) => {
  if (workerId === 0) pool.sendMessage('hello from worker 0', 1);
});

pool.on('message', (pool, message) => {
  console.log(`worker ${pool.workerId} got: ${message}`);
  pool.shutdown();
});

await pool.start();
console.log('the pool is over');
// #endregion pool
