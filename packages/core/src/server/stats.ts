import { routineCounts, routines } from '../coroutine/routine.js';
import { Count } from '../worker/control.js';
import type { Runtime } from './runtime.js';

/** What stats() tells: counters since the start, times in seconds, sizes in bytes. */
export interface ServerStats {
  start_time: number;
  connection_num: number;
  abort_count: number;
  accept_count: number;
  close_count: number;
  worker_num: number;
  task_worker_num: number;
  user_worker_num: number;
  idle_worker_num: number;
  dispatch_count: number;
  request_count: number;
  response_count: number;
  total_recv_bytes: number;
  total_send_bytes: number;
  pipe_packet_msg_id: number;
  concurrency: number;
  session_round: number;
  min_fd: number;
  max_fd: number;
  worker_request_count: number;
  worker_response_count: number;
  worker_dispatch_count: number;
  worker_concurrency: number;
  task_idle_worker_num: number;
  tasking_num: number;
  task_count: number;
  coroutine_num: number;
  coroutine_peek_num: number;
}

/** @internal The numbers of a server; of one with several threads, of all of them. */
export function serverStats({ counters, sessions, team, taskWorker }: Runtime): ServerStats {
  const total = (count: number, own: number): number => (team === null ? own : team.control.total(count));
  const requests = total(Count.REQUESTS, counters.requests);
  const { workers, taskWorkers, userWorkers } = team?.control.crew ?? {
    workers: 1,
    taskWorkers: 0,
    userWorkers: 0,
  };
  const tasking = team?.tasking() ?? { idle: 0, tasks: 0 };
  return {
    start_time: counters.startTime,
    connection_num: sessions.size,
    abort_count: total(Count.ABORTED, counters.aborted),
    accept_count: total(Count.ACCEPTED, counters.accepted),
    close_count: total(Count.CLOSED, counters.closed),
    worker_num: workers,
    task_worker_num: taskWorkers,
    user_worker_num: userWorkers,
    idle_worker_num: team?.idleWorkers() ?? 0,
    dispatch_count: requests,
    request_count: requests,
    response_count: total(Count.RESPONSES, counters.responses),
    total_recv_bytes: total(Count.RECEIVED_BYTES, counters.receivedBytes),
    total_send_bytes: total(Count.SENT_BYTES, counters.sentBytes),
    pipe_packet_msg_id: 0,
    concurrency: 0,
    session_round: sessions.newestFd,
    min_fd: sessions.oldestFd,
    max_fd: sessions.newestFd,
    worker_request_count: taskWorker?.begun ?? counters.requests,
    worker_response_count: counters.responses,
    worker_dispatch_count: counters.requests,
    worker_concurrency: 0,
    task_idle_worker_num: tasking.idle,
    tasking_num: tasking.tasks,
    task_count: total(Count.TASKS, counters.tasks),
    // Who asks runs in one, which is counted once it has an id.
    coroutine_num: Math.max(1, routines.size),
    coroutine_peek_num: Math.max(1, routineCounts().peak),
  };
}
