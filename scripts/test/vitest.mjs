// node --test scripts/test/vitest.mjs
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcome } from '../lib/vitest.mjs';

const suite = (name, ...statuses) => ({
  name: `/home/test/${name}`,
  status: statuses.length === 0 || statuses.includes('failed') ? 'failed' : 'passed',
  message: statuses.length === 0 ? 'it has no tests' : '',
  assertionResults: statuses.map((status, i) => ({
    status,
    fullName: `test ${i}`,
    failureMessages: status === 'failed' ? ['expected 1 to be 2'] : [],
  })),
});
const first = (status, suites, output = '') => ({ status, suites, output });

test('counts passed, failed and skipped tests', () => {
  const { passed, failed, skipped } = outcome(
    '/home',
    first(1, [suite('a.ts', 'passed', 'pending'), suite('b.ts', 'failed', 'passed', 'todo')]),
  );
  assert.deepEqual({ passed, failed, skipped }, { passed: 2, failed: 1, skipped: 2 });
});

test('names the failed test with its message', () => {
  const { notes } = outcome('/home', first(1, [suite('b.ts', 'passed', 'failed')]));
  assert.deepEqual(notes, ['FAILED test/b.ts > test 1\n  expected 1 to be 2']);
});

test('lets a second attempt of a file count, and names what failed in the first', () => {
  const { passed, failed, notes } = outcome('/home', first(1, [suite('b.ts', 'passed', 'failed')]), [
    suite('b.ts', 'passed', 'passed'),
  ]);
  assert.deepEqual({ passed, failed }, { passed: 2, failed: 0 });
  assert.match(notes.join(), /^passed alone, failed beside others: test\/b\.ts > test 1/);
});

test('counts a file that could not be loaded as one failure', () => {
  const { passed, failed, notes } = outcome('/home', first(1, [suite('a.ts', 'passed'), suite('b.ts')]));
  assert.deepEqual({ passed, failed }, { passed: 1, failed: 1 });
  assert.deepEqual(notes, ['FAILED test/b.ts: it has no tests']);
});

const STRAY = 'Unhandled Rejection\nThis error originated in "test/a.ts" test file.';

test('counts errors outside of tests as one failure, and shows them', () => {
  const { failed, notes } = outcome('/home', first(1, [suite('a.ts', 'passed')], `before\n${STRAY}`));
  assert.equal(failed, 1);
  assert.deepEqual(notes, [`FAILED: errors outside of tests\n${STRAY}`]);
});

test('does not let the second attempt of one file excuse an error of another', () => {
  const suites = [suite('a.ts', 'passed'), suite('b.ts', 'failed')];
  assert.equal(outcome('/home', first(1, suites, STRAY), [suite('b.ts', 'passed')]).failed, 1);
});

test('lets the second attempt of a file excuse the errors it had outside of tests', () => {
  assert.equal(
    outcome('/home', first(1, [suite('a.ts', 'failed')], STRAY), [suite('a.ts', 'passed')]).failed,
    0,
  );
});

test('takes an exit status without any failed test for a failure', () => {
  assert.equal(outcome('/home', first(1, [suite('a.ts', 'passed')])).failed, 1);
});
