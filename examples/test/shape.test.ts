import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { examples } from './program.js';

const linesOf = (file: string): string[] =>
  readFileSync(path.join(examples, file), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What PHP and TypeScript write differently for the same thing, on both sides. */
const SAME: [php: string, typescript: string][] = [
  ["(int) (getenv('PORT') ?: 9501)", 'Number(process.env.PORT || 9501)'],
  ["(int) (getenv('PORT') ?: 9502)", 'Number(process.env.PORT || 9502)'],
  ["(int) (getenv('DEVICES') ?: 9504)", 'Number(process.env.DEVICES || 9504)'],
  ["(int) (getenv('PORT') ?: 9506)", 'Number(process.env.PORT || 9506)'],
  ["(int) (getenv('PORT') ?: 9508)", 'Number(process.env.PORT || 9508)'],
  ['(page: Visit)', '(page)'],
  ['crawl($port', 'await crawl(port'],
  ['Swoole\\Coroutine::sleep(', 'await Swoole.Coroutine.sleep('],
  ["(int) (getenv('PORT') ?: 9507)", 'Number(process.env.PORT || 9507)'],
  [
    "['worker_num' => 1, 'hook_flags' => SWOOLE_HOOK_ALL]",
    '{ worker_num: 1, hook_flags: Swoole.SWOOLE_HOOK_ALL }',
  ],
  ['$pool = pool();', 'pool = make_pool();'],
  ['new Swoole\\ArrayObject()', 'new Swoole.ArrayObject<string>()'],
  ["$request->get['name'] ?? ''", "request.get?.name ?? ''"],
  ['$history = history($pool)', 'before = await history(pool)'],
  ["'history' => $history", "'history' => $before"],
  ['catch (Throwable $error)', 'catch (error)'],
  ['publish($pool', 'await publish(pool'],
  ['say($pool', 'await say(pool'],
  ["(int) ($request->get['limit'] ?? 0)", 'Number(request.get?.limit ?? 0)'],
  ['(string) array_sum($counts)', 'String(array_sum(counts))'],
  ["['worker_num' => 1, 'task_worker_num' => 2]", '{ worker_num: 1, task_worker_num: 2 }'],
  [
    "foreach (ranges($data['limit'], STEPS) as $step => $range)",
    'for (const [step, range] of ranges(data.limit, STEPS).entries())',
  ],
  ['(fd: number, type: string, rest: object)', '(fd, type, rest)'],
  ['(limit: number, response: Swoole.Http.Response)', '(limit, response)'],
  ['data: Work', 'data'],
  ['result: Result', 'result'],
  ['in_array(false, $counts, true)', 'counts.includes(false)'],
  ['$count(', 'await count('],
  ['$server->taskCo(', 'await server.taskCo('],
  ['json_encode(', 'JSON.stringify('],
  ['$devices->set([', 'devices.set({'],
  ["(int) (getenv('PORT') ?: 9503)", 'Number(process.env.PORT || 9503)'],
  ["(int) (getenv('PORT') ?: 9505)", 'Number(process.env.PORT || 9505)'],
  ["['worker_num' => 2]", '{ worker_num: 2 }'],
  ['new Swoole\\Table(', 'new Swoole.Table('],
  ["$rows[] = ['id' => (int) $key, ...$row];", 'rows.push({ id: Number(key), ...row });'],
  ['foreach ($table as $key => $row) {', 'for (const [key, row] of table) {'],
  ['foreach ($server->connections as $fd) {', 'for (const fd of server.connections) {'],
  ['foreach (rows($people) as $person) {', 'for (const person of rows(people)) {'],
  ["$person['id']", 'person.id'],
  ["$request->get['name']", 'request.get?.name'],
  [
    "!is_string($name) || !preg_match('/^[\\p{L}\\p{N} ._-]{1,20}$/u', $name)",
    "typeof name !== 'string' || !/^[\\p{L}\\p{N} ._-]{1,20}$/u.test(name)",
  ],
  ["$request->server['request_method']", 'request.server.request_method'],
  ['} elseif (', '} else if ('],
  ['strlen(', 'Buffer.byteLength('],
  [', JSON_INVALID_UTF8_SUBSTITUTE', ''],
  ["__DIR__ . '/index.html'", '`$' + '{import.meta.dirname}/index.html`'],
  ["['worker_num' => 1]", '{ worker_num: 1 }'],
  ["$request->server['request_uri']", 'request.server.request_uri'],
  ['$refusal->getMessage()', 'refusal.message'],
  ['catch (Refusal $refusal)', 'catch (refusal)'],
];

/** Lines that one language needs and the other does not. */
const ALONE = [
  '<?php',
  'require_once ',
  'import ',
  'if (!(refusal instanceof Refusal)) throw refusal;',
  'if (devices === false) ',
  'type ',
  '{',
  'await turn();',
];

/** A program's lines without what only the language asks for: what is left is the same in PHP and in TypeScript. */
function shapeOf(file: string): string[] {
  const lines = linesOf(file).filter(
    (line) => !ALONE.some((start) => (start === '{' ? line === start : line.startsWith(start))),
  );
  return lines.map((line) => {
    if (line.startsWith('//')) return line;
    let shape = line
      .replace(/^echo (.*)\\n";$/, 'print($1")')
      .replace(/^(?:if \(Swoole\.isMaster\) )?console\.log\((.*)\);$/, 'print($1)');
    for (const [php, typescript] of SAME) shape = shape.replace(php, typescript);
    return shape
      .replace(/\bfunction (\(\S.*?\))(?: use \(.*\))? \{$/, '$1 => {')
      .replace(/^const (\w+): [\w<>[\]]+ =/, '$1 =')
      .replace(/^(const|let) /, '')
      .replace(/\basync (?=\()/, '')
      .replace(
        /^function (\w+)(?:<.*?>)?\((.*?)\).*$/,
        (_line, name, parameters: string) => `function ${name}(${parameters.replace(/: [^,]+/g, '')})`,
      )
      .replaceAll(/\bSwoole\.(?=WEBSOCKET_|SWOOLE_)/g, '')
      .replaceAll(/(message|packet|data|range|result|page)\['(\w+)'\]/g, '$1.$2')
      .replace(/^\]\);$/, '});')
      .replaceAll(/'(\w+)' => /g, '$1: ')
      .replaceAll(/\$\{|\{\$/g, '{')
      .replaceAll(/\\|->|::/g, '.')
      .replaceAll(/\$|\b_(?=\w)/g, '')
      .replaceAll(/["`]/g, "'")
      .replaceAll(/\{ (?=\w+:|\.\.\.)/g, '[')
      .replaceAll(/(?<=\S) \}/g, ']');
  });
}

describe('the tutorial in PHP and in TypeScript', () => {
  it('has the same lines in the same order', () => {
    expect(shapeOf('tutorial/server.ts')).toEqual(shapeOf('tutorial/server.php'));
    expect(linesOf('tutorial/server.ts')).toHaveLength(linesOf('tutorial/server.php').length);
  });

  it('shows the five steps as comments, in order', () => {
    const steps = linesOf('tutorial/server.ts').filter((line) => /^\/\/ \d\./.test(line));
    expect(steps.map((line) => line.slice(3, 5))).toEqual(['1.', '2.', '3.', '4.', '5.']);
  });
});

describe('the chat in PHP and in TypeScript', () => {
  it('has the same lines in the same order in its server', () => {
    expect(shapeOf('chat/server.ts')).toEqual(shapeOf('chat/server.php'));
  });

  it('has the same methods in the same order', () => {
    const php = (file: string) => linesOf(file).flatMap((line) => /\bfunction (\w+)\(/.exec(line)?.[1] ?? []);
    const ts = (file: string) =>
      linesOf(file).flatMap((line) => /(\w+)\([^()]*\): .*\{$/.exec(line)?.[1] ?? []);
    const ofBoth = (name: string) => name !== '__construct' && name !== 'is_object';
    expect(ts('chat/chat.ts')).toEqual(php('chat/Chat.php').filter(ofBoth));
    expect(ts('chat/messages.ts').filter(ofBoth)).toEqual(php('chat/Messages.php').filter(ofBoth));
  });

  it('refuses the same things with the same words in the same order', () => {
    const refusals = (file: string) =>
      linesOf(file).flatMap((line) => line.match(/(?<=new Refusal\(')\w+/g) ?? []);
    expect(refusals('chat/messages.ts')).toEqual(refusals('chat/Messages.php'));
    expect(refusals('chat/chat.ts')).toEqual(refusals('chat/Chat.php'));
  });
});

describe('the task queue in PHP and in TypeScript', () => {
  it('has the same lines in the same order', () => {
    expect(shapeOf('task-queue/server.ts')).toEqual(shapeOf('task-queue/server.php'));
  });
});

describe('the crawler in PHP and in TypeScript', () => {
  it('has the same lines in the same order in its server', () => {
    expect(shapeOf('crawler/server.ts')).toEqual(shapeOf('crawler/server.php'));
  });

  it('has the same functions in the same order, and the same calls that wait', () => {
    const functions = (file: string) =>
      linesOf(file).flatMap((line) => /^(?:export )?(?:async )?function (\w+)\(/.exec(line)?.[1] ?? []);
    const calls = (file: string) =>
      linesOf(file).flatMap(
        (line) => line.match(/(?<=(?:->|\.))(?:push|pop|get|close|done|wait)(?=\()/g) ?? [],
      );
    for (const [php, typescript] of [
      ['Crawler.php', 'crawler.ts'],
      ['Site.php', 'site.ts'],
    ]) {
      const own = functions(`crawler/${typescript}`).filter((name) => name !== 'parse');
      expect(own).toEqual(functions(`crawler/${php}`));
    }
    // A loop with pop() in its head has it twice in TypeScript.
    expect([...new Set(calls('crawler/crawler.ts'))]).toEqual([...new Set(calls('crawler/Crawler.php'))]);
  });
});

describe('the gateway in PHP and in TypeScript', () => {
  it('has the same lines in the same order', () => {
    expect(shapeOf('tcp-gateway/server.ts')).toEqual(shapeOf('tcp-gateway/server.php'));
  });
});

describe('the chat over two workers in PHP and in TypeScript', () => {
  it('has the same lines in the same order', () => {
    expect(shapeOf('workers/server.ts')).toEqual(shapeOf('workers/server.php'));
  });
});

describe('the chat through Redis in PHP and in TypeScript', () => {
  it('has the same lines in the same order', () => {
    expect(shapeOf('redis-pubsub/server.ts')).toEqual(shapeOf('redis-pubsub/server.php'));
  });
});
