const KEYWORDS =
  'abstract|as|async|await|break|case|catch|class|clone|const|continue|declare|default|do|echo|else|elseif|enum|export|extends|false|final|finally|fn|for|foreach|from|function|global|if|implements|import|in|include|include_once|instanceof|interface|let|match|namespace|new|null|of|print|private|protected|public|readonly|require|require_once|return|static|switch|this|throw|trait|true|try|type|undefined|unset|use|var|void|while|yield';

const WORD = String.raw`(?<keyword>(?<![\w$>.])(?:${KEYWORDS})(?![\w]))|(?<variable>\$[A-Za-z_]\w*)|(?<number>\b\d[\w.]*)|[A-Za-z_]\w*`;
const PHP = new RegExp(
  String.raw`(?<html>(?:(?<![^])|\?>)(?:(?!<\?(?:php|=))[^])*(?:<\?(?:php|=)|(?![^])))|(?<comment>/\*[^]*?\*/|(?://|#(?!\[)).*?(?=\?>|$))|(?<string><<<[ \t]*(?<quote>['"]?)(?<mark>\w+)\k<quote>\n[^]*?\n[ \t]*\k<mark>\b|'(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*")|${WORD}`,
  'gm',
);
const TYPESCRIPT = new RegExp(
  String.raw`(?<comment>/\*[^]*?\*/|//.*)|(?<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|${'`'}(?:[^${'`'}\\]|\\[^])*${'`'})|${WORD}`,
  'g',
);

/** Text as HTML text. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The lines of a source as HTML with its comments, strings and words marked. */
export function coloured(text: string, language: 'php' | 'ts'): string[] {
  const pattern = language === 'php' ? PHP : TYPESCRIPT;
  let html = '';
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const { index, groups = {} } = match;
    const kind = ['html', 'comment', 'string', 'keyword', 'variable', 'number'].find(
      (name) => groups[name] !== undefined,
    );
    html +=
      escaped(text.slice(end, index)) + (kind === undefined ? escaped(match[0]) : marked(match[0], kind));
    end = index + match[0].length;
  }
  return (html + escaped(text.slice(end))).replace(/\n$/, '').split('\n');
}

/** A span that does not go over the end of a line. */
const marked = (text: string, kind: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : `<span class="${kind}">${escaped(line)}</span>`))
    .join('\n');
