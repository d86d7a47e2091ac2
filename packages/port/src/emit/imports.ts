import path from 'node:path/posix';

/** What a file imports; collected while it is written. */
export class Imports {
  readonly #named = new Map<string, Map<string, string>>();
  readonly #types = new Map<string, Set<string>>();
  readonly #spaces = new Map<string, string>();
  readonly #defaults = new Map<string, string>();
  readonly #effects = new Set<string>();

  /** @param library `swoole-ts`, or `swoole-ts/legacy` for a program that needs what Swoole 4 had */
  constructor(private readonly library: string) {}

  /** The library under the name `Swoole`. */
  swoole(): string {
    this.#spaces.set(this.library, 'Swoole');
    return 'Swoole';
  }

  /** A name of the library itself: a constant, a function. */
  fromSwoole(name: string): string {
    return this.named(this.library, name);
  }

  named(from: string, name: string, as = name): string {
    let names = this.#named.get(from);
    if (!names) {
      names = new Map();
      this.#named.set(from, names);
    }
    names.set(name, as);
    return as;
  }

  type(from: string, name: string): string {
    let names = this.#types.get(from);
    if (!names) {
      names = new Set();
      this.#types.set(from, names);
    }
    names.add(name);
    return name;
  }

  space(from: string, name: string): string {
    this.#spaces.set(from, name);
    return name;
  }

  default(from: string, name: string): string {
    this.#defaults.set(from, name);
    return name;
  }

  /** A module that is only run. */
  effect(from: string): void {
    this.#effects.add(from);
  }

  /** The packages that are imported. */
  get packages(): string[] {
    return [...this.#named.keys(), ...this.#types.keys(), ...this.#spaces.keys()]
      .filter((from) => !from.startsWith('.') && !from.startsWith('node:'))
      .map((from) => from.split('/')[0] ?? from);
  }

  toString(): string {
    const lines: string[] = [];
    const sources = new Set([
      ...this.#effects,
      ...this.#defaults.keys(),
      ...this.#spaces.keys(),
      ...this.#named.keys(),
      ...this.#types.keys(),
    ]);
    for (const from of [...sources].sort(bySource)) {
      const quoted = JSON.stringify(from);
      const space = this.#spaces.get(from);
      const named = [...(this.#named.get(from) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      const onlyTypes = [...(this.#types.get(from) ?? [])]
        .filter((name) => !this.#named.get(from)?.has(name))
        .sort();
      const one = this.#defaults.get(from);
      if (one) lines.push(`import ${one} from ${quoted};`);
      if (space) lines.push(`import * as ${space} from ${quoted};`);
      const names = named.map(([name, as]) => (name === as ? name : `${name} as ${as}`));
      if (names.length > 0) {
        lines.push(
          `import { ${[...names, ...onlyTypes.map((name) => `type ${name}`)].join(', ')} } from ${quoted};`,
        );
      } else if (onlyTypes.length > 0) lines.push(`import type { ${onlyTypes.join(', ')} } from ${quoted};`);
      if (!one && !space && names.length === 0 && onlyTypes.length === 0) lines.push(`import ${quoted};`);
    }
    return lines.join('\n');
  }
}

const rank = (from: string): number => (from.startsWith('node:') ? 0 : from.startsWith('.') ? 2 : 1);

function bySource(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** How one file of the program imports another. */
export function relativePath(from: string, to: string): string {
  const found = path.relative(path.dirname(from), to);
  return found.startsWith('.') ? found : `./${found}`;
}
