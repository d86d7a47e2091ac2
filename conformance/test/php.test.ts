import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as php from '../lib/php.ts';

// Expected values are what PHP 8.2 prints for the same call.
describe('sprintf', () => {
  it.each<[string, unknown[], string]>([
    ['%-6s|', ['ab'], 'ab    |'],
    ['%10s|', ['é'], '        é|'],
    ['%.3s', ['abcdef'], 'abc'],
    ["%'*10s", ['x'], '*********x'],
    ['%05s', ['ab'], '000ab'],
    ['%05d', [-42], '-0042'],
    ['%-05d|', [42], '42   |'],
    ["%-'x8d|", [-3], '-3xxxxxx|'],
    ['%+d', [7], '+7'],
    ['%+05d', [7], '+0007'],
    ['%d', ['12abc'], '12'],
    ['%d', [true], '1'],
    ['%5.1f', [Math.PI], '  3.1'],
    ['%08.3f', [-3.5], '-003.500'],
    ['%x %X %o %b', [255, 48879, 8, 5], 'ff BEEF 10 101'],
    ['%u', [-1], '18446744073709551615'],
    ['%c%%', [65], 'A%'],
    ['%2$s-%1$s', ['a', 'b'], 'b-a'],
    ['[%s%s%s]', [true, false, null], '[1]'],
  ])('%j of %j is %j', (format, values, text) => {
    expect(php.sprintf(format, ...values)).toBe(text);
  });

  it('writes integers of 64 bits', () => {
    expect(php.sprintf('%d %d', php.PHP_INT_MAX, php.PHP_INT_MIN)).toBe(
      '9223372036854775807 -9223372036854775808',
    );
  });

  it('throws when a value is missing', () => {
    expect(() => php.sprintf('%s %s', 'one')).toThrow(RangeError);
  });
});

describe('varExport', () => {
  it.each<[unknown, string]>([
    [null, 'NULL'],
    [undefined, 'NULL'],
    [true, 'true'],
    [-3, '-3'],
    [1.5, '1.5'],
    ["a'b\\c", "'a\\'b\\\\c'"],
    ['x\0y', `'x' . "\\0" . 'y'`],
    [Buffer.from('bytes'), "'bytes'"],
    [[], 'array (\n)'],
    [[1, { a: 'b' }], "array (\n  0 => 1,\n  1 => \n  array (\n    'a' => 'b',\n  ),\n)"],
  ])('of %j', (value, text) => {
    expect(php.varExport(value)).toBe(text);
  });

  it('refuses objects, which PHP prints with their class', () => {
    expect(() => php.varExport(new Date(0))).toThrow(TypeError);
  });
});

describe('jsonEncode', () => {
  const { JSON_PRETTY_PRINT, JSON_UNESCAPED_SLASHES, JSON_UNESCAPED_UNICODE } = php;

  it('escapes slashes and everything beyond ASCII', () => {
    expect(php.jsonEncode({ 'a/b': 'é🙂' })).toBe('{"a\\/b":"\\u00e9\\ud83d\\ude42"}');
  });

  it('keeps both when asked to', () => {
    const text = php.jsonEncode({ 'a/b': 'é🙂\u2028' }, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    expect(text).toBe('{"a/b":"é🙂\\u2028"}');
  });

  it('makes lists of arrays and of objects that PHP would call a list', () => {
    expect(php.jsonEncode([[1, null, true], { 0: 'a', 1: 'b' }, { 1: 'a' }])).toBe(
      '[[1,null,true],["a","b"],{"1":"a"}]',
    );
  });

  it('prints an empty PHP array as a list', () => {
    expect(php.jsonEncode({})).toBe('[]');
    expect(php.jsonEncode(Object.create(null))).toBe('[]');
  });

  it('indents by four spaces', () => {
    expect(php.jsonEncode({ a: [1], b: [] }, JSON_PRETTY_PRINT)).toBe(
      '{\n    "a": [\n        1\n    ],\n    "b": []\n}',
    );
  });
});

describe('small functions', () => {
  it('gettype names types as PHP does', () => {
    const values = [null, 1, 1.5, 'x', Buffer.from('x'), true, [], {}, new Date(0)];
    expect(values.map((value) => php.gettype(value))).toEqual(
      'NULL integer double string string boolean array array object'.split(' '),
    );
    expect(php.gettype(1, true)).toBe('double');
  });

  it('className prefers the PHP name', () => {
    class Plain {}
    class Named {
      static readonly phpName = 'Swoole\\Named';
      readonly fd = 1;
    }
    expect([php.className(new Plain()), php.className(new Named())]).toEqual(['Plain', 'Swoole\\Named']);
  });

  it('strlen and bin2hex count the bytes of UTF-8', () => {
    expect(php.strlen('é🙂')).toBe(6);
    expect(php.bin2hex('é')).toBe('c3a9');
    expect(php.bin2hex(php.hex2bin('00ff'))).toBe('00ff');
  });

  it('hashes as RFC 1321 and RFC 3174 say', () => {
    expect(php.md5('abc')).toBe('900150983cd24fb0d6963f7d28e17f72');
    expect(php.sha1('abc')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
  });

  it('ksort orders keys and leaves its argument alone', () => {
    const original = { b: 1, a: 2 };
    expect(Object.keys(php.ksort(original))).toEqual(['a', 'b']);
    expect(Object.keys(original)).toEqual(['b', 'a']);
  });

  it('getenvInt is 0 for what is not set', () => {
    expect(php.getenvInt('SURELY_NOT_SET')).toBe(0);
  });
});

describe('echo', () => {
  it('loses nothing when the process ends at once, bytes included', () => {
    const lib = fileURLToPath(new URL('../lib/php.ts', import.meta.url));
    const program = `import { echo } from ${JSON.stringify(lib)};
      echo('text ', 1, true, null, false, ' ', Buffer.from([0xff, 0]), '\\n');
      for (let i = 0; i < 100; i++) echo('x'.repeat(9999), '\\n');
      process.exit(0);`;
    const tsx = import.meta.resolve('tsx');
    const { stdout } = spawnSync(process.execPath, ['--import', tsx, '--input-type=module', '-e', program], {
      maxBuffer: 1 << 22,
    });
    expect(stdout.subarray(0, 11)).toEqual(Buffer.from('text 11 \xff\0\n', 'latin1'));
    expect(stdout.length).toBe(11 + 100 * 10000);
  });
});
