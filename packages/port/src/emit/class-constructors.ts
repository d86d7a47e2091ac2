import { isParentCall } from '../analyse/constructors.js';
import type { ClassInfo, FunctionInfo } from '../analyse/program-model.js';
import { contains } from '../analyse/variables.js';
import type * as ast from '../parse/ast.js';
import { visibilityText } from './classes.js';
import type { FileEmitter } from './file-emitter.js';
import { openParameters } from './methods.js';
import { safeName } from './names.js';
import { argumentList, entryStatements, parametersText, parameterText } from './parameters.js';
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
    const overridden = above !== null && hasMaker(to, above);
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

/** Whether a class has a constructor of its own or of one above it; those of interfaces are none. */
function hasMaker(to: FileEmitter, info: ClassInfo): boolean {
  return [info, ...to.on.symbols.ancestors(info)].some(
    ({ node, methods }) => node.kind !== 'interface' && methods.has('__construct'),
  );
}

/** TypeScript lets no class extend one whose constructor is private; PHP does. */
function makerVisibility(to: FileEmitter, member: ast.Method, info: ClassInfo): string {
  if (member.visibility !== 'private') return visibilityText(member.visibility);
  const isExtended = [...to.on.symbols.classes.values()].some(
    ({ parent }) => parent?.toLowerCase() === info.name.toLowerCase(),
  );
  return isExtended ? 'protected ' : 'private ';
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
  // An abstract one holds the classes below to its parameters, which TypeScript does not.
  if (!member.body) return '';
  return to.within(method, () => {
    to.owner = info;
    const takesAll = method.usesArgumentList && !member.arguments.some(({ flags }) => flags);
    const parameters = takesAll
      ? parametersText(to, method)
      : member.arguments.map((node, i) => constructorParameter(to, node, method, i, info)).join(', ');
    const entry = [
      ...(method.usesArgumentList && !takesAll ? [`const ${argumentList(to)}: any[] = [...arguments];`] : []),
      ...entryStatements(to, method, takesAll),
    ]
      .map((line) => `${line}\n`)
      .join('');
    const inner = body(to, method, member.body);
    const needsSuper = info.parent !== null && member.body && !callsParent(member.body);
    return `${makerVisibility(to, member, info)}constructor(${parameters}) {\n${needsSuper ? 'super();\n' : ''}${entry}${inner.replace(/\bawait /g, method.waits ? '' : 'await ')}}`;
  });
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
  const text = parameterText(to, method, parameter, index, false);
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
