import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { settingsTable } from 'swoole-ts';
import { describe, expect, it } from 'vitest';
import { type Api, count, decide, type Family, readFamilies } from '../lib/decisions.mjs';
import { readSurface, type Surface } from '../lib/surface.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the ledger of the whole surface', () => {
  const api = JSON.parse(readFileSync(new URL('../api.json', import.meta.url), 'utf8')) as Api;
  const ledger = decide(api, readSurface(), readFamilies(root), [...settingsTable]);

  it('has a true decision about everything that Swoole has, and knows everything that the library exports', () => {
    expect(ledger.problems).toEqual([]);
  });

  it('finds no family below its goal', () => {
    const goals = Object.entries(ledger.families).filter(([, { goal }]) => goal !== undefined);
    expect(goals.length).toBeGreaterThan(5);
    for (const [family, { title, goal = 0 }] of goals) {
      const { works, differs, all } = count(ledger.decisions, family);
      expect((100 * (works + differs)) / all, title).toBeGreaterThanOrEqual(goal);
    }
  });

  it('gives every reason as a sentence', () => {
    for (const { differs, none, later, added } of Object.values(ledger.families))
      for (const [name, why] of Object.entries({ ...differs, ...none, ...later, ...added }))
        expect(why, name).toMatch(/^\S.*\.$/);
  });
});

describe('a decision', () => {
  const method = (...params: string[]) => ({ static: false, params: params.map((name) => ({ name })) });
  const api: Api = {
    classes: {
      'Swoole\\Door': {
        parent: null,
        constants: { OPEN: 1 },
        properties: { width: null },
        methods: { open: method('how_far', 'speed'), shut: method(), lock: method('key') },
      },
    },
    functions: {},
    constants: {},
    aliases: {},
  };
  const here = (members: Record<string, string[] | number | null>): Surface => ({
    classes: new Map([
      [
        'Swoole.Door',
        {
          constructed: [[]],
          members: new Map(
            Object.entries(members).map(([name, is]) => [
              name,
              Array.isArray(is)
                ? { kind: 'method' as const, params: [is], value: undefined }
                : { kind: 'property' as const, params: [], value: is ?? undefined },
            ]),
          ),
        },
      ],
    ]),
    functions: new Map(),
    constants: new Map(),
    settings: new Set(),
    aliases: new Map(),
  });
  const whole = {
    '::OPEN': 1,
    '->width': null,
    '->open': ['howFar', 'speed', 'more'],
    '->shut': [],
    '->lock': ['key'],
  };
  const judge = (surface: Surface, family: Partial<Family> = {}) =>
    decide(api, surface, { doors: { title: 'Doors', of: ['Swoole.Door'], ...family } }, []);
  const verdicts = ({ decisions }: ReturnType<typeof judge>) =>
    Object.fromEntries(decisions.map(({ name, verdict }) => [name.replace('Swoole.Door', 'Door'), verdict]));

  it('is works for what is exported with the same parameter names, whatever their case and underscores', () => {
    const found = judge(here(whole));
    expect(found.problems).toEqual([]);
    expect(new Set(Object.values(verdicts(found)))).toEqual(new Set(['works']));
  });

  it('is missing for other parameter names, another value, and what is not exported', () => {
    const found = judge(here({ ...whole, '->open': ['speed', 'howFar'], '::OPEN': 2 }));
    expect(found.problems).toEqual([
      'Swoole.Door::open() has no decision: its parameters are (speed, howFar), not (how_far, speed)',
      'Swoole.Door::OPEN has no decision: is 2, not 1',
    ]);
    const { '->shut': _shut, ...without } = whole;
    expect(judge(here(without)).problems).toEqual([
      'Swoole.Door::shut() has no decision: it is not exported',
    ]);
  });

  it('may be differs for what is here, and none for what is not, the longest name first', () => {
    const { '->shut': _shut, '->lock': _lock, ...without } = whole;
    const found = judge(here({ ...without, '->open': ['speed'] }), {
      none: { 'Swoole.Door::*()': 'Doors are nailed.' },
      differs: { 'Swoole.Door::open()': 'It creaks.' },
    });
    expect(found.problems).toEqual([]);
    expect(verdicts(found)).toMatchObject({
      'Door::open()': 'differs',
      'Door::shut()': 'none',
      'Door::lock()': 'none',
      'Door::OPEN': 'works',
    });
    expect(count(found.decisions, 'doors')).toEqual({ all: 3, works: 0, differs: 1, none: 2 });
  });

  it('that is no longer true is a problem', () => {
    const { '->shut': _shut, ...without } = whole;
    const found = judge(here(without), {
      none: { 'Swoole.Door::lock()': 'No lock.' },
      differs: { 'Swoole.Door::shut()': 'It slams.', 'Swoole.Window': 'It is glass.' },
    });
    expect(found.problems).toEqual([
      'Swoole.Door::shut() is not here, but ledger/doors.json says that it differs',
      'Swoole.Door::lock() is here, but ledger/doors.json says that there is none (Swoole.Door::lock())',
      'ledger/doors.json: Swoole.Window is about nothing',
    ]);
  });

  it('about what a later release brings holds before and after', () => {
    const later = { 'Swoole.Door::lock()': 'Comes later.' };
    const { '->lock': _lock, ...without } = whole;
    expect(verdicts(judge(here(without), { later }))['Door::lock()']).toBe('none');
    expect(verdicts(judge(here(whole), { later }))['Door::lock()']).toBe('works');
    expect(judge(here(without), { later }).problems).toEqual([]);
  });

  it('is asked for about exports that Swoole does not have', () => {
    const found = here({ ...whole, '->knock': ['times'], '->colour': null });
    expect(judge(found).problems).toEqual([
      'Swoole.Door::knock() is exported, and the ledger does not know it',
      'Swoole.Door::colour is exported, and the ledger does not know it',
    ]);
    const added = { 'Swoole.Door::knock()': 'Politeness.', '*::colour': 'Taste.' };
    expect(judge(found, { added }).problems).toEqual([]);
  });
});
