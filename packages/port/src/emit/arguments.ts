import type { Target } from '../analyse/analysis.js';
import { readCallable } from '../analyse/callables.js';
import { argumentValue } from '../analyse/infer-arguments.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { spread } from './arrays.js';
import { asText } from './assignments.js';
import { callableText, namedCallable } from './callable-text.js';
import { invokable } from './calls.js';
import type { Expected } from './expected-arguments.js';
import { parameterAt, parametersOf } from './expected-arguments.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { variableName } from './variables.js';

/** The arguments of a call, those with names in their places. */
export function argumentsText(to: FileEmitter, node: ast.Call | ast.New, target: Target | null): string {
  const parameters = parametersOf(to, node, target);
  const args = node.arguments;
  if (args.some((item) => item.kind === 'namedargument')) return named(to, node, target, parameters);
  const atOnce = target?.kind === 'php' && !KEPT.has(target.name);
  return args
    .map((argument, i) => {
      to.atOnce = atOnce ? argumentValue(argument) : null;
      return argumentText(to, argument, parameterAt(parameters, i));
    })
    .join(', ');
}

/** Functions of PHP that keep their callback for later; all others are done with it when they return. */
const KEPT = new Set([
  'set_error_handler',
  'set_exception_handler',
  'register_shutdown_function',
  'spl_autoload_register',
  'pcntl_signal',
  'ob_start',
]);

export function argumentText(to: FileEmitter, argument: ast.Argument, expected: Expected | null): string {
  if (argument.kind === 'variadic') return spread(to, argument.what);
  const value = argumentValue(argument);
  if (!value) return '';
  if (expected?.isRef) return referenceText(to, value);
  if (expected?.isCallback) {
    const callable = readCallable(to.on, to.fn, value);
    if (callable) {
      const tells = expected.eventArity !== null && to.on.asksForCallbacks;
      return tells ? namedCallable(to, value, callable) : callableText(to, value, callable);
    }
    const { classes } = to.on.typeOf(value);
    if (classes.length > 0 && classes.every((name) => invokable(to, name))) {
      const text = expression(to, value);
      return value.kind === 'variable'
        ? `${text}.__invoke.bind(${text})`
        : `((object) => object.__invoke.bind(object))(${text})`;
    }
  }
  const type = to.on.typeOf(value);
  if (expected?.callback && (value.kind === 'closure' || value.kind === 'arrowfunc')) {
    to.contextual = value;
    to.unknownArguments = new Set(
      expected.callback.flatMap((given, i) => (given.kinds & types.MIXED ? [i] : [])),
    );
    to.knownArguments = expected.callback.length;
  }
  const arity = to.eventArity;
  to.eventArity =
    value.kind === 'closure' || value.kind === 'arrowfunc' ? (expected?.eventArity ?? null) : arity;
  const text = expression(to, value);
  to.eventArity = arity;
  if (
    Number.isFinite(expected?.eventArity) &&
    value.kind !== 'closure' &&
    value.kind !== 'arrowfunc' &&
    type.functions.some(
      ({ parameters, usesArgumentList }) => usesArgumentList || parameters.at(-1)?.node.variadic,
    )
  )
    return `${to.php('takingFirst')}(${expected?.eventArity}, ${text})`;
  if (expected?.text && types.shows(type, types.BYTES)) return asText(to, type, text);
  if (expected?.bytes && isReceivedText(to, value)) return `${to.php('bytes')}(${text})`;
  if (expected?.cloned && mayHoldPhpArray(type)) return `${to.php('cloneable')}(${text})`;
  if (
    expected?.number &&
    mayBeText(type, expected.name) &&
    !(value.kind === 'string' && Number.isNaN(Number(value.value)))
  )
    return `${to.php('toInt')}(${text})`;
  if (expected?.plain && isStringable(to, type)) return `${to.php('toStr')}(${text})`;
  if (expected?.bytes && to.on.makesBytes && types.only(type, types.STRING) && argument.kind === 'variable') {
    return `${to.php('bytes')}(${text})`;
  }
  return text;
}

