/** The counters behind stats(). */
export class Counters {
  startTime = 0;
  accepted = 0;
  closed = 0;
  aborted = 0;
  requests = 0;
  responses = 0;
  receivedBytes = 0;
  sentBytes = 0;
}

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

/** @internal */
export function serverStats(counters: Counters, connections: number, lastFd: number): ServerStats {
  return {
    start_time: counters.startTime,
    connection_num: connections,
    abort_count: counters.aborted,
    accept_count: counters.accepted,
    close_count: counters.closed,
    worker_num: 1,
    task_worker_num: 0,
    user_worker_num: 0,
    idle_worker_num: 0,
    dispatch_count: counters.requests,
    request_count: counters.requests,
    response_count: counters.responses,
    total_recv_bytes: counters.receivedBytes,
    total_send_bytes: counters.sentBytes,
    pipe_packet_msg_id: 0,
    concurrency: 0,
    session_round: lastFd,
    min_fd: connections === 0 ? 0 : 1,
    max_fd: lastFd,
    worker_request_count: counters.requests,
    worker_response_count: counters.responses,
    worker_dispatch_count: counters.requests,
    worker_concurrency: 0,
    task_idle_worker_num: 0,
    tasking_num: 0,
    task_count: 0,
    coroutine_num: 1,
    coroutine_peek_num: 1,
  };
}
