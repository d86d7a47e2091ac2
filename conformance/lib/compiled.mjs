// @ts-check
// Compiles the ports before they are played: tsx would do it again in each process and thread, and a client waits only so long.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * Compiles the programs of `ports` and what `lib` holds for them.
 * @param {string} root
 * @returns {string} the folder with NAME.mjs of each
 */
export function compilePorts(root) {
  const out = path.join(root, 'node_modules/.compiled');
  rmSync(out, { recursive: true, force: true });
  for (const folder of ['ports', 'lib']) {
    mkdirSync(path.join(out, folder), { recursive: true });
    for (const file of readdirSync(path.join(root, folder)).filter((file) => file.endsWith('.ts'))) {
      const { outputText } = ts.transpileModule(readFileSync(path.join(root, folder, file), 'utf8'), {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
      });
      const place = path.join(out, folder, file.replace(/\.ts$/, '.mjs'));
      writeFileSync(place, outputText.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.mjs'"));
    }
  }
  return path.join(out, 'ports');
}
