import type { Random } from './random.js';

/** The kinds of values that programs work with: `mixed` may be any of the others but the arrays. */
export type Kind = 'int' | 'float' | 'string' | 'bool' | 'list' | 'map' | 'mixed';

const WORDS = [
  '',
  'a',
  'abc',
  '0',
  '12',
  '3.5',
  '7 dwarfs',
  'Hello',
  'é',
  'zoë',
  '🌱',
  'x-y',
  ' pad ',
  '-4',
  '1e3',
] as const;

/** Expressions of a wanted kind, out of literals, variables, operators and functions. */
export class Expressions {
  constructor(
    private readonly random: Random,
    /** The variables of each kind that have a value. */
    private readonly variables: ReadonlyMap<string, Kind>,
  ) {}

  /** @param depth how many levels there may be */
  of(kind: Kind, depth: number): string {
    const own = [...this.variables].filter(([, each]) => each === kind).map(([name]) => `$${name}`);
    if (own.length > 0 && this.random.chance(35)) return this.random.of(own as [string, ...string[]]);
    if (depth <= 0) return this.literal(kind);
    return this.compound(kind, depth - 1);
  }

  private literal(kind: Kind): string {
    const { random } = this;
    switch (kind) {
      case 'int':
        return String(random.int(40) - 12);
      case 'float':
        return random.of(['0.5', '1.25', '-2.75', '10.125']);
      case 'string':
        return `'${random.of(WORDS)}'`;
      case 'bool':
        return random.of(['true', 'false']);
      case 'list':
        return `[${Array.from({ length: 1 + random.int(4) }, () => this.literal('int')).join(', ')}]`;
      case 'map': {
        const keys = ["'a'", "'b'", "'c'", '5', "'7'"].filter(() => random.chance(60));
        return `[${["'z'", ...keys].map((key) => `${key} => ${this.literal(random.of(['int', 'string']))}`).join(', ')}]`;
      }
      default:
        return this.literal(random.of(['int', 'string', 'bool', 'float']));
    }
  }

  private compound(kind: Kind, depth: number): string {
    const { random } = this;
    const int = () => this.of('int', depth);
    const string = () => this.of('string', depth);
    const bool = () => this.of('bool', depth);
    const list = () => this.of('list', depth);
    const map = () => this.of('map', depth);
    const any = () => this.of(random.of(['int', 'string', 'bool', 'float', 'mixed']), depth);
    const choices: Record<Kind, [() => string, ...(() => string)[]]> = {
      int: [
        () => `(${int()} ${random.of(['+', '-', '*'])} ${int()})`,
        () => `(${int()} % ${1 + random.int(9)})`,
        () => `intdiv(${int()}, ${1 + random.int(6)})`,
        () => `(${int()} ${random.of(['&', '|', '^'])} ${int()})`,
        () => `(${int()} << ${random.int(4)})`,
        () => `strlen(${string()})`,
        () => `count(${random.chance(50) ? list() : map()})`,
        () => `array_sum(${list()})`,
        () => `(${bool()} ? ${int()} : ${int()})`,
        () => `(${any()} <=> ${any()})`,
        () => `(int) ${any()}`,
        () => `(${list()}[${random.int(4)}] ?? ${int()})`,
        () => `abs(${int()})`,
        () => `max(${int()}, ${int()}, ${int()})`,
      ],
      float: [
        () =>
          `(${this.of('float', depth)} ${random.of(['+', '-', '*'])} ${random.chance(50) ? int() : this.of('float', depth)})`,
        () => `round(${this.of('float', depth)} / ${1 + random.int(7)}, ${random.int(4)})`,
        () => `(${int()} / 8 + 0.5)`,
        () => `(float) ${any()}`,
      ],
      string: [
        () => `${string()} . ${any()}`,
        () => `(${string()} . ${int()})`,
        () => `strtoupper(${string()})`,
        () => `ucfirst(${string()})`,
        () => `trim(${string()})`,
        () => `str_repeat(${string()}, ${random.int(3)})`,
        () =>
          `str_pad(${string()}, ${random.int(9)}, '*', ${random.of(['STR_PAD_LEFT', 'STR_PAD_RIGHT', 'STR_PAD_BOTH'])})`,
        () => `implode(',', ${random.chance(50) ? list() : map()})`,
        () => `mb_substr(${string()}, ${random.int(4) - 1}, ${random.int(4)})`,
        () => `str_replace('a', ${string()}, ${string()})`,
        () => `sprintf('%s|%05d|%x', ${string()}, ${int()}, abs(${int()}))`,
        () => `(string) ${any()}`,
        () => `gettype(${any()})`,
        () => `json_encode(${random.of([list, map, any])()})`,
        () => `(${map()}['${random.of(['a', 'b', 'z'])}'] ?? ${string()}) . ''`,
        () => `match (true) { ${bool()} => ${string()}, ${bool()} => ${string()}, default => ${string()} }`,
      ],
      bool: [
        () => `(${any()} == ${any()})`,
        () => `(${any()} === ${any()})`,
        () => `(${int()} ${random.of(['<', '<=', '>', '>='])} ${int()})`,
        () => `(${any()} < ${any()})`,
        () => `!${any()}`,
        () => `(${bool()} ${random.of(['&&', '||', 'xor'])} ${any()})`,
        () => `isset(${map()}['a'])`.replace(/^isset\(\[.*/, 'true'),
        () => `empty(${any()})`,
        () => `in_array(${any()}, ${list()}${random.chance(50) ? ', true' : ''})`,
        () => `array_key_exists(${random.of(["'a'", '5', "'5'", "'z'"])}, ${map()})`,
        () => `is_numeric(${any()})`,
        () => `str_contains(${string()}, ${string()})`,
      ],
      list: [
        () => `array_map(fn($n) => $n ${random.of(['+', '*', '-'])} ${1 + random.int(5)}, ${list()})`,
        () =>
          `array_values(array_filter(${list()}, fn($n) => $n ${random.of(['>', '<', '!='])} ${random.int(9)}))`,
        () => `array_reverse(${list()})`,
        () => `array_slice(${list()}, ${random.int(3) - 1}, ${random.int(4)})`,
        () => `array_merge(${list()}, ${list()})`,
        () => `[...${list()}, ${int()}]`,
        () => `range(${random.int(4)}, ${random.int(8)})`,
        () => `array_values(array_unique(${list()}))`,
        () => `array_column([['v' => ${int()}], ['v' => ${int()}]], 'v')`,
      ],
      map: [
        () => `array_merge(${map()}, ${map()})`,
        () => `${map()} + ${map()}`,
        () => `array_map(fn($v) => $v . '!', ${map()})`,
        () => `array_filter(${map()})`,
        () => `array_flip(${list()})`,
        () => `array_combine(['p', 'q'], [${any()}, ${any()}])`,
        () => `array_count_values(${list()})`,
        () => `array_diff_key(${map()}, ${map()})`,
        () => `[...${map()}, 'n' => ${any()}]`,
      ],
      mixed: [
        () => `(${bool()} ? ${any()} : ${any()})`,
        () => `(${map()}['b'] ?? ${any()})`,
        () => `(${any()} ?: ${any()})`,
        () => `(${int()} + ${random.of(["'5'", "'2.5'", 'true', 'null'])})`,
      ],
    };
    const wanted = choices[kind];
    return random.of(wanted)();
  }
}
