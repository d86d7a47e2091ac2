// Process\Pool: workers with their ids, a new one when one ends, workerStop, messages between workers by sendMessage(), shutdown().
// All lines come from several processes; an Atomic counts the starts.
import { Atomic, Process, SWOOLE_IPC_UNIXSOCK, SWOOLE_LOG_NONE, swoole_async_set, Timer } from 'swoole-ts';
import { className, echo, jsonEncode, printf } from '../lib/php.ts';

swoole_async_set({ log_level: SWOOLE_LOG_NONE });
const starts = new Atomic(0);
const zeroStarts = new Atomic(0);
const pongs = new Atomic(0);

const pool = new Process.Pool(2, SWOOLE_IPC_UNIXSOCK, 0, true);
pool.on('start', (pool) => echo(`start, the master is me: ${jsonEncode(pool.master_pid === process.pid)}\n`));
pool.on('workerStart', (pool, workerId) => {
  starts.add();
  const n = workerId === 0 ? zeroStarts.add() : 1;
  echo(
    `worker ${workerId} start number ${n}, workerId ${pool.workerId}, pid is mine ${jsonEncode(pool.workerPid === process.pid)}, process class ${className(pool.getProcess() || {})}\n`,
  );
  if (workerId === 0 && n === 1) {
    Timer.after(50, () => {
      echo('worker 0 ends by itself\n');
      pool.stop();
    });
  } else if (workerId === 0) {
    Timer.after(100, () => {
      echo(`worker 0 sends a ping: ${jsonEncode(pool.sendMessage('ping', 1))}\n`);
    });
  }
});
pool.on('message', (pool, message) => {
  echo(`worker ${pool.workerId} got ${message}\n`);
  if (message === 'ping') {
    pool.sendMessage('pong', 0);
  } else {
    pongs.add();
    Timer.after(50, () => pool.shutdown());
  }
});
pool.on('workerStop', (_pool, workerId) => echo(`worker ${workerId} stop\n`));
pool.on('shutdown', (_pool) => echo('shutdown\n'));
await pool.start();
printf('end: %d starts, %d pong\n', starts.get(), pongs.get());
