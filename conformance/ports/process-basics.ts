// Process: start, exit codes and signals from wait(), pipes in both directions, redirected standard output, exec of a program,
// several children, closing a pipe. Every child ends before the program does.
import { isMaster, Process, type ProcessStatus, setWarningHandler } from 'swoole-ts';
import * as php from '../lib/php.ts';
import { jsonEncode, sleep, sprintf, strlen, usleep } from '../lib/php.ts';

// A process runs the script again up to its start(): what was printed until then was printed by the first one.
const printf: typeof php.printf = (...parts) => {
  if (isMaster) php.printf(...parts);
};

function status(status: ProcessStatus | false, pid: number | false): string {
  return status === false
    ? 'false'
    : sprintf('pid %s code %d signal %d', status.pid === pid ? 'right' : 'other', status.code, status.signal);
}

printf(
  'wait without children: %s, not blocking: %s\n',
  jsonEncode(await Process.wait()),
  jsonEncode(await Process.wait(false)),
);

const bodies: Record<string, () => unknown> = {
  returns: () => null,
  'exit 3': () => process.exit(3),
  'exit 256': () => process.exit(256),
  'returns a value': () => 5,
};
for (const [what, body] of Object.entries(bodies)) {
  const process = new Process(() => {
    return body();
  });
  const pid = process.start();
  printf(
    '%s: start gives the pid %s, %s\n',
    what,
    jsonEncode(pid === process.pid),
    status(await Process.wait(), pid),
  );
}

const sleeper = new Process(() => sleep(10));
let pid = sleeper.start();
printf('kill 0: %s\n', jsonEncode(Process.kill(Number(pid), 0)));
printf('not blocking: %s\n', jsonEncode(await Process.wait(false)));
Process.kill(Number(pid));
printf('killed: %s\n', status(await Process.wait(), pid));
printf('kill 0 after that: %s\n', jsonEncode(Process.kill(Number(pid), 0)));

// the pipe: what one side writes the other reads
const echo = new Process(async (me) => {
  for (let text = String(await me.read()); text !== 'stop'; text = String(await me.read())) {
    me.write(text.toUpperCase());
  }
  me.write('stopped');
  me.exit(4);
});
pid = echo.start();
printf('write gives %s\n', jsonEncode(echo.write('hello')));
printf('read gives %s\n', jsonEncode(await echo.read()));
echo.write('two words');
printf('read gives %s\n', jsonEncode(await echo.read()));
echo.write('x'.repeat(8000));
printf('read of a long one gives %d bytes\n', strlen((await echo.read()) || ''));
echo.write('stop');
printf('read gives %s, %s\n', jsonEncode(await echo.read()), status(await Process.wait(), pid));
printf('close %s\n', jsonEncode(echo.close()));

const talker = new Process((_me) => {
  php.echo('this goes to the parent');
  process.stderr.write('');
}, true);
pid = talker.start();
printf('redirected: %s, %s\n', jsonEncode(await talker.read()), status(await Process.wait(), pid));

const program = new Process(
  (me) => me.exec('/bin/sh', ['-c', 'echo "I am $0 with $1"; exit 9', 'sh', 'arguments']),
  true,
);
pid = program.start();
printf('exec: %s, %s\n', jsonEncode(await program.read()), status(await Process.wait(), pid));

// several children give back their results by their pipes
const workers = new Map<number | false, Process>();
for (const n of [1, 2, 3, 4]) {
  const worker = new Process((me) => {
    usleep((5 - n) * 10000);
    me.write(jsonEncode({ n, square: n * n, mine: process.pid }));
  });
  workers.set(worker.start(), worker);
}
const results: string[] = [];
for (const [pid, worker] of workers) {
  const answer = JSON.parse(String(await worker.read()));
  results.push(`${answer.n}: ${answer.square}${answer.mine === pid ? '' : ' of somebody else'}`);
}
let ended = 0;
while (await Process.wait()) {
  ended++;
}
printf('%s, %d ended\n', results.join(', '), ended);

const nopipe = new Process(() => null, false, 0);
pid = nopipe.start();
setWarningHandler((_level, message) => printf('  warning: %s\n', message));
printf('without a pipe: write %s, %s\n', jsonEncode(nopipe.write('x')), status(await Process.wait(), pid));
