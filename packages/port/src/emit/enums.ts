import type { ClassInfo } from '../analyse/program-model.js';
import { phpName } from '../analyse/same-names.js';
import * as ast from '../parse/ast.js';
import { memberText } from './classes.js';
import { leading } from './comments.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';
import { quote } from './strings.js';

/** An enum as a class with an object for each case. */
export function enumText(to: FileEmitter, node: ast.Enum, info: ClassInfo): string {
  const name = safeName(info.jsName);
  const cases = node.body.filter((member) => member.kind === 'enumcase');
  const isBacked = node.valueType !== null;
  const type = cases.some(({ value }) => value?.kind === 'number') ? 'number' : 'string';
  const lines = cases.map((item) => {
    const own = ast.identifier(item.name);
    return `${leading(to, item)}static readonly ${own} = new ${name}(${quote(own)}${isBacked && item.value ? `, ${expression(to, item.value)}` : ''});\n`;
  });
  const others = node.body
    .filter((member) => member.kind !== 'enumcase')
    .map((member) => memberText(to, member, info));
  const all = cases.map((item) => `${name}.${ast.identifier(item.name)}`).join(', ');
  const backed = isBacked
    ? `
/** The case of this value; throws when there is none. */
static from(value: ${type}): ${name} {
const found = ${name}.tryFrom(value);
if (!found) throw new ${to.php('ValueError')}(\`\${JSON.stringify(value)} is not a valid backing value for enum ${info.name.replaceAll('\\', '\\\\')}\`);
return found;
}

/** The case of this value, null when there is none. */
static tryFrom(value: ${type}): ${name} | null {
return ${name}.cases().find((one) => one.value === value) ?? null;
}
`
    : '';
  const named = info.name.includes('\\') ? `static readonly phpName = ${quote(phpName(info.name))};\n` : '';
  return `class ${name} {
${named}${lines.join('')}
private constructor(readonly name: string${isBacked ? `, readonly value: ${type}` : ''}) {}

/** All cases, in order. */
static cases(): ${name}[] {
return [${all}];
}
${backed}${others.join('')}}`;
}
