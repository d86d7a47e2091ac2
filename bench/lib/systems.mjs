// The systems compared. A command gets the workload's mode as its last argument and prints `READY port what-it-is`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const bench = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const program = (file) => path.join(bench, 'systems', file);
const node = (file) => [process.execPath, program(file)];

/** The command that runs PHP; the PHP variable may carry arguments: `PHP='php -d extension=swoole'`. */
const php = (process.env.PHP ?? 'php').split(' ').filter(Boolean);

const phpHasSwoole = () => {
  const { status, stdout } = spawnSync(php[0], [...php.slice(1), '-m'], { encoding: 'utf8' });
  return status === 0 && stdout.split('\n').includes('swoole');
};

/**
 * `command` serves HTTP and WebSocket, `tcp` raw TCP; a system without one has no figure for its workloads.
 * `memory` runs the operations of ../memory.mjs, `workers` serves the workloads of ../workers.mjs; `missing()` says in plain words why a system cannot run here, or gives null.
 */
export const systems = [
  {
    name: 'swoole-ts',
    title: 'swoole-ts',
    command: node('swoole-ts.mjs'),
    tcp: node('tcp-swoole-ts.mjs'),
    nodeEngine: ['env', 'SWOOLE_TS_ENGINE=node', ...node('swoole-ts.mjs')],
    memory: node('memory.mjs'),
    workers: node('workers.mjs'),
    missing: () =>
      existsSync(path.join(bench, '../packages/core/dist/index.js'))
        ? null
        : 'the library is not built (npm run setup)',
  },
  {
    name: 'uws',
    title: 'bare uWebSockets.js',
    command: node('uws.mjs'),
    missing: () => {
      const { status } = spawnSync(process.execPath, [program('uws.mjs'), 'probe'], { encoding: 'utf8' });
      return status === 0 ? null : 'no uWebSockets.js binary loads here';
    },
  },
  { name: 'net', title: 'bare node:net', tcp: node('tcp-net.mjs'), missing: () => null },
  { name: 'ws', title: 'ws', command: node('ws.mjs'), nodeEngine: node('ws.mjs'), missing: () => null },
  {
    name: 'swoole',
    title: 'Swoole (PHP)',
    command: [...php, program('swoole.php')],
    tcp: [...php, program('tcp-swoole.php')],
    memory: [...php, program('memory.php')],
    workers: [...php, program('workers.php')],
    missing: () => (phpHasSwoole() ? null : `\`${php.join(' ')} -m\` lists no swoole`),
  },
];
