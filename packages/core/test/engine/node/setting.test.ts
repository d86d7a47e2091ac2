import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as Swoole from '../../../src/index.js';
import { httpServer, start } from '../../server/running.js';
import { temporary } from '../../server/temporary.js';

test('the setting engine chooses, and the debug log says in one line which runs and why', async () => {
  const log = path.join(temporary(), 'engine.log');
  const server = httpServer({ engine: 'node', log_level: Swoole.SWOOLE_LOG_DEBUG, log_file: log });
  await start(server);
  const answer = await fetch(`http://127.0.0.1:${server.port}/`, { headers: { connection: 'close' } });
  expect(await answer.text()).toBe('fine');
  const lines = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('engine'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`engine node: Node ${process.versions.node}, as the setting engine asks`);
});

test('an engine of another name is refused', () => {
  expect(() => httpServer({ engine: 'steam' as 'node' })).toThrow(
    "engine must be one of uws, node, 'steam' given",
  );
});
