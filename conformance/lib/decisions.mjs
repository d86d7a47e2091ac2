// @ts-check
// The ledger: what becomes of everything that Swoole has. What the library exports with Swoole's own parameter names works by itself;
// the files of `ledger/`, one a family, say of the rest what differs or why there is none.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {import('./surface.mjs').Surface} Surface */
/** @typedef {'class' | 'method' | 'property' | 'constant' | 'function' | 'setting' | 'alias'} Kind */
/** @typedef {{ name: string, kind: Kind, family: string, verdict: 'works' | 'differs' | 'none' | 'undecided', why: string }} Decision */
/**
 * A name stands for itself and for the members of that class, and may have `*` in it.
 * @typedef {object} Family
 * @property {string} title
 * @property {string[]} of the names that belong to it
 * @property {number} [goal] the percentage of its methods that must be here: as in Swoole, or with a difference that is told
 * @property {Record<string, string>} [differs] what is here and behaves or is called otherwise, and how
 * @property {Record<string, string>} [none] what is not here, and why
 * @property {Record<string, string>} [later] what a later release brings, and may be here already
 * @property {Record<string, string>} [added] what Swoole does not have, and what for
 */
/** @typedef {{ name: string, variadic?: boolean }} Param */
/** @typedef {{ static: boolean, params: Param[] }} Method */
/** @typedef {{ parent: string | null, constants: Record<string, unknown>, properties: Record<string, unknown>, methods: Record<string, Method> }} ApiClass */
/** @typedef {{ classes: Record<string, ApiClass>, functions: Record<string, { params: Param[] }>, constants: Record<string, unknown>, aliases: Record<string, string> }} Api */
/** @typedef {{ decisions: Decision[], problems: string[], families: Record<string, Family> }} Ledger */

/** What JavaScript calls a method of PHP. @param {string} method */
const hereCalled = (method) => (method === '__toString' ? 'toString' : method);

/** The order in which pages show the families; others follow. */
const ORDER = 'server http websocket timer memory coroutine client process pools event library'.split(' ');
/** @param {string} family */
const place = (family) => (ORDER.includes(family) ? ORDER.indexOf(family) : ORDER.length);

/**
 * @param {string} root the conformance folder
 * @returns {Record<string, Family>} by the name of the file
 */
export function readFamilies(root) {
  const dir = path.join(root, 'ledger');
  const names = readdirSync(dir)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  return Object.fromEntries(
    names.map((name) => [name, JSON.parse(readFileSync(path.join(dir, `${name}.json`), 'utf8'))]),
  );
}

