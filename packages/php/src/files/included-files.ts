import path from 'node:path';
import { PhpError } from '../errors/exceptions.js';
import { warn } from '../errors/raise.js';
import { toStr } from '../value/convert.js';
import type { Mixed } from '../value/mixed.js';

type Included = (variables: Record<string, Mixed>) => unknown;

/** The files of a program that an `include` may mean whose path is only known at run time, each as a function. */
export class IncludedFiles {
  readonly #folder: string;
  readonly #files: Map<string, Included>;

  /**
   * @param folder where the file is that includes them
   * @param files the functions by their PHP paths, seen from there
   */
  constructor(folder: string, files: Readonly<Record<string, Included>>) {
    this.#folder = folder;
    this.#files = new Map(Object.entries(files).map(([file, run]) => [path.resolve(folder, file), run]));
  }

  /** Whether there is such a file: what `file_exists` tells of it in PHP. */
  has(file: unknown): boolean {
    return this.#find(file) !== undefined;
  }

  /** `include $file`: what the file returns; false after a warning when there is none. @param variables what it sees */
  include(file: unknown, variables: Record<string, Mixed> = {}): Mixed {
    const found = this.#find(file);
    if (found !== undefined) return found(variables);
    const name = toStr(file);
    warn(`include(${name}): Failed to open stream: No such file or directory`);
    warn(`include(): Failed opening '${name}' for inclusion (include_path='.')`);
    return false;
  }

  /** `require $file`, which throws when there is none. */
  require(file: unknown, variables: Record<string, Mixed> = {}): Mixed {
    if (!this.has(file)) throw new PhpError(`Failed opening required '${toStr(file)}' (include_path='.')`);
    return this.include(file, variables);
  }

  #find(file: unknown): Included | undefined {
    return this.#files.get(path.resolve(this.#folder, toStr(file)));
  }
}
