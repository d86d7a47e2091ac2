/** The style of the page that shows PHP and TypeScript side by side. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #fff; --raised: #f6f7f9; --line: #d9dde3; --text: #1c2128; --quiet: #5c6672;
  --keyword: #8a2be2; --string: #0a6b3d; --comment: #66707c; --variable: #0b5394; --number: #a5480a;
  --person: #b35900; --person-ground: #fff4e5; --syntax: #b3261e; --syntax-ground: #fdecea; --note: #1565a8; --note-ground: #eaf3fb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171c; --raised: #1d2229; --line: #343b45; --text: #dfe4ea; --quiet: #98a3b0;
    --keyword: #c792ea; --string: #8fd18f; --comment: #8a95a3; --variable: #82b7f0; --number: #f0a070;
    --person: #ffb454; --person-ground: #33260f; --syntax: #ff8a80; --syntax-ground: #3a1917; --note: #7fbdf2; --note-ground: #132a3d;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
header { padding: 1.5rem; max-width: 75rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1rem; margin: 0; font-family: ui-monospace, monospace; }
p { margin: .25rem 0; }
a { color: var(--note); }
nav ul { columns: 22rem; padding: 0; margin: 1rem 0 0; list-style: none; }
nav li { break-inside: avoid; }
.badge { border-radius: 1em; padding: 0 .6em; font: 12px/1.6 system-ui, sans-serif; white-space: nowrap; }
.person { color: var(--person); background: var(--person-ground); }
.syntax { color: var(--syntax); background: var(--syntax-ground); }
.note { color: var(--note); background: var(--note-ground); }
section { border-top: 1px solid var(--line); }
section > h2 { position: sticky; top: 0; z-index: 1; background: var(--raised); border-bottom: 1px solid var(--line); padding: .5rem 1rem; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; tab-size: 4; }
col.number { width: 3.6rem; }
th { color: var(--quiet); font-weight: normal; text-align: right; vertical-align: top; padding: 0 .6rem 0 0; user-select: none; }
td { vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere; padding: 0 .75rem 0 0; }
td + th { border-left: 1px solid var(--line); }
td.none { background: var(--raised); }
tr.finding td { font: 14px/1.45 system-ui, sans-serif; white-space: normal; padding: .35rem .75rem; border-left: 3px solid currentColor; }
tr.finding td span { color: var(--text); }
span.keyword { color: var(--keyword); } span.string { color: var(--string); } span.comment { color: var(--comment); font-style: italic; }
span.variable { color: var(--variable); } span.number { color: var(--number); } span.html { color: var(--quiet); }
`;
