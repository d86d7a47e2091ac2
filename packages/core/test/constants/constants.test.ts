import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as constants from '../../src/constants/index.js';

const recorded = JSON.parse(
  readFileSync(new URL('../../../../conformance/api.json', import.meta.url), 'utf8'),
) as { swoole: string; constants: Record<string, number | string | boolean> };
const ours = new Map<string, unknown>(Object.entries(constants));

describe('constants', () => {
  it('are exactly those of Swoole, none missing and none invented', () => {
    expect([...ours.keys()].sort()).toEqual(Object.keys(recorded.constants).sort());
  });

  it.each(Object.entries(recorded.constants))('%s is %s', (name, value) => {
    expect(ours.get(name)).toBe(value);
  });

  it('carry the version that the surface was recorded from', () => {
    expect(constants.SWOOLE_VERSION).toBe(recorded.swoole);
  });
});
