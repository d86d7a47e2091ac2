#!/usr/bin/env node
// `npx swoole-ts-check [-p tsconfig.json]`: finds forgotten awaits in a program, with the types of the program's own TypeScript.
import path from 'node:path';
import { parseArgs } from 'node:util';

const USAGE =
  'swoole-ts-check [-p tsconfig.json]: finds promises that nobody waits for. 0: none, 1: some, 2: it cannot tell';

function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}

const { values } = parseArgs({
  options: { project: { type: 'string', short: 'p' }, help: { type: 'boolean', short: 'h', default: false } },
});
if (values.help) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
const { default: ts } = await import('typescript').catch(() =>
  refuse('swoole-ts-check needs TypeScript beside it: npm install --save-dev typescript'),
);
const { forgottenAwaits } = await import('./check/forgotten-awaits.js');

const file = values.project ?? ts.findConfigFile(process.cwd(), ts.sys.fileExists);
if (file === undefined || !ts.sys.fileExists(file))
  refuse(`there is no ${values.project ?? 'tsconfig.json'}`);
const config = ts.getParsedCommandLineOfConfigFile(
  file,
  { noEmit: true },
  {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) =>
      refuse(ts.flattenDiagnosticMessageText(messageText, '\n')),
  },
);
if (config === undefined) refuse(`${file} cannot be read`);
const found = forgottenAwaits(ts.createProgram(config.fileNames, config.options));
for (const { file: where, line, column, message } of found)
  process.stdout.write(`${path.relative(process.cwd(), where)}:${line}:${column}  ${message}\n`);
process.exitCode = found.length > 0 ? 1 : 0;
