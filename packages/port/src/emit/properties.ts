import type { ClassInfo, PropertyInfo } from '../analyse/program-model.js';
import * as types from '../analyse/type.js';
import { contains } from '../analyse/variables.js';
import * as ast from '../parse/ast.js';
import { emptyArray } from './arrays.js';
import { overrides, visibilityText } from './classes.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { typeText } from './type-text.js';

export function propertyText(
  to: FileEmitter,
  node: ast.Property,
  member: ast.PropertyStatement,
  info: ClassInfo,
): string {
  const name = ast.identifier(node.name);
  const property = to.on.property(info, name, member.isStatic);
  const over = member.isStatic ? '' : overrides(to, info, name, false);
  const head = `${visibilityText(member.visibility)}${member.isStatic ? 'static ' : ''}${over}${(node.readonly || isReadonlyClass(info)) && !isMadeLater(to, info) ? 'readonly ' : ''}${property.jsName}`;
  const type = propertyType(to, property, node);
  if (node.value) {
    const value = expression(to, node.value);
    const evident = isEvident(node.value, type);
    return `${head}${evident ? '' : `: ${type}`} = ${value};`;
  }
  if (node.type && property.type.array && types.only(property.type, types.ARRAY) && !isSetAtOnce(info, name))
    return `${head}: ${type} = ${emptyArray(to, property.type.array)};`;
  if (!node.type)
    return `${head}: ${type.includes('null') || type === 'any' ? type : `${type} | null`} = null;`;
  return `${head}${member.isStatic ? '' : '!'}: ${type};`;
}

/** Whether a method does what the constructor did: then nothing is readonly. */
function isMadeLater(to: FileEmitter, info: ClassInfo): boolean {
  const maker = info.methods.get('__construct');
  return maker !== undefined && to.on.isCalledLater(maker);
}

/** Whether the constructor gives a property its value. */
function isSetAtOnce(info: ClassInfo, name: string): boolean {
  const maker = info.methods.get('__construct')?.node?.body;
  return (
    info.node.kind !== 'class' ||
    (maker != null &&
      contains(
        maker,
        (node) =>
          node.kind === 'assign' &&
          node.left.kind === 'propertylookup' &&
          node.left.offset.kind === 'identifier' &&
          node.left.offset.name === name,
      ))
  );
}

export const isReadonlyClass = (info: ClassInfo): boolean =>
  info.node.kind === 'class' && info.node.isReadonly;

function isEvident(value: ast.Expression, type: string): boolean {
  return (
    (value.kind === 'string' && type === 'string') ||
    (value.kind === 'number' && type === 'number') ||
    (value.kind === 'boolean' && type === 'boolean')
  );
}

function propertyType(to: FileEmitter, property: PropertyInfo, node: ast.Property): string {
  if (!node.value && !node.type) return typeText(to, types.join(property.type, types.kind(types.NULL)));
  return typeText(to, property.type);
}

export function constantText(to: FileEmitter, node: ast.Constant, member: ast.ClassConstant): string {
  const name = ast.identifier(node.name);
  return `${visibilityText(member.visibility)}static readonly ${name}${constantType(to, name)} = ${expression(to, node.value)};`;
}

/** The type of a constant that a class above or below declares anew, with another value; empty where its value tells it. */
function constantType(to: FileEmitter, name: string): string {
  const { owner } = to;
  const { symbols } = to.on;
  if (!owner) return '';
  const above = new Set(symbols.ancestors(owner));
  const kin = [...symbols.classInfos.values()].filter(
    (each) =>
      each !== owner &&
      each.constants.has(name) &&
      (above.has(each) || [...symbols.ancestors(each)].includes(owner)),
  );
  if (kin.length === 0) return '';
  const all = [owner, ...kin].map((each) => each.constants.get(name)?.type ?? types.ANYTHING);
  return `: ${typeText(
    to,
    all.reduce((one, other) => types.join(one, other)),
  )}`;
}
