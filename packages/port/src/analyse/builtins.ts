import type * as ast from '../parse/ast.js';
import type { Analysis } from './analysis.js';
import { ArrayShape } from './array-shape.js';
import { functionsOf } from './callables.js';
import type { FunctionInfo } from './program-model.js';
import type { Type } from './type.js';
import * as types from './type.js';

/** Functions that change the array that they get. */
export const IN_PLACE: ReadonlySet<string> = new Set([
  'sort',
  'rsort',
  'usort',
  'uasort',
  'uksort',
  'ksort',
  'krsort',
  'asort',
  'arsort',
  'natsort',
  'natcasesort',
  'shuffle',
  'array_push',
  'array_pop',
  'array_shift',
  'array_unshift',
  'array_splice',
  'array_walk',
  'array_walk_recursive',
  'array_multisort',
]);

/** Those that leave keys in another order than 0, 1, 2…. */
export const KEEPS_KEYS: ReadonlySet<string> = new Set([
  'uasort',
  'asort',
  'arsort',
  'natsort',
  'natcasesort',
  'krsort',
]);

/** Functions that treat what they get as text: bytes are made text for them. */
export const TEXT_FUNCTIONS: ReadonlySet<string> = new Set([
  'explode',
  'trim',
  'ltrim',
  'rtrim',
  'chop',
  'strtolower',
  'strtoupper',
  'ucfirst',
  'ucwords',
  'lcfirst',
  'str_replace',
  'str_ireplace',
  'preg_match',
  'preg_match_all',
  'preg_replace',
  'preg_replace_callback',
  'preg_split',
  'json_decode',
  'str_starts_with',
  'str_ends_with',
  'str_contains',
  'strpos',
  'stripos',
  'strrpos',
  'strstr',
  'strrchr',
  'strtok',
  'is_numeric',
  'htmlspecialchars',
  'nl2br',
  'number_format',
  'parse_str',
  'parse_url',
  'intval',
  'floatval',
  'mb_strlen',
  'mb_substr',
  'sscanf',
  'in_array',
  'array_key_exists',
]);

/** Functions that give bytes when they get bytes. */
const LIKE_FIRST: ReadonlySet<string> = new Set([
  'substr',
  'strrev',
  'str_repeat',
  'str_pad',
  'substr_replace',
]);

