import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseEngine } from '../../src/engine/choose.js';
import type { Engine } from '../../src/engine/engine.js';

const uws = { name: 'uws', description: 'engine uws' } as Engine;
const loads = () => uws;
const fails = (): never => {
  throw new Error('no binary for this system');
};

describe('the choice of an engine', () => {
  const before = process.env.SWOOLE_TS_ENGINE;
  beforeEach(() => {
    delete process.env.SWOOLE_TS_ENGINE;
  });
  afterEach(() => {
    if (before === undefined) delete process.env.SWOOLE_TS_ENGINE;
    else process.env.SWOOLE_TS_ENGINE = before;
  });

  it('is uWebSockets.js where it loads', () => {
    expect(chooseEngine('', false, loads)).toBe(uws);
  });

  it('is node where it does not, and the description says why', () => {
    const engine = chooseEngine('', false, fails);
    expect(engine.name).toBe('node');
    expect(engine.description).toContain(process.versions.node);
    expect(engine.description).toContain('no binary for this system');
    expect(engine.description).not.toContain('\n');
  });

  it('is what the setting asks for, which fails rather than take another', () => {
    expect(chooseEngine('node', false, loads).name).toBe('node');
    expect(chooseEngine('uws', false, loads)).toBe(uws);
    expect(() => chooseEngine('uws', false, fails)).toThrow('no binary for this system');
  });

  it('is node for HTTP/2, unless uws is asked for', () => {
    const engine = chooseEngine('', true, loads);
    expect(engine.name).toBe('node');
    expect(engine.description).toContain('open_http2_protocol');
    expect(chooseEngine('uws', true, loads)).toBe(uws);
  });

  it('is what the environment asks for when the setting is not set', () => {
    process.env.SWOOLE_TS_ENGINE = 'node';
    expect(chooseEngine('', false, loads).name).toBe('node');
    expect(chooseEngine('uws', false, loads)).toBe(uws);
    process.env.SWOOLE_TS_ENGINE = 'steam';
    expect(() => chooseEngine('', false, loads)).toThrow(
      "SWOOLE_TS_ENGINE must be one of uws, node, 'steam' given",
    );
  });
});
