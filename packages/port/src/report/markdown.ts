import type { FileReport, Report } from './report.js';
import { counted, doubtful, inShort, KIND_ORDER, VERDICTS } from './words.js';

const TITLES = { syntax: 'Syntax errors', person: 'What needs a person', note: 'Worth knowing' };

/** A cell of a table: what would end it is escaped. */
const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');

/** Code that may hold backticks. */
function code(text: string): string {
  if (text === '') return '';
  const fence = '`'.repeat(Math.max(0, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length)) + 1);
  const gap = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${gap}${text.replaceAll('|', '\\|').replaceAll('\n', ' ')}${gap}${fence}`;
}

/** The report as Markdown: `PORTING.md` in the ported project. */
export function markdownReport(report: Report): string {
  const parts = ['# Porting report', inShort(report), overview(report)];
  if (report.packages.length > 0)
    parts.push(
      `The program requires ${counted(report.packages.length, 'package')} of composer. They are not ported with it; each needs a package of npm in its place: ${report.packages.map(code).join(', ')}.`,
    );
  if (report.leftOut.length > 0)
    parts.push(
      ['Not copied:', '', ...report.leftOut.map(({ path, why }) => `- ${code(path)}: ${why}`)].join('\n'),
    );
  for (const file of report.files) {
    const section = fileSection(file);
    if (section.length > 0) parts.push(`## ${file.source}`, ...section);
  }
  return `${parts.join('\n\n')}\n`;
}

function overview({ files }: Report): string {
  const rows = files.map(({ source, target, lines, findings, uses }) => {
    const count = (kind: string) => findings.filter((each) => each.kind === kind).length;
    const works = uses.length - doubtful(uses).length;
    return `| ${code(source)} | ${target === null ? 'not ported' : code(target)} | ${lines} | ${count('person')} | ${count('note')} | ${uses.length === 0 ? '' : `${works} of ${uses.length}`} |`;
  });
  return [
    '| PHP | TypeScript | lines | need a person | notes | names of Swoole that work |',
    '|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function fileSection({ source, findings, uses }: FileReport): string[] {
  const parts: string[] = [];
  for (const kind of KIND_ORDER) {
    const own = findings.filter((each) => each.kind === kind);
    if (own.length === 0) continue;
    const rows = own.map(
      ({ line, column, php, reason, advice }) =>
        `| ${source}:${line}:${column} | ${code(php)} | ${cell(reason)} | ${cell(advice)} |`,
    );
    parts.push(
      `### ${TITLES[kind]}`,
      ['| where | PHP | why | what to do |', '|---|---|---|---|', ...rows].join('\n'),
    );
  }
  if (uses.length > 0) {
    const rows = uses.map(
      ({ name, lines, verdict, why }) =>
        `| ${code(name)} | ${lines.join(', ')} | ${VERDICTS[verdict]}${why === '' ? '' : `: ${cell(why)}`} |`,
    );
    parts.push(
      '### What it uses of Swoole',
      ['| name | lines | in swoole-ts |', '|---|---|---|', ...rows].join('\n'),
    );
  }
  return parts;
}