/** Whether the key of a decision is about a name. @param {string} key @param {string} name */
function covers(key, name) {
  if (name === key || name.startsWith(`${key}::`)) return true;
  if (!key.includes('*')) return false;
  const pattern = key.split('*').map((part) => part.replace(/[.$()]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}(?:::.*)?$`).test(name);
}

/** Which of two keys goes before: a longer one says more, and one about a member of every class means just that. @param {string} key */
const weight = (key) => (key.startsWith('*::') ? 1000 : key.length);

/**
 * The entry about a name whose key has the most weight, of all families.
 * @param {Record<string, Family>} families @param {string} name @param {(family: Family) => Iterable<[string, string]>} entriesOf
 */
function find(families, name, entriesOf) {
  let found = { family: '', key: '', why: '' };
  for (const [family, described] of Object.entries(families))
    for (const [key, why] of entriesOf(described))
      if (weight(key) > weight(found.key) && covers(key, name)) found = { family, key, why };
  return found.key === '' ? undefined : found;
}

/** Parameters have the same name when only case and underscores differ; PHP's `...$rest` may have names here. @param {string} name */
const plain = (name) => name.toLowerCase().replaceAll('_', '');

/** @param {readonly Param[]} params @param {readonly string[][]} calls */
const accepts = (params, calls) =>
  calls.some((names) =>
    params.every(({ name, variadic }, i) => variadic === true || plain(names[i] ?? '') === plain(name)),
  );

/**
 * @param {Api} api @param {Surface} surface @param {Record<string, Family>} families
 * @param {{ name: string, status: string, meaning: string }[]} settingsTable
 * @returns {Ledger}
 */
export function decide(api, surface, families, settingsTable) {
  /** @type {Decision[]} */
  const decisions = [];
  /** @type {string[]} */
  const problems = [];
  /** @type {Set<string>} */
  const known = new Set();
  /** @type {Set<string>} */
  const used = new Set();

  for (const [name, described] of Object.entries(api.classes)) decideClass(dotted(name), described);
  for (const [name, { params }] of Object.entries(api.functions)) {
    const calls = functionNamed(dotted(name));
    decide(`${dotted(name)}()`, 'function', calls && (accepts(params, calls) || differing(params, calls)));
  }
  for (const [name, value] of Object.entries(api.constants)) {
    const here = surface.constants.has(name) ? (surface.constants.get(name) ?? value) : undefined;
    decide(name, 'constant', here === undefined ? undefined : here === value || `is ${here}, not ${value}`);
  }
  for (const [name, target] of Object.entries(api.aliases)) {
    const short = surface.aliases.has(name.split('\\')[0] ?? '');
    decide(`alias ${dotted(name)}`, 'alias', (short && surface.classes.has(dotted(target))) || undefined);
  }
  decideSettings();
  for (const name of exported()) if (!known.has(name)) added(name);
  for (const [family, { differs = {}, none = {}, added: more = {} }] of Object.entries(families))
    for (const key of [...Object.keys(differs), ...Object.keys(none), ...Object.keys(more)])
      if (!used.has(key)) problems.push(`ledger/${family}.json: ${key} is about nothing`);
  return { decisions, problems, families };

  /** @param {string} name @param {ApiClass} described */
  function decideClass(name, described) {
    const type = surface.classes.get(name);
    decide(name, 'class', type && true);
    for (const [method, { static: isStatic, params }] of Object.entries(described.methods)) {
      const member = type?.members.get((isStatic ? '::' : '->') + hereCalled(method));
      const calls =
        method === '__construct' ? type?.constructed : member?.kind === 'method' ? member.params : undefined;
      known.add(`${name}::${hereCalled(method)}()`);
      decide(`${name}::${method}()`, 'method', calls && (accepts(params, calls) || differing(params, calls)));
    }
    for (const property of Object.keys(described.properties))
      decide(
        `${name}::$${property}`,
        'property',
        type?.members.has(`->${property}`) || type?.members.has(`::${property}`) || undefined,
      );
    for (const [constant, value] of Object.entries(described.constants)) {
      const member = type?.members.get(`::${constant}`);
      const same = (member?.value ?? value) === value;
      decide(`${name}::${constant}`, 'constant', member && (same || `is ${member.value}, not ${value}`));
    }
  }

  /**
   * @param {string} name @param {Kind} kind
   * @param {true | string | undefined} here true as in Swoole, else what is not, undefined for not here at all
   */
  function decide(name, kind, here) {
    known.add(name);
    const family = find(families, name, ({ of }) =>
      of.map((key) => /** @type {[string, string]} */ ([key, ''])),
    )?.family;
    if (family === undefined) problems.push(`${name} belongs to no family`);
    const differs = find(families, name, (each) => Object.entries(each.differs ?? {}));
    const none = find(families, name, (each) => Object.entries(each.none ?? {}));
    // What is said of a member goes before what is said of its class.
    const said =
      differs && none ? (weight(differs.key) > weight(none.key) ? differs : none) : (differs ?? none);
    if (said) used.add(said.key);
    const later = find(families, name, (each) => Object.entries(each.later ?? {}));
    /** @type {Decision['verdict']} */
    let verdict = 'works';
    if (said === undefined && later !== undefined && here === undefined) verdict = 'none';
    else if (said !== undefined) verdict = said === none ? 'none' : 'differs';
    else if (here !== true) verdict = 'undecided';
    if (verdict === 'none' && here !== undefined) {
      verdict = here === true ? 'works' : 'undecided';
      problems.push(
        `${name} is here, but ledger/${none?.family}.json says that there is none (${none?.key})`,
      );
    } else if (verdict === 'differs' && here === undefined && !name.includes('::__')) {
      verdict = 'undecided';
      problems.push(`${name} is not here, but ledger/${differs?.family}.json says that it differs`);
    } else if (verdict === 'undecided')
      problems.push(`${name} has no decision: ${here === undefined ? 'it is not exported' : here}`);
    decisions.push({
      name,
      kind,
      family: family ?? '',
      verdict,
      why: said?.why ?? (verdict === 'none' ? (later?.why ?? '') : ''),
    });
  }

  /** @param {readonly Param[]} params @param {readonly string[][]} calls */
  function differing(params, calls) {
    return `its parameters are (${calls[0]?.join(', ')}), not (${params.map(({ name }) => name).join(', ')})`;
  }

  /** A function, or the static member of a class that stands for its namespace. @param {string} name */
  function functionNamed(name) {
    const cut = name.lastIndexOf('.');
    return (
      surface.functions.get(name) ??
      surface.classes
        .get(name.slice(0, cut).replace(/^Co$/, 'Swoole.Coroutine'))
        ?.members.get(`::${name.slice(cut + 1)}`)?.params
    );
  }

  function decideSettings() {
    const table = new Map(settingsTable.map((row) => [row.name, row]));
    const constants = api.classes['Swoole\\Constant']?.constants ?? {};
    for (const [constant, name] of Object.entries(constants)) {
      if (!constant.startsWith('OPTION_')) continue;
      const row = table.get(String(name));
      if (row === undefined) {
        decide(`setting ${name}`, 'setting', surface.settings.has(String(name)) || undefined);
        continue;
      }
      const verdict = row.status === 'works' || row.status === 'differs' ? row.status : 'none';
      decisions.push({
        name: `setting ${name}`,
        kind: 'setting',
        family: 'settings',
        verdict,
        why: row.meaning,
      });
    }
  }

  /** Everything that the library exports, but for what a class has from one that is exported too. */
  function* exported() {
    for (const [name, { members }] of surface.classes) {
      yield name;
      const inherited = ancestors(name);
      for (const [member, { kind }] of members) {
        if (inherited.some((each) => each.members.has(member))) continue;
        const label = member.slice(2);
        yield kind === 'method'
          ? `${name}::${label}()`
          : known.has(`${name}::$${label}`)
            ? `${name}::$${label}`
            : `${name}::${label}`;
      }
    }
    for (const name of surface.functions.keys()) yield `${name}()`;
    yield* surface.constants.keys();
  }

  /** @param {string} name */
  function ancestors(name) {
    const found = [];
    for (let parent = api.classes[slashed(name)]?.parent; parent; parent = api.classes[parent]?.parent) {
      const type = surface.classes.get(dotted(parent));
      if (type) found.push(type);
    }
    return found;
  }

  /** @param {string} name */
  function added(name) {
    const cut = name.indexOf('::');
    // A function of a namespace may be a static member of the class of the same name.
    if (cut > 0 && known.has(`${name.slice(0, cut)}.${name.slice(cut + 2)}`)) return;
    const entry = find(families, name, (each) => Object.entries(each.added ?? {}));
    if (entry) used.add(entry.key);
    else problems.push(`${name} is exported, and the ledger does not know it`);
  }
}

/** @param {string} name */
const dotted = (name) => name.replaceAll('\\', '.');
/** @param {string} name */
const slashed = (name) => name.replaceAll('.', '\\');

/** How many methods and functions of a family work as in Swoole, are here but differ, are not here. @param {readonly Decision[]} decisions @param {string} family */
export function count(decisions, family) {
  const own = decisions.filter(
    (each) => each.family === family && (each.kind === 'method' || each.kind === 'function'),
  );
  const of = (/** @type {Decision['verdict']} */ verdict) =>
    own.filter((each) => each.verdict === verdict).length;
  return { all: own.length, works: of('works'), differs: of('differs'), none: of('none') + of('undecided') };
}
