import type { Target } from '../analyse/analysis.js';
import { TEXT_FUNCTIONS } from '../analyse/builtins.js';
import { functionsOf, readCallable } from '../analyse/callables.js';
import { argumentValue, CLONED } from '../analyse/infer-arguments.js';
import { memberName } from '../analyse/infer-statements.js';
import type { FunctionInfo } from '../analyse/program-model.js';
import * as types from '../analyse/type.js';
import type { ApiFunction, ApiParameter } from '../api/api.js';
import type * as ast from '../parse/ast.js';
import { spread } from './arrays.js';
import { asText } from './assignments.js';
import { callableText, namedCallable } from './callable-text.js';
import { classText, expression, variableName } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { memberAccess, safeName } from './names.js';
import { specialCall } from './special-calls.js';
import { quote } from './strings.js';
import { apiType } from './type-text.js';

export function call(to: FileEmitter, node: ast.Call): string {
  const target = to.on.targets.get(node) ?? null;
  if (node.arguments[0]?.kind === 'variadicplaceholder') return firstClass(to, node, target);
  const special = specialCall(to, node, target);
  if (special !== null) return special;
  if (target?.kind === 'unknown' && node.what.kind === 'name' && !/^Swoole|^swoole_/.test(target.name))
    return unknownFunction(to, node, target.name);
  if (isShort(node, target)) return tooFew(to, node, target);
  if (callsByName(to, node)) {
    const args = node.arguments.map((item) => argumentText(to, item, null));
    return `${to.php('call_user_func')}(${[expression(to, node.what), ...args].join(', ')})`;
  }
  if (mayBeNamed(to, node)) {
    const args = node.arguments.map((item) => argumentText(to, item, null));
    return `${to.php('call_user_func')}(${[expression(to, node.what), ...args].join(', ')})`;
  }
  return plainCall(to, node);
}

/** A call as TypeScript has it. */
export function plainCall(to: FileEmitter, node: ast.Call): string {
  const target = to.on.targets.get(node) ?? null;
  return `${calleeText(to, node, target)}(${argumentsText(to, node, target)})`;
}

/** Whether something is called that may be a function, or its name: what getCallback() gives. */
function mayBeNamed(to: FileEmitter, { what }: ast.Call): boolean {
  if (what.kind === 'name' || /lookup$|^(?:closure|arrowfunc)$/.test(what.kind)) return false;
  const type = to.on.typeOf(what);
  return types.shows(type, types.FN) && types.shows(type, types.ARRAY) && (type.kinds & types.MIXED) === 0;
}

type ApiTarget = Extract<Target, { kind: 'api' | 'php' }>;

/** Whether there are fewer arguments than a function of PHP or Swoole can be called with. */
function isShort(node: ast.Call, target: Target | null): target is ApiTarget {
  if (target?.kind !== 'api' && target?.kind !== 'php') return false;
  const isPlain = node.arguments.every(({ kind }) => kind !== 'variadic' && kind !== 'namedargument');
  return isPlain && !MAY_LACK.has(target.name) && node.arguments.length < target.call.required;
}

/** Functions whose first argument PHP does not need, where swoole-ts does. */
const MAY_LACK = new Set([
  'readdir',
  'rewinddir',
  'closedir',
  'mb_check_encoding',
  'Swoole\\Http\\Response::create',
]);

/** A call that PHP only throws for. */
function tooFew(
  to: FileEmitter,
  node: ast.Call,
  { name, call: { parameters, required } }: ApiTarget,
): string {
  const args = node.arguments.map((item) => argumentText(to, item, null));
  const isExact = parameters.length === required && !parameters.some(({ rest }) => rest);
  return `${to.php('tooFewArguments')}(${[quote(name), required, isExact, ...args].join(', ')})`;
}

function calleeText(to: FileEmitter, node: ast.Call, target: Target | null): string {
  const { what } = node;
  if (what.kind === 'name') return functionText(to, node, what, target);
  if (what.kind === 'propertylookup' || what.kind === 'nullsafepropertylookup')
    return methodText(to, what, target);
  if (what.kind === 'staticlookup') return staticText(to, what, target);
  if (what.kind === 'closure' || what.kind === 'arrowfunc') return `(${expression(to, what)})`;
  const { classes } = to.on.typeOf(what);
  if (classes.length > 0 && classes.every((name) => invokable(to, name)))
    return `${expression(to, what)}.__invoke`;
  const callable = readCallable(to.on, to.fn, what);
  if (callable) return `(${callableText(to, what, callable)})`;
  return expression(to, what);
}

