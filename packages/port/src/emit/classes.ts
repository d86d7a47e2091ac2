import type { ClassInfo } from '../analyse/program-model.js';
import { phpName } from '../analyse/same-names.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { argumentsText } from './arguments.js';
import { classByName } from './class-text.js';
import { blankBefore, leading, trailing } from './comments.js';
import { enumText } from './enums.js';
import type { FileEmitter } from './file-emitter.js';
import { interfaceText, signature } from './interfaces.js';
import { methodText } from './methods.js';
import { safeName } from './names.js';
import { constantText, propertyText } from './properties.js';
import { quote } from './strings.js';
import { traits, traitText } from './traits.js';
import { classType } from './type-text.js';

/** A class, interface, trait or enum. */
export function classDeclaration(to: FileEmitter, node: ast.ClassLike): string {
  const info = to.on.symbols.classInfos.get(node);
  if (!info) return '';
  const exported = to.isTop(node) && to.isUsedElsewhere(info.jsName) ? 'export ' : '';
  const outer = to.owner;
  to.owner = info;
  try {
    if (node.kind === 'interface') return `${exported}${interfaceText(to, node, info)}`;
    if (node.kind === 'trait') {
      const text = traitText(to, node, info);
      return text && `${exported}${text}`;
    }
    if (node.kind === 'enum') return `${exported}${enumText(to, node, info)}`;
    const members = classMembers(to, info);
    const head = `${node.isAbstract ? 'abstract ' : ''}class ${safeName(info.jsName)}${heritage(to, node, info)}`;
    return `${exported}${head} {\n${members}${trailing(to, node)}}`;
  } finally {
    to.owner = outer;
  }
}

/** `new class(…) { … }`. */
export function anonymousClass(to: FileEmitter, node: ast.New): string {
  if (node.what.kind !== 'class') return '';
  const info = to.on.symbols.classInfos.get(node.what);
  if (!info) return '';
  const outer = to.owner;
  to.owner = info;
  const members = classMembers(to, info);
  const args = argumentsText(to, node, to.on.targets.get(node) ?? null);
  const maker = info.methods.get('__construct');
  const made = maker && to.on.isCalledLater(maker) ? `().__construct(${args})` : `(${args})`;
  const text = `new (class${heritage(to, node.what, info)} {\n${members}})${made}`;
  to.owner = outer;
  return text;
}

function heritage(to: FileEmitter, node: ast.Class, info: ClassInfo): string {
  const parent = info.parent && node.extends ? ` extends ${classByName(to, node.extends, info.parent)}` : '';
  const interfaces = info.interfaces
    .filter((name) => to.on.symbols.class(name))
    .map((name) => classType(to, name));
  return `${parent}${interfaces.length > 0 ? ` implements ${interfaces.join(', ')}` : ''}`;
}

/** Everything in a class, that of its traits included. */
function classMembers(to: FileEmitter, info: ClassInfo): string {
  const parts: string[] = [];
  if (info.name.includes('\\') && !info.name.startsWith('class@'))
    parts.push(
      `static ${hasForeignParent(to, info) ? 'override ' : ''}readonly phpName${hasForeignParent(to, info) ? ': string' : ': string'} = ${quote(phpName(info.name))};\n`,
    );
  const asked = [...to.on.symbols.ancestors(info)].filter(
    (each) => each.node.kind === 'interface' && each.askedFor,
  );
  if (asked.length > 0)
    parts.push(
      `static readonly phpInterfaces: readonly string[] = [${asked.map((each) => quote(phpName(each.name))).join(', ')}];\n`,
    );
  parts.push(undeclared(to, info));
  for (const member of info.node.body) parts.push(memberText(to, member, info));
  if (info.node.kind === 'class' && info.node.isAbstract) parts.push(openMethods(to, info));
  return parts.join('');
}

/** Methods that an abstract class leaves to those below it: TypeScript wants them named. */
function openMethods(to: FileEmitter, info: ClassInfo): string {
  const parent = info.parent === null ? null : to.on.symbols.class(info.parent);
  const above = parent ? [parent, ...to.on.symbols.ancestors(parent)] : [];
  const all = [...to.on.symbols.ancestors(info)].filter((each) => !above.includes(each));
  const known = new Set(
    [info, ...above, ...all].flatMap(({ node, methods }) =>
      node.kind === 'interface' ? [] : [...methods.keys()],
    ),
  );
  const open: string[] = [];
  for (const { node, methods } of all) {
    for (const [name, method] of methods) {
      if (node.kind !== 'interface' || known.has(name)) continue;
      known.add(name);
      const text = signature(to, method);
      if (text) open.push(`\nabstract ${text}`);
    }
  }
  return open.join('');
}

function hasForeignParent(to: FileEmitter, info: ClassInfo): boolean {
  if (info.parent === null) return false;
  const own = to.on.symbols.class(info.parent);
  if (own) return own.name.includes('\\') || hasForeignParent(to, own);
  return to.on.api.class(info.parent) !== null || to.on.api.phpClass(info.parent.replace(/^\\/, '')) !== null;
}

/** Properties that the program sets without declaring them. */
function undeclared(_to: FileEmitter, info: ClassInfo): string {
  return [...info.properties.values()]
    .filter((property) => property.node === null && property.type !== types.NOTHING)
    .map((property) => `${property.isStatic ? 'static ' : ''}${property.jsName}: any;\n`)
    .join('');
}

export function memberText(to: FileEmitter, member: ast.Member, info: ClassInfo): string {
  const gap = blankBefore(to, firstOffset(member)) ? '\n' : '';
  const comments = leading(to, member);
  switch (member.kind) {
    case 'propertystatement':
      return `${gap}${comments}${member.properties.map((property) => propertyText(to, property, member, info)).join('\n')}\n`;
    case 'classconstant':
      return `${gap}${comments}${member.constants.map((item) => constantText(to, item, member)).join('\n')}\n`;
    case 'method':
      return `${gap}${comments}${methodText(to, member, info)}\n`;
    case 'traituse':
      return `${gap}${comments}${traits(to, member, info)}`;
    default:
      return '';
  }
}

function firstOffset(member: ast.Member): number {
  const comment = 'leadingComments' in member ? member.leadingComments?.[0] : undefined;
  return comment ? comment.offset : member.loc.start.offset;
}

export function visibilityText(visibility: string | null | undefined): string {
  return visibility === 'private' || visibility === 'protected' ? `${visibility} ` : '';
}

export function overrides(to: FileEmitter, info: ClassInfo, name: string, isMethod: boolean): string {
  for (let parent = info.parent; parent !== null; ) {
    const own: ClassInfo | null = to.on.symbols.class(parent);
    if (!own) {
      const api = to.on.api.class(parent) ?? to.on.api.phpClass(parent.replace(/^\\/, ''));
      return api?.member(name) ? 'override ' : '';
    }
    const declaring = [own, ...own.traits.flatMap((trait) => to.on.symbols.class(trait) ?? [])];
    if (own.node.kind === 'class' && own.node.isAbstract)
      declaring.push(...[...to.on.symbols.ancestors(own)].filter(({ node }) => node.kind === 'interface'));
    if (
      declaring.some((each) =>
        isMethod ? each.methods.has(name.toLowerCase()) : each.properties.get(name)?.node,
      )
    )
      return 'override ';
    parent = own.parent;
  }
  return '';
}
