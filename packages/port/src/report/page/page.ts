import type { Finding, PortedFile, SourceFile } from '../../types.js';
import type { FileReport, Report } from '../report.js';
import { counted, inShort, KIND_ORDER, KINDS } from '../words.js';
import { align } from './align.js';
import { coloured, escaped } from './colour.js';
import { STYLE } from './style.js';

/** A page, complete in itself, with each PHP file beside its TypeScript and what was found at its line. */
export function diffPage(
  report: Report,
  sources: readonly SourceFile[],
  ported: readonly PortedFile[],
): string {
  const sections = report.files
    .filter(({ source }) => sources.some(({ path }) => path === source))
    .map((file, at) => {
      const php = sources.find(({ path }) => path === file.source)?.text ?? '';
      const typescript = ported.find(({ source }) => source === file.source)?.text ?? '';
      return { file, id: `file-${at + 1}`, html: section(file, `file-${at + 1}`, php, typescript) };
    });
  const items = sections.map(
    ({ file, id }) => `<li><a href="#${id}">${escaped(file.source)}</a> ${badges(file)}</li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ported: ${escaped(report.source)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>PHP and TypeScript side by side</h1>
<p>${escaped(report.source)}</p>
<p>${escaped(inShort(report))}</p>
<nav aria-label="Files"><ul>
${items.join('\n')}
</ul></nav>
</header>
<main>
${sections.map(({ html }) => html).join('\n')}
</main>
</body>
</html>
`;
}

/** How many findings of each kind a file has. */
function badges({ findings }: FileReport): string {
  const words = {
    syntax: ['syntax error', 'syntax errors'],
    person: ['for a person', 'for a person'],
    note: ['note', 'notes'],
  };
  return KIND_ORDER.map((kind) => {
    const count = findings.filter((each) => each.kind === kind).length;
    const [one = '', many = ''] = words[kind];
    return count === 0 ? '' : `<span class="badge ${kind}">${counted(count, one, many)}</span>`;
  }).join(' ');
}

function section(file: FileReport, id: string, php: string, typescript: string): string {
  const left = coloured(php, 'php');
  const right = typescript === '' ? [] : coloured(typescript, 'ts');
  const rows = align(
    php.replace(/\n$/, '').split('\n'),
    right.length === 0 ? [] : typescript.replace(/\n$/, '').split('\n'),
  );
  const html = rows.map(([i, j]) => {
    const cells = cell(i, left) + cell(j, right);
    const found = i === null ? [] : file.findings.filter(({ line }) => line === i + 1);
    return `<tr>${cells}</tr>${found.map(findingRow).join('')}`;
  });
  const title = `${escaped(file.source)} ${file.target === null ? '(not ported)' : `→ ${escaped(file.target)}`}`;
  return `<section id="${id}">
<h2>${title} ${badges(file)}</h2>
<table>
<colgroup><col class="number"><col><col class="number"><col></colgroup>
<tbody>
${html.join('\n')}
</tbody>
</table>
</section>`;
}

function cell(index: number | null, lines: readonly string[]): string {
  if (index === null) return '<th></th><td class="none"></td>';
  return `<th scope="row">${index + 1}</th><td>${lines[index] ?? ''}</td>`;
}

const findingRow = ({ kind, reason, advice }: Finding): string =>
  `<tr class="finding"><td class="${kind}" colspan="4"><b>${KINDS[kind]}:</b> <span>${escaped(`${reason} ${advice}`.trim())}</span></td></tr>`;