function invokable(to: FileEmitter, name: string): boolean {
  const info = to.on.symbols.class(name);
  return info !== null && to.on.symbols.method(info, '__invoke') !== null;
}

/** Whether the name of a function is called that is only known at run time. */
function callsByName(to: FileEmitter, { what }: ast.Call): boolean {
  if (what.kind === 'name' || /lookup$|^(?:closure|arrowfunc)$/.test(what.kind)) return false;
  if (readCallable(to.on, to.fn, what)) return false;
  const type = to.on.typeOf(what);
  if (!types.shows(type, types.STRING) || types.shows(type, types.FN)) return false;
  to.find(
    what,
    'person',
    'a function is called by a name that is only known at run time',
    'Put the functions into an object and take the one of this name.',
  );
  return true;
}

function functionText(to: FileEmitter, node: ast.Call, what: ast.Name, target: Target | null): string {
  if (target?.kind === 'user') {
    const [info] = target.functions;
    return info ? to.fromProgram(info.file, safeName(info.name)) : safeName(what.name);
  }
  if (target?.kind === 'php') {
    const name = changesElements(to, node, target.name) ? `${target.name}_ref` : target.name;
    if (
      CALLED_AT_ONCE.has(name) &&
      node.arguments.some((item) => functionsOf(to.on, to.fn, item).some(({ waits }) => waits))
    ) {
      to.find(
        node,
        'person',
        `the callback of ${name}() waits, but ${name}() needs its answer at once`,
        'Do what waits before, and compare what came of it.',
      );
    }
    if (!to.on.asyncCallbacks.has(node)) return to.php(name);
    if (to.on.api.hasPhp(`${name}_async`)) return to.php(`${name}_async`);
    to.find(
      node,
      'person',
      `the callback of ${name}() waits, and ${name}() cannot wait for it`,
      'Write a loop that awaits.',
    );
    return to.php(name);
  }
  if (target?.kind === 'api') return swooleFunctionText(to, target.name);
  const name = target?.name ?? what.name;
  if (/^Swoole\\Coroutine\\/.test(name) || /^swoole_/.test(name)) {
    to.find(
      node,
      'person',
      `swoole-ts has no ${name}()`,
      'See the list of what swoole-ts has for what to use instead.',
    );
    return `(${to.imports.swoole()} as any).${name.replace(/^Swoole\\/, '').replaceAll('\\', '.')}`;
  }
  return safeName(name);
}

/** Whether the callback of array_walk() takes the elements by reference. */
function changesElements(to: FileEmitter, node: ast.Call, name: string): boolean {
  const second = node.arguments[1];
  if (!/^array_walk(?:_recursive)?$/.test(name) || !second) return false;
  if (!functionsOf(to.on, to.fn, second).some((each) => each.parameters[0]?.byRef)) return false;
  if (to.on.api.hasPhp(`${name}_ref`)) return true;
  to.find(
    node,
    'person',
    `the callback of ${name}() changes the elements, which it only gets the values of`,
    'Write a loop that sets them.',
  );
  return false;
}

/** Functions whose callbacks have to answer at once. */
const CALLED_AT_ONCE = new Set([
  'usort',
  'uasort',
  'uksort',
  'ob_start',
  'set_error_handler',
  'spl_autoload_register',
]);

function unknownFunction(to: FileEmitter, node: ast.Call, name: string): string {
  to.find(
    node,
    'person',
    `${name}() is neither in the program nor known`,
    'Write it, or use a package from npm that does its work.',
  );
  const args = node.arguments.map((item) => argumentText(to, item, null));
  return `${to.php('notPorted')}(${[quote(name), ...args].join(', ')})`;
}

function swooleFunctionText(to: FileEmitter, name: string): string {
  const co = /^Swoole\\Coroutine\\(\w+)$/.exec(name)?.[1];
  if (!co) return to.swoole(name);
  if (to.taken.has(co)) return `${to.imports.swoole()}.Coroutine.${co}`;
  to.imports.swoole();
  to.fromCoroutine.add(co);
  return co;
}

