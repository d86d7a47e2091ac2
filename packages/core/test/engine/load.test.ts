import { describe, expect, it } from 'vitest';
import type { UwsBinding } from '../../src/engine/uws/binding.js';
import { firstThatLoads, loadBinding } from '../../src/engine/uws/load.js';

const binding = {} as UwsBinding;
const fails = (name: string): never => {
  throw new Error(`no binary for ${name}\nRequire stack: …`);
};

describe('the choice of a uWebSockets.js build', () => {
  it('takes the first that loads and says in one line which and why', () => {
    const { binding: chosen, description } = firstThatLoads(['first', 'second', 'third'], (name) =>
      name === 'first' ? fails(name) : binding,
    );
    expect(chosen).toBe(binding);
    expect(description).toBe(
      `engine uws: second on Node ${process.versions.node}; passed over: first (no binary for first)`,
    );
  });

  it('names every build tried, the reasons and the remedy when none loads', () => {
    expect(() => firstThatLoads(['first', 'second'], fails)).toThrow(
      /Tried: first \(no binary for first\); second \(no binary for second\)\. Remedy: .*npm install/,
    );
  });

  it('loads one here, once', () => {
    const loaded = loadBinding();
    expect(loaded.description).toMatch(/^engine uws: \S+ on Node /);
    expect(loadBinding()).toBe(loaded);
  });
});
