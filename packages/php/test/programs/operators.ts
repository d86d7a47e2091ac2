import {
  add,
  bitAnd,
  bitNot,
  bitOr,
  bitXor,
  className,
  compare,
  concat,
  div,
  echo,
  identical,
  implode,
  in_array,
  increment,
  is_array,
  is_bool,
  is_float,
  is_null,
  is_string,
  json_encode,
  looseEq,
  mod,
  mul,
  neg,
  PHP_INT_MAX,
  PhpArray,
  pow,
  restore_error_handler,
  set_error_handler,
  shl,
  shr,
  sub,
  Throwable,
  toBool,
  toFloat,
  toInteger,
  toStr,
} from '../../src/index.js';

const values: unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  5,
  1.5,
  -0.5,
  '',
  '0',
  '1',
  '5',
  '5.0',
  ' 5',
  '5 ',
  '1e1',
  'abc',
  '5 apples',
  'ABC',
  'a\0b',
  'é',
  [],
  [0],
  [1, 2],
  PhpArray.fromEntries([['a', 1]]),
  PHP_INT_MAX,
  1e20,
  Number.NaN,
  Number.POSITIVE_INFINITY,
];
const show = (v: unknown): string => {
  if (is_float(v)) return Number.isNaN(v) ? 'NAN' : toStr(v);
  if (is_array(v)) return json_encode(v) as string;
  return is_bool(v) ? (v ? 'true' : 'false') : is_null(v) ? 'null' : toStr(v);
};
const operators: Record<string, (a: unknown, b: unknown) => unknown> = {
  '+': add,
  '-': sub,
  '*': mul,
  '/': div,
  '%': mod,
  '.': (a, b) => concat(a, b),
  '&': bitAnd,
  '|': bitOr,
  '^': bitXor,
};

export function main(): void {
  set_error_handler(() => true);
  values.forEach((a, i) => {
    values.forEach((b, j) => {
      const line: unknown[] = [compare(a, b), looseEq(a, b) ? 'y' : 'n', identical(a, b) ? 'y' : 'n'];
      for (const [sign, operator] of Object.entries(operators)) {
        if (in_array(sign, ['&', '|', '^']) && is_string(a) && is_string(b)) continue;
        if (sign === '.' && (is_array(a) || is_array(b))) continue;
        try {
          line.push(show(operator(a, b)));
        } catch (error) {
          if (!(error instanceof Throwable)) throw error;
          line.push(`${className(error)}:${error.getMessage()}`);
        }
      }
      echo(`${i},${j}: `, implode(' ', line), '\n');
    });
    echo(i, ' ', toBool(a) ? 'true' : 'false', ' ', is_array(a) ? '' : toStr(a), ' ', toInteger(a), ' ');
    echo(is_array(a) ? '' : show(toFloat(a)), '\n');
  });
  for (const text of ['a', 'z', 'Az', 'zz', 'a9', 'Zz9', '9', '', '1.5', null, 'a-z', '-'])
    echo(show(increment(text)), '\n');
  const shifts = [
    [2, 3],
    [-7, 2],
    ['2', '8'],
    [2, 64],
    [PHP_INT_MAX, 1],
    [1, 63],
    [5, 0],
  ] as const;
  for (const [a, b] of shifts)
    echo(show(pow(a, b)), ' ', Number(b) < 64 ? shl(a, b) : '-', ' ', Number(b) < 64 ? shr(a, b) : '-', '\n');
  echo(add(PHP_INT_MAX, 1), ' ', mul(PHP_INT_MAX, 2), ' ', bitNot(5), ' ', sub(neg(PHP_INT_MAX), 1), ' ');
  echo(concat(7, ''), ' ', add('10', '5.5'), ' ', add(0.1, 0.2), '\n');
  restore_error_handler();
}
