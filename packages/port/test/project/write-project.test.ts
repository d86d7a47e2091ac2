import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Content, writeProject } from '../../src/project/write-project.js';
import { folder } from '../folder.js';

const files = (content: Readonly<Record<string, Content>>) => new Map(Object.entries(content));

describe('writing a ported project', () => {
  it('makes the folders, and copies what goes along', () => {
    const from = folder({ 'page.html': '<p>' });
    const out = path.join(folder(), 'new');
    writeProject(
      out,
      files({ 'src/a.ts': { text: 'a' }, 'web/page.html': { copyOf: path.join(from, 'page.html') } }),
      false,
    );
    expect(readFileSync(path.join(out, 'src/a.ts'), 'utf8')).toBe('a');
    expect(readFileSync(path.join(out, 'web/page.html'), 'utf8')).toBe('<p>');
  });

  it('writes nothing at all when one file is there with other content', () => {
    const out = folder({ 'b.ts': 'mine' });
    const all = files({ 'a.ts': { text: 'a' }, 'b.ts': { text: 'b' } });
    expect(() => writeProject(out, all, false)).toThrow(
      /Nothing was written.*\n {2}b\.ts\nGive another folder/,
    );
    expect(existsSync(path.join(out, 'a.ts'))).toBe(false);
    expect(readFileSync(path.join(out, 'b.ts'), 'utf8')).toBe('mine');
    writeProject(out, all, true);
    expect(readFileSync(path.join(out, 'b.ts'), 'utf8')).toBe('b');
  });

  it('leaves alone what is already as it should be', () => {
    const out = folder({ 'a.ts': 'a' });
    const before = statSync(path.join(out, 'a.ts')).mtimeMs;
    writeProject(out, files({ 'a.ts': { text: 'a' } }), false);
    expect(statSync(path.join(out, 'a.ts')).mtimeMs).toBe(before);
  });

  it('refuses a file where a folder is needed', () => {
    const dir = folder({ out: '' });
    expect(() => writeProject(path.join(dir, 'out'), files({ 'a.ts': { text: '' } }), true)).toThrow(
      /is a file\. Give a folder/,
    );
    expect(() => writeProject(dir, files({ 'out/a.ts': { text: '' } }), true)).toThrow(/Cannot write .*out/);
  });
});
