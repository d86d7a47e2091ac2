// sendMessage(): between workers and task workers, every type of data, from worker to worker and back, and the calls that are
// refused: to oneself, to an id that does not exist. Worker ids: 0 and 1 are workers, 2 is the task worker.
import * as Swoole from 'swoole-ts';
import { SWOOLE_BASE, SWOOLE_LOG_NONE } from 'swoole-ts';
import { echo, getenvInt, gettype, jsonEncode, md5, strlen } from '../lib/php.ts';

let warning = '';
Swoole.setWarningHandler((_level, message) => {
  warning = ` warning: ${message}`;
});

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'), SWOOLE_BASE);
server.set({ worker_num: 2, task_worker_num: 1, log_level: SWOOLE_LOG_NONE });

class Note {
  // PHP's protected: an object is cloned with its properties, whatever may be seen of them.
  protected number = 3;

  constructor(public text: string) {}

  getNumber(): number {
    return this.number;
  }
}

server.on('workerStart', (server, id) => {
  if (id !== 0) {
    return;
  }
  // give the others time to be there
  Swoole.Timer.after(200, () => {
    const values = [
      'text',
      '',
      12,
      -1.5,
      true,
      null,
      { 0: 1, two: [3.5, null] },
      new Note('an object'),
      'long '.repeat(40000),
    ];
    for (const [i, value] of values.entries()) {
      const ok = server.sendMessage({ number: i, value }, 1);
      if (!ok) {
        echo(`message ${i} was not sent\n`);
      }
    }
    const bad = { 'to myself': 0, 'to 3': 3, 'to -1': -1 };
    for (const [what, id] of Object.entries(bad)) {
      warning = '';
      const result = jsonEncode(server.sendMessage('x', id));
      echo(`${what}: ${result}${warning}\n`);
    }
    echo(`plain string to the task worker: ${jsonEncode(server.sendMessage('ping', 2))}\n`);
  });
});
server.on(
  'pipeMessage',
  (server: Swoole.Server, from: number, message: { number: number; value: unknown }) => {
    if (server.worker_id === 1) {
      const value = message.value;
      let text: string;
      if (value instanceof Note) text = `Note ${value.text} ${value.getNumber()}`;
      else if (typeof value === 'string' && strlen(value) > 100)
        text = `${strlen(value)} bytes ${md5(value)}`;
      else text = `${gettype(value, value === -1.5)} ${jsonEncode(value)}`;
      echo(`worker 1 got number ${message.number} from ${from}: ${text}\n`);
      if (message.number === 8) {
        server.sendMessage('that was all', from);
      }
    } else if (server.taskworker) {
      echo(`task worker got ${jsonEncode(message)} from ${from}\n`);
      server.sendMessage({ pong: message }, from);
    } else {
      echo(`worker 0 got ${jsonEncode(message)} from ${from}\n`);
    }
  },
);
server.on('receive', () => null);
server.on('task', () => null);
server.start();
