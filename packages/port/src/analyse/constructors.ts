import type * as ast from '../parse/ast.js';
import type { ClassInfo, FunctionInfo } from './program-model.js';
import type { Symbols } from './symbols.js';
import { contains } from './variables.js';

/** The constructors of a class, of those above it, and of all below these. */
interface Family {
  makers: FunctionInfo[];
  /** The uppermost class extends one that is not the program's. */
  isForeign: boolean;
  /** A constructor sets or uses something that a class below it declares anew, or `$this` before it calls the constructor above. */
  touchesLater: boolean;
}

/** Groups the constructors of the program by inheritance. */
export class Constructors {
  readonly #families = new Map<ClassInfo, Family>();

  constructor(private readonly symbols: Symbols) {}

  of(info: ClassInfo): Family {
    const root = this.#root(info);
    let family = this.#families.get(root);
    if (!family) {
      family = this.#make(root);
      this.#families.set(root, family);
    }
    return family;
  }

  #root(info: ClassInfo): ClassInfo {
    const seen = new Set<ClassInfo>();
    let root = info;
    for (let above = this.#above(root); above && !seen.has(above); above = this.#above(root)) {
      seen.add(above);
      root = above;
    }
    return root;
  }

  #above(info: ClassInfo): ClassInfo | null {
    return info.parent === null ? null : this.symbols.class(info.parent);
  }

  #make(root: ClassInfo): Family {
    const all = [...this.symbols.classInfos.values()].filter(
      (info) => info.node.kind === 'class' && this.#root(info) === root,
    );
    const makers = all.flatMap((info) => info.methods.get('__construct') ?? []);
    return {
      makers,
      isForeign: root.parent !== null,
      touchesLater: makers.some(
        (maker) => usesThisBeforeParent(maker) || all.some((below) => this.#touches(maker, below)),
      ),
    };
  }

  /** Whether a constructor touches what a class below its own declares. */
  #touches(maker: FunctionInfo, below: ClassInfo): boolean {
    const { owner, node } = maker;
    if (!owner || !node?.body || owner === below || ![...this.symbols.ancestors(below)].includes(owner))
      return false;
    const declared = new Set(
      below.node.body.flatMap((member) =>
        member.kind === 'propertystatement' && !member.isStatic ? member.properties.map(nameOf) : [],
      ),
    );
    return declared.size > 0 && contains(node.body, (each) => touches(each, declared, below));
  }
}

/** Whether a constructor uses `$this` before it calls the one above, or calls that one only sometimes. */
function usesThisBeforeParent({ node }: FunctionInfo): boolean {
  if (!node?.body || node.kind === 'arrowfunc') return false;
  const statements = node.body.children;
  const call = statements.findIndex(
    (each) => each.kind === 'expressionstatement' && isParentCall(each.expression),
  );
  if (call < 0) return contains(node.body, isParentCall);
  return statements
    .slice(0, call)
    .some((each) => contains(each, (child) => child.kind === 'variable' && child.name === 'this'));
}

export const isParentCall = (node: ast.Node): boolean =>
  node.kind === 'call' &&
  node.what.kind === 'staticlookup' &&
  node.what.what.kind === 'parentreference' &&
  node.what.offset.kind === 'identifier' &&
  /^__construct$/i.test(node.what.offset.name);

const nameOf = (node: ast.Property): string => (typeof node.name === 'string' ? node.name : node.name.name);

/** `$this->$name`, `$this->declared`, and `$this->method()` of a method that is overridden. */
function touches(node: ast.Node, declared: ReadonlySet<string>, below: ClassInfo): boolean {
  const place = node.kind === 'call' ? node.what : node;
  if (place.kind !== 'propertylookup' || place.what.kind !== 'variable' || place.what.name !== 'this')
    return false;
  if (place.offset.kind !== 'identifier') return true;
  if (node.kind === 'call') return below.methods.has(place.offset.name.toLowerCase());
  return declared.has(place.offset.name);
}
