// on(), getCallback() and set() before start: names in any case, unknown events and options, values that cannot be called.
// A PHP callable that names a function or a method is the function itself here; it prints under the name it has in PHP.
import * as Swoole from 'swoole-ts';
import { E_USER_WARNING, SWOOLE_LOG_NONE, SWOOLE_SOCK_TCP, setWarningHandler } from 'swoole-ts';
import { className, echo, getenvInt, jsonEncode, varExport } from '../lib/php.ts';

const warnings: string[] = [];
setWarningHandler((level, message) => {
  warnings.push(`warning ${level === E_USER_WARNING ? 'E_USER_WARNING' : 'E_WARNING'}: ${message}`);
  return true;
});

const Handler = {
  onReceive(_server: Swoole.Server, _fd: number, _reactorId: number, _data: Buffer): void {},

  onStart(_server: Swoole.Server): void {},
};
const strlen = (text: unknown): number => String(text).length;
const trim = (text: unknown): string => String(text).trim();
const namesInPhp = new Map<unknown, string>([
  [Handler.onStart, 'array(Handler, onStart)'],
  [Handler.onReceive, 'array(Handler, onReceive)'],
  [strlen, "'strlen'"],
  [trim, "'trim'"],
]);

function say(what: string, value: unknown): void {
  const text =
    namesInPhp.get(value) ??
    (typeof value === 'function'
      ? 'Closure'
      : typeof value === 'object' && value
        ? className(value)
        : varExport(value));
  echo(`${what}: ${text}\n`);
  for (const line of warnings.splice(0)) {
    echo(`  ${line}\n`);
  }
}

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));

say('setting before set', server.setting);
say('set', server.set({ worker_num: 2, log_level: SWOOLE_LOG_NONE, package_max_length: '2M' }));
say('set more', server.set({ worker_num: 3, max_conn: 64 }));
echo(jsonEncode(server.setting), '\n');
const result = server.set({ wroker_num: 4 } as object);
say('unknown option', result);
say('it is kept all the same', (server.setting as { wroker_num?: number }).wroker_num);
say('send_yield with dispatch_mode 1', server.set({ dispatch_mode: 1, send_yield: true }));

say('on start', server.on('start', Handler.onStart));
say('on START as an array', server.on('START', Handler.onStart));
say('on Receive', server.on('Receive', Handler.onReceive));
say(
  'on close',
  server.on('cLoSe', (_server: Swoole.Server, _fd: number) => {}),
);
say('on workerStart by a function name', server.on('WorkerStart', strlen));
for (const event of ['start', 'receive', 'RECEIVE', 'close', 'workerstart', 'connect', 'nonsense']) {
  say(`getCallback ${event}`, server.getCallback(event));
}
say('on close again', server.on('close', trim as never));
say('getCallback close', server.getCallback('close'));

say(
  'unknown event',
  server.on('opened', () => null),
);
say(
  'an event with the word on',
  server.on('onReceive', () => null),
);
say('no such function', server.on('packet', 'nothing_of_this_name' as never));
say('a number', server.on('start', 17 as never));
say('null', server.on('connect', null as never));
say('still the old one', server.getCallback('start'));

const second = server.listen('127.0.0.1', getenvInt('PORT2'), SWOOLE_SOCK_TCP) as Swoole.Server.Port;
say('port set', second.set({ open_eof_check: true, package_eof: '\r\n' }));
say(
  'port on',
  second.on('receive', () => null),
);
say(
  'port on of a server event',
  second.on('workerStart', () => null),
);
say('port getCallback', second.getCallback('Receive'));
say('port getCallback of an unset one', second.getCallback('close'));
echo(jsonEncode(second.setting), '\n');
say('ports share no setting', server.ports[0]?.setting?.open_eof_check !== undefined);
say('the first port has what set() got', server.ports[0]?.setting?.worker_num);
