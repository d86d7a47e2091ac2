import { describe, expect, it } from 'vitest';
import { compare, type Declaration, hunks, judge } from '../lib/differences.mjs';

const transcript = (...lines: string[]) =>
  ['== client', ...lines, '== server', '', '== exit', 'code 0', ''].join('\n');
const declare = (...lines: Declaration['lines']): Declaration[] => [
  { reason: 'rfc', why: 'RFC 6455, 5.2', lines },
];

describe('compare', () => {
  it('marks what only one side has and keeps the order', () => {
    const steps = compare('a\nb\nc', 'a\nx\nc\nd').map(({ sign, line }) => sign + line);
    expect(steps).toEqual([' a', '-b', '+x', ' c', '+d']);
  });

  it('groups neighbouring differences into hunks', () => {
    expect(hunks(compare('a\nb\nc\nd', 'a\nx\nc\ny'))).toEqual([
      { removed: ['b'], added: ['x'] },
      { removed: ['d'], added: ['y'] },
    ]);
  });
});

describe('judge', () => {
  const want = transcript('same', 'theirs', 'end');

  it('passes a transcript that is the same', () => {
    expect(judge(want, want, [])).toEqual({ ok: true, declared: 0, problems: [] });
  });

  it('names every line that is not declared', () => {
    const { ok, problems } = judge(want, transcript('same', 'ours', 'end'), []);
    expect(ok).toBe(false);
    expect(problems).toEqual(['- theirs', '+ ours']);
  });

  it('accepts a changed line that is declared as a pair', () => {
    const got = transcript('same', 'ours', 'end');
    expect(judge(want, got, declare({ swoole: 'theirs', here: 'ours' }))).toEqual({
      ok: true,
      declared: 1,
      problems: [],
    });
  });

  it('accepts a missing line and a line too many, each declared alone', () => {
    expect(judge(want, transcript('same', 'end'), declare({ swoole: 'theirs', here: null })).ok).toBe(true);
    const more = transcript('same', 'theirs', 'more', 'end');
    expect(judge(want, more, declare({ swoole: null, here: 'more' })).ok).toBe(true);
  });

  it('wants the exact text', () => {
    const got = transcript('same', 'ours ', 'end');
    expect(judge(want, got, declare({ swoole: 'theirs', here: 'ours' })).ok).toBe(false);
  });

  it('does not take a pair apart', () => {
    const got = transcript('same', 'end');
    expect(judge(want, got, declare({ swoole: 'theirs', here: 'ours' })).problems).toEqual([
      '- theirs',
      'declared but not seen: "theirs" -> "ours"',
    ]);
  });

  it('does not pair lines of different places', () => {
    const got = transcript('same', 'end', 'ours');
    expect(judge(want, got, declare({ swoole: 'theirs', here: 'ours' })).ok).toBe(false);
  });

  it('lets what is ported by the tool come closer to Swoole than declared, but no further away', () => {
    const declared = declare({ swoole: 'theirs', here: 'ours' });
    const want = transcript('same', 'theirs', 'end');
    expect(judge(want, want, declared, true).ok).toBe(true);
    expect(judge(want, want, declared).ok).toBe(false);
    expect(judge(want, transcript('same', 'other', 'end'), declared, true).ok).toBe(false);
  });

  it('fails when a declared line is not seen', () => {
    const { ok, problems } = judge(want, want, declare({ swoole: null, here: 'gone' }));
    expect(ok).toBe(false);
    expect(problems).toEqual(['declared but not seen: nothing -> "gone"']);
  });

  it('counts lines that repeat', () => {
    const twice = transcript('a', 'x', 'b', 'x', 'c');
    const without = transcript('a', 'b', 'c');
    expect(judge(twice, without, declare({ swoole: 'x', here: null, times: 2 }))).toMatchObject({
      ok: true,
      declared: 2,
    });
    expect(judge(twice, without, declare({ swoole: 'x', here: null })).problems).toEqual(['- x']);
    expect(judge(twice, without, declare({ swoole: 'x', here: null, times: 3 })).problems).toEqual([
      'declared but not seen: "x" -> nothing',
    ]);
  });

  it('fails a transcript with no line in common but its headings', () => {
    const got = transcript('nothing', 'alike');
    const lines = ['same', 'theirs', 'end'].map((swoole) => ({ swoole, here: null }));
    const all = declare(...lines, { swoole: null, here: 'nothing' }, { swoole: null, here: 'alike' });
    expect(judge(want, got, all).problems).toEqual(['no line in common']);
  });

  it.each<[string, Declaration[], RegExp]>([
    [
      'an unknown engine',
      [{ reason: 'node', why: 'x', engine: 'steam', lines: [{ swoole: 'a', here: 'b' }] }],
      /unknown engine/,
    ],
    [
      'an unknown reason',
      [{ reason: 'taste', why: 'x', lines: [{ swoole: 'a', here: 'b' }] }],
      /unknown reason/,
    ],
    ['no why', [{ reason: 'rfc', why: ' ', lines: [{ swoole: 'a', here: 'b' }] }], /without a why/],
    ['no lines', [{ reason: 'rfc', why: 'x', lines: [] }], /without lines/],
    [
      'the same line twice',
      declare({ swoole: 'a', here: 'b' }, { swoole: 'a', here: 'b' }),
      /declared twice/,
    ],
    ['a line that does not differ', declare({ swoole: 'a', here: 'a' }), /but the same/],
    ['an impossible count', declare({ swoole: 'a', here: 'b', times: 0 }), /times must be/],
  ])('refuses a declaration with %s', (_what, declarations, problem) => {
    expect(judge(want, want, declarations).problems).toContainEqual(expect.stringMatching(problem));
  });
});
