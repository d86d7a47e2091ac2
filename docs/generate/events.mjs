// The reference of events, from server/events.ts and Swoole's own list.
import { cell, code, importSource, readText, table } from './source.mjs';

/** Which family of features brings an event that this release only accepts. */
const later = {
  receive: 'TCP and UDP',
  packet: 'TCP and UDP',
  task: 'workers and tasks',
  finish: 'workers and tasks',
  pipeMessage: 'workers and tasks',
  workerError: 'workers and tasks',
  workerExit: 'workers and tasks',
  managerStart: 'workers and tasks',
  managerStop: 'workers and tasks',
  beforeReload: 'workers and tasks',
  afterReload: 'workers and tasks',
};

export async function eventBlocks() {
  const { eventScope, eventTable } = await importSource('server/events.ts');
  const raised = new Set(eventTable.map((row) => row.name));
  const constants = JSON.parse(readText('conformance/api.json')).classes['Swoole\\Constant'].constants;
  const waiting = Object.entries(constants)
    .filter(([name, event]) => name.startsWith('EVENT_') && !raised.has(event))
    .map(([, event]) => event);
  for (const event of waiting) {
    if (later[event] === undefined)
      throw new Error(`docs/generate/events.mjs does not say which release brings ${event}`);
    if (eventScope(event) === undefined) throw new Error(`on() does not accept ${event}`);
  }
  return {
    'events-raised': table(
      ['Event', 'Registered on', 'The callback gets', 'When'],
      eventTable.map((row) => [
        code(row.name),
        row.scope === 'port' ? 'server, port' : 'server',
        code(row.arguments),
        cell(row.when),
      ]),
    ),
    'events-later': table(
      ['Event', 'Comes with'],
      waiting.sort().map((event) => [code(event), later[event]]),
    ),
  };
}
