import type { ClassInfo } from '../analyse/program-model.js';
import * as ast from '../parse/ast.js';
import { memberText } from './classes.js';
import { leading, trailing } from './comments.js';
import type { FileEmitter } from './file-emitter.js';
import { methodText } from './methods.js';
import { safeName } from './names.js';

/** The members of traits, as PHP puts them into the class. */
export function traits(to: FileEmitter, node: ast.TraitUse, info: ClassInfo): string {
  const parts: string[] = [];
  for (const used of node.traits) {
    const name = to.on.symbols.className(used, info.names);
    const trait = to.on.symbols.class(name);
    if (!trait) {
      to.find(node, 'person', `the trait ${name} is not in the program`, 'Write its members into the class.');
      continue;
    }
    for (const member of trait.node.body) {
      if (member.kind === 'method') {
        const own = ast.identifier(member.name);
        if (!isThere(to, member, info) && !isExcluded(to, node, name, own, info)) {
          parts.push(`\n${leading(to, member)}${methodText(to, member, info)}\n`);
        }
        for (const item of node.adaptations ?? []) {
          if (item.kind !== 'traitalias' || item.method.name !== own || !item.as) continue;
          if (item.trait && to.on.symbols.className(item.trait, info.names) !== name) continue;
          parts.push(
            `\n${methodText(to, member, info, { name: item.as.name, visibility: item.visibility })}\n`,
          );
        }
      } else parts.push(memberText(to, member, info));
    }
  }
  return parts.join('');
}

/** Whether the class has a method itself; one that the trait only asks for may be inherited as well. */
function isThere(to: FileEmitter, member: ast.Method, info: ClassInfo): boolean {
  const name = ast.identifier(member.name).toLowerCase();
  if (info.methods.has(name)) return true;
  const above = member.body ? [] : [...to.on.symbols.ancestors(info)];
  return above.some((each) => each.methods.get(name)?.node?.body != null);
}

function isExcluded(
  to: FileEmitter,
  node: ast.TraitUse,
  trait: string,
  method: string,
  info: ClassInfo,
): boolean {
  return (node.adaptations ?? []).some(
    (item) =>
      item.kind === 'traitprecedence' &&
      item.method.name === method &&
      item.instead.some((other) => to.on.symbols.className(other, info.names) === trait),
  );
}

/** A trait goes into the classes that use it; one whose static members are used by its own name is a class of these. */
export function traitText(to: FileEmitter, node: ast.Trait, info: ClassInfo): string {
  if (!info.isUsedItself) return '';
  const members = [info, ...to.on.symbols.ancestors(info)].flatMap(({ node: { body } }) =>
    body.filter(
      (member) => (member.kind === 'method' || member.kind === 'propertystatement') && member.isStatic,
    ),
  );
  return `class ${safeName(info.jsName)} {\n${members.map((member) => memberText(to, member, info)).join('')}${trailing(to, node)}}`;
}
