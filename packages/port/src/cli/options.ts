import path from 'node:path';
import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface Options {
  source: string;
  /** The folder that the port goes to. */
  out: string;
  check: boolean;
  strict: boolean;
  force: boolean;
  diff: boolean;
  json: boolean;
}

export const HELP = `swoole-ts-port: ports a PHP program written for Swoole to TypeScript

Usage: swoole-ts-port SRC [-o OUT] [options]

  SRC            a PHP file (what it includes comes along), a folder, or a composer project
  -o, --out OUT  the folder to write the TypeScript project into; SRC-ts beside where you are unless given
  --check        only report; write nothing
  --strict       exit with status 1 when something needs a person or is not PHP
  --diff         also write PORTING.html into OUT: PHP and TypeScript side by side
  --force        overwrite files in OUT that have other content
  --json         print the report as JSON
  --help         print this
  --version      print the version

In OUT there will be package.json, tsconfig.json, the sources in the same folders as in SRC, the other files that the
program needs, and PORTING.md with the report.

Exit status: 0 ported; 1 with --strict, when something needs a person; 2 not done, and the message says why.
`;

/** A command line that cannot be understood. The message says what to do. */
export class UsageError extends Error {}

/** Reads the arguments of the command. @throws UsageError */
export function readOptions(args: readonly string[]): Options | 'help' | 'version' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  if (values.version) return 'version';
  const [source, second] = positionals;
  if (source === undefined) throw new UsageError('Say what to port: a PHP file or a folder.');
  if (second !== undefined)
    throw new UsageError(
      `Give one file or folder: "${second}" is too much. The folder for the result is given with -o.`,
    );
  return {
    source,
    out: values.out ?? defaultOut(source),
    check: values.check,
    strict: values.strict,
    force: values.force,
    diff: values.diff,
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string', short: 'o' },
        check: flag,
        strict: flag,
        force: flag,
        diff: flag,
        json: flag,
        help: { ...flag, short: 'h' },
        version: flag,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ', 1)[0] ?? '') : String(error));
  }
}

function defaultOut(source: string): string {
  const name = path.basename(path.resolve(source)).replace(/\.[^.]+$/, '');
  return `${name}-ts`;
}
