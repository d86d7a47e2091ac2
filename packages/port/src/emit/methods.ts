import type { ClassInfo, FunctionInfo } from '../analyse/program-model.js';
import { phpName } from '../analyse/same-names.js';
import * as ast from '../parse/ast.js';
import { table } from '../table.js';
import { constructorText } from './class-constructors.js';
import { overrides, visibilityText } from './classes.js';
import { returnText } from './closures.js';
import { expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';
import { entryStatements, parametersText, signatureText } from './parameters.js';
import { body } from './statements.js';
import { quote } from './strings.js';

export function methodText(
  to: FileEmitter,
  member: ast.Method,
  info: ClassInfo,
  as?: { name: string; visibility: string | null },
): string {
  const method = to.on.symbols.infos.get(member);
  if (!method) return '';
  const name = as?.name ?? method.jsName;
  if (/^__construct$/i.test(name)) return constructorText(to, member, method, info);
  const visibility = as?.visibility ?? member.visibility;
  const over = member.isStatic ? '' : overrides(to, info, as?.name ?? method.name, true);
  report(to, member, method);
  const foreign = over !== '' && overridesForeign(to, info, name);
  const modifiers = `${foreign ? '' : visibilityText(visibility)}${member.isStatic ? 'static ' : ''}`;
  if (!member.body) {
    return to.within(method, () => {
      to.owner = info;
      const head = `${name}(${signatureText(to, method)})${abstractReturn(to, method)}`;
      return member.isStatic
        ? withoutBody(to, `${modifiers}${head}`, method)
        : `${modifiers}abstract ${over}${head};`;
    });
  }
  const text = to.within(method, () => {
    to.owner = info;
    const outer = to.breakable.splice(0);
    const parameters = foreign ? openParameters(to, method) : parametersText(to, method);
    const entry = entryStatements(to, method)
      .map((line) => `${line}\n`)
      .join('');
    const inner = body(to, method, member.body);
    to.breakable.push(...outer);
    return `${modifiers}${over}${method.waits ? 'async ' : ''}${method.isGenerator ? '*' : ''}${name}(${parameters})${foreign ? openReturn(to, method) : returnText(to, method)} {\n${entry}${inner}}`;
  });
  const statics = to.staticsOf(method).splice(0);
  if (statics.length > 0) to.before.push(...statics);
  return text;
}

/** TypeScript has no abstract static methods: one that throws what PHP throws for it. */
function withoutBody(to: FileEmitter, head: string, method: FunctionInfo): string {
  const name = `${phpName(method.owner?.name ?? '')}::${method.name}`;
  return `${head} {\nthrow new ${to.php('Error')}(${quote(`Cannot call abstract method ${name}()`)});\n}`;
}

export function abstractReturn(to: FileEmitter, method: FunctionInfo): string {
  const text = returnText(to, method);
  return text === '' ? ': any' : text;
}

/** Whether the method that one overrides is not the program's own: TypeScript holds it to a signature that PHP does not know. */
function overridesForeign(to: FileEmitter, info: ClassInfo, name: string): boolean {
  const parent = to.on.symbols.foreignParent(info);
  return parent !== null && to.on.api.class(parent)?.member(name)?.call != null;
}

/** Parameters without types that their method would be held to. */
export function openParameters(to: FileEmitter, method: FunctionInfo): string {
  if (method.usesArgumentList) return parametersText(to, method);
  return method.parameters
    .map((item) => {
      const name = safeName(item.variable.jsName);
      if (item.node.variadic) return `...${name}: any[]`;
      return `${name}: any${item.node.value ? ` = ${expression(to, item.node.value)}` : ''}`;
    })
    .join(', ');
}

function openReturn(to: FileEmitter, method: FunctionInfo): string {
  const text = returnText(to, method);
  if (text !== '' && !/void/.test(text)) return text;
  return method.waits ? ': Promise<any>' : ': any';
}

const WAITS_NOT = table<string>({
  __tostring: 'JavaScript asks for the text at once',
  __get: 'a property is read at once',
  __set: 'a property is set at once',
  offsetget: 'an element is read at once',
  offsetset: 'an element is set at once',
  count: 'count() asks at once',
});

const MAGIC = table<string>({
  __get: 'reading properties that are not there does not call it',
  __set: 'setting properties that are not there does not call it',
  __call: 'calling methods that are not there does not call it',
  __callstatic: 'calling methods that are not there does not call it',
  __isset: 'isset() does not call it',
  __unset: 'unset() does not call it',
  __destruct: 'nothing calls it when the object is no longer used',
});

function report(to: FileEmitter, member: ast.Method, method: FunctionInfo): void {
  const name = ast.identifier(member.name);
  const waits = WAITS_NOT[name.toLowerCase()];
  if (waits && method.waits)
    to.find(member, 'person', `${name}() waits, but ${waits}`, 'Do what waits elsewhere, before.');
  const magic = MAGIC[name.toLowerCase()];
  if (magic)
    to.find(
      {
        ...member,
        loc: { start: member.loc.start, end: member.body?.loc.start ?? member.loc.end },
      } as ast.Node,
      'person',
      magic,
      'Call it where the program relies on it, or declare what is missing.',
    );
}