function methodText(
  to: FileEmitter,
  what: ast.PropertyLookup | ast.NullSafePropertyLookup,
  target: Target | null,
): string {
  const object = objectText(to, what.what);
  const dot = what.kind === 'nullsafepropertylookup' ? '?.' : '.';
  const name = memberName(what);
  if (name === null)
    return `(${object} as any)${dot === '?.' ? '?.' : ''}[${expression(to, what.offset as ast.Expression)}]`;
  if (target?.kind === 'user') {
    const [info] = target.functions;
    if (info && isStatic(info)) return `${staticOwner(to, info, object)}.${info.jsName}`;
    return `${object}${dot}${info?.jsName ?? name}`;
  }
  if (target?.kind === 'api') return `${object}${dot}${target.name.split('::').pop() ?? name}`;
  if (target?.kind === 'unknown') {
    to.find(
      what,
      'person',
      `swoole-ts has no ${target.name}()`,
      'See the list of what swoole-ts has for what to use instead.',
    );
    return `(${object} as any)${dot}${name}`;
  }
  return `${object}${memberAccess(name).startsWith('.') ? dot + name : memberAccess(name)}`;
}

const isStatic = (info: FunctionInfo): boolean => info.node?.kind === 'method' && info.node.isStatic;

/** The class of an object on which a static method is called. */
function staticOwner(to: FileEmitter, info: FunctionInfo, object: string): string {
  const { owner, kin } = info;
  if (!owner?.jsName || kin.size > 0) return `(${object}.constructor as any)`;
  return to.fromProgram(owner.file, safeName(owner.jsName));
}

/** An object whose method is called. */
function objectText(to: FileEmitter, node: ast.Expression): string {
  const text = expression(to, node);
  const type = to.on.typeOf(node);
  const failing = type.kinds & types.FALSE && type.kinds & types.OBJECT && type.classes.length > 0;
  if (!failing) return node.kind === 'new' ? `(${text})` : text;
  return `(${text} as ${objectType(to, type)})`;
}

function objectType(to: FileEmitter, type: types.Type): string {
  return type.classes
    .map((name) => {
      if (name.startsWith('php:')) return to.phpType(name.slice(4));
      const api = to.on.api.class(name);
      return api ? apiType(to, api.path) : 'any';
    })
    .join(' | ');
}

function staticText(to: FileEmitter, what: ast.StaticLookup, target: Target | null): string {
  const base = classText(to, what.what);
  const name = memberName(what);
  if (name === null || what.offset.kind === 'variable')
    return `(${base} as any)[${expression(to, what.offset as ast.Expression)}]`;
  if (what.what.kind === 'parentreference') {
    const above = target?.kind === 'user' ? target.functions[0] : undefined;
    if (/^__construct$/i.test(name))
      return above && to.on.isCalledLater(above) ? 'super.__construct' : 'super';
    return `super.${target?.kind === 'user' ? (target.functions[0]?.jsName ?? name) : name}`;
  }
  if (target?.kind === 'user') {
    const [info] = target.functions;
    if (info && isStatic(info) && what.what.kind === 'variable')
      return `${staticOwner(to, info, base)}.${info.jsName}`;
    const isInstance = info?.node?.kind === 'method' && !info.node.isStatic;
    return isInstance ? `this.${info?.jsName ?? name}` : `${base}.${info?.jsName ?? name}`;
  }
  if (target?.kind === 'api') return `${base}.${target.name.split('::').pop() ?? name}`;
  if (target?.kind === 'unknown') {
    to.find(
      what,
      'person',
      `swoole-ts has no ${target.name}()`,
      'See the list of what swoole-ts has for what to use instead.',
    );
    return `(${base} as any).${name}`;
  }
  return `${base}.${name}`;
}

/** `strlen(...)`, `$this->method(...)`. */
function firstClass(to: FileEmitter, node: ast.Call, target: Target | null): string {
  const { what } = node;
  const text = calleeText(to, node, target);
  if (what.kind === 'propertylookup') return `${text}.bind(${expression(to, what.what)})`;
  if (what.kind === 'staticlookup')
    return `${text}.bind(${text.startsWith('super') || text.startsWith('this') ? 'this' : classText(to, what.what)})`;
  return text;
}

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

