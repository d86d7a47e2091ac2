import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ProjectError } from './project.js';

/** A file of the ported project: its text, or the file that it is a copy of. */
export type Content = { text: string } | { copyOf: string };

const MOST_NAMED = 8;

const same = (file: string, content: Content): boolean => {
  if (!statSync(file).isFile()) return false;
  if ('text' in content) return readFileSync(file, 'utf8') === content.text;
  return file === content.copyOf || readFileSync(file).equals(readFileSync(content.copyOf));
};

/**
 * Writes files into a folder, which is made when it is not there.
 * @param force whether a file that is there with other content may be overwritten
 * @throws ProjectError when it may not, or cannot be written. Then nothing was written, or as little as could be.
 */
export function writeProject(out: string, files: ReadonlyMap<string, Content>, force: boolean): void {
  if (existsSync(out) && !statSync(out).isDirectory())
    throw new ProjectError(`${out} is a file. Give a folder with -o.`);
  const targets = [...files].map(([name, content]) => ({ name, file: path.join(out, name), content }));
  const changed = targets.filter(({ file, content }) => !existsSync(file) || !same(file, content));
  const taken = changed.filter(({ file }) => existsSync(file));
  if (taken.length > 0 && !force) {
    const named = taken.slice(0, MOST_NAMED).map(({ name }) => `  ${name}`);
    if (taken.length > MOST_NAMED) named.push(`  and ${taken.length - MOST_NAMED} more`);
    throw new ProjectError(
      `Nothing was written: in ${out} there ${taken.length === 1 ? 'is a file' : `are ${taken.length} files`} with other content:\n${named.join('\n')}\nGive another folder with -o, or --force to overwrite.`,
    );
  }
  for (const { file, content } of changed) {
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      if ('text' in content) writeFileSync(file, content.text);
      else copyFileSync(content.copyOf, file);
    } catch (error) {
      throw new ProjectError(
        `Cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
