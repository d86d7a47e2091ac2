import { styleText } from 'node:util';
import type { FileReport, Report } from './report.js';
import { counted, doubtful, inShort, KIND_ORDER, KINDS, VERDICTS } from './words.js';

type Style = Parameters<typeof styleText>[0];
const STYLES: Readonly<Record<string, Style>> = { person: 'yellow', syntax: 'red', note: 'cyan' };

/** The report as text for a terminal. @param colours whether it may have escape sequences */
export function terminalReport(report: Report, colours: boolean): string {
  const paint = (style: Style, text: string) => (colours ? styleText(style, text) : text);
  const lines: string[] = [];
  for (const file of report.files) lines.push(...fileLines(file, paint), '');
  if (report.packages.length > 0)
    lines.push(
      `Packages of composer are not ported with the program; each needs one of npm: ${report.packages.join(', ')}`,
      '',
    );
  for (const { path, why } of report.leftOut) lines.push(`Not copied: ${path} (${why})`);
  lines.push(paint('bold', inShort(report)));
  return `${lines.join('\n')}\n`;
}

function fileLines(file: FileReport, paint: (style: Style, text: string) => string): string[] {
  const { source, target, findings, uses } = file;
  const lines = [`${paint('bold', source)} ${target === null ? paint('red', 'not ported') : `-> ${target}`}`];
  for (const kind of KIND_ORDER) {
    for (const { line, column, php, reason, advice } of findings.filter((each) => each.kind === kind)) {
      lines.push(`  ${source}:${line}:${column} ${paint(STYLES[kind] ?? 'bold', KINDS[kind])}: ${reason}`);
      if (php !== '') lines.push(`      ${paint('dim', php)}`);
      if (advice !== '') lines.push(`      ${advice}`);
    }
  }
  const others = doubtful(uses);
  const works = uses.length - others.length;
  if (uses.length > 0) lines.push(`  Swoole: ${works} of the ${counted(uses.length, 'name')} it uses work`);
  for (const { name, lines: at, verdict, why } of others)
    lines.push(`  ${source}:${at[0]} ${name} ${VERDICTS[verdict]}: ${why}`);
  return lines;
}
