import { Expressions, type Kind } from './expressions.js';
import { Random } from './random.js';

const KINDS = ['int', 'int', 'float', 'string', 'string', 'bool', 'list', 'map', 'mixed'] as const;

/** A function of PHP with random statements, that tells what it comes to. */
class Generated {
  private readonly random: Random;
  private readonly variables = new Map<string, Kind>();
  private readonly expressions: Expressions;
  private readonly lines: string[] = [];
  private count = 0;
  private indent = '    ';

  constructor(private readonly seed: number) {
    this.random = new Random(seed);
    this.expressions = new Expressions(this.random, this.variables);
  }

  text(): string {
    for (let i = 0; i < 4; i++) this.declare();
    for (let i = 0; i < 8; i++) this.statement(2);
    for (const name of this.variables.keys()) this.show(`$${name}`);
    return `function p${this.seed}()\n{\n${this.lines.join('\n')}\n}\n`;
  }

  private write(line: string): void {
    this.lines.push(this.indent + line);
  }

  private show(value: string): void {
    this.write(`show(${value});`);
  }

  private of(kind: Kind, depth = 2): string {
    return this.expressions.of(kind, depth);
  }

  private fresh(prefix: string): string {
    return `${prefix}${++this.count}`;
  }

  /** One that has a value already, or a new one. */
  private named(kind: Kind): string {
    const own = [...this.variables].filter(([, each]) => each === kind).map(([name]) => name);
    return own.length > 0 ? this.random.of(own as [string, ...string[]]) : this.declare(kind);
  }

  private declare(kind: Kind = this.random.of(KINDS)): string {
    const value = this.of(kind);
    const name = this.fresh(kind.charAt(0));
    this.write(`$${name} = ${value};`);
    this.variables.set(name, kind);
    return name;
  }

  private block(head: string, depth: number): void {
    this.write(`${head} {`);
    const outer = this.indent;
    this.indent += '    ';
    const known = new Map(this.variables);
    for (let i = 0; i <= this.random.int(2); i++) this.statement(depth - 1);
    // What only a branch gives a value may have none afterwards.
    for (const name of this.variables.keys()) if (!known.has(name)) this.variables.delete(name);
    this.indent = outer;
    this.write('}');
  }

  private statement(depth: number): void {
    const { random } = this;
    const nested: (() => void)[] = [
      () => this.block(`if (${this.of('bool')})`, depth),
      () => {
        this.block(`if (${this.of('mixed')})`, depth);
        this.block('else', depth);
      },
      () => {
        const i = this.fresh('k');
        this.block(`for ($${i} = 0; $${i} < ${1 + random.int(3)}; $${i}++)`, depth);
      },
      () => {
        const [key, value] = [this.fresh('k'), this.fresh('v')];
        this.write(`foreach (${this.of(random.of(['list', 'map']))} as $${key} => $${value}) {`);
        this.write(`    echo $${key}, '=', $${value}, ' ';`);
        this.write('}');
        this.write('echo "\\n";');
      },
    ];
    const plain: [() => void, ...(() => void)[]] = [
      () => this.declare(),
      () => this.show(this.of(random.of(KINDS), 3)),
      () => this.write(`$${this.named('int')} ${random.of(['+=', '-=', '*='])} ${this.of('int')};`),
      () => this.write(`$${this.named('int')}${random.of(['++', '--'])};`),
      () => this.write(`$${this.named('string')} .= ${this.of(random.of(['int', 'string', 'mixed']))};`),
      () => this.write(`$${this.named('list')}[] = ${this.of('int')};`),
      () =>
        this.write(
          `$${this.named('map')}[${random.of(["'a'", "'b'", '5', "'9'", 'true', '1.7', 'null'])}] = ${this.of('int')};`,
        ),
      () => this.write(`unset($${this.named('map')}[${random.of(["'a'", "'z'", '5'])}]);`),
      () => this.copied(),
      () => this.byReference(),
      () => this.closure(),
      () => this.sorted(),
      () => this.destructured(),
      () => this.interpolated(),
      () => this.generator(),
      () => this.thrown(),
      () => this.switched(),
    ];
    if (depth > 0 && random.chance(25)) random.of(nested as [() => void, ...(() => void)[]])();
    else random.of(plain)();
  }

  /** An array is copied by an assignment, and a call. */
  private copied(): void {
    const kind = this.random.of(['list', 'map'] as const);
    const from = this.named(kind);
    const copy = this.fresh('c');
    this.write(`$${copy} = $${from};`);
    this.write(`$${copy}[] = ${this.of('int', 1)};`);
    this.show(`[count($${from}), count($${copy}), changed($${from})]`);
    this.variables.set(copy, kind);
  }

