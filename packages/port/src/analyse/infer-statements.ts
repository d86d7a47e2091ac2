import type * as ast from '../parse/ast.js';
import type { Analysis } from './analysis.js';
import * as shape from './array-shape.js';
import { noteChange } from './array-shape.js';
import { mask } from './fitting.js';
import { assignTo, useKey } from './infer-assign.js';
import { visit } from './infer-expressions.js';
import { noteDropped } from './infer-new.js';
import type { FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';
import { SUPERGLOBALS } from './variables.js';

export function visitStatements(on: Analysis, fn: FunctionInfo, statements: readonly ast.Statement[]): void {
  for (const statement of statements) visitStatement(on, fn, statement);
}

function visitStatement(on: Analysis, fn: FunctionInfo, node: ast.Statement): void {
  switch (node.kind) {
    case 'block':
    case 'declare':
      if (node.children) visitStatements(on, fn, node.children);
      return;
    case 'expressionstatement':
      if (node.expression.kind === 'new') noteDropped(node.expression);
      visit(on, fn, node.expression);
      return;
    case 'echo':
      for (const item of node.expressions) visit(on, fn, item);
      return;
    case 'if':
      visit(on, fn, node.test);
      visitStatement(on, fn, node.body);
      if (node.alternate) visitStatement(on, fn, node.alternate);
      return;
    case 'for':
      for (const item of [...node.init, ...node.test]) visit(on, fn, item);
      if (node.body) visitStatement(on, fn, node.body);
      for (const item of node.increment) visit(on, fn, item);
      return;
    case 'foreach':
      visitForeach(on, fn, node);
      return;
    case 'while':
    case 'do':
      visit(on, fn, node.test);
      if (node.body) visitStatement(on, fn, node.body);
      return;
    case 'switch':
      visitSwitch(on, fn, node);
      return;
    case 'return':
      visitReturn(on, fn, node);
      return;
    case 'throw':
      visit(on, fn, node.what);
      return;
    case 'try':
      visitTry(on, fn, node);
      return;
    case 'global':
      for (const item of node.items) if (typeof item.name === 'string') addGlobal(fn, item.name);
      return;
    case 'static':
      for (const item of node.variables) visitStatic(on, fn, item);
      return;
    case 'unset':
      for (const item of node.variables) visitUnset(on, fn, item);
      return;
    case 'constantstatement':
      for (const item of node.constants) {
        const type = visit(on, fn, item.value);
        const name = typeof item.name === 'string' ? item.name : item.name.name;
        const info = on.symbols.constants.get(on.symbols.constantName(name, on.namesOf(fn)));
        if (info) info.type = type;
      }
      return;
    case 'class':
    case 'interface':
    case 'trait':
    case 'enum':
      visitClass(on, fn, node);
      return;
    default:
  }
}

function addGlobal(fn: FunctionInfo, name: string): void {
  if (fn.globals.has(name)) return;
  fn.globals.add(name);
  noteChange();
}

/** The values of properties and constants; methods are visited as functions. */
function visitClass(on: Analysis, fn: FunctionInfo, node: ast.ClassLike): void {
  const info = on.symbols.classInfos.get(node);
  if (!info) return;
  for (const member of node.body) {
    if (member.kind === 'propertystatement') {
      for (const property of member.properties) {
        if (!property.value) continue;
        const name = typeof property.name === 'string' ? property.name : property.name.name;
        on.addToProperty(on.property(info, name, member.isStatic), visit(on, fn, property.value));
      }
    } else if (member.kind === 'classconstant') {
      for (const item of member.constants) {
        const constant = info.constants.get(typeof item.name === 'string' ? item.name : item.name.name);
        const type = visit(on, fn, item.value);
        if (constant) constant.type = type;
      }
    } else if (member.kind === 'enumcase' && member.value) visit(on, fn, member.value);
  }
}

function visitStatic(on: Analysis, fn: FunctionInfo, node: ast.StaticVariable): void {
  const name = String(node.variable.name);
  const variable = on.variables.find(fn, name);
  const type = node.defaultValue ? visit(on, fn, node.defaultValue) : types.kind(types.NULL);
  variable.add(type);
  on.note(node.variable, variable.type);
  if (!fn.statics.has(name)) fn.statics.set(name, name);
}

function visitUnset(on: Analysis, fn: FunctionInfo, node: ast.Expression): void {
  visit(on, fn, node);
  if (node.kind === 'variable' && typeof node.name === 'string') {
    on.variables.find(fn, node.name).sets.push(node.loc.start.offset);
  }
  if (node.kind !== 'offsetlookup') return;
  const base = on.typeOf(node.what);
  base.array?.use(shape.UNSET | shape.CHANGED);
  if (node.offset) useKey(on, fn, base, node.offset, 'read');
  noteChanged(on, fn, node.what);
}

/** Notes that the array in a place is changed in place. */
export function noteChanged(on: Analysis, fn: FunctionInfo, place: ast.Expression): void {
  if (place.kind === 'offsetlookup') {
    noteChanged(on, fn, place.what);
    return;
  }
  if (place.kind === 'variable' && typeof place.name === 'string') {
    if (SUPERGLOBALS.has(place.name)) {
      // `$argv` stays a list of texts, and so do its elements.
      if (place.name !== '_ARGV') on.filled.add(place.name);
      return;
    }
    const variable = on.variables.find(fn, place.name);
    const at = place.loc.start.offset;
    if (!variable.changes.includes(at)) variable.changes.push(at);
    return;
  }
  const property = propertyOf(on, fn, place);
  if (property) property.changedInPlace = true;
}

/** The program's own property that an expression names. */
export function propertyOf(on: Analysis, fn: FunctionInfo, place: ast.Expression) {
  if (
    place.kind !== 'propertylookup' &&
    place.kind !== 'nullsafepropertylookup' &&
    place.kind !== 'staticlookup'
  )
    return null;
  const name = memberName(place);
  if (name === null) return null;
  if (place.kind === 'staticlookup') {
    const owner = classOf(on, fn, place.what);
    const info = owner && on.symbols.class(owner);
    return info ? on.property(info, name, true) : null;
  }
  const { classes, kinds } = on.typeOf(place.what);
  if (!(kinds & types.OBJECT)) return null;
  for (const each of classes) {
    const info = on.symbols.class(each);
    if (info) return on.property(info, name, false);
  }
  return null;
}

/** The name of a member that is written out: `x` of `$a->x` and `A::$x`; null for a computed one. */
export function memberName(
  node: ast.PropertyLookup | ast.NullSafePropertyLookup | ast.StaticLookup,
): string | null {
  const { offset } = node;
  if (offset.kind === 'identifier' || offset.kind === 'name') return offset.name;
  if (node.kind === 'staticlookup' && offset.kind === 'variable' && typeof offset.name === 'string')
    return offset.name;
  if (offset.kind === 'string') return offset.value;
  return null;
}

/** The full PHP name of the class that an expression before `::` means; null for a computed one. */
export function classOf(
  on: Analysis,
  fn: FunctionInfo,
  node: ast.ClassReference | ast.Expression,
): string | null {
  switch (node.kind) {
    case 'name':
      return on.symbols.className(node, on.namesOf(fn));
    case 'selfreference':
    case 'staticreference':
      return fn.owner?.name ?? ownerOf(fn)?.name ?? null;
    case 'parentreference':
      return ownerOf(fn)?.parent ?? null;
    case 'variable': {
      const { classes } = on.typeOf(node);
      return classes.length === 1 ? (classes[0] ?? null) : null;
    }
    default:
      return null;
  }
}

export function ownerOf(fn: FunctionInfo) {
  for (let at: FunctionInfo | null = fn; at; at = at.parent) if (at.owner) return at.owner;
  return null;
}

function visitReturn(on: Analysis, fn: FunctionInfo, node: ast.Return): void {
  if (!node.expr) {
    if (!fn.declared) fn.addReturn(types.kind(types.NULL));
    return;
  }
  const type = visit(on, fn, node.expr);
  fn.addReturn(fn.declared && !(fn.declared.kinds & types.MIXED) ? mask(type, fn.declared) : type);
}

function visitTry(on: Analysis, fn: FunctionInfo, node: ast.Try): void {
  visitStatement(on, fn, node.body);
  for (const each of node.catches) {
    if (each.variable && typeof each.variable.name === 'string') {
      const classes = each.what.map((name) => on.symbols.className(name, on.namesOf(fn)));
      const variable = on.variables.find(fn, each.variable.name);
      variable.add(types.objectOf(...classes));
      on.note(each.variable, variable.type);
    }
    visitStatement(on, fn, each.body);
  }
  if (node.always) visitStatement(on, fn, node.always);
}

function visitSwitch(on: Analysis, fn: FunctionInfo, node: ast.Switch): void {
  const subject = visit(on, fn, node.test);
  for (const item of node.body.children) {
    if (item.test) {
      visit(on, fn, item.test);
      markText(on, fn, item.test);
    }
    if (item.body) visitStatement(on, fn, item.body);
  }
  if (types.shows(subject, types.BYTES)) markText(on, fn, node.test);
}

/** Notes that an expression is compared or joined as text. */
export function markText(on: Analysis, fn: FunctionInfo, node: ast.Expression): void {
  if (node.kind !== 'variable' || typeof node.name !== 'string') return;
  const variable = on.variables.find(fn, node.name);
  if (variable.usedAsText || !types.shows(variable.type, types.BYTES)) return;
  variable.usedAsText = true;
  noteChange();
}

function visitForeach(on: Analysis, fn: FunctionInfo, node: ast.Foreach): void {
  const source = visit(on, fn, node.source);
  const [key, value] = iterated(on, node, source);
  if (node.key) assignTo(on, fn, node.key, key);
  if (node.value.kind === 'byref') {
    noteChanged(on, fn, node.source);
    source.array?.use(shape.CHANGED | (node.key ? 0 : 0));
    assignTo(on, fn, node.value.what, value);
    if (node.value.what.kind === 'variable') {
      const name = String(node.value.what.name);
      const variable = on.variables.find(fn, name);
      source.array?.addElement(variable.type);
    }
  } else assignTo(on, fn, node.value, value);
  if (node.body) visitStatement(on, fn, node.body);
}

/** What the key and the value of a foreach are. */
function iterated(on: Analysis, node: ast.Foreach, source: Type): [Type, Type] {
  if (source.kinds === 0) return [types.NOTHING, types.NOTHING];
  if (source.array && !(source.kinds & types.MIXED)) {
    const { kind } = source.array;
    const key =
      kind === 'list'
        ? types.kind(types.INT)
        : kind === 'record'
          ? types.kind(types.STRING)
          : kind === 'map'
            ? types.kind(
                source.array.did(shape.INT_KEY_SET | shape.INT_KEY_LITERAL) ? types.INT : types.STRING,
              )
            : types.kind(types.INT | types.STRING);
    return [key, source.array.element];
  }
  for (const each of source.classes) {
    if (each === 'Swoole\\Table') return [types.kind(types.STRING), on.fresh(node, 'row', tableRow())];
    if (each === 'Swoole\\Connection\\Iterator') return [types.kind(types.INT), types.kind(types.INT)];
    if (each === 'Swoole\\Timer\\Iterator' || each === 'Swoole\\Coroutine\\Iterator') {
      return [types.kind(types.INT), types.kind(types.INT)];
    }
  }
  if (source.functions.length > 0)
    return [
      types.ANYTHING,
      source.functions.reduce((all, each) => types.join(all, each.yields), types.NOTHING),
    ];
  return [types.ANYTHING, types.ANYTHING];
}

function tableRow(): Type {
  const row = new shape.ArrayShape('native');
  row.addElement(types.kind(types.NUMBER | types.STRING));
  return types.arrayOf(row);
}
