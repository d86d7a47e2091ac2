// event_object: the callbacks get objects instead of lists of arguments: Swoole.Server.Event for connect, receive and close,
// Packet, Task, TaskResult, PipeMessage and StatusInfo for the others.
import * as Swoole from 'swoole-ts';
import {
  SWOOLE_LOG_NONE,
  SWOOLE_PROCESS,
  SWOOLE_SERVER_COMMAND_TASK_WORKER,
  SWOOLE_SOCK_UDP,
} from 'swoole-ts';
import { className, echo, getenvInt, jsonEncode, printf } from '../lib/php.ts';

function describe(o: object): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(o)) {
    const text =
      name === 'dispatch_time'
        ? value > 1.6e9
          ? 'float'
          : 'zero'
        : ['worker_pid', 'server_socket'].includes(name)
          ? 'int'
          : name === 'port'
            ? value > 0
              ? 'int'
              : 'zero'
            : jsonEncode(value);
    parts.push(`${name}=${text}`);
  }
  return `${className(o)} ${parts.join(' ')}`;
}

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_PROCESS);
server.set({ worker_num: 1, task_worker_num: 1, event_object: true, log_level: SWOOLE_LOG_NONE });
server.listen('127.0.0.1', getenvInt('PORT'), SWOOLE_SOCK_UDP);
// What ends the task worker from outside, in the place of SIGKILL, which would end all workers.
server.addCommand('kill', SWOOLE_SERVER_COMMAND_TASK_WORKER, () => process.exit(9));

const show = (name: string) => {
  return (_server: unknown, event: unknown, ...more: unknown[]) => {
    printf('%s: %s%s\n', name, describe(event as object), more.length > 0 ? ` and ${more.length} more` : '');
  };
};
server.on('connect', show('connect'));
// An addition comes last: how the connection has ended.
server.on('close', (server, event) => show('close')(server, event));
server.on('workerError', show('workerError'));
server.on('receive', (server: Swoole.Server, event: Swoole.Server.Event) => {
  printf('receive: %s\n', describe(event));
  switch (String(event.data)) {
    case 'task':
      return server.task({ question: 41, fd: event.fd });
    case 'message':
      return server.sendMessage('for the task worker', 1);
    case 'kill':
      return server.command('kill', 0, SWOOLE_SERVER_COMMAND_TASK_WORKER, null);
    default:
      return server.send(event.fd, String(event.data).split('').reverse().join(''));
  }
});
server.on('packet', (server: Swoole.Server, packet: Swoole.Server.Packet) => {
  printf(
    'packet: %s, server_port is the UDP port: %s\n',
    describe(packet).replace(/server_port=\d+/, 'server_port=int'),
    jsonEncode(packet.server_port === server.ports[1]?.port),
  );
  server.sendto(packet.address, packet.port, packet.data.toString().toUpperCase());
});
server.on('task', (_server: Swoole.Server, task: Swoole.Server.Task) => {
  printf('task: %s\n', describe(task));
  const data = task.data as { question: number; fd: number };
  task.finish({ answer: data.question + 1, fd: data.fd });
});
server.on('finish', (server: Swoole.Server, result: Swoole.Server.TaskResult) => {
  printf('finish: %s\n', describe(result));
  const data = result.data as { answer: number; fd: number };
  server.send(data.fd, `answer ${data.answer}`);
});
server.on('pipeMessage', (server: Swoole.Server, message: Swoole.Server.PipeMessage) => {
  printf('pipeMessage in %d: %s\n', server.worker_id, describe(message));
  if (server.worker_id === 1) {
    server.sendMessage(['back', message.data], message.source_worker_id);
  }
});
server.on('workerStart', (_server, workerId) => {
  echo(`workerStart ${workerId}\n`);
});
server.start();
