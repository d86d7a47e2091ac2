import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { differencesPage } from '../lib/differences-page.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'differences-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const declare = (name: string, declarations: unknown) =>
  writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(declarations));

describe('the differences page', () => {
  it('has a section per reason, with a row per line', () => {
    declare('ws-b', [
      { reason: 'node', why: 'Threads.', engine: 'uws', lines: [{ swoole: 'x', here: null, times: 2 }] },
    ]);
    declare('ws-a', [{ reason: 'rfc', why: 'RFC 6455, 5.2.', lines: [{ swoole: 'old', here: 'new' }] }]);
    const text = differencesPage(folder);
    const rfc = text.indexOf('## The RFC wins');
    const node = text.indexOf('## What Node');
    expect(rfc).toBeGreaterThan(0);
    expect(node).toBeGreaterThan(rfc);
    expect(text).toContain(
      '| ws-a | <code v-pre>old</code> | <code v-pre>new</code> | `rfc` | all | RFC 6455, 5.2. |\n',
    );
    expect(text).toContain(
      '| ws-b | <code v-pre>x</code> (2 times) | *(no line)* | `node` | `uws` | Threads. |\n',
    );
    expect(text).not.toContain('## Better');
  });

  it('keeps a line from breaking the table or the page', () => {
    declare('ws-a', [{ reason: 'rfc', why: 'a|b', lines: [{ swoole: '<b>|`{{x}}', here: '' }] }]);
    const row = differencesPage(folder)
      .split('\n')
      .find((line) => line.startsWith('| ws-a'));
    expect(row?.split('|')).toHaveLength(8);
    expect(row).toContain('&#60;b&#62;&#124;&#96;&#123;&#123;x&#125;&#125;');
    expect(row).toContain('(empty line)');
  });
});
