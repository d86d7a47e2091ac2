import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { read, root } from './pages.ts';

const readme = read(path.join(root, 'README.md'));
const blockOf = (language: string): string[] => {
  const found = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readme);
  return (found?.[1] ?? '').split('\n').filter((line) => line !== '');
};

describe.each([
  ['php', 'examples/tutorial/server.php', '<?php'],
  ['ts', 'examples/tutorial/server.ts', "import * as Swoole from 'swoole-ts';"],
])("the README's tutorial in %s", (language, file, firstLine) => {
  const shown = blockOf(language);
  const lines = read(path.join(root, file)).split('\n');

  it('is made of lines of the example, in their order', () => {
    let at = 0;
    for (const line of shown) {
      const found = lines.indexOf(line, at);
      expect(found, `"${line}" is not in the rest of ${file}`).toBeGreaterThanOrEqual(0);
      at = found + 1;
    }
  });

  it('is a whole program with the five steps', () => {
    expect(shown[0]).toBe(firstLine);
    const steps = shown.filter((line) => /^\/\/ \d\. /.test(line)).map((line) => line.slice(3, 5));
    expect(steps).toEqual(['1.', '2.', '3.', '4.', '5.']);
    for (const event of ['open', 'message', 'close']) expect(shown.join('\n')).toContain(`on('${event}'`);
    expect(shown.at(-1)).toMatch(/start\(\);$/);
  });
});

describe('the README', () => {
  it('has room for the measured figures and the state of compatibility', () => {
    for (const name of ['bench', 'conformance']) {
      const [start, end] = [readme.indexOf(`<!-- ${name}:start -->`), readme.indexOf(`<!-- ${name}:end -->`)];
      expect(start, name).toBeGreaterThan(0);
      expect(end, name).toBeGreaterThan(start);
    }
  });
});
