import * as types from '../analyse/type.js';
import type * as ast from '../parse/ast.js';
import { asText } from './assignments.js';
import { leading, trailing } from './comments.js';
import { isFrameText } from './comparisons.js';
import { condition } from './conditions.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { block } from './statements.js';

/** A switch: TypeScript's own where `==` and `===` are the same for what it compares. */
export function switchStatement(to: FileEmitter, node: ast.Switch): string {
  const type = to.on.typeOf(node.test);
  const isTrue = node.test.kind === 'boolean' && node.test.value;
  const same = isTrue || node.body.children.every((item) => !item.test || isSame(to, type, item.test));
  let subject = expression(to, node.test);
  if (types.shows(type, types.BYTES) && !isTrue) {
    if (!isFrameText(to, node.test)) subject = asText(to, type, subject);
  }
  let test = subject;
  let loose: string | null = null;
  if (!same) {
    if (node.test.kind !== 'variable') {
      loose = to.temporary('subject');
      to.prelude.push(`const ${loose}: any = ${subject};`);
    } else loose = subject;
    test = 'true';
  }
  to.breakable.push({ kind: 'switch', label: null });
  const cases = node.body.children.map((item) => caseText(to, item, loose, isTrue)).join('\n');
  const own = to.breakable.pop();
  return `${own?.label ? `${own.label}: ` : ''}switch (${test}) {\n${cases}\n}`;
}

/** Whether a case can be compared with `===`. */
function isSame(to: FileEmitter, subject: types.Type, test: ast.Expression): boolean {
  const type = to.on.typeOf(test);
  if (types.only(type, types.STRING)) {
    const word = test.kind === 'string' && !/^\s*[+-]?[\d.]/.test(test.value);
    if (types.only(subject, types.STRING | types.BYTES)) return word || test.kind !== 'string' || true;
    return word && !types.shows(subject, types.BOOL);
  }
  if (types.only(type, types.INT | types.FLOAT))
    return types.only(subject, types.INT | types.FLOAT) || (subject.kinds & types.STRING) === 0;
  if (types.only(type, types.BOOL)) return types.only(subject, types.BOOL);
  if (types.only(type, types.NULL)) return types.only(subject, types.NULL | types.OBJECT);
  return types.only(type, types.OBJECT) && types.only(subject, types.OBJECT | types.NULL);
}

function caseText(to: FileEmitter, item: ast.Case, loose: string | null, isTrue: boolean): string {
  const comments = leading(to, item);
  let head = 'default:';
  if (item.test) {
    const text = isTrue ? condition(to, item.test) : expression(to, item.test);
    head = loose === null ? `case ${text}:` : `case ${to.php('looseEq')}(${loose}, ${text}):`;
    if (isTrue && !/^!|===|!==| [<>]=? /.test(text)) head = `case Boolean(${text}):`;
  }
  if (!item.body || item.body.children.length === 0) return `${comments}${head}`;
  const inner = block(to, item.body.children);
  const declares = /^\s*(?:const|let|class|function) /m.test(topLevel(inner));
  const end = trailing(to, item.body);
  return declares ? `${comments}${head} {\n${inner}${end}}` : `${comments}${head}\n${inner}${end}`;
}

/** The lines of a text that are not within braces. */
function topLevel(text: string): string {
  let depth = 0;
  return text
    .split('\n')
    .filter((line) => {
      const here = depth;
      for (const letter of line) depth += letter === '{' ? 1 : letter === '}' ? -1 : 0;
      return here === 0;
    })
    .join('\n');
}
