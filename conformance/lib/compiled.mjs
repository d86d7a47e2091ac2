// @ts-check
// Ports whose threads must start within the time that the recording's client gives them. tsx starts a second thread for each and
// compiles in it, which takes too long on a busy machine: these are compiled before.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const hurried = new Set(['server-reload', 'server-worker-crash']);

/**
 * The file to run for a port that must start quickly; null for any other.
 * @param {string} root
 * @param {string} name
 */
export function compiledPort(root, name) {
  if (!hurried.has(name)) return null;
  const out = path.join(root, 'node_modules/.compiled', name);
  const helpers = readdirSync(path.join(root, 'lib')).filter((file) => file.endsWith('.ts'));
  for (const file of [`ports/${name}.ts`, ...helpers.map((helper) => `lib/${helper}`)]) {
    const { outputText } = ts.transpileModule(readFileSync(path.join(root, file), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    const place = path.join(out, file.replace(/\.ts$/, '.mjs'));
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, outputText.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.mjs'"));
  }
  return path.join(out, `ports/${name}.mjs`);
}
