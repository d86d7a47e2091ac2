// getClientInfo() (its keys, types and values), getClientList() with its paging, the connections iterator, exist(), bind() and the
// uid in the info. One worker.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { getenvInt, jsonEncode } from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });

const infoOf = (server: Swoole.Server, fd: number): Swoole.ClientInfo =>
  server.getClientInfo(fd) as Swoole.ClientInfo;

server.on('receive', (server, fd, _reactorId, data) => {
  const answers: Record<string, () => unknown> = {
    info: () => describe(infoOf(server, fd), server),
    connection_info: () => jsonEncode(server.connection_info(fd)) === jsonEncode(server.getClientInfo(fd)),
    list: () => ({
      all: server.getClientList(),
      'from 0, 2': server.getClientList(0, 2),
      'from 2, 2': server.getClientList(2, 2),
      'from the last': server.getClientList(4, 10),
      'from an unknown': server.getClientList(77, 10),
      connection_list: server.connection_list(0, 100),
    }),
    iterator: () => iterator(server),
    bind: () => ({
      'no uid yet': 'uid' in infoOf(server, fd),
      bind: server.bind(fd, 4242),
      uid: infoOf(server, fd).uid,
      'bind again': server.bind(fd, 17),
      'uid after': infoOf(server, fd).uid,
      'bind an unknown fd': server.bind(77, 1),
    }),
    exist: () => [server.exist(fd), server.exist(1), server.exist(77), server.exist(0), server.exist(-1)],
  };
  const answer = answers[data.toString().trim()]?.();
  server.send(fd, `${jsonEncode(answer)}\n`);
});
server.start();

function debugType(key: string, value: unknown): string {
  // JavaScript does not tell 1.0 from 1, and a time may well be whole.
  if (typeof value === 'number')
    return ['last_recv_time', 'last_send_time', 'last_dispatch_time'].includes(key) ? 'float' : 'int';
  return typeof value;
}

function describe(info: Swoole.ClientInfo, server: Swoole.Server): object {
  const lines: string[] = [];
  for (const [key, value] of Object.entries(info)) {
    lines.push(`${key} ${debugType(key, value)}`);
  }
  return {
    keys: lines,
    server_port: info.server_port === server.port,
    socket_type: info.socket_type,
    remote_ip: info.remote_ip,
    'connected just now': Math.abs(Math.floor(Date.now() / 1000) - info.connect_time) < 5,
    last_recv_time: Math.abs(Date.now() / 1000 - info.last_recv_time) < 5,
    close_errno: info.close_errno,
    queued: [info.recv_queued_bytes, info.send_queued_bytes],
  };
}

function iterator(server: Swoole.Server): object {
  const pairs: string[] = [];
  const connections = server.connections;
  for (connections.rewind(); connections.valid(); connections.next()) {
    pairs.push(`${connections.key() + 1} => ${connections.current()}`);
  }
  return {
    pairs,
    count: connections.count(),
    isset: [connections.offsetExists(1), connections.offsetExists(2), connections.offsetExists(77)],
    offsetGet: (connections.offsetGet(1) as Swoole.ClientInfo).remote_ip,
    port: server.ports[0]?.connections.count(),
  };
}
