import { isParentCall } from '../analyse/constructors.js';
import type { ClassInfo, FunctionInfo } from '../analyse/program-model.js';
import { contains } from '../analyse/variables.js';
import type * as ast from '../parse/ast.js';
import { visibilityText } from './classes.js';
import { entryStatements, parametersText } from './closures.js';
import type { FileEmitter } from './file-emitter.js';
import { openParameters } from './methods.js';
import { safeName } from './names.js';
import { isReadonlyClass } from './properties.js';
import { body } from './statements.js';
import { typeText } from './type-text.js';

/** A constructor as a method that is called after `new`. */
function calledConstructor(
  to: FileEmitter,
  member: ast.Method,
  method: FunctionInfo,
  info: ClassInfo,
): string {
  return to.within(method, () => {
    to.owner = info;
    const above = info.parent === null ? null : to.on.symbols.class(info.parent);
    const overridden = above !== null && to.on.symbols.method(above, '__construct') !== null;
    const promoted = member.arguments.flatMap((node, i) => {
      const property = node.flags ? info.properties.get(node.name.name) : undefined;
      const parameter = method.parameters[i];
      return property && parameter ? [{ node, property, name: safeName(parameter.variable.jsName) }] : [];
    });
    const fields = promoted.map(({ node, property }) => {
      const visibility = node.flags & 4 ? 'private ' : node.flags & 2 ? 'protected ' : '';
      return `${visibility}${property.jsName}!: ${typeText(to, property.type)};\n`;
    });
    const isOpen =
      overridden || [...to.on.symbols.classes.values()].some((each) => each.parent === info.name);
    const parameters = overridden ? openParameters(to, method) : parametersText(to, method);
    const lines = [
      ...entryStatements(to, method),
      ...promoted.map(({ property, name }) => `this.${property.jsName} = ${name};`),
    ];
    const inner = body(to, method, member.body);
    return `${fields.join('')}${isOpen ? '' : visibilityText(member.visibility)}${overridden ? 'override ' : ''}${method.waits ? 'async ' : ''}__construct(${parameters}): ${method.waits ? 'Promise<this>' : 'this'} {\n${lines.map((line) => `${line}\n`).join('')}${inner}return this;\n}`;
  });
}

export function constructorText(
  to: FileEmitter,
  member: ast.Method,
  method: FunctionInfo,
  info: ClassInfo,
): string {
  if (to.on.isCalledLater(method)) return calledConstructor(to, member, method, info);
  if (method.waits)
    to.find(
      member,
      'person',
      'the constructor waits, and a constructor of TypeScript cannot',
      'Move what waits into a method, and await it after `new`.',
    );
  return to.within(method, () => {
    to.owner = info;
    const parameters = member.arguments
      .map((node, i) => constructorParameter(to, node, method, i, info))
      .join(', ');
    const entry = entryStatements(to, method)
      .map((line) => `${line}\n`)
      .join('');
    const inner = body(to, method, member.body);
    const needsSuper = info.parent !== null && member.body && !callsParent(member.body);
    return `${visibilityText(member.visibility)}constructor(${parameters}) {\n${needsSuper ? 'super();\n' : ''}${renamedPromotions(to, member, info)}${entry}${inner.replace(/\bawait /g, method.waits ? '' : 'await ')}}`;
  });
}

/** Promoted properties that a method of the same name forces to another name. */
function renamedPromotions(_to: FileEmitter, _member: ast.Method, _info: ClassInfo): string {
  return '';
}

const callsParent = (node: ast.Block): boolean => contains(node, isParentCall);

function constructorParameter(
  to: FileEmitter,
  node: ast.Parameter,
  method: FunctionInfo,
  index: number,
  info: ClassInfo,
): string {
  const parameter = method.parameters[index];
  if (!parameter) return '';
  const single = { ...method, parameters: [parameter] };
  const text = parametersText(
    to,
    Object.assign(Object.create(Object.getPrototypeOf(method)), method, single) as FunctionInfo,
  );
  if (!node.flags) return text;
  const property = info.properties.get(node.name.name);
  const visibility = node.flags & 4 ? 'private ' : node.flags & 2 ? 'protected ' : 'public ';
  const readonly = node.readonly || isReadonlyClass(info) ? 'readonly ' : '';
  if (property && property.jsName !== property.name) {
    parameter.variable.jsName = property.jsName;
    return `${visibility}${readonly}${text.replace(new RegExp(`^${safeName(node.name.name)}\\b`), property.jsName)}`;
  }
  return `${visibility}${readonly}${text}`;
}
