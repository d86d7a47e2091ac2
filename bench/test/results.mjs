// node --test bench/test/results.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readmeBlock } from '../lib/report.mjs';
import { median, ratioOf, summarise } from '../lib/stats.mjs';
import { inject } from '../readme.mjs';

const run = (value, server = 1, generator = 0.5) => ({ value, server, generator, others: 0, stolen: 0 });

const results = (cells) => ({
  date: '2026-01-02T03:04:05.000Z',
  rounds: 3,
  machine: { cpu: 'A processor', cores: 2, platform: 'Linux 6 x64', node: '20.0.0', pinning: null },
  systems: [
    { name: 'swoole-ts', title: 'swoole-ts' },
    { name: 'uws', title: 'bare uWebSockets.js' },
  ],
  lines: [{ title: 'Echo', unit: 'messages/s', cells }],
});

test('the median of an even count is the mean of the two in the middle', () => {
  assert.equal(median([40, 10, 30, 20]), 25);
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([]), null);
});

test('a ratio pairs the runs of one round, so that a slow round for both does not count', () => {
  const ours = summarise([run(90), run(45), run(90)]);
  const theirs = summarise([run(100), run(50), run(100)]);
  assert.deepEqual(ratioOf(ours, theirs), { median: 0.9, min: 0.9, max: 0.9 });
});

test('a cell whose load was full while the server idled is compared by work for a second of CPU', () => {
  const ours = summarise([run(100, 0.8, 1)]);
  const theirs = summarise([run(100, 0.4, 1)]);
  assert.equal(theirs.limitedByLoad, true);
  assert.equal(ratioOf(ours, theirs).median, 0.5);
});

test('a cell whose server was full is not said to be limited by the load', () => {
  assert.equal(summarise([run(100, 0.97, 1)]).limitedByLoad, false);
});

test('the README block names systems, medians, ratios, rounds and machine', () => {
  const block = readmeBlock(
    results({ 'swoole-ts': summarise([run(95_000)]), uws: summarise([run(100_000)]) }),
  );
  assert.ok(block.includes('| Echo (messages/s) | 95k | 100k | 0.95 |'), block);
  assert.ok(block.includes('Medians of 3 rounds'));
  assert.ok(block.includes('A processor, 2 cores, Linux 6 x64, Node 20.0.0, 2026-01-02'));
});

test('a system without figures leaves a dash', () => {
  const block = readmeBlock(results({ uws: summarise([run(100_000)]) }));
  assert.ok(block.includes('| Echo (messages/s) | – | 100k | – |'), block);
});

test('the block replaces what stands between the markers and nothing else', () => {
  const readme = '# A\n<!-- bench:start -->\nold\n<!-- bench:end -->\nb\n';
  const wanted = '# A\n<!-- bench:start -->\nnew\n<!-- bench:end -->\nb\n';
  assert.equal(inject(readme, 'new'), wanted);
  assert.equal(inject(wanted, 'new'), wanted);
});

test('a README without the markers, or with two pairs, is refused', () => {
  assert.throws(() => inject('# A\n', 'new'), /has no <!-- bench:start -->/);
  const pair = '<!-- bench:start -->\n<!-- bench:end -->\n';
  assert.throws(() => inject(pair + pair, 'new'), /twice/);
});
