// What npm test and pnpm check have in common: running a step, and the steps that are no tests.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const core = path.join(root, 'packages/core');
export const packages = ['packages/core', 'packages/php', 'packages/port'];
/** The most lines of a failing command that the summary repeats. */
const MOST_LINES = 20;
const LONGEST_STEP = 10 * 60_000;

const COLOURS = process.stdout.isTTY && !process.env.NO_COLOR;
const bold = (text) => (COLOURS ? `\u001b[1m${text}\u001b[0m` : text);

export const bin = (name) => path.join(root, 'node_modules/.bin', name);
export const firstLines = (text, most) => text.split('\n').slice(0, most).join('\n');
export const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/**
 * Runs a command and resolves to its status and all of its output, which is shown as it comes unless `quiet`.
 * A command that takes longer than ten minutes is ended.
 */
export function run(command, args, { cwd = root, quiet = false, env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        if (!quiet) process.stdout.write(text);
      });
    const timer = setTimeout(() => {
      output += `\nended: it took longer than ${LONGEST_STEP / 60_000} minutes\n`;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
    }, LONGEST_STEP);
    const done = (status, text = '') => {
      clearTimeout(timer);
      resolve({ status, output: output + text });
    };
    child.once('error', (error) => done(1, `${command}: ${error.message}\n`));
    child.once('close', (status) => done(status ?? 1));
  });
}

/** Runs commands that only matter when they fail, `atOnce` at a time, and shows the output of those. Counts as one. */
async function oneCheck(commands, atOnce = 1) {
  const notes = [];
  const queue = commands.values();
  const worker = async () => {
    for (const [command, args, options] of queue) {
      const { status, output } = await run(command, args, { ...options, quiet: true });
      if (status === 0) continue;
      console.log(output.trimEnd());
      notes.push(firstLines(output.trimEnd(), MOST_LINES));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const failed = notes.length > 0 ? 1 : 0;
  if (failed === 0) console.log('ok');
  return { passed: 1 - failed, failed, skipped: 0, notes };
}

export const lint = () =>
  oneCheck([[bin('biome'), ['check', '--error-on-warnings', '--diagnostic-level=warn', '.']]]);

export const types = () =>
  oneCheck(
    [...packages, 'examples', 'conformance', 'docs', 'bench']
      .filter(
        (dir) => existsSync(path.join(root, dir, 'tsconfig.json')) && hasTypeScript(path.join(root, dir)),
      )
      .map((dir) => [bin('tsc'), ['-p', dir, '--noEmit']]),
    2,
  );

const hasTypeScript = (dir) =>
  readdirSync(dir, { withFileTypes: true }).some((entry) =>
    entry.isDirectory()
      ? entry.name !== 'node_modules' && entry.name !== 'dist' && hasTypeScript(path.join(dir, entry.name))
      : entry.name.endsWith('.ts'),
  );

export const publint = () =>
  oneCheck(packages.map((dir) => [bin('publint'), ['run', dir, '--pack', 'npm', '--strict']]));

/** The committed tables of the docs and the README are what their sources give. */
export const generated = () =>
  oneCheck([
    [process.execPath, ['docs/generate.mjs', '--check']],
    [process.execPath, ['conformance/list-differences.mjs', '--check']],
  ]);

const SMOKE = (Swoole) => `
const server = new ${Swoole}.WebSocket.Server('127.0.0.1', 0);
server.on('message', () => {});
server.on('start', () => server.shutdown());
server.start().then((ended) => {
  if (ended !== true) throw new Error('start() did not resolve to true');
});
`;

/** Packs the library as npm would, unpacks it in an empty place, and starts a server with it, by import and by require. */
export async function packed() {
  const dir = mkdtempSync(path.join(tmpdir(), 'swoole-ts-packed-'));
  try {
    const modules = path.join(dir, 'node_modules');
    const home = path.join(modules, 'swoole-ts');
    mkdirSync(home, { recursive: true });
    const pack = await run('npm', ['pack', '--silent', '--offline', '--pack-destination', dir], {
      cwd: core,
      quiet: true,
    });
    const tarball = readdirSync(dir).find((file) => file.endsWith('.tgz'));
    if (pack.status !== 0 || tarball === undefined) {
      console.log(`npm pack failed\n${pack.output}`);
      return { passed: 0, failed: 1, skipped: 0 };
    }
    linkModules(path.join(core, 'node_modules'), modules);
    linkModules(path.join(root, 'node_modules'), modules);
    writeFileSync(path.join(dir, 'package.json'), '{ "type": "module" }');
    writeFileSync(path.join(dir, 'imported.mjs'), `import * as Swoole from 'swoole-ts';\n${SMOKE('Swoole')}`);
    writeFileSync(path.join(dir, 'required.cjs'), `const Swoole = require('swoole-ts');\n${SMOKE('Swoole')}`);
    writeFileSync(path.join(dir, 'typed.mts'), `import * as Swoole from 'swoole-ts';\n${SMOKE('Swoole')}`);
    writeFileSync(path.join(dir, 'typed.cts'), `import Swoole = require('swoole-ts');\n${SMOKE('Swoole')}`);
    const tsc = [
      '--noEmit',
      '--strict',
      '--module',
      'NodeNext',
      '--target',
      'ES2022',
      '--types',
      'node',
      'typed.mts',
      'typed.cts',
    ];
    return await oneCheck([
      ['tar', ['-xzf', path.join(dir, tarball), '-C', home, '--strip-components=1']],
      [process.execPath, ['imported.mjs'], { cwd: dir }],
      [process.execPath, ['required.cjs'], { cwd: dir }],
      [bin('tsc'), tsc, { cwd: dir }],
    ]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Makes the workspace's dependencies visible from another folder, except for those that are there already. */
function linkModules(from, to) {
  for (const name of readdirSync(from)) {
    if (name.startsWith('.')) continue;
    if (name.startsWith('@')) {
      mkdirSync(path.join(to, name), { recursive: true });
      linkModules(path.join(from, name), path.join(to, name));
    } else if (!existsSync(path.join(to, name)))
      symlinkSync(path.join(from, name), path.join(to, name), 'junction');
  }
}

/**
 * Runs steps one after the other, whatever becomes of them, and prints a summary. The last line is `N passed, N failed`,
 * with `, N skipped` when there are any; the exit status is 1 when anything failed. A step's notes say what failed in it.
 * @param {[title: string, step: () => Promise<{ passed: number, failed: number, skipped: number, notes?: string[] }>][]} steps
 */
export async function runSteps(steps) {
  const begun = performance.now();
  const rows = [];
  for (const [title, step] of steps) {
    console.log(`\n${bold(`== ${title}`)}`);
    const from = performance.now();
    const result = await step().catch((error) => {
      console.log(error.stack);
      return { passed: 0, failed: 1, skipped: 0 };
    });
    rows.push({ title, took: seconds(from), ...result });
  }
  console.log(`\n${bold(`== Summary (${seconds(begun)})`)}`);
  // Here, too: of a long output often only the end is kept.
  for (const { title, notes = [] } of rows) for (const note of notes) console.log(`${title}: ${note}`);
  const width = Math.max(...rows.map(({ title }) => title.length));
  for (const row of rows) console.log(`${row.title.padEnd(width)}  ${row.took.padStart(8)}  ${counts(row)}`);
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  console.log(counts(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

const counts = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
