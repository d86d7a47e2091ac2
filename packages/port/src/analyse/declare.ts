import type * as ast from '../parse/ast.js';
import type { Analysis } from './analysis.js';
import { declaredType, docType } from './declared.js';
import { commentOf, docTag } from './doc-tags.js';
import type { ClassInfo, FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';

/** Makes the properties of a class that its text declares. */
export function declareClass(on: Analysis, info: ClassInfo): void {
  for (const member of info.node.body) {
    if (member.kind === 'propertystatement') declareProperties(on, info, member);
    if (
      member.kind === 'method' &&
      /^__construct$/i.test(String(typeof member.name === 'string' ? member.name : member.name.name))
    ) {
      for (const parameter of member.arguments) if (parameter.flags) promote(on, info, parameter);
    }
  }
}

function declareProperties(on: Analysis, info: ClassInfo, member: ast.PropertyStatement): void {
  for (const node of member.properties) {
    const name = typeof node.name === 'string' ? node.name : node.name.name;
    const declared = declaredOf(on, node, info, commentOf(member) ?? commentOf(node), 'var');
    info.properties.set(name, {
      name,
      jsName: name,
      isStatic: member.isStatic,
      visibility: member.visibility ?? 'public',
      type: declared ?? types.NOTHING,
      declared,
      node,
      changedInPlace: false,
    });
  }
}

function promote(on: Analysis, info: ClassInfo, node: ast.Parameter): void {
  const declared = declaredOf(on, node, info, null, 'var');
  const visibility = node.flags & 4 ? 'private' : node.flags & 2 ? 'protected' : 'public';
  info.properties.set(node.name.name, {
    name: node.name.name,
    jsName: node.name.name,
    isStatic: false,
    visibility,
    type: declared ?? types.NOTHING,
    declared,
    node,
    changedInPlace: false,
  });
}

function declaredOf(
  on: Analysis,
  node: ast.Property | ast.Parameter,
  owner: ClassInfo,
  comment: string | null,
  tag: string,
): Type | null {
  const doc = comment === null ? null : docTag(comment, tag);
  const said = doc ? docType(doc, on.symbols, owner.names, owner) : null;
  const type = node.type ? declaredType(node.type, node.nullable, on.symbols, owner.names, owner) : null;
  if (!type) return said;
  return said?.array && type.array ? types.join(type, said) : type;
}

/** Gives the parameters and the result of a function the types that its text declares. */
export function declareFunction(on: Analysis, fn: FunctionInfo): void {
  const { node } = fn;
  if (!node) return;
  const comment = commentOf(node);
  for (const parameter of fn.parameters) {
    const doc = comment && docTag(comment, 'param', parameter.name);
    const said = doc ? docType(doc, on.symbols, fn.names, fn.owner) : null;
    let type = parameter.node.type
      ? declaredType(parameter.node.type, parameter.node.nullable, on.symbols, fn.names, fn.owner)
      : said;
    if (type && said?.array && type.array) type = types.join(type, said);
    if (type && parameter.node.value?.kind === 'nullkeyword') type = types.join(type, types.kind(types.NULL));
    if (parameter.node.variadic) {
      const shape = on.shapeAt(parameter.node);
      shape.use(256);
      if (type) shape.addElement(type);
      parameter.variable.add(types.arrayOf(shape));
    } else if (type) parameter.variable.add(type);
    if (parameter.node.byref) {
      parameter.byRef = true;
    }
  }
  const doc = comment && docTag(comment, 'return');
  const said = doc ? docType(doc, on.symbols, fn.names, fn.owner) : null;
  fn.declared = node.type ? declaredType(node.type, node.nullable, on.symbols, fn.names, fn.owner) : null;
  if (fn.declared?.array && said?.array) fn.declared = types.join(fn.declared, said);
  if (fn.declared) fn.addReturn(fn.declared);
}
