import type { ClassInfo, FunctionInfo } from '../analyse/program-model.js';
import * as ast from '../parse/ast.js';
import { leading } from './comments.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { abstractReturn } from './methods.js';
import { safeName } from './names.js';
import { signatureText } from './parameters.js';
import { classType } from './type-text.js';

/** A method without its body. PHP holds classes to static methods and constructors, too; TypeScript only to what objects have. */
export function signature(to: FileEmitter, method: FunctionInfo): string {
  if (method.node?.kind !== 'method' || method.node.isStatic || /^__construct$/i.test(method.name)) return '';
  return to.within(
    method,
    () => `${method.jsName}(${signatureText(to, method)})${abstractReturn(to, method)};\n`,
  );
}

export function interfaceText(to: FileEmitter, node: ast.Interface, info: ClassInfo): string {
  const bases = info.interfaces
    .filter((name) => to.on.symbols.class(name))
    .map((name) => classType(to, name));
  const methods = node.body.map((member) => {
    if (member.kind !== 'method') return '';
    const method = to.on.symbols.infos.get(member);
    const text = method ? signature(to, method) : '';
    return text && `${leading(to, member)}${text}`;
  });
  const constants = node.body.flatMap((member) => (member.kind === 'classconstant' ? member.constants : []));
  const values = constants
    .map((item) => `${ast.identifier(item.name)}: ${expression(to, item.value)},\n`)
    .join('');
  const space = values ? `\nexport const ${safeName(info.jsName)} = {\n${values}};` : '';
  return `interface ${safeName(info.jsName)}${bases.length > 0 ? ` extends ${bases.join(', ')}` : ''} {\n${methods.join('')}}${space}`;
}