/** Whether a text is made of bytes that were received, which may be no UTF-8. */
function isReceivedText(to: FileEmitter, node: ast.Expression): boolean {
  if (node.kind === 'variable' && typeof node.name === 'string') {
    const variable = to.on.variables.find(to.fn, node.name);
    return variable.usedAsText && types.only(variable.type, types.BYTES) && !to.renamed.has(variable);
  }
  if (node.kind === 'retif') {
    return [node.trueExpr, node.falseExpr].some((part) => part !== null && isReceivedText(to, part));
  }
  if (node.kind === 'bin' && node.type === '.')
    return isReceivedText(to, node.left) || isReceivedText(to, node.right);
  if (node.kind !== 'call' || node.what.kind !== 'name' || !/^\\?(?:substr|strrev)$/i.test(node.what.name))
    return false;
  const first = node.arguments[0] ? argumentValue(node.arguments[0]) : null;
  return first !== null && isReceivedText(to, first);
}

/** Whether there may be a PhpArray in a value, as far as the program makes it. */
function mayHoldPhpArray(type: types.Type, depth = 0): boolean {
  const { array } = type;
  if (!array || depth > 4) return false;
  if (array.kind === 'php' || array.kind === 'any') return true;
  return [array.element, ...array.fields.values()].some((inner) => mayHoldPhpArray(inner, depth + 1));
}

/** Whether a text may be given where a number is expected. Of fds this is to be feared where nothing is known: keys of a Table are texts. */
function mayBeText(type: types.Type, parameter: string): boolean {
  if (types.shows(type, types.MIXED)) return /^(?:conn_)?fd$/.test(parameter);
  return types.shows(type, types.STRING) && types.only(type, types.SCALAR);
}

/** Whether it is an object of the program that turns into text. */
function isStringable(to: FileEmitter, type: types.Type): boolean {
  return (
    types.only(type, types.OBJECT) &&
    type.classes.length > 0 &&
    type.classes.every((name) => {
      const info = to.on.symbols.class(name);
      return info !== null && to.on.symbols.method(info, '__toString') !== null;
    })
  );
}

/** A place given by reference: its Ref when it has one, else one that is made for the call. */
export function referenceText(to: FileEmitter, value: ast.Expression): string {
  if (value.kind === 'variable' && typeof value.name === 'string') {
    const variable = to.on.variables.find(to.fn, value.name);
    if (variable.boxed && !to.aliases.has(variable)) return variableName(to, value.name);
  }
  const place = expression(to, value);
  const set =
    value.kind === 'offsetlookup' && place.startsWith(`${to.php('at')}(`)
      ? `${to.php('put')}(${place.slice(place.indexOf('(') + 1, -1)}, value)`
      : `${place} = value`;
  return `${to.php('refTo')}(() => ${place}, (value: any) => { ${set}; })`;
}

function named(
  to: FileEmitter,
  node: ast.Call | ast.New,
  target: Target | null,
  parameters: readonly Expected[],
): string {
  const values: string[] = [];
  node.arguments.forEach((argument, i) => {
    if (argument.kind !== 'namedargument') {
      values[i] = argumentText(to, argument, parameterAt(parameters, i));
      return;
    }
    const index = parameters.findIndex(({ name }) => simple(name) === simple(argument.name));
    if (index < 0) {
      to.find(
        argument,
        'person',
        `no parameter $${argument.name} is known`,
        'Pass the value by its position.',
      );
      return;
    }
    values[index] = argumentText(to, argument, parameters[index] ?? null);
  });
  const missing = target?.kind === 'user' ? 'undefined' : 'undefined';
  return Array.from(values, (value) => value ?? missing).join(', ');
}

const simple = (name: string): string => name.replaceAll('_', '').toLowerCase();
