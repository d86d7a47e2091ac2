import { readFileSync } from 'node:fs';

/** What an engine cannot do, and no code of ours can make it. */
interface Limitation {
  engine: string;
  /** What the RFC says of it. */
  section: string;
  why: string;
  /** Parts of what is wrong with the outcome. */
  faults: string[];
  /** A regular expression for the names of the cases. */
  cases: string;
}

const all: Limitation[] = JSON.parse(
  readFileSync(new URL('known-limitations.json', import.meta.url), 'utf8'),
);

/** The known limitations of one engine; a limitation that no case needs is none. */
export class KnownLimitations {
  private readonly list: { limitation: Limitation; cases: RegExp; needed: boolean }[];

  constructor(engine: string) {
    this.list = all
      .filter((limitation) => limitation.engine === engine)
      .map((limitation) => ({ limitation, cases: new RegExp(limitation.cases), needed: false }));
  }

  /** Whether this may be what is wrong with the outcome of a case. */
  expects(name: string, fault: string): boolean {
    return this.list.some(({ limitation, cases }) => cases.test(name) && covers(limitation, fault));
  }

  /** What is wrong with an outcome and not known. */
  uncovered(name: string, faults: readonly string[]): string[] {
    return faults.filter((fault) => {
      const found = this.list.filter(
        ({ limitation, cases }) => cases.test(name) && covers(limitation, fault),
      );
      for (const entry of found) entry.needed = true;
      return found.length === 0;
    });
  }

  get unneeded(): string[] {
    return this.list.filter(({ needed }) => !needed).map(({ limitation }) => limitation.why);
  }
}

function covers({ faults }: Limitation, fault: string): boolean {
  return faults.some((part) => fault.includes(part));
}