/** What functions give of which the declarations say less than PHP's rules do. Null for all others. */
export function builtinReturn(on: Analysis, fn: FunctionInfo, node: ast.Call, name: string): Type | null {
  const at = (i: number): Type => {
    const argument = node.arguments[i];
    return argument && argument.kind !== 'variadic' && argument.kind !== 'variadicplaceholder'
      ? on.typeOf(argument.kind === 'namedargument' ? argument.value : argument)
      : types.ANYTHING;
  };
  const list = (element: Type): Type => {
    const made = on.fresh(node, 'list', types.arrayOf(new ArrayShape('list')));
    made.array?.addElement(element);
    return made;
  };
  const keyed = (element: Type, kind: 'native' | 'any' = 'any'): Type => {
    const made = on.fresh(node, 'keyed', types.arrayOf(new ArrayShape(kind)));
    made.array?.addElement(element);
    return made;
  };
  if (LIKE_FIRST.has(name)) {
    const first = at(0);
    return types.kind(
      types.shows(first, types.BYTES) && !types.shows(first, types.STRING) ? types.BYTES : types.STRING,
    );
  }
  switch (name) {
    case 'array_values':
      return list(types.elementOf(at(0)));
    case 'array_keys':
      return list(
        types.kind(
          at(0).array?.kind === 'list'
            ? types.INT
            : at(0).array?.kind === 'record'
              ? types.STRING
              : types.INT | types.STRING,
        ),
      );
    case 'explode':
    case 'str_split':
    case 'preg_split':
      return list(types.kind(types.STRING));
    case 'range': {
      const [a, b] = [at(0), at(1)];
      return list(
        types.kind(
          types.only(a, types.INT) && types.only(b, types.INT)
            ? types.INT
            : types.only(a, types.STRING)
              ? types.STRING
              : types.NUMBER,
        ),
      );
    }
    case 'array_map': {
      const [callback] = node.arguments;
      const returned = callback
        ? functionsOf(on, fn, callback).reduce((all, each) => types.join(all, each.returns), types.NOTHING)
        : types.NOTHING;
      const element = returned === types.NOTHING ? types.ANYTHING : returned;
      return at(1).array?.kind === 'list' || node.arguments.length > 2 ? list(element) : keyed(element);
    }
    case 'array_filter':
    case 'array_diff':
    case 'array_intersect':
    case 'array_unique':
    case 'array_diff_key':
    case 'array_intersect_key':
      return keyed(types.elementOf(at(0)));
    case 'array_slice':
    case 'array_splice':
    case 'array_reverse':
      return at(0).array?.kind === 'list' ? list(types.elementOf(at(0))) : keyed(types.elementOf(at(0)));
    case 'array_merge':
      return node.arguments.every((_, i) => at(i).array?.kind === 'list')
        ? list(node.arguments.reduce((all, _, i) => types.join(all, types.elementOf(at(i))), types.NOTHING))
        : keyed(types.elementOf(at(0)));
    case 'array_pop':
    case 'array_shift':
    case 'end':
    case 'reset':
    case 'current':
    case 'next':
    case 'array_rand':
      if (name === 'array_rand') return null;
      return types.join(
        types.elementOf(at(0)),
        types.kind(/pop|shift/.test(name) ? types.NULL : types.FALSE),
      );
    case 'array_fill':
      return list(at(2));
    case 'json_decode':
      return keyedOrAny(on, node);
    case 'iterator_to_array':
      return on.fresh(node, 'copy', iterated(at(0)));
    case 'unpack':
      return types.join(keyed(types.kind(types.INT | types.STRING | types.BYTES), 'native'), types.NOTHING);
    case 'strlen':
    case 'count':
    case 'sizeof':
    case 'time':
    case 'intval':
    case 'getmypid':
    case 'intdiv':
    case 'rand':
    case 'mt_rand':
    case 'random_int':
    case 'ord':
    case 'mb_strlen':
      return types.kind(types.INT);
    case 'microtime':
      return types.kind(node.arguments.length > 0 ? types.FLOAT : types.STRING);
    case 'trim':
    case 'ltrim':
    case 'rtrim':
    case 'strtolower':
    case 'strtoupper':
    case 'ucfirst':
    case 'str_replace':
    case 'json_encode':
    case 'md5':
    case 'sha1':
    case 'bin2hex':
    case 'implode':
    case 'join':
    case 'sprintf':
    case 'gettype':
    case 'get_debug_type':
    case 'get_class':
    case 'number_format':
      return types.kind(types.STRING);
    case 'pack':
    case 'hex2bin':
      return types.kind(types.BYTES);
    case 'var_export':
    case 'print_r':
      return types.kind(types.STRING);
    default:
      return null;
  }
}

/** JSON gives JavaScript's own arrays and objects, or anything else. */
function keyedOrAny(on: Analysis, node: ast.Call): Type {
  const made = on.fresh(node, 'json', types.arrayOf(nativeOfNative()));
  return { ...made, kinds: made.kinds | types.NULL | types.SCALAR };
}

function nativeOfNative(): ArrayShape {
  const shape = new ArrayShape('native');
  shape.addElement({
    kinds: types.ARRAY | types.NULL | types.SCALAR,
    classes: [],
    array: shape,
    functions: [],
  });
  return shape;
}

function iterated(type: Type): Type {
  const shape = new ArrayShape('any');
  if (type.classes.includes('Swoole\\Table')) {
    const row = new ArrayShape('native');
    row.addElement(types.kind(types.NUMBER | types.STRING));
    shape.addElement(types.arrayOf(row));
  } else if (type.classes.some((name) => name.endsWith('Iterator'))) shape.addElement(types.kind(types.INT));
  else if (type.array) shape.addElement(type.array.element);
  return types.arrayOf(shape);
}
