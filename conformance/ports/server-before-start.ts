// The properties of a server that was not started, the methods that refuse to work before start(), those that do not exist
// (the timers left the class in Swoole 5), and start() without the callback it needs: the program ends with status 255.
import * as Swoole from 'swoole-ts';
import { setWarningHandler } from 'swoole-ts';
import { className, echo, getenvInt, jsonEncode, printf, varExport } from '../lib/php.ts';

let warning: string | null = null;
setWarningHandler((_level, message) => {
  warning = message;
  return true;
});

const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
type Callable = Record<string, ((...args: unknown[]) => unknown) | undefined>;
const members = server as unknown as Callable;
for (const name of [
  'host',
  'port',
  'mode',
  'type',
  'ssl',
  'master_pid',
  'manager_pid',
  'worker_id',
  'worker_pid',
  'taskworker',
  'setting',
]) {
  echo(`${name} = `, jsonEncode(members[name]), '\n');
}
printf(
  'ports: %d %s, connections: %s %d\n',
  server.ports.length,
  className(server.ports[0] as object),
  className(server.connections),
  server.connections.count(),
);

const calls: Record<string, unknown[]> = {
  send: [1, 'x'],
  close: [1],
  exist: [1],
  getClientInfo: [1],
  getClientList: [],
  task: ['x'],
  sendMessage: ['x', 0],
  stats: [],
  reload: [],
  stop: [],
  shutdown: [],
  getWorkerId: [],
  getWorkerPid: [],
  getMasterPid: [],
  getManagerPid: [],
};
for (const [method, args] of Object.entries(calls)) {
  warning = null;
  const result = members[method]?.(...args);
  printf('%s(): %s%s\n', method, varExport(result), warning === null ? '' : `  warning: ${warning}`);
}
for (const name of [
  'listen',
  'addListener',
  'exists',
  'connection_info',
  'connection_list',
  'tick',
  'after',
  'defer',
  'clearTimer',
  'getClients',
]) {
  echo(`has ${name}(): `, typeof members[name] === 'function' ? 'yes' : 'no', '\n');
}
server.on('connect', () => null);
echo('starting without a callback for receive\n');
await server.start();
echo('not reached\n');
