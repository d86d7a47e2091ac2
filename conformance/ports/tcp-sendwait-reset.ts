// sendwait() in BASE mode, getSocket(), Port::getSocket(), and a client that breaks its connection off (RST): what close() and send()
// answer then.
import type net from 'node:net';
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE, setWarningHandler, swoole_clear_error } from 'swoole-ts';
import { className, echo, getenvInt, jsonEncode, printf } from '../lib/php.ts';

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });
setWarningHandler((_level, message) => {
  echo(`  warning: ${message}\n`);
  return true;
});
server.on('receive', async (server, fd, _reactorId, data) => {
  echo(`receive ${data}\n`);
  if (data.toString() === 'wait') {
    const results = [
      await server.sendwait(fd, 'one '),
      await server.sendwait(fd, 'two '),
      server.send(fd, 'three'),
    ];
    printf('sendwait %s\n', jsonEncode(results));
    let result = await server.sendwait(fd, '');
    printf('sendwait of nothing %s\n', jsonEncode(result));
    swoole_clear_error();
    result = await server.sendwait(99, 'x');
    printf('sendwait to nobody %s\n', jsonEncode(result));
  } else if (data.toString() === 'socket') {
    for (const socket of [server.getSocket(), server.ports[0]?.getSocket()] as net.Server[]) {
      const { address, port } = socket.address() as net.AddressInfo;
      printf(
        '%s at %s, the port is right %s\n',
        className(socket),
        address,
        jsonEncode(port === server.port),
      );
    }
    server.send(fd, 'done');
  } else if (data.toString() === 'reset') {
    server.send(fd, 'go on');
  }
});
server.on('close', (_server, fd, reactorId) => {
  printf('close %d, reactor id below zero %s\n', fd, jsonEncode(reactorId < 0));
});
server.start();