interface Expected {
  name: string;
  isRef: boolean;
  isCallback: boolean;
  rest: boolean;
  text: boolean;
  /** Bytes are sent as they are. */
  bytes: boolean;
  /** Text is expected, not an object. */
  plain: boolean;
  /** It goes to another thread, as a clone. */
  cloned: boolean;
  /** A number is expected, which PHP also makes of a text. */
  number: boolean;
  waits: boolean;
  info: FunctionInfo['parameters'][number] | null;
  defaultText: string | null;
  /** What the function is called with that is expected here, where TypeScript knows it too. */
  callback: readonly types.Type[] | null;
  eventArity: number | null;
}

function parametersOf(to: FileEmitter, node: ast.Call | ast.New, target: Target | null): Expected[] {
  if (target?.kind === 'user') {
    const [info] = target.functions;
    return (info?.parameters ?? []).map((item) => ({
      name: item.name,
      isRef: item.byRef && item.variable.boxed,
      isCallback: types.shows(item.variable.type, types.FN),
      rest: item.node.variadic,
      text:
        item.node.type !== null &&
        types.shows(item.variable.type, types.STRING) &&
        !types.shows(item.variable.type, types.BYTES | types.MIXED),
      bytes: false,
      plain: false,
      number: false,
      cloned: false,
      waits: false,
      info: item,
      defaultText: item.node.value ? 'undefined' : null,
      callback: null,
      eventArity: null,
    }));
  }
  if (target?.kind === 'api' || target?.kind === 'php') return fromApi(to, node, target.call, target);
  return [];
}

/** What a callback gets, as TypeScript sees it; null when TypeScript does not know. */
function callbackTypes(
  to: FileEmitter,
  node: ast.Call | ast.New,
  target: Target,
  item: ApiParameter,
): readonly types.Type[] | null {
  if (target.kind === 'api' && /::on$/.test(target.name)) {
    const [event] = node.arguments;
    return event?.kind === 'string' ? to.on.api.event(event.value, types.objectOf('Swoole\\Server')) : null;
  }
  return item.callback?.parameters.map(({ type }) => type) ?? null;
}

/** How many arguments PHP gives the callback of an event, where swoole-ts gives one more; no limit for other events. */
function arityOf(to: FileEmitter, node: ast.Call | ast.New): number {
  const [event] = node.arguments;
  if (event?.kind === 'string' && !/^(?:close|disconnect)$/i.test(event.value))
    return Number.POSITIVE_INFINITY;
  return to.on.takesEventObjects ? 2 : 3;
}

function fromApi(to: FileEmitter, node: ast.Call | ast.New, call_: ApiFunction, target: Target): Expected[] {
  return call_.parameters.map((item: ApiParameter, i) => ({
    name: item.name,
    isRef: item.isRef,
    isCallback: item.isCallback,
    rest: item.rest,
    text: target.kind === 'php' && TEXT_FUNCTIONS.has(target.name) && !item.isCallback && i < 4,
    bytes:
      target.kind === 'api' &&
      /::(?:send|sendto|sendwait|end|write|sendAll)$/.test(target.name) &&
      types.shows(item.type, types.BYTES),
    plain: target.kind === 'api' && types.shows(item.type, types.STRING),
    cloned: target.kind === 'api' && i === 0 && CLONED.test(target.name),
    number:
      target.kind === 'api' &&
      /^Swoole\\/.test(target.name) &&
      types.shows(item.type, types.NUMBER) &&
      types.only(item.type, types.NUMBER | types.NULL),
    waits: false,
    info: null,
    defaultText: item.optional ? 'undefined' : null,
    callback: item.callback ? callbackTypes(to, node, target, item) : null,
    eventArity: i === 1 && target.kind === 'api' && /::on$/.test(target.name) ? arityOf(to, node) : null,
  }));
}

function parameterAt(parameters: readonly Expected[], index: number): Expected | null {
  const last = parameters[parameters.length - 1];
  return parameters[index] ?? (last?.rest ? last : null);
}

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
    type.functions.some(({ parameters }) => parameters.at(-1)?.node.variadic)
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
  return `${to.php('refTo')}(() => ${place}, (value: any) => { ${place} = value; })`;
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
