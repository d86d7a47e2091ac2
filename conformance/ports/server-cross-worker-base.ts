// Two workers in BASE mode: each has its own connections and variables. The connections iterator and getClientList() show those
// of the worker only (the count is that of all), exist() and getClientInfo() know only them, yet send() and close() reach
// the connections of the other worker. The client sorts out which worker got which connection.
import * as Swoole from 'swoole-ts';
import { SWOOLE_BASE, SWOOLE_LOG_NONE } from 'swoole-ts';
import { echo, getenvInt, jsonEncode } from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_BASE);
server.set({ worker_num: 2, log_level: SWOOLE_LOG_NONE });

let mine: number[] = [];
server.on('connect', (_server, fd) => {
  mine.push(fd);
});
server.on('receive', (server, fd, reactorId, data) => {
  const [verb, argument = ''] = data.toString().trim().split(' ');
  let answer: unknown = null;
  switch (verb) {
    case 'who':
      answer = { fd, worker: server.worker_id, 'reactor is the worker': reactorId === server.worker_id };
      break;
    case 'list': {
      const fds: number[] = [];
      for (const other of server.connections) {
        fds.push(other);
      }
      fds.sort((a, b) => a - b);
      const list = server.getClientList(0, 100) || [];
      list.sort((a, b) => a - b);
      const stats = server.stats();
      answer = {
        iterator: fds,
        getClientList: list,
        variables: mine,
        count: server.connections.count(),
        stats: stats ? stats.connection_num : null,
      };
      break;
    }
    case 'tell': {
      const other = Number(argument);
      answer = {
        exist: server.exist(other),
        info: server.getClientInfo(other) !== false,
        send: server.send(other, '"hello from another"\n'),
      };
      break;
    }
    case 'close':
      answer = { close: server.close(Number(argument)) };
      break;
  }
  server.send(fd, `${jsonEncode(answer)}\n`);
});
server.on('close', (_server, fd, reactorId) => {
  const known = mine.includes(fd);
  mine = mine.filter((other) => other !== fd);
  if (reactorId < 0) {
    echo(`close by the server, in the worker that knows the connection: ${jsonEncode(known)}\n`);
  }
});
server.start();
