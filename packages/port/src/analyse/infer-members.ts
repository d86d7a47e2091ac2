import type * as ast from '../parse/ast.js';
import type { Analysis } from './analysis.js';
import { visit } from './infer-expressions.js';
import { classOf, memberName, propertyOf } from './infer-statements.js';
import type { FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';

export function constant(on: Analysis, fn: FunctionInfo, node: ast.Name): Type {
  const name = on.symbols.constantName(node.name, on.namesOf(fn));
  const own = on.symbols.constants.get(name);
  if (own) return own.type;
  if (/^(?:true|false|null)$/i.test(name)) {
    return types.kind(/^true$/i.test(name) ? types.TRUE : /^false$/i.test(name) ? types.FALSE : types.NULL);
  }
  if (on.api.hasConstant(name)) {
    on.use(fn, node, name);
    if (/OPCODE_BINARY|OPCODE_PONG|OPCODE_PING/.test(name)) on.mentionsBinary = true;
    return types.kind(types.INT);
  }
  if (name === 'PHP_INT_MAX' || name === 'PHP_INT_MIN') return types.kind(types.INT | types.BIGINT);
  if (/^(?:PHP_EOL|DIRECTORY_SEPARATOR|PHP_OS|PHP_OS_FAMILY|PHP_VERSION)$/.test(name))
    return types.kind(types.STRING);
  if (on.api.hasPhp(name)) return on.fresh(node, 'constant', on.api.phpConstant(name));
  return types.ANYTHING;
}

export function propertyType(
  on: Analysis,
  fn: FunctionInfo,
  node: ast.PropertyLookup | ast.NullSafePropertyLookup,
): Type {
  const what = visit(on, fn, node.what);
  if (node.offset.kind !== 'identifier' && node.offset.kind !== 'name')
    visit(on, fn, node.offset as ast.Expression);
  const name = memberName(node);
  if (what.kinds === 0) return types.NOTHING;
  if (name === null) return types.ANYTHING;
  const nullable = node.kind === 'nullsafepropertylookup' ? types.kind(types.NULL) : types.NOTHING;
  const own = propertyOf(on, fn, node);
  if (own) return types.join(own.type, nullable);
  let found = types.NOTHING;
  for (const each of what.classes) {
    const api = on.api.class(each) ?? foreignApi(on, each);
    const member = api?.member(
      api.name.endsWith('\\Response') && /^(?:header|cookie|trailer)$/.test(name) ? `${name}s` : name,
    );
    if (!api || !member) continue;
    on.use(fn, node, `${api.name}::$${name}`);
    found = types.join(found, on.fresh(node, `${each}.${name}`, member.type));
  }
  if (what.array && !(what.kinds & types.OBJECT)) found = types.join(found, what.array.field(name));
  return found === types.NOTHING ? types.ANYTHING : types.join(found, nullable);
}

/** The API's class above one of the program's. */
export function foreignApi(on: Analysis, name: string) {
  const info = on.symbols.class(name);
  const parent = info && on.symbols.foreignParent(info);
  return parent ? on.api.class(parent) : null;
}

export function staticType(on: Analysis, fn: FunctionInfo, node: ast.StaticLookup): Type {
  if (node.what.kind === 'variable') visit(on, fn, node.what);
  const name = memberName(node);
  const owner = classOf(on, fn, node.what);
  if (name === null || owner === null) return name === 'class' ? types.kind(types.STRING) : types.ANYTHING;
  if (name === 'class') return types.kind(types.STRING);
  const info = on.symbols.class(owner);
  if (node.offset.kind === 'variable') {
    const property = propertyOf(on, fn, node);
    return property ? property.type : types.ANYTHING;
  }
  if (info) {
    if (info.cases.includes(name)) return types.objectOf(info.name);
    for (const each of [info, ...on.symbols.ancestors(info)]) {
      const constant = each.constants.get(name);
      if (constant) return constant.type;
    }
  }
  const api = on.api.class(owner) ?? foreignApi(on, owner);
  const member = api?.staticMember(name);
  if (api && member) {
    on.use(fn, node, `${api.name}::${name}`);
    return on.fresh(node, 'static', member.type);
  }
  return types.ANYTHING;
}
