import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder } from '../folder.js';
import { asInstalled, swooleTsPort } from './command.js';

const SERVER = `<?php
// A greeting.
require_once __DIR__ . '/src/Greeting.php';

$server = new Swoole\\WebSocket\\Server('127.0.0.1', 9501);
$server->on('message', function ($server, $frame) {
    $server->push($frame->fd, Greeting::to($frame->data));
});
$server->start();
`;
const GREETING = `<?php
class Greeting
{
    /** Greets somebody. */
    public static function to(string $name): string
    {
        return "Hello, $name!";
    }
}
`;
const PROGRAM = { 'server.php': SERVER, 'src/Greeting.php': GREETING, 'page.html': '<p>' };
const BROKEN = '<?php\n$a = 1;\nif ($a == ) {\n}\n';
/** A function that PHP does not have, and swoole-ts-php neither. */
const UNKNOWN = '<?php\necho frobnicate(1);\n';

const read = (...parts: string[]) => readFileSync(path.join(...parts), 'utf8');

describe('swoole-ts-port', { timeout: 60_000 }, () => {
  it('writes a TypeScript project with the report, and says how to go on', async () => {
    const dir = folder();
    const { status, stdout, stderr } = await asInstalled([folder(PROGRAM), '-o', 'lounge'], dir);
    // What takes long says how far it is.
    expect(stderr.replace(/^(?:reading|analysing|writing)\b.*\n/gm, '')).toBe('');
    expect(status).toBe(0);
    const out = path.join(dir, 'lounge');
    expect(readdirSync(out).sort()).toEqual([
      'PORTING.md',
      'package.json',
      'page.html',
      'server.ts',
      'src',
      'tsconfig.json',
    ]);
    expect(read(out, 'server.ts')).toContain('// A greeting.');
    expect(read(out, 'src/Greeting.ts')).toContain('/** Greets somebody. */');
    expect(JSON.parse(read(out, 'package.json'))).toMatchObject({
      name: 'lounge',
      type: 'module',
      scripts: { start: 'tsx server.ts' },
      dependencies: { 'swoole-ts': expect.stringMatching(/^\^\d/) },
    });
    expect(stdout).toContain('server.php -> server.ts');
    expect(stdout).toContain('2 of 2 files ported (18 lines of PHP): nothing needs a person');
    expect(stdout).toContain('Next: cd lounge && npm install && npm start');
    expect(read(out, 'PORTING.md')).toMatch(/\| `Swoole\\WebSocket\\Server::push` \| 7 \| works \|/);
  });

  it('names the folder after the source unless -o is given, and takes along what a file includes', async () => {
    const [dir, source] = [folder(), folder(PROGRAM)];
    expect((await swooleTsPort([path.join(source, 'server.php')], dir)).status).toBe(0);
    expect(readdirSync(path.join(dir, 'server-ts', 'src'))).toEqual(['Greeting.ts']);
  });

  it('overwrites nothing of yours unless it is told to', async () => {
    const [dir, source] = [folder(), folder(PROGRAM)];
    expect((await swooleTsPort([source, '-o', 'out'], dir)).status).toBe(0);
    const file = path.join(dir, 'out/server.ts');
    writeFileSync(file, '// mine\n');
    const refused = await swooleTsPort([source, '-o', 'out'], dir);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(
      /Nothing was written: .*other content:\n {2}server\.ts\nGive another folder with -o, or --force/,
    );
    expect(read(file)).toBe('// mine\n');
    expect((await swooleTsPort([source, '-o', 'out', '--force'], dir)).status).toBe(0);
    expect(read(file)).toContain('Swoole');
  });

  it('only reports with --check', async () => {
    const dir = folder();
    const { status, stdout } = await swooleTsPort([folder(PROGRAM), '--check'], dir);
    expect(status).toBe(0);
    expect(stdout).toContain('2 of 2 files ported');
    expect(readdirSync(dir)).toEqual([]);
  });

  it('tells file, line and column of a syntax error, and ports the rest', async () => {
    const [dir, source] = [folder(), folder({ ...PROGRAM, 'src/broken.php': BROKEN })];
    const { status, stdout } = await swooleTsPort([source, '-o', 'out'], dir);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /src\/broken\.php not ported\n {2}src\/broken\.php:3:11 syntax error: unexpected '\)'\n/,
    );
    expect(stdout).toContain('2 of 3 files ported');
    expect(existsSync(path.join(dir, 'out/src/broken.ts'))).toBe(false);
    expect(existsSync(path.join(dir, 'out/server.ts'))).toBe(true);
  });

  it('says where a person is needed, why and what to do; with --strict that is a failure', async () => {
    const [dir, source] = [folder(), folder({ 'tool.php': UNKNOWN })];
    const { status, stdout } = await swooleTsPort([source, '--check', '--strict'], dir);
    expect(status).toBe(1);
    expect(stdout).toMatch(/tool\.php:2:\d+ needs a person: .*frobnicate.*\n {6}.*frobnicate\(1\).*\n {6}\S/);
    expect(stdout).toContain('1 place needs a person, on 1 line');
  });

  it('gives the report as JSON', async () => {
    const source = folder(PROGRAM);
    const { stdout } = await swooleTsPort([source, '--check', '--json'], folder());
    const report = JSON.parse(stdout);
    expect(report.total).toMatchObject({ files: 2, ported: 2, lines: 18, person: 0, syntax: 0 });
    expect(report.files[0]).toMatchObject({ source: 'server.php', target: 'server.ts', findings: [] });
    expect(report.files[0].uses).toContainEqual({
      name: 'Swoole\\WebSocket\\Server::push',
      lines: [7],
      verdict: 'works',
      why: '',
    });
  });

  it('shows PHP and TypeScript side by side in a page that needs nothing else', async () => {
    const [dir, source] = [folder(), folder({ ...PROGRAM, 'tool.php': UNKNOWN })];
    const { stdout } = await swooleTsPort([source, '-o', 'out', '--check', '--diff'], dir);
    expect(stdout).toContain('Written: out/PORTING.html');
    expect(readdirSync(path.join(dir, 'out'))).toEqual(['PORTING.html']);
    const page = read(dir, 'out/PORTING.html');
    expect(page).not.toMatch(/src=|href="(?!#)|@import|url\(/);
    expect(page).toContain('<h2>src/Greeting.php → src/Greeting.ts');
    expect(page).toMatch(/<b>needs a person:<\/b> <span>.*frobnicate/);
    const rows = page.match(/<tr>.*<\/tr>/g) ?? [];
    const row = rows.find((each) => each.includes('Greets somebody'));
    expect(row?.match(/Greets somebody/g), 'both sides in one row').toHaveLength(2);
  });

  it('says what to do when it cannot understand what it is told', async () => {
    const dir = folder({ 'note.txt': '' });
    const of = async (...args: string[]) => {
      const { status, stderr } = await swooleTsPort(args, dir);
      return [status, stderr];
    };
    const more = '\nswoole-ts-port --help tells what there is.\n';
    expect(await of()).toEqual([2, `Say what to port: a PHP file or a folder.${more}`]);
    expect(await of('a', 'b')).toEqual([
      2,
      `Give one file or folder: "b" is too much. The folder for the result is given with -o.${more}`,
    ]);
    expect(await of('--fast', 'a')).toEqual([2, `Unknown option '--fast'${more}`]);
    expect(await of('gone.php')).toEqual([
      2,
      'There is no gone.php. Give a PHP file or the folder of a program.\n',
    ]);
    expect(await of('.')).toEqual([
      2,
      expect.stringMatching(/^There is no PHP file in .*\. Give the folder/),
    ]);
  });

  it('explains itself', async () => {
    const { status, stdout } = await asInstalled(['--help'], folder());
    expect(status).toBe(0);
    for (const option of ['-o', '--check', '--strict', '--force', '--diff', '--json'])
      expect(stdout).toContain(option);
    const { version } = JSON.parse(read(import.meta.dirname, '../../package.json'));
    expect((await asInstalled([], folder())).status, 'the process ends with the status').toBe(2);
    expect((await asInstalled(['--version'], folder())).stdout).toBe(`${version}\n`);
  });
});
