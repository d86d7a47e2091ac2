import { setImmediate as turn } from 'node:timers/promises';
import * as Swoole from 'swoole-ts';
import type { Result, Work } from './primes.ts';
import { array_sum, count_primes, is_limit, ranges, read_job, STEPS, shares } from './primes.ts';

// Work that would hold everybody up goes to task workers: see README.md for what is said and answered.
const port = Number(process.env.PORT || 9506);
const server = new Swoole.WebSocket.Server('127.0.0.1', port, Swoole.SWOOLE_PROCESS);
server.set({ worker_num: 1, task_worker_num: 2 });

// Made before start(): the workers count together.
const done = new Swoole.Atomic(0);
const dropped = new Swoole.Atomic(0);

// From whatever worker to whatever connection.
const tell = (fd: number, type: string, rest: object) => {
  server.push(fd, JSON.stringify({ type: type, ...rest }));
};

// A job is queued, and its client hears of it whenever there is something to tell.
server.on('message', (server, frame) => {
  const job = read_job(frame.data);
  if (job === null) {
    tell(frame.fd, 'error', { message: 'no job, or no limit from 2 to 5000000' });
  } else if (server.task({ ...job, fd: frame.fd }) === false) {
    tell(frame.fd, 'error', { message: 'too many jobs wait' });
  }
});

// In a task worker, one task after the other. What it returns is the result; without one there is no finish event.
server.on('task', async (server, _taskId, _fromWorker, data: Work) => {
  if (data.type === 'range') {
    return count_primes(data.from, data.to);
  }
  let primes = 0;
  for (const [step, range] of ranges(data.limit, STEPS).entries()) {
    if (!server.isEstablished(data.fd)) {
      dropped.add();
      return null;
    }
    tell(data.fd, 'progress', { job: data.job, steps: step });
    await turn(); // what is pushed leaves at the end of a turn
    primes += count_primes(range.from, range.to);
  }
  done.add();
  return { fd: data.fd, job: data.job, primes: primes };
});

// In the worker that has queued the job.
server.on('finish', (_server, _taskId, result: Result) => {
  tell(result.fd, 'done', { job: result.job, primes: result.primes });
});

// One answer from several task workers at once, each with its share.
const count = async (limit: number, response: Swoole.Http.Response) => {
  if (!is_limit(limit)) {
    response.status(400);
    response.end('limit is a number from 2 to 5000000');
    return;
  }
  const counts = await server.taskCo(shares(limit), 5);
  if (counts === false || counts.includes(false)) {
    response.status(503);
    response.end('too busy');
    return;
  }
  response.end(String(array_sum(counts)));
};

server.on('request', async (request, response) => {
  switch (request.server.request_uri) {
    case '/':
      response.sendfile(`${import.meta.dirname}/index.html`);
      break;
    case '/stats':
      response.header('Content-Type', 'application/json');
      response.end(JSON.stringify({ ...server.stats(), done: done.get(), dropped: dropped.get() }));
      break;
    case '/primes':
      await count(Number(request.get?.limit ?? 0), response);
      break;
    default:
      response.status(404);
      response.end('Not found');
  }
});

server.start();
