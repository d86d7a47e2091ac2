// The reference of classes and functions: what exists is asked of the library itself, what it says of itself is read from the doc
// comments, what Swoole has comes from conformance/api.json, and why something is not here is said by the ledger.

import { readComments } from './comments.mjs';
import { ledger } from './ledger.mjs';
import { cell, code, importSource, readText, table } from './source.mjs';

const PHP_ONLY = new Set([
  '__destruct',
  '__construct',
  '__toString',
  '__call',
  '__get',
  '__set',
  '__isset',
  '__unset',
  '__invoke',
]);

/** Swoole\Http\Response is the library's Http.Response; undefined when there is none. */
const find = (library, name) => {
  let found = library;
  for (const part of name.split('\\').slice(1)) found = found?.[part];
  return typeof found === 'function' ? found : undefined;
};

const has = (type, method, isStatic) =>
  (isStatic ? typeof type[method] : typeof type.prototype[method]) === 'function';

export async function methodBlocks() {
  const library = await importSource('index.ts');
  const api = JSON.parse(readText('conformance/api.json'));
  const comments = readComments();
  const sections = [];
  const reasons = new Map((await ledger()).decisions.map(({ name, why }) => [name, why]));
  const count = { here: 0, missing: 0 };

  for (const [name, described] of Object.entries(api.classes)) {
    const type = find(library, name);
    if (type !== undefined)
      sections.push({ name, text: classSection(name, type, described, comments, count, reasons) });
  }

  const functions = [];
  for (const name of Object.keys(api.functions).sort()) {
    const shown = name.replaceAll('\\', '.');
    if (find(library, name.startsWith('Swoole\\') ? name : `Swoole\\${name}`) !== undefined) {
      const comment = comments.functions.get(name.split('\\').at(-1));
      if (comment === undefined) throw new Error(`${name}() has no doc comment`);
      const meaning = comment.summary === '' ? comments.methods.get(twinOf(name)) : comment;
      if (meaning === undefined) throw new Error(`the doc comment of ${name}() does not say what it does`);
      functions.push([
        code(shown.includes('.') ? shown.replace(/\w+$/, '') + comment.signature : comment.signature),
        summary(meaning),
      ]);
    }
  }

  const order = [
    'Swoole\\WebSocket',
    'Swoole\\Http',
    'Swoole\\Server',
    'Swoole\\Connection',
    'Swoole\\Timer',
    'Swoole\\Event',
    'Swoole\\Coroutine',
    '',
  ];
  const rank = (name) => order.findIndex((prefix) => name.startsWith(prefix));
  sections.sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1));

  return {
    'methods-count':
      `${sections.length} of Swoole's ${Object.keys(api.classes).length} classes are here, with ${count.here} of their ` +
      `${count.here + count.missing} methods, and ${functions.length} of the ${Object.keys(api.functions).length} functions.`,
    'methods-classes': sections.map(({ text }) => text).join('\n\n'),
    'methods-functions': table(['Function', 'What it does'], functions),
  };
}

/** swoole_timer_clear_all() is Swoole\\Timer::clearAll(). */
const twinOf = (name) => {
  const [, group = '', method = ''] = /^swoole_([a-z]+)_(\w+)$/.exec(name) ?? [];
  const camel = method.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
  return `Swoole\\${group.charAt(0).toUpperCase()}${group.slice(1)}::${camel}`;
};

function classSection(name, type, described, comments, count, reasons) {
  const here = name.replaceAll('\\', '.');
  const own = comments.classes.get(name);
  const text = [`## ${here} {#${here.toLowerCase().replaceAll('.', '-')}}`, ''];
  if (own?.summary) text.push(sentence(own.summary), '');
  if (described.parent?.startsWith('Swoole\\') && Object.getPrototypeOf(type) !== Function.prototype)
    text.push(
      `Extends [${described.parent.replaceAll('\\', '.')}](#${described.parent.toLowerCase().replaceAll('\\', '-')}).`,
      '',
    );

  const rows = [];
  /** Methods by the reason why they are not here. */
  const missing = new Map();
  const known = new Set();
  const constructed = comments.methods.get(`${name}::__construct`);
  if (constructed)
    rows.push([
      code(`new ${here}${constructed.signature.replace(/^constructor/, '')}`),
      summary(constructed),
    ]);
  const asText = comments.methods.get(`${name}::__toString`);
  for (const [method, { static: isStatic }] of Object.entries(described.methods)) {
    known.add(method.toLowerCase().replace(/^__tostring$/, 'tostring'));
    if (method === '__toString' && asText) rows.push([code(asText.signature), summary(asText)]);
    if (PHP_ONLY.has(method)) continue;
    if (!has(type, method, isStatic)) {
      const why = reasons.get(`${here}::${method}()`) ?? '';
      missing.set(why, [...(missing.get(why) ?? []), method]);
      count.missing++;
      continue;
    }
    count.here++;
    const comment =
      comments.methods.get(`${name}::${method}`) ??
      comments.members.get(own?.id ?? '')?.get(method) ??
      // What PHP declares again in a subclass may simply be inherited here.
      comments.methods.get(`${described.parent}::${method}`);
    if (comment === undefined) throw new Error(`${name}::${method} has no doc comment`);
    rows.push([code(isStatic ? `${here}.${comment.signature}` : comment.signature), summary(comment)]);
  }
  if (rows.length > 0) text.push(table(['Method', 'What it does'], rows), '');

  // A class that extends one of PHP's own has methods of that one which the list of Swoole's does not name.
  const extendsPhp = described.parent !== null && !described.parent.startsWith('Swoole\\');
  const members = [...(comments.members.get(own?.id ?? '')?.entries() ?? [])];
  const extra = members.filter(([member, { kind }]) => kind === 'method' && !known.has(member.toLowerCase()));
  if (extra.length > 0) {
    if (!extendsPhp) text.push('Added here:', '');
    text.push(
      table(
        ['Method', 'What it does'],
        extra.map(([, comment]) => [code(comment.signature), summary(comment)]),
      ),
      '',
    );
  }
  const properties = members.filter(([, { kind }]) => kind === 'property');
  if (properties.length > 0)
    text.push(
      table(
        ['Property', ''],
        properties.map(([, comment]) => [code(comment.signature), summary(comment)]),
      ),
      '',
    );
  for (const [why, methods] of missing)
    text.push(`Not here: ${methods.map((each) => code(`${each}()`)).join(', ')}. ${cell(why)}`.trim(), '');
  return text.join('\n').trimEnd();
}

const sentence = (text) => (/[.!?]\)?$/.test(text) ? text : `${text}.`);
const summary = ({ summary: text, returns, params }) =>
  [
    cell(`${text === '' ? '' : sentence(text)}${returns ? ` Returns ${sentence(returns)}` : ''}`.trim()),
    ...params.map(({ name, text: meaning }) => `${code(name)}: ${cell(meaning)}`),
  ]
    .filter((line) => line !== '')
    .join('<br>');
