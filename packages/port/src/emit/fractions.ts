import { propertyOf } from '../analyse/infer-statements.js';
import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import type { FileEmitter } from './file-emitter.js';

/** Functions of PHP that give floats with digits behind the point. */
const FRACTIONS =
  /^\\?(?:microtime|round|sqrt|exp|log\w*|a?(?:sin|cos|tan)h?|atan2|pi|hypot|pow|fmod|fdiv|floatval|lcg_value|array_sum|array_product|abs|max|min|deg2rad|rad2deg)$/i;
const DEEPEST = 6;

/** Whether a number may have digits behind the point, of which PHP prints fewer than JavaScript. */
export function mayBeFraction(to: FileEmitter, node: ast.Expression, depth = 0): boolean {
  const inner = (other: ast.Expression | null): boolean =>
    other !== null && depth < DEEPEST && mayBeFraction(to, other, depth + 1);
  if (types.only(to.on.typeOf(node), types.INT)) return false;
  switch (node.kind) {
    case 'number':
      return types.shows(to.on.typeOf(node), types.FLOAT);
    case 'bin':
      return (
        node.type === '/' ||
        (/^(?:[-+*]|\*\*|\?\?)$/.test(node.type) && (inner(node.left) || inner(node.right)))
      );
    case 'assign':
      return node.operator === '/=' || inner(node.right);
    case 'unary':
      return inner(node.what);
    case 'cast':
      return /^(?:float|double|real)$/.test(node.type);
    case 'retif':
      return inner(node.trueExpr ?? node.test) || inner(node.falseExpr);
    case 'call':
      return callGives(to, node, inner);
    case 'variable': {
      if (typeof node.name !== 'string' || node.name === 'this') return false;
      const variable = to.on.variables.find(to.fn, node.name);
      const parameter = variable.owner.parameters.find((item) => item.variable === variable);
      return isFloat(parameter?.node.type ?? null) || [...variable.values].some((value) => inner(value));
    }
    case 'propertylookup':
    case 'staticlookup': {
      const own = propertyOf(to.on, to.fn, node)?.node;
      return isFloat(own?.type ?? null);
    }
    default:
      return false;
  }
}

function callGives(
  to: FileEmitter,
  node: ast.Call,
  inner: (other: ast.Expression | null) => boolean,
): boolean {
  const target = to.on.targets.get(node);
  if (target?.kind === 'user') return target.functions.some((each) => isFloat(each.node?.type ?? null));
  if (target?.kind !== 'php' || !FRACTIONS.test(target.name)) return false;
  // These give what they get.
  if (!/^(?:abs|max|min)$/.test(target.name)) return true;
  return node.arguments.some(
    (item) => !/^(?:named|variadic)/.test(item.kind) && inner(item as ast.Expression),
  );
}

const isFloat = (type: ast.Node | null): boolean =>
  type !== null && 'name' in type && typeof type.name === 'string' && /^(?:float|double)$/i.test(type.name);
