import { classOf, memberName, ownerOf } from '../analyse/infer-statements.js';
import type { ClassInfo } from '../analyse/program-model.js';
import { phpName } from '../analyse/same-names.js';
import { SUPERGLOBALS } from '../analyse/variables.js';
import type * as ast from '../parse/ast.js';
import { classText, isStaticMethod } from './class-text.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { memberAccess, safeName } from './names.js';
import { quote } from './strings.js';
import { hasNoValue, OTHER_NAMES } from './variables.js';

/** The name of a property, as the class has it. */
export function propertyName(to: FileEmitter, object: ast.Expression, name: string): string {
  for (const each of to.on.typeOf(object).classes) {
    const other = OTHER_NAMES[`${each}.${name}`];
    if (other) return other;
    const info = to.on.symbols.class(each);
    if (info) return to.on.property(info, name, false).jsName;
  }
  return name;
}

export function property(to: FileEmitter, node: ast.PropertyLookup | ast.NullSafePropertyLookup): string {
  const object = expression(to, node.what);
  const missing =
    node.what.kind === 'variable' &&
    typeof node.what.name === 'string' &&
    node.what.name !== 'this' &&
    !SUPERGLOBALS.has(node.what.name) &&
    hasNoValue(to, to.on.variables.find(to.fn, node.what.name));
  const dot = node.kind === 'nullsafepropertylookup' || missing ? '?.' : '.';
  const name = memberName(node);
  if (name === null) {
    const key =
      node.offset.kind === 'encapsed' || node.offset.kind === 'variable'
        ? expression(to, node.offset)
        : expression(to, node.offset as ast.Expression);
    return `(${object} as any)${node.kind === 'nullsafepropertylookup' ? '?.' : ''}[${key}]`;
  }
  const access = memberAccess(propertyName(to, node.what, name));
  return access.startsWith('.')
    ? `${object}${dot}${access.slice(1)}`
    : `${object}${dot === '?.' ? '?.' : ''}${access}`;
}

export function staticMember(to: FileEmitter, node: ast.StaticLookup): string {
  const name = memberName(node);
  const owner = classOf(to.on, to.fn, node.what);
  if (name === 'class' && node.offset.kind !== 'variable') {
    if (owner === null) return `${to.php('className')}(${expression(to, node.what as ast.Expression)})`;
    return node.what.kind === 'staticreference'
      ? `${to.php('className')}(${isStaticMethod(to) ? 'this.prototype' : 'this'})`
      : quote(phpName(owner));
  }
  const base = classText(to, node.what);
  if (name === null) return `(${base} as any)[${expression(to, node.offset as ast.Expression)}]`;
  const info = owner === null ? null : to.on.symbols.class(owner);
  if (info && node.offset.kind === 'variable' && node.what.kind === 'staticreference') {
    const holders = [...to.on.symbols.classes.values()].filter((each) => each.properties.get(name)?.isStatic);
    const [holder] = holders;
    if (holder && holders.length === 1 && holder.node.kind === 'class')
      return `${to.fromProgram(holder.file, safeName(holder.jsName))}.${holder.properties.get(name)?.jsName ?? name}`;
  }
  if (info && node.offset.kind === 'variable')
    return `${baseOf(to, node, base)}.${to.on.property(info, name, true).jsName}`;
  if (
    owner !== null &&
    !info &&
    node.offset.kind !== 'variable' &&
    !to.on.api.class(owner)?.staticMember(name)
  ) {
    if (/^Swoole\\/.test(owner) && to.on.api.class(owner)) {
      to.find(node, 'person', `swoole-ts has no ${owner}::${name}`, 'See the list of what swoole-ts has.');
      return `(${base} as any).${name}`;
    }
  }
  const holder =
    info && node.offset.kind !== 'variable' && node.what.kind !== 'staticreference'
      ? constantHolder(to, info, name)
      : null;
  return `${holder ?? baseOf(to, node, base)}${memberAccess(name)}`;
}

/** The interface that a constant comes from: only there it can be read. */
function constantHolder(to: FileEmitter, info: ClassInfo, name: string): string | null {
  if (info.constants.has(name)) return null;
  for (const each of to.on.symbols.ancestors(info)) {
    if (!each.constants.has(name)) continue;
    return each.node.kind === 'interface' ? to.fromProgram(each.file, safeName(each.jsName)) : null;
  }
  return null;
}

function baseOf(to: FileEmitter, node: ast.StaticLookup, base: string): string {
  return base === 'super' && node.offset.kind !== 'variable' ? superStatic(to) : base;
}

function superStatic(to: FileEmitter): string {
  const parent = ownerOf(to.fn)?.parent;
  const info = parent ? to.on.symbols.class(parent) : null;
  return info ? to.fromProgram(info.file, safeName(info.jsName)) : 'super';
}
