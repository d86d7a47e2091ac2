import { expect, test } from 'vitest';
import { run } from '../server/program.js';

test('a process whose start() is not reached again says so, and does not go on as the program', async () => {
  const { ended } = run('process-lost');
  const { stdout, stderr } = await ended;
  expect(stdout.split('\n')).toEqual(['255 255', '']);
  expect(stderr).toContain('the script has ended without coming to the start() of the process');
  expect(stderr).toContain('the script has come to a server before the start() of the process');
}, 40_000);

test('a process is one of the system, with its pipe, queue, signals and end, and answers what Swoole does', async () => {
  const { ended } = run('child-processes');
  const { code, stdout, stderr } = await ended;
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toEqual([
    '1 null true null null',
    '  W: Swoole\\Process::kill(): kill(999999, 15) failed, Error: No such process[3]',
    'before the start 5 false false',
    '  W: Swoole\\Process::start(): process has already been started',
    '  W: Swoole\\Process::exit(): not current process',
    'again false exit false setTimeout true',
    'ab def',
    'early in the process true 3000000',
    '  W: Swoole\\Process::getPriority(): $who parameter must not be null',
    'true 0 false false 22',
    'true 1 0 false',
    '  W: Swoole\\Process::write(): write() failed, Error: Broken pipe[32]',
    '  W: Swoole\\Process::close(): no pipe, cannot close the pipe',
    'closed false true false',
    '  W: Swoole\\Process::read(): no pipe, cannot read from pipe',
    '  W: Swoole\\Process::exportSocket(): no pipe, cannot export stream',
    '  W: Swoole\\Process::close(): no pipe, cannot close the pipe',
    '  W: Swoole\\Process::setTimeout(): no pipe, cannot setTimeout the pipe',
    '  W: Swoole\\Process::setBlocking(): no pipe, cannot setBlocking the pipe',
    'false false false false false',
    "  W: Swoole\\Process::statQueue(): no queue, can't get stats of the queue",
    '  W: Swoole\\Process::pop(): no msgqueue, cannot use pop()',
    '  W: Swoole\\Process::write(): the data to send is empty',
    '  W: Swoole\\Process::push(): no msgqueue, cannot use push()',
    '  W: Swoole\\Process::push(): the data to push is empty',
    'false false false false false false',
    '  W: Swoole\\Process::setAffinity(): invalid cpu id [9999]',
    'false false true',
    '  W: Swoole\\Process::signal(): invalid signal number [200]',
    '  W: Swoole\\Process::signal(): invalid signal number [-1]',
    '  W: Swoole\\Process::signal(): unable to find the callback of signal [10]',
    'false false false true',
    'useQueue true true',
    'true true {"queue_num":2,"queue_bytes":6}',
    'pushed true',
    'popped one',
    'popped two',
    'popped end',
    'exec false',
    'false 110 false',
    '{"queue_num":1,"queue_bytes":16}',
    'signal 10',
    'true 0 9 false',
    '  W: Swoole\\Process::pop(): no msgqueue, cannot use pop()',
    'true false false',
    '  W: Swoole\\Process::push(): the data to push is too big',
    'false 42 false true false',
    'abc false',
    '',
  ]);
  expect(code).toBe(0);
}, 40_000);