  private byReference(): void {
    const list = this.named('list');
    const value = this.fresh('r');
    this.write(`foreach ($${list} as &$${value}) {`);
    this.write(`    $${value} ${this.random.of(['+=', '*='])} ${1 + this.random.int(4)};`);
    this.write('}');
    this.write(`unset($${value});`);
    this.write(`grow($${list}, ${this.of('int', 1)});`);
  }

  private closure(): void {
    const [byValue, byReference] = [this.named('int'), this.named('int')];
    const name = this.fresh('f');
    if (byValue === byReference) return;
    this.write(`$${name} = function (int $n) use ($${byValue}, &$${byReference}) {`);
    this.write(`    $${byReference} += $n;`);
    this.write(`    return $${byValue} + $${byReference};`);
    this.write('};');
    this.write(`$${byValue} = ${this.random.int(100)};`);
    this.show(`[$${name}(2), $${name}(${this.of('int', 1)})]`);
  }

  private sorted(): void {
    const [list, map] = [this.named('list'), this.named('map')];
    this.write(`${this.random.of(['sort', 'rsort'])}($${list});`);
    this.write(`ksort($${map}, SORT_STRING);`);
    this.write(`usort($${list}, fn($a, $b) => ${this.random.of(['$b <=> $a', '$a % 3 <=> $b % 3'])});`);
  }

  private destructured(): void {
    const [a, b] = [this.fresh('d'), this.fresh('d')];
    this.write(
      this.random.chance(50)
        ? `[$${a}, $${b}] = [${this.of('int')}, ${this.of('int')}];`
        : `['x' => $${a}, 'y' => $${b}] = ['y' => ${this.of('int')}, 'x' => ${this.of('int')}];`,
    );
    this.write(`[$${a}, $${b}] = [$${b}, $${a}];`);
    this.variables.set(a, 'int').set(b, 'int');
  }

  private interpolated(): void {
    const [string, map, list] = [this.named('string'), this.named('map'), this.named('list')];
    this.write(`$${map}['q'] = ${this.of('string', 1)};`);
    this.write(`$${list}[0] = ${this.of('int', 1)};`);
    this.write(`echo "<$${string}> {$${map}['q']} $${map}[q] {$${list}[0]} \\$ \\u{e9}\\n";`);
  }

  private generator(): void {
    const value = this.fresh('g');
    this.write(`foreach (upto(${1 + this.random.int(4)}, ${this.of('int', 1)}) as $${value}) {`);
    this.write(`    echo $${value}, ';';`);
    this.write('}');
  }

  private thrown(): void {
    this.write('try {');
    this.write(`    show(picky(${this.of('int')}));`);
    this.write('} catch (InvalidArgumentException | LengthException $e) {');
    this.write('    echo get_class($e), \':\', $e->getMessage(), "\\n";');
    this.write('} finally {');
    this.write('    echo "done\\n";');
    this.write('}');
  }

  private switched(): void {
    this.write(`switch (${this.of(this.random.of(['int', 'string', 'mixed']))}) {`);
    this.write("    case 0: echo 'zero'; break;");
    this.write("    case '12': echo 'dozen';");
    this.write("    case true: echo 'true'; break;");
    this.write("    default: echo 'other';");
    this.write('}');
  }
}

const HEAD = `<?php
function show($value)
{
    echo json_encode($value, JSON_UNESCAPED_UNICODE | JSON_PARTIAL_OUTPUT_ON_ERROR), "\\n";
}

function changed(array $array): int
{
    $array['changed'] = 1;
    return count($array);
}

function grow(array &$array, int $by): void
{
    $array[] = $by;
}

function upto(int $count, int $from)
{
    for ($i = 0; $i < $count; $i++) {
        yield $from + $i;
    }
}

function picky(int $n): string
{
    if ($n < 0) {
        throw new InvalidArgumentException("negative: $n");
    }
    if ($n > 20) {
        throw new LengthException('too much', $n);
    }
    return str_repeat('i', $n);
}
`;

/** A program of one random function for each seed. Each tells its seed, and then what it does. */
export function generate(seeds: readonly number[]): string {
  const functions = seeds.map((seed) => new Generated(seed).text());
  const calls = seeds.map(
    (seed) =>
      `echo "== ${seed}\\n";\ntry {\n    p${seed}();\n} catch (Throwable $e) {\n    echo get_class($e), ': ', $e->getMessage(), "\\n";\n}\n`,
  );
  return [HEAD, ...functions, ...calls].join('\n');
}

/** What each seed's function printed. */
export function bySeed(output: string): Map<number, string> {
  const parts = output.split(/^== (\d+)\n/m).slice(1);
  const found = new Map<number, string>();
  for (let i = 0; i < parts.length; i += 2) found.set(Number(parts[i]), parts[i + 1] ?? '');
  return found;
}
