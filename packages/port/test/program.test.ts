import { describe, expect, it } from 'vitest';
import { portProgram } from '../src/index.js';
import { typeErrors } from '../src/settle/settle.js';

const port = async (files: Record<string, string>) => {
  const ported = await portProgram(
    Object.entries(files).map(([path, text]) => ({ path, text: `<?php\n${text}` })),
  );
  return { ...ported, text: (path: string) => ported.files.find((file) => file.path === path)?.text ?? '' };
};

describe('portProgram()', () => {
  it('imports what other files declare, and leaves out the require', async () => {
    const { text, findings, files } = await port({
      'main.php':
        "require __DIR__ . '/src/Chat.php';\n$config = require 'config.php';\n$chat = new App\\Chat($config['name']);\necho $chat->hello();\n",
      'config.php': "return ['name' => 'Ann'];\n",
      'src/Chat.php':
        'namespace App;\nclass Chat { public function __construct(private string $name) {}\n public function hello(): string { return "hello {$this->name}"; } }\n',
    });
    expect(findings).toEqual([]);
    expect(typeErrors(files)).toEqual([]);
    expect(text('main.ts')).toContain("import { Chat } from './src/Chat.ts';");
    expect(text('main.ts')).toContain("import configFile from './config.ts';");
    expect(text('src/Chat.ts')).toContain('export class Chat');
  });

  it('makes functions async that wait, and awaits those that call them', async () => {
    const { text } = await port({
      'a.php':
        'use Swoole\\Coroutine;\nfunction nap(): int { Coroutine::sleep(0.1); return 1; }\nfunction two(): int { return nap() + nap(); }\nfunction none(): int { return 2; }\nCoroutine\\run(function () { echo two(), none(); });\n',
    });
    expect(text('a.ts')).toContain('async function nap(): Promise<number>');
    expect(text('a.ts')).toContain('(await nap()) + (await nap())');
    expect(text('a.ts')).toContain('function none(): number');
    expect(text('a.ts')).not.toContain('await none()');
    expect(text('a.ts')).toContain('run(async () =>');
  });

  it('lets usleep() in the callback of a timer hold up the others, unless hooks may make it give way', async () => {
    const php =
      'use Swoole\\Timer;\nTimer::tick(20, function (int $id) { usleep(50000); sleep(1); });\nfunction nap() { usleep(10); }\nnap();\n';
    const plain = await port({ 'a.php': php });
    expect(typeErrors(plain.files)).toEqual([]);
    expect(plain.text('a.ts')).toContain('  usleep_blocking(50000);\n  sleep_blocking(1);');
    expect(plain.text('a.ts')).toContain('await usleep(10)');
    for (const hooks of [
      'Swoole\\Coroutine\\run(function () {});',
      'Swoole\\Runtime::enableCoroutine();',
      "Swoole\\Coroutine::set(['hook_flags' => 1]);",
      'new Swoole\\Http\\Server("127.0.0.1");',
    ]) {
      const hooked = await port({ 'a.php': php + hooks });
      expect(hooked.text('a.ts')).toContain('await usleep(50000);\n  await sleep(1);');
    }
  });

  it('keeps the times of a connection floats where a program asks for types', async () => {
    const php =
      "$s = new Swoole\\Server('127.0.0.1');\n$s->on('close', function ($s, $fd) { $info = $s->getClientInfo($fd);";
    const asking = await port({ 'a.php': `${php} echo gettype($info['last_send_time']); });\n` });
    expect(typeErrors(asking.files)).toEqual([]);
    expect(asking.text('a.ts')).toContain(
      "floats(s.getClientInfo(fd), 'last_recv_time', 'last_send_time', 'last_dispatch_time')",
    );
    const plain = await port({ 'a.php': `${php} echo $info['last_send_time']; });\n` });
    expect(plain.text('a.ts')).not.toContain('floats(');
  });

  it('awaits what is read of a pair of sockets, but not in a callback that is told of it', async () => {
    const { text, findings, files } = await port({
      'a.php':
        "[$a, $b] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);\nSwoole\\Event::add($a, function ($socket) { echo fread($socket, 10); Swoole\\Event::del($socket); });\nfwrite($b, 'x');\nfunction hear($socket) { return fgets($socket); }\necho hear($b);\n",
    });
    expect(findings).toEqual([]);
    expect(typeErrors(files)).toEqual([]);
    expect(text('a.ts')).toContain('= await stream_socket_pair(');
    expect(text('a.ts')).toContain('echo(fread(socket, 10))');
    expect(text('a.ts')).toContain('return await fgets_async(socket)');
    expect(text('a.ts')).toContain('echo(await hear(');
  });

  it('keeps how a program names its callbacks where it asks which are registered', async () => {
    const server = '$s = new Swoole\\Server("127.0.0.1", 0);\n';
    const php = `class H { public function a($s) {} public static function b($s) {} }\n${server}$s->on('start', 'H::b');\n$s->on('receive', [new H(), 'a']);\n$s->on('workerStart', 'strlen');\n`;
    const asking = await port({
      'a.php': `${php}$cb = $s->getCallback('start');\nvar_dump($cb);\n$cb($s);\n`,
    });
    expect(asking.findings).toEqual([]);
    expect(typeErrors(asking.files)).toEqual([]);
    expect(asking.text('a.ts')).toContain("asCallable('H::b', H.b)");
    expect(asking.text('a.ts')).toContain(
      "((object) => asCallable([object, 'a'], object.a.bind(object)))(new H())",
    );
    expect(asking.text('a.ts')).toContain("asCallable('strlen', strlen)");
    expect(asking.text('a.ts')).toContain("callableOf(s.getCallback('start'))");
    expect(asking.text('a.ts')).toContain('call_user_func(cb, s)');
    expect((await port({ 'a.php': php })).text('a.ts')).not.toContain('asCallable');
  });

  it('gives a callback that takes all arguments only those that PHP gives it', async () => {
    const php = (settings: string) =>
      `$s = new Swoole\\Server('127.0.0.1', 0);\n$s->set([${settings}]);\n$all = fn ($n) => function (...$all) use ($n) { var_dump($n, $all); };\n$s->on('connect', $all('c'));\n$s->on('close', $all('c'));\n$s->on('close', function (...$all) { var_dump($all); });\n`;
    const { text, files, findings } = await port({ 'a.php': php('') });
    expect([findings, typeErrors(files)]).toEqual([[], []]);
    expect(text('a.ts')).toContain("s.on('connect', all('c'))");
    expect(text('a.ts')).toContain("s.on('close', takingFirst(3, all('c')))");
    expect(text('a.ts')).toContain('.slice(0, 3)');
    const objects = (await port({ 'a.php': php("'event_object' => true") })).text('a.ts');
    expect(objects).toContain("takingFirst(2, all('c'))");
    expect(objects).toContain('.slice(0, 2)');
  });

  it('makes an array with gaps of the results of tasks, and text of a StringObject', async () => {
    const { text, files, findings } = await port({
      'a.php':
        "$s = new Swoole\\Http\\Server('127.0.0.1', 0);\n$s->on('request', function ($q, $r) use ($s) { $all = $s->taskWaitMulti(['a' => 1, 'b' => 2], 1); if ($all) ksort($all); $r->end(json_encode($all) . _string('x')); });\n",
    });
    expect([findings, typeErrors(files)]).toEqual([[], []]);
    expect(text('a.ts')).toContain('await s.taskWaitMulti({ a: 1, b: 2 }, 1).then(withoutHoles)');
    expect(text('a.ts')).toContain("toStr(_string('x'))");
  });

  it('kills the thread of a worker where PHP kills its process', async () => {
    const { text, files, findings } = await port({
      'a.php':
        "$s = new Swoole\\Server('127.0.0.1', 0);\n$s->on('receive', function ($s, $fd) { posix_kill($s->getWorkerPid(1), SIGKILL); posix_kill(getmypid(), SIGTERM); });\n",
    });
    expect([findings, typeErrors(files)]).toEqual([[], []]);
    expect(text('a.ts')).toContain('killWorker(s, 1, SIGKILL)');
    expect(text('a.ts')).toContain('posix_kill(getmypid(), SIGTERM)');
  });

  it('makes a method of a constructor that waits, and awaits it', async () => {
    const { findings, text, files } = await port({
      'a.php':
        'class A { public $ready = false; public function __construct(private readonly string $name, int $n = 1) { if ($n > 1) return; Swoole\\Coroutine::sleep(1); $this->ready = true; } public function name() { return $this->name; } }\nclass B extends A { public function __construct() { parent::__construct("b"); } }\nfunction made(): A { return new A("a"); }\necho made()->name(), (new B())->name();\n',
    });
    expect(findings).toEqual([]);
    expect(typeErrors(files)).toEqual([]);
    expect(text('a.ts')).toContain('async __construct(name: string, n = 1): Promise<this>');
    expect(text('a.ts')).toContain("await super.__construct('b')");
    expect(text('a.ts')).toContain("return await new A().__construct('a')");
    expect(text('a.ts')).toContain('if (n > 1) {\n      return this;');
  });

  it('reports a constructor that waits below one of Swoole, and a comparison that waits', async () => {
    const { findings } = await port({
      'a.php':
        'class A extends Swoole\\Table { public function __construct() { parent::__construct(8); Swoole\\Coroutine::sleep(1); } }\n$l = [2, 1];\nusort($l, function ($a, $b) { Swoole\\Coroutine::sleep(1); return $a <=> $b; });\nnew A();\n',
    });
    expect(findings.map(({ line, reason }) => [line, reason.includes('wait')])).toEqual(
      expect.arrayContaining([
        [2, true],
        [4, true],
      ]),
    );
  });

  it('gives Swoole numbers where PHP has a text, and leaves open what a method of Swoole takes that a class overrides', async () => {
    const { text, files } = await port({
      'a.php':
        'class Game extends Swoole\\WebSocket\\Server { public function start(): bool { return parent::start(); }\n protected function broadcast($data, $but = 0) { foreach ($this->connections as $fd) if ($fd != $but) $this->push($fd, json_encode($data)); } }\n$port = "9501";\n$game = new Game("0.0.0.0", $port);\n$server = new Swoole\\WebSocket\\Server("0.0.0.0", $port);\n$server->on("message", function ($server, $frame) { foreach ($server->table as $fd => $row) $server->push($fd, "x"); });\n$server->on("close", function ($ser, $fd) { foreach ($server->connections as $one) $ser->push($one, "x"); });\n$server->start();\n',
    });
    expect(typeErrors(files)).toEqual([]);
    expect(text('a.ts')).toContain("new Swoole.WebSocket.Server('0.0.0.0', toInt(port))");
    expect(text('a.ts')).toContain('server.push(toInt(fd)');
    expect(text('a.ts')).toContain('override broadcast(data: any, but: any = 0): any');
    // The variable outside is another one: PHP reads null.
    expect(text('a.ts')).toMatch(/let server: any;\s+for \(const one of values\(server\?\.connections\)/);
  });

  it('reports a syntax error with its place, and ports the other files', async () => {
    const { findings, text } = await port({
      'bad.php': "echo 'one';\n$a = = 2;\n",
      'good.php': "echo 'two';\n",
    });
    expect(findings[0]).toMatchObject({ file: 'bad.php', line: 3, kind: 'syntax' });
    expect(text('good.ts')).toContain("echo('two')");
  });

  it('never drops a function that it does not know', async () => {
    const { findings, text } = await port({ 'a.php': 'gnupg_init_of_sorts(5);\n' });
    expect(findings).toMatchObject([{ line: 2, kind: 'person', php: 'gnupg_init_of_sorts(5)' }]);
    expect(text('a.ts')).toContain("notPorted('gnupg_init_of_sorts', 5)");
  });

  it('gives names from before namespaces and of OpenSwoole their present classes', async () => {
    const { text, uses } = await port({
      'a.php':
        '$s = new swoole_websocket_server("0.0.0.0", 9501);\n$s->on("message", function ($s, $f) { $s->push($f->fd, $f->data); });\n$t = new OpenSwoole\\Table(8);\n',
    });
    expect(text('a.ts')).toContain('new Swoole.WebSocket.Server(');
    expect(text('a.ts')).toContain('new Swoole.Table(8)');
    expect(uses.map(({ name }) => name)).toContain('Swoole\\WebSocket\\Server::push');
  });

  it('awaits what a client waits for, and makes an asynchronous one of Swoole 4 what it is called today', async () => {
    const { text, findings, files } = await port({
      'a.php': [
        '$sync = new Swoole\\Client(SWOOLE_SOCK_TCP);',
        "if ($sync->connect('127.0.0.1', 9501, 0.5)) { $sync->send('x'); echo $sync->recv(); }",
        '$sync->close();',
        '$later = new swoole_client(SWOOLE_SOCK_TCP, SWOOLE_SOCK_ASYNC);',
        "$later->on('connect', function ($client) { $client->send('x'); });",
        "$later->on('receive', function ($client, $data) { echo $data; $client->close(); });",
        "$later->connect('127.0.0.1', 9501);",
      ].join('\n'),
    });
    expect([findings, typeErrors(files)]).toEqual([[], []]);
    expect(text('a.ts')).toContain("if (await sync.connect('127.0.0.1', 9501, 0.5)) {");
    expect(text('a.ts')).toContain('echo(await sync.recv());');
    expect(text('a.ts')).toContain('\nsync.close();');
    expect(text('a.ts')).toContain('const later = new Swoole.Async.Client(SWOOLE_SOCK_TCP);');
    expect(text('a.ts')).toContain("\nlater.connect('127.0.0.1', 9501);");
  });

  it('does not lose the clients that swoole_client_select() takes out of a copy', async () => {
    const { text, findings, files } = await port({
      'a.php': [
        '$clients = [];',
        'foreach ([1, 2] as $i) { $clients[] = new Swoole\\Client(SWOOLE_SOCK_TCP); }',
        '$read = $clients;',
        '$write = $error = [];',
        'if (swoole_client_select($read, $write, $error, 0.5) > 0) { echo count($read), count($clients); }',
      ].join('\n'),
    });
    expect([findings, typeErrors(files)]).toEqual([[], []]);
    expect(text('a.ts')).not.toContain('const read = clients;');
    expect(text('a.ts')).toContain('await swoole_client_select(read,');
  });

  it('knows the process that the function of a process gets', async () => {
    const { text, files } = await port({
      'a.php': [
        "$process = new swoole_process('work', false, 2);",
        'function work(swoole_process $worker) { pass($worker); }',
        'function pass($worker) { $worker->exit(0); }',
      ].join('\n'),
    });
    expect(typeErrors(files)).toEqual([]);
    expect(text('a.ts')).toContain('function pass(worker: Swoole.Process)');
  });

  it('writes TypeScript for a static method that only __callStatic() knows, whatever it is called', async () => {
    const { text, files } = await port({
      'a.php': [
        'class Db { public static function __callStatic($method, $arguments) { return $method; } }',
        "echo Db::name('users'), Db::where('id', 1);",
      ].join('\n'),
    });
    expect(typeErrors(files)).toEqual([]);
    expect(text('a.ts')).toContain("(Db.name as any)('users')");
  });

  it('exports no constant from within a condition', async () => {
    const { text, files } = await port({
      'a.php': "if (!defined('STARTED')) { define('STARTED', true); }",
      'b.php': "if (!defined('STARTED')) { define('STARTED', true); echo 1; } else { echo 2; }",
    });
    expect(typeErrors(files)).toEqual([]);
    expect(text('a.ts')).toContain('export const STARTED = true;');
    expect(text('b.ts')).not.toContain('export const');
  });

  it('keeps the line ends of Windows in texts', async () => {
    const source = ["<?php $a = 'one", `two'; $b = "three\\n`, 'four {$a}";', '?>', '<p>', '</p>', ''].join(
      '\r\n',
    );
    const { files } = await portProgram([{ path: 'a.php', text: source }]);
    expect(files[0]?.text).toContain("const a = 'one\\r\\ntwo';");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a ported program
    expect(files[0]?.text).toContain('const b = `three\\n\\r\\nfour ${a}`;');
    expect(files[0]?.text).toContain("echo('<p>\\r\\n</p>\\r\\n');");
    expect(files[0]?.text).not.toContain('\r');
  });

  it('prints and writes files by the first thread alone, where others run the text of the file again', async () => {
    const { text } = await port({
      'a.php':
        "echo 'starting';\nfile_put_contents('log.txt', '');\n$server = new Swoole\\Server('0.0.0.0', 9501);\n$server->set(['worker_num' => 2]);\n$server->on('receive', function ($s, $fd) { file_put_contents('log.txt', \"$fd\", FILE_APPEND); });\n$server->start();\n",
    });
    expect(text('a.ts')).toContain("if (isMaster) echo('starting');");
    expect(text('a.ts')).toContain("if (isMaster) file_put_contents('log.txt', '');");
    expect(text('a.ts')).toMatch(/^ {2}file_put_contents\('log.txt', `\$\{fd\}`, FILE_APPEND\);$/m);
  });

  it('makes in every thread what settles the server, though the first alone prints what it gave', async () => {
    const { text, findings, files } = await port({
      'a.php': [
        '$server = new Swoole\\Server("0.0.0.0", 9501);',
        'function listening($server) { return $server->on("receive", fn () => null); }',
        '$process = new Swoole\\Process(fn () => null);',
        'printf("%s, %d\\n", json_encode($server->addProcess($process)), $process->id);',
        'var_dump($server->on("close", function () {}));',
        'echo "on: ", listening($server), "\\n";',
        '$server->start();',
      ].join('\n'),
    });
    expect([findings, typeErrors(files)]).toEqual([[], []]);
    const lines = text('a.ts').split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'const settled = server.addProcess(process_);',
        "if (isMaster) printf('%s, %d\\n', json_encode(settled), process_.id);",
        "const settled_ = server.on('close', () => {});",
        'if (isMaster) var_dump(settled_);',
        'const settled__ = listening(server);',
        "if (isMaster) echo('on: ', settled__, '\\n');",
      ]),
    );
  });

  it('sends the bytes of a frame whose data are no text', async () => {
    const { text } = await port({
      'a.php':
        'function frame(string $data): Swoole\\WebSocket\\Frame { $frame = new Swoole\\WebSocket\\Frame(); $frame->data = $data; return $frame; }\nframe("\\xff");\n',
    });
    expect(text('a.ts')).toContain('.data = bytes(data);');
  });

  it('writes the same text each time', async () => {
    const source = { 'a.php': '$a = ["x" => 1];\nforeach ($a as $k => $v) { echo "$k=$v\\n"; }\n' };
    expect((await port(source)).files).toEqual((await port(source)).files);
  });

  it('gives a callback that asks for its argument list as many arguments as Swoole does', async () => {
    const { text, findings, files } = await port({
      'a.php':
        "$s = new Swoole\\Server('127.0.0.1', 0);\n$h = function ($what, $all) { echo $what, count($all); };\n$s->on('connect', function () use ($h) { $h('connect', func_get_args()); });\n$s->on('close', function ($s) use ($h) { $h('close', func_get_args()); });\nfunction every() { echo func_num_args(); }\n$every = fn() => func_get_args();\n$s->on('close', $every);\n",
    });
    expect(findings).toEqual([]);
    expect(typeErrors(files)).toEqual([]);
    expect(text('a.ts')).toContain("s.on('connect', (...args: any[]) => {\n  h('connect', args);");
    expect(text('a.ts')).toContain('args = args.slice(0, 3);\n  const [s] = args;');
    expect(text('a.ts')).toContain('takingFirst(3, every_)');
  });

  it('makes a class of the static members of a trait that another file uses by its name', async () => {
    const { text, findings, files } = await port({
      'main.php': "use App\\Logger;\nclass A { use Logger; }\nLogger::info('x');\nA::info('y');\n",
      'Logger.php':
        'namespace App;\ntrait Logger { public static function info($what) { echo static::mark(), $what; } private static function mark() { return "> "; } public function own() { return $this->nothing(); } }\n',
      'Unused.php': 'namespace App;\ntrait Unused { public static function none() {} }\n',
    });
    expect(findings).toEqual([]);
    expect(typeErrors(files)).toEqual([]);
    expect(text('main.ts')).toContain("import { Logger } from './Logger.ts';");
    expect(text('Logger.ts')).toContain('export class Logger {\n  static info(');
    expect(text('Logger.ts')).not.toContain('own(');
    expect(text('Unused.ts')).not.toContain('class');
  });

  it('writes a method spelled in several letter cases as the uppermost class does', async () => {
    const { text, files } = await port({
      'Base.php':
        'class Base { public function handle($a) { return $this->REQUEST($a); } protected function request($a) { return 1; } }\n',
      'Http.php':
        'class Http extends Base { protected function Request($a) { return parent::request($a) + 1; } }\n',
      'main.php': 'echo (new Http())->Handle(1);\n',
    });
    expect(typeErrors(files)).toEqual([]);
    expect(text('Http.ts')).toContain('protected override request(');
    expect(text('Http.ts')).toContain('super.request(a) + 1');
    expect(text('Base.ts')).toContain('this.request(a)');
    expect(text('main.ts')).toContain('.handle(1)');
  });

  it('names each of several parameters that are bytes and are used as text', async () => {
    const { text, files } = await port({
      'a.php':
        "$s = new Swoole\\Server('127.0.0.1', 0);\nfunction line($a, $b) { return \"[$a] $b\"; }\n$s->on('receive', function ($s, $fd, $from, $data) { $s->send($fd, line($data, $data)); });\n",
    });
    expect(typeErrors(files)).toEqual([]);
    expect(text('a.ts')).toContain('function line(aBuffer: Buffer, bBuffer: Buffer)');
  });

  it('reaches what is not public the way PHP does, by a magic method or within a family of classes', async () => {
    const { files } = await port({
      'a.php':
        'class Client { private $service = null; public function __call($name, $all) { return $this->service ?? $name; } }\necho (new Client())->service(1);\nabstract class Task { protected function run() { return 2; } protected function same(): self { return $this; } }\nclass Job extends Task { public function go() { return $this->same()->run(); } }\n',
    });
    expect(typeErrors(files)).toEqual([]);
  });

  it('lets a default value and a property be other than what a type says of them', async () => {
    const { text, files } = await port({
      'a.php':
        "class A {\n/** @param string $last */ public function save($last = false) { return $last; }\n/** @param array $conf */ public function set($conf = array()) { $this->conf = $conf; return $conf['a'] ?? 1; }\npublic function rate(Swoole\\Table $t): array { $all = [];\nforeach (['a', 'b'] as $key) { $row = $t->get($key);\nif (!$row) { $all[$key] = ['won' => 0, 'rate' => 0]; continue; }\n$won = $row['won']; $rate = $won > 0 ? $won / 2 : 0; $all[$key] = compact('won', 'rate'); }\nreturn $all; }\n}\n",
    });
    expect(typeErrors(files)).toEqual([]);
    expect(text('a.ts')).toContain('save(last: string | false = false)');
  });

  it('lets an interface wait for what a class inherits from one that does not know the interface', async () => {
    const { text, files } = await port({
      'a.php':
        'interface Job { public function run(): int; }\nclass Base { public function Run(): int { Swoole\\Coroutine::sleep(0.1); return 1; } }\nclass Task extends Base implements Job {}\nfunction start(Job $job) { return $job->run(); }\nstart(new Task());\n',
    });
    expect(typeErrors(files)).toEqual([]);
    expect(text('a.ts')).toContain('  run(): Promise<number>;');
    expect(text('a.ts')).toContain('return await job.run();');
  });
});
