import type { Target } from '../analyse/analysis.js';
import { memberName } from '../analyse/infer-statements.js';
import type { FunctionInfo } from '../analyse/program-model.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { classText } from './class-text.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { generatorKind } from './foreach-sources.js';
import { memberAccess, safeName } from './names.js';
import { apiType } from './type-text.js';

export function methodText(
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
  const steps = generatorSteps(to, what, object, name);
  return `${steps ?? object}${memberAccess(name).startsWith('.') ? dot + name : memberAccess(name)}`;
}

/** A generator on which a method of PHP's is called: those of JavaScript are others. */
function generatorSteps(
  to: FileEmitter,
  what: ast.PropertyLookup | ast.NullSafePropertyLookup,
  object: string,
  name: string,
): string | null {
  const type = to.on.typeOf(what.what);
  if (!type.classes.includes('Generator')) return null;
  if (type.functions.some((each) => each.waits))
    to.find(
      what,
      'person',
      `${name}() of a generator that waits`,
      'Go over it with foreach, or call next() of the async generator and await it.',
    );
  return `${to.php('generator')}(${object}${generatorKind(type) === 'keyed' ? ', true' : ''})`;
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

export function staticText(to: FileEmitter, what: ast.StaticLookup, target: Target | null): string {
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
