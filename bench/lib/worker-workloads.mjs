// What is measured of servers with several threads. `mode` tells the programs ../systems/workers.* what to do, `driver` names the
// load in ../load; `aim` is the least figure that the library sets itself, or with `against` the least ratio to that line.

const echo = (workers) => ({
  name: `echo-${workers}`,
  title: `Echo, ${workers === 1 ? 'one worker' : `${workers} workers`}`,
  detail: '100 connections, 64-byte texts, sixteen on their way in each, not bound to cores',
  mode: `echo-${workers}`,
  threads: workers,
  driver: 'echo',
  unit: 'messages/s',
  connections: 100,
  inFlight: 16,
  size: 64,
  aim: null,
});

export const workerWorkloads = [
  {
    name: 'task',
    title: 'Task and its result',
    detail: 'one worker gives tasks to one task worker, 100 in flight; each comes back by the finish event',
    mode: 'task',
    threads: 2,
    driver: 'count',
    unit: 'tasks/s',
    size: 64,
    each: 100,
    aim: 40_000,
  },
  {
    name: 'push',
    title: "Push to another worker's connection",
    detail:
      'a worker pushes a text of its own to each of 100 connections of the other, for 16 messages in flight',
    mode: 'push',
    threads: 2,
    driver: 'cross',
    unit: 'deliveries/s',
    connections: 200,
    inFlight: 16,
    size: 64,
    aim: 300_000,
  },
  {
    name: 'broadcast',
    title: "Broadcast to another worker's connections",
    detail: 'the same with one text for all of them',
    mode: 'broadcast',
    threads: 2,
    driver: 'cross',
    unit: 'deliveries/s',
    connections: 200,
    inFlight: 16,
    size: 64,
    aim: null,
  },
  echo(1),
  { ...echo(2), aim: 1.5, against: 'echo-1' },
];
