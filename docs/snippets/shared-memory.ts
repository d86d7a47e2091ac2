import * as Swoole from 'swoole-ts';

// #region create
// Before start(): all workers share it.
const players = new Swoole.Table<{ name: string; score: number; ratio: number }>(1024);
players.column('name', Swoole.Table.TYPE_STRING, 64);
players.column('score', Swoole.Table.TYPE_INT);
players.column('ratio', Swoole.Table.TYPE_FLOAT);
players.create();

const messages = new Swoole.Atomic(0);
// #endregion create

// #region lock-create
const transfers = new Swoole.Lock();
// #endregion lock-create

const server = new Swoole.WebSocket.Server('127.0.0.1', Number(process.env.PORT || 9501));

// #region rows
server.on('open', (_server, request) => {
  // A row that is new has '' and 0 in the columns that are not named; one that exists keeps them.
  players.set(request.fd, { name: String(request.get?.name ?? 'somebody') });
});

server.on('close', (_server, fd) => {
  players.del(fd);
});
// #endregion rows

// #region use
const commands: Record<string, (fd: number, argument: string) => string> = {
  // The new score, though two workers may add to it at the same time.
  win: (fd) => `score ${players.incr(fd, 'score')}`,
  // One column, or false when there is no such row.
  name: (fd) => `name ${players.get(fd, 'name')}`,
  // A whole row is a copy: changing it changes nothing in the table.
  row: (fd) => JSON.stringify(players.get(fd)),
  // Only if nobody has changed the score since it was read.
  double: (fd) => {
    const { score } = players.get(fd) || { score: 0 };
    return players.cmpset(fd, { score }, { score: score * 2 }) ? 'doubled' : 'try again';
  },
  // All rows, in no promised order.
  list: () => [...players].map(([fd, row]) => `${fd}:${row.name}:${row.score}`).join(' '),
  give,
};
// #endregion use

// #region lock
// Two rows that must change together: nobody else gives anything meanwhile. No await between lock() and unlock().
function give(fd: number, argument: string): string {
  transfers.lock();
  try {
    const mine = players.get(fd, 'score');
    if (mine === false || mine < 1 || !players.exist(argument)) return 'refused';
    players.decr(fd, 'score');
    players.incr(argument, 'score');
    return 'given';
  } finally {
    transfers.unlock();
  }
}
// #endregion lock

server.on('message', (server, frame) => {
  const [verb = '', argument = ''] = String(frame.data).split(' ');
  const answer = commands[verb]?.(frame.fd, argument) ?? 'unknown';
  // #region atomic
  server.push(frame.fd, `${messages.add()}: ${answer}`);
  // #endregion atomic
});

server.start();
