import path from 'node:path';
import { entryOf } from '../project/entry.js';
import { packageJson, packageName, tsconfig } from '../project/package-json.js';
import { type Project, ProjectError } from '../project/project.js';
import { readProject } from '../project/read-project.js';
import { type Content, writeProject } from '../project/write-project.js';
import { markdownReport } from '../report/markdown.js';
import { diffPage } from '../report/page/page.js';
import { makeReport, type Report } from '../report/report.js';
import { terminalReport } from '../report/terminal.js';
import type { PortedProgram } from '../types.js';
import { version } from '../version.js';
import { HELP, type Options, readOptions, UsageError } from './options.js';
import { Progress } from './progress.js';

/** The streams of the command. */
export interface Streams {
  stdout: { write(text: string): unknown; isTTY?: boolean };
  stderr: { write(text: string): boolean; isTTY?: boolean; columns?: number };
}

/** Runs the command; resolves to its exit status. */
export async function main(args: readonly string[], streams: Streams): Promise<number> {
  try {
    const options = readOptions(args);
    if (options === 'help') streams.stdout.write(HELP);
    else if (options === 'version') streams.stdout.write(`${version}\n`);
    else return await port(options, streams);
    return 0;
  } catch (error) {
    streams.stderr.write(`${messageOf(error)}\n`);
    return 2;
  }
}

function messageOf(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\nswoole-ts-port --help tells what there is.`;
  if (error instanceof ProjectError) return error.message;
  const stack = error instanceof Error ? error.stack : String(error);
  return `Nothing was written. This is a fault of swoole-ts-port: please report it with the PHP that it was given.\n${stack}`;
}

async function port(options: Options, { stdout, stderr }: Streams): Promise<number> {
  const project = readProject(options.source, options.out);
  const progress = new Progress(stderr);
  // TypeScript and prettier take a second to load, which nobody should wait for who only asked for help.
  const { portProgram } = await import('../index.js');
  let ported: PortedProgram;
  try {
    ported = await portProgram(project.sources, { progress: progress.step });
  } finally {
    progress.end();
  }
  const report = makeReport(project, ported);
  const files = options.check ? new Map<string, Content>() : contents(project, ported, report, options.out);
  if (options.diff) files.set('PORTING.html', { text: diffPage(report, project.sources, ported.files) });
  writeProject(path.resolve(options.out), files, options.force);
  if (options.json) stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else {
    stdout.write(terminalReport(report, stdout.isTTY === true && !process.env.NO_COLOR));
    if (files.size > 0) stdout.write(next(options, files, entryOf(ported.files, ported.uses)));
  }
  const unfinished = report.total.person + report.total.syntax > 0;
  return options.strict && unfinished ? 1 : 0;
}

/** Everything that the ported project consists of. */
function contents(
  project: Project,
  ported: PortedProgram,
  report: Report,
  out: string,
): Map<string, Content> {
  const files = new Map<string, Content>();
  for (const asset of project.assets) files.set(asset, { copyOf: path.join(project.root, asset) });
  const entry = entryOf(ported.files, ported.uses);
  files.set('package.json', {
    text: packageJson(project, project.name ?? packageName(out), ported.dependencies, entry),
  });
  files.set('tsconfig.json', { text: tsconfig() });
  files.set('PORTING.md', { text: markdownReport(report) });
  for (const { path: target, text } of ported.files) files.set(target, { text });
  return files;
}

function next(
  { out, check, diff }: Options,
  files: ReadonlyMap<string, Content>,
  entry: string | null,
): string {
  if (check) return `Written: ${path.join(out, 'PORTING.html')}\n`;
  const run = entry === null ? 'npm run types' : 'npm start';
  const page = diff ? ', PORTING.html shows PHP and TypeScript side by side' : '';
  return `Written: ${files.size} files in ${out}; PORTING.md has this report${page}.\nNext: cd ${out} && npm install && ${run}\n`;
}
