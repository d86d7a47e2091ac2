import { describe, expect, it } from 'vitest';
import { entryOf } from '../../src/project/entry.js';

const ported = (...names: string[]) =>
  names.map((name) => ({ path: `${name}.ts`, source: `${name}.php`, text: '' }));
const starting = (...names: string[]) =>
  names.map((name) => ({ file: `${name}.php`, line: 1, name: 'Swoole\\Http\\Server::start' }));

describe('the file that starts a program', () => {
  it('is the one that starts a server', () => {
    expect(entryOf(ported('index', 'src/Chat', 'run'), starting('run'))).toBe('run.ts');
  });

  it('is of several the one that is least deep and has the likeliest name', () => {
    const names = ['client', 'server', 'demo/server'];
    expect(entryOf(ported(...names), starting(...names))).toBe('server.ts');
  });

  it('is the only file there is, or none', () => {
    expect(entryOf(ported('tool'), [])).toBe('tool.ts');
    expect(entryOf(ported('a', 'b'), [])).toBeNull();
  });
});
