// The page of compatibility and the README's figure: how much of Swoole works, what differs, what is not here and why.
import { count } from '../../conformance/lib/decisions.mjs';
import { ledger } from './ledger.mjs';
import { cell, code, table } from './source.mjs';

const percent = (part, all) => (all === 0 ? '' : `${((100 * part) / all).toFixed(part === all ? 0 : 1)} %`);

const here = ({ all, works, differs }) => percent(works + differs, all);

/** Names without what they share with the one before: a class stands once before its members. */
function names(all) {
  const byOwner = new Map();
  for (const { name } of all) {
    const cut = name.indexOf('::');
    const owner = cut < 0 ? name.replace(/^(alias|setting) /, '') : name.slice(0, cut);
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), ...(cut < 0 ? [] : [name.slice(cut + 2)])]);
  }
  const whole = new Set(all.filter(({ kind }) => kind === 'class').map(({ name }) => name));
  return [...byOwner]
    .map(([owner, members]) =>
      whole.has(owner) || members.length === 0
        ? code(owner)
        : `${code(owner)}: ${members.map(code).join(', ')}`,
    )
    .join(', ');
}

/** Decisions with the same reason are one row. */
function reasons(decisions) {
  const byReason = Map.groupBy
    ? Map.groupBy(decisions, ({ why }) => why)
    : decisions.reduce((map, each) => map.set(each.why, [...(map.get(each.why) ?? []), each]), new Map());
  return [...byReason].map(([why, all]) => [names(all), cell(why)]);
}

function section(families, decisions, verdict) {
  return Object.entries(families)
    .map(([family, { title }]) => {
      const own = decisions.filter((each) => each.family === family && each.verdict === verdict);
      return own.length === 0 ? '' : `### ${title}\n\n${table(['', ''], reasons(own))}`;
    })
    .filter((text) => text !== '')
    .join('\n\n');
}

export async function compatibilityBlocks() {
  const { decisions, families } = await ledger();
  const rows = Object.entries(families)
    .map(([family, { title }]) => ({ title, ...count(decisions, family) }))
    .filter(({ all }) => all > 0);
  const of = (kind) => {
    const all = decisions.filter((each) => each.kind === kind);
    return { all: all.length, works: all.filter(({ verdict }) => verdict === 'works').length };
  };
  const kinds = ['property', 'constant', 'setting'].map((kind) => ({ kind, ...of(kind) }));
  const goal = Object.entries(families).filter(([, each]) => each.goal !== undefined);
  const figures = goal.map(([family, { title }]) => ({ title, ...count(decisions, family) }));
  const sum = (key) => figures.reduce((total, each) => total + each[key], 0);
  const total = { all: sum('all'), works: sum('works'), differs: sum('differs') };

  return {
    page: {
      'compatibility-figures': [
        table(
          ['Methods and functions', 'in Swoole', 'work', 'differ', 'not here', 'here'],
          rows.map((each) => [each.title, each.all, each.works, each.differs, each.none, here(each)]),
        ),
        '',
        ...kinds.map(({ kind, all, works }) => {
          const many = { property: 'properties', constant: 'constants', setting: 'settings' }[kind];
          return `- Of ${all} ${many} ${works} are here as in Swoole.`;
        }),
      ].join('\n'),
      'compatibility-differs': section(
        families,
        decisions.filter(({ kind }) => kind !== 'setting'),
        'differs',
      ),
      'compatibility-none': section(
        families,
        decisions.filter(({ kind }) => kind !== 'setting'),
        'none',
      ),
      'compatibility-added': table(
        ['', ''],
        Object.values(families).flatMap(({ added = {} }) =>
          Object.entries(added).map(([name, why]) => [code(name), cell(why)]),
        ),
      ),
    },
    readme: {
      compatibility: [
        table(
          ['Methods and functions of Swoole 6.2.1', 'all', 'work', 'differ', 'here'],
          [
            ...figures.map((each) => [each.title, each.all, each.works, each.differs, here(each)]),
            ['together', ...['all', 'works', 'differs'].map(sum), `**${here(total)}**`],
          ],
        ),
      ].join('\n'),
    },
  };
}
