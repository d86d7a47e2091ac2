import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Constant, Http } from '../../src/index.js';

const { classes } = JSON.parse(
  readFileSync(new URL('../../../../conformance/api.json', import.meta.url), 'utf8'),
) as { classes: Record<string, { constants: Record<string, unknown> | [string, unknown][] }> };

function constantsOf(name: string): Record<string, unknown> {
  const constants = classes[name]?.constants ?? {};
  return Array.isArray(constants) ? Object.fromEntries(constants) : constants;
}

it.each([
  ['Swoole\\Http\\Status', Http.Status],
  ['Swoole\\Constant', Constant],
])('%s has the constants of Swoole, and no others', (name, type) => {
  const { phpName, ...own } = { ...type } as Record<string, unknown>;
  expect(phpName).toBe(name);
  expect(own).toEqual(constantsOf(name));
});

it('Status knows the reason of each of its codes', () => {
  const { Status } = Http;
  expect(Object.keys(Status.getReasonPhrases()).map(Number).sort()).toEqual(
    Object.values(constantsOf('Swoole\\Http\\Status')).sort(),
  );
  expect([200, 226, 404, 418, 999].map((code) => Status.getReasonPhrase(code))).toEqual([
    'OK',
    'IM Used',
    'Not Found',
    'Unknown',
    'Unknown',
  ]);
});
