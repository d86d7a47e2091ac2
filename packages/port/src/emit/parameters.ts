import type { FunctionInfo, ParameterInfo } from '../analyse/program-model.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { copyText } from './copies.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';
import { typeText } from './type-text.js';

/** The parameters of a function with their types. */
export function parametersText(to: FileEmitter, info: FunctionInfo, given = false): string {
  if (info.usesArgumentList) return `...${argumentList(to)}: any[]`;
  return info.parameters.map((item, i) => parameterText(to, info, item, i, given)).join(', ');
}

/** The parameters of a method without a body: TypeScript lets only what runs have default values. */
export function signatureText(to: FileEmitter, info: FunctionInfo): string {
  return info.parameters
    .map((item, i) => {
      const name = parameterName(info, item);
      if (item.node.variadic || !isOptional(info, i)) return parameterText(to, info, item, i, false);
      return `${name}?: ${typeText(to, item.variable.type)}`;
    })
    .join(', ');
}

/** What holds all arguments of a function that asks for them by func_get_args(). */
export function argumentList(to: FileEmitter): string {
  let isTaken = to.declared.has('args');
  for (let at: FunctionInfo | null = to.fn; at; at = at.parent) isTaken ||= at.variables.has('args');
  return isTaken ? 'argumentList' : 'args';
}

/** The parameters of such a function are taken from its arguments. */
function fromArgumentList(to: FileEmitter, info: FunctionInfo): string[] {
  const all = argumentList(to);
  const lines = Number.isFinite(to.eventArity ?? Number.NaN)
    ? [`${all} = ${all}.slice(0, ${to.eventArity});`]
    : [];
  if (info.parameters.length === 0) return lines;
  const names = info.parameters.map((item) => {
    const name = parameterName(info, item);
    if (item.node.variadic) return `...${name}`;
    return item.node.value ? `${name} = ${expression(to, item.node.value)}` : name;
  });
  const isSet = info.parameters.some(
    ({ variable }) => variable.sets.length > 0 || variable.changes.length > 0,
  );
  return [...lines, `${isSet ? 'let' : 'const'} [${names.join(', ')}] = ${all};`];
}

/** Whether the parameter is bytes that the function uses as text: it gets another name, and the text its own. */
const isReceived = (item: ParameterInfo): boolean =>
  types.shows(item.variable.type, types.BYTES) && item.variable.usedAsText && !item.byRef;

export function parameterText(
  to: FileEmitter,
  info: FunctionInfo,
  item: ParameterInfo,
  index: number,
  given: boolean,
): string {
  const { variable, node } = item;
  const name = parameterName(info, item);
  if (node.variadic) return `...${name}${given ? '' : `: ${typeText(to, variable.type)}`}`;
  const standard = node.value && isOptional(info, index) ? ` = ${expression(to, node.value)}` : '';
  if (item.byRef && variable.boxed) return `${name}: ${to.phpType('Ref')}<${typeText(to, variable.type)}>`;
  if (given && index < to.knownArguments) {
    return to.unknownArguments.has(index)
      ? `${name}: ${typeText(to, variable.type)}${standard}`
      : `${name}${standard}`;
  }
  const type = typeText(to, variable.type);
  if (standard && isEvident(node.value, type)) return `${name}${standard}`;
  return `${name}: ${type}${standard}`;
}

const isOptional = (info: FunctionInfo, index: number): boolean =>
  info.parameters.slice(index).every(({ node }) => node.value || node.variadic);

/** The name of what is given, which is another one where the function works with something made of it. */
function parameterName(info: FunctionInfo, item: ParameterInfo): string {
  if (isReceived(item)) return bytesName(info, item);
  return `${safeName(item.variable.jsName)}${isBoxedInside(item) ? 'Given' : ''}`;
}

/** Whether the default value tells the type. */
function isEvident(value: ast.Expression | null, type: string): boolean {
  if (!value) return false;
  return (
    (value.kind === 'string' && type === 'string') ||
    (value.kind === 'number' && type === 'number') ||
    (value.kind === 'boolean' && type === 'boolean')
  );
}

/** Something in the function takes the parameter by reference. */
const isBoxedInside = (item: ParameterInfo): boolean => item.variable.boxed && !item.byRef;

function bytesName(info: FunctionInfo, item: ParameterInfo): string {
  const taken = new Set([...info.variables.values()].map(({ jsName }) => jsName));
  const isOnly = info.parameters.filter(isReceived).length === 1;
  return isOnly && !taken.has('buffer') ? 'buffer' : `${item.name}Buffer`;
}

/** What a function does before its first statement: bytes become text, arrays that it changes are copied, references are made. */
export function entryStatements(
  to: FileEmitter,
  info: FunctionInfo,
  takesAll = info.usesArgumentList,
): string[] {
  const lines = takesAll ? fromArgumentList(to, info) : [];
  for (const item of info.parameters) {
    const { variable } = item;
    const name = safeName(variable.jsName);
    if (isReceived(item)) {
      lines.push(
        `${variable.sets.length > 0 ? 'let' : 'const'} ${name} = ${to.php('text')}(${bytesName(info, item)});`,
      );
    } else if (item.node.variadic && !takesAll && Number.isFinite(to.eventArity ?? Number.NaN)) {
      lines.push(
        `${name} = ${name}.slice(0, ${Math.max(0, (to.eventArity ?? 0) - info.parameters.length + 1)});`,
      );
    } else if (isBoxedInside(item)) lines.push(`const ${name} = ${to.php('ref')}<any>(${name}Given);`);
    else if (
      !item.byRef &&
      variable.changes.length > 0 &&
      types.shows(variable.type, types.ARRAY) &&
      !item.node.variadic
    ) {
      lines.push(`${name} = ${copyText(to, variable.type, name)};`);
    }
  }
  return lines;
}
