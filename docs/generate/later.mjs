// What of Swoole is not in this release, and which family of features brings it.

export const families = {
  tcp: 'TCP and UDP servers',
  workers: 'several workers and tasks',
  memory: 'shared memory',
  processes: 'processes',
  coroutines: 'coroutines and the event loop',
  clients: 'clients',
  library: "Swoole's PHP library",
  never: 'uWebSockets.js has no HTTP/2',
};

const of = (family, owner, methods) => methods.map((method) => [`${owner}::${method}`, family]);

/** The methods that classes of this release lack. */
export const later = Object.fromEntries([
  ...of('workers', 'Swoole\\Server', [
    'task',
    'taskwait',
    'taskWaitMulti',
    'taskCo',
    'finish',
    'sendMessage',
    'command',
    'addCommand',
  ]),
  ...of('processes', 'Swoole\\Process', [
    'signal',
    'alarm',
    'kill',
    'daemon',
    'setAffinity',
    'getAffinity',
    'setPriority',
    'getPriority',
    'set',
    'setTimeout',
    'setBlocking',
    'useQueue',
    'statQueue',
    'freeQueue',
    'push',
    'pop',
    'exec',
    'name',
  ]),
  ...of('coroutines', 'Swoole\\Coroutine\\Client', ['exportSocket']),
  ...of('processes', 'Swoole\\Coroutine', ['wait', 'waitPid']),
  ...of('processes', 'Swoole\\Coroutine\\System', ['wait', 'waitPid']),
  ...of('coroutines', 'Swoole\\Http\\Response', ['upgrade', 'push', 'recv', 'close', 'disconnect']),
  ...of('never', 'Swoole\\Http\\Response', ['ping', 'goaway']),
]);

const classRules = [
  [/^Swoole\\(Table|Atomic|Lock)(\\|$)/, 'memory'],
  [
    /^Swoole\\Coroutine\\(FastCGI|Curl|Http2?\\Client|Http2?\\MultiplexClient|Http\\ClientProxy|Client)/,
    'clients',
  ],
  [/^Swoole\\(Async\\Client|Client|Curl|Http2)(\\|$)/, 'clients'],
  [/^Swoole\\(Coroutine|Runtime)(\\|$)/, 'coroutines'],
  [/^Swoole\\Process(\\|$)/, 'processes'],
  [/^Swoole\\(Server\\(Task|TaskResult|PipeMessage|StatusInfo)|Thread(\\.*)?)$/, 'workers'],
];

export const familyOfClass = (name) => classRules.find(([rule]) => rule.test(name))?.[1] ?? 'library';

const functionRules = [
  [/^swoole_(native_)?curl_|^swoole_client_select$|^Swoole\\Coroutine\\Http\\/, 'clients'],
  [/^swoole_(event|coroutine|socket|async|select)|^Swoole\\Coroutine\\|^Co\\|^(go|defer)$/, 'coroutines'],
  [/^swoole_table$/, 'memory'],
];

export const familyOfFunction = (name) => functionRules.find(([rule]) => rule.test(name))?.[1] ?? 'library';
