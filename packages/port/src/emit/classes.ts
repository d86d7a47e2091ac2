import type { ClassInfo, FunctionInfo, PropertyInfo } from '../analyse/program-model.js';
import * as types from '../analyse/type.js';
import { contains } from '../analyse/variables.js';
import * as ast from '../parse/ast.js';
import { argumentsText } from './arguments.js';
import { emptyArray } from './arrays.js';
import { entryStatements, parametersText, returnText } from './closures.js';
import { blankBefore, leading, trailing } from './comments.js';
import { classByName, expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { safeName } from './names.js';
import { body } from './statements.js';
import { quote } from './strings.js';
import { classType, typeText } from './type-text.js';

/** A class, interface, trait or enum. */
export function classDeclaration(to: FileEmitter, node: ast.ClassLike): string {
  const info = to.on.symbols.classInfos.get(node);
  if (!info) return '';
  const exported = to.isTop(node) && to.isUsedElsewhere(info.jsName) ? 'export ' : '';
  const outer = to.owner;
  to.owner = info;
  try {
    if (node.kind === 'interface') return `${exported}${interfaceText(to, node, info)}`;
    if (node.kind === 'trait') return traitText(to, node);
    if (node.kind === 'enum') return `${exported}${enumText(to, node, info)}`;
    const members = classMembers(to, info);
    const head = `${node.isAbstract ? 'abstract ' : ''}class ${safeName(info.jsName)}${heritage(to, node, info)}`;
    return `${exported}${head} {\n${members}${trailing(to, node)}}`;
  } finally {
    to.owner = outer;
  }
}

/** `new class(…) { … }`. */
export function anonymousClass(to: FileEmitter, node: ast.New): string {
  if (node.what.kind !== 'class') return '';
  const info = to.on.symbols.classInfos.get(node.what);
  if (!info) return '';
  const outer = to.owner;
  to.owner = info;
  const members = classMembers(to, info);
  const args = argumentsText(to, node, to.on.targets.get(node) ?? null);
  const maker = info.methods.get('__construct');
  const made = maker && to.on.isCalledLater(maker) ? `().__construct(${args})` : `(${args})`;
  const text = `new (class${heritage(to, node.what, info)} {\n${members}})${made}`;
  to.owner = outer;
  return text;
}

function heritage(to: FileEmitter, node: ast.Class, info: ClassInfo): string {
  const parent = info.parent && node.extends ? ` extends ${classByName(to, node.extends, info.parent)}` : '';
  const interfaces = info.interfaces
    .filter((name) => to.on.symbols.class(name))
    .map((name) => classType(to, name));
  return `${parent}${interfaces.length > 0 ? ` implements ${interfaces.join(', ')}` : ''}`;
}

/** Everything in a class, that of its traits included. */
function classMembers(to: FileEmitter, info: ClassInfo): string {
  const parts: string[] = [];
  if (info.name.includes('\\') && !info.name.startsWith('class@'))
    parts.push(
      `static ${hasForeignParent(to, info) ? 'override ' : ''}readonly phpName${hasForeignParent(to, info) ? ': string' : ': string'} = ${quote(info.name)};\n`,
    );
  const asked = [...to.on.symbols.ancestors(info)].filter(
    (each) => each.node.kind === 'interface' && each.askedFor,
  );
  if (asked.length > 0)
    parts.push(
      `static readonly phpInterfaces: readonly string[] = [${asked.map((each) => quote(each.name)).join(', ')}];\n`,
    );
  parts.push(undeclared(to, info));
  for (const member of info.node.body) parts.push(memberText(to, member, info));
  return parts.join('');
}

function hasForeignParent(to: FileEmitter, info: ClassInfo): boolean {
  if (info.parent === null) return false;
  const own = to.on.symbols.class(info.parent);
  if (own) return own.name.includes('\\') || hasForeignParent(to, own);
  return to.on.api.class(info.parent) !== null || to.on.api.phpClass(info.parent.replace(/^\\/, '')) !== null;
}

/** Properties that the program sets without declaring them. */
function undeclared(_to: FileEmitter, info: ClassInfo): string {
  return [...info.properties.values()]
    .filter((property) => property.node === null && property.type !== types.NOTHING)
    .map((property) => `${property.isStatic ? 'static ' : ''}${property.jsName}: any;\n`)
    .join('');
}

function memberText(to: FileEmitter, member: ast.Member, info: ClassInfo): string {
  const gap = blankBefore(to, firstOffset(member)) ? '\n' : '';
  const comments = leading(to, member);
  switch (member.kind) {
    case 'propertystatement':
      return `${gap}${comments}${member.properties.map((property) => propertyText(to, property, member, info)).join('\n')}\n`;
    case 'classconstant':
      return `${gap}${comments}${member.constants.map((item) => constantText(to, item, member)).join('\n')}\n`;
    case 'method':
      return `${gap}${comments}${methodText(to, member, info)}\n`;
    case 'traituse':
      return `${gap}${comments}${traits(to, member, info)}`;
    default:
      return '';
  }
}

function firstOffset(member: ast.Member): number {
  const comment = 'leadingComments' in member ? member.leadingComments?.[0] : undefined;
  return comment ? comment.offset : member.loc.start.offset;
}

function visibilityText(visibility: string | null | undefined): string {
  return visibility === 'private' || visibility === 'protected' ? `${visibility} ` : '';
}

function overrides(to: FileEmitter, info: ClassInfo, name: string, isMethod: boolean): string {
  for (let parent = info.parent; parent !== null; ) {
    const own: ClassInfo | null = to.on.symbols.class(parent);
    if (!own) {
      const api = to.on.api.class(parent) ?? to.on.api.phpClass(parent.replace(/^\\/, ''));
      return api?.member(name) ? 'override ' : '';
    }
    const has = isMethod ? own.methods.has(name.toLowerCase()) : own.properties.get(name)?.node;
    if (has) return 'override ';
    parent = own.parent;
  }
  return '';
}

function propertyText(
  to: FileEmitter,
  node: ast.Property,
  member: ast.PropertyStatement,
  info: ClassInfo,
): string {
  const name = ast.identifier(node.name);
  const property = to.on.property(info, name, member.isStatic);
  const over = member.isStatic ? '' : overrides(to, info, name, false);
  const head = `${visibilityText(member.visibility)}${member.isStatic ? 'static ' : ''}${over}${(node.readonly || isReadonlyClass(info)) && !isMadeLater(to, info) ? 'readonly ' : ''}${property.jsName}`;
  const type = propertyType(to, property, node);
  if (node.value) {
    const value = expression(to, node.value);
    const evident = isEvident(node.value, type);
    return `${head}${evident ? '' : `: ${type}`} = ${value};`;
  }
  if (node.type && property.type.array && types.only(property.type, types.ARRAY) && !isSetAtOnce(info, name))
    return `${head}: ${type} = ${emptyArray(to, property.type.array)};`;
  if (!node.type)
    return `${head}: ${type.includes('null') || type === 'any' ? type : `${type} | null`} = null;`;
  return `${head}!: ${type};`;
}

/** Whether a method does what the constructor did: then nothing is readonly. */
function isMadeLater(to: FileEmitter, info: ClassInfo): boolean {
  const maker = info.methods.get('__construct');
  return maker !== undefined && to.on.isCalledLater(maker);
}

/** Whether the constructor gives a property its value. */
function isSetAtOnce(info: ClassInfo, name: string): boolean {
  const maker = info.methods.get('__construct')?.node?.body;
  return (
    info.node.kind !== 'class' ||
    (maker != null &&
      contains(
        maker,
        (node) =>
          node.kind === 'assign' &&
          node.left.kind === 'propertylookup' &&
          node.left.offset.kind === 'identifier' &&
          node.left.offset.name === name,
      ))
  );
}

const isReadonlyClass = (info: ClassInfo): boolean => info.node.kind === 'class' && info.node.isReadonly;

function isEvident(value: ast.Expression, type: string): boolean {
  return (
    (value.kind === 'string' && type === 'string') ||
    (value.kind === 'number' && type === 'number') ||
    (value.kind === 'boolean' && type === 'boolean')
  );
}

function propertyType(to: FileEmitter, property: PropertyInfo, node: ast.Property): string {
  if (!node.value && !node.type) return typeText(to, types.join(property.type, types.kind(types.NULL)));
  return typeText(to, property.type);
}

function constantText(to: FileEmitter, node: ast.Constant, member: ast.ClassConstant): string {
  return `${visibilityText(member.visibility)}static readonly ${ast.identifier(node.name)} = ${expression(to, node.value)};`;
}

function methodText(
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
  const over = member.isStatic ? '' : overrides(to, info, name, true);
  report(to, member, method);
  const foreign = over !== '' && overridesForeign(to, info, name);
  const modifiers = `${foreign ? '' : visibilityText(visibility)}${member.isStatic ? 'static ' : ''}`;
  if (!member.body) {
    return to.within(method, () => {
      to.owner = info;
      return `${modifiers}abstract ${over}${name}(${parametersText(to, method)})${abstractReturn(to, method)};`;
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
    const head = method.usesArgumentList ? '...args: any[]' : parameters;
    const names = method.parameters.map((item) => safeName(item.variable.jsName));
    const again = method.usesArgumentList && names.length > 0 ? `const [${names.join(', ')}] = args;\n` : '';
    return `${modifiers}${over}${method.waits ? 'async ' : ''}${method.isGenerator ? '*' : ''}${name}(${head})${foreign ? openReturn(to, method) : returnText(to, method)} {\n${again}${entry}${inner}}`;
  });
  const statics = to.staticsOf(method).splice(0);
  if (statics.length > 0) to.before.push(...statics);
  return text;
}

function abstractReturn(to: FileEmitter, method: FunctionInfo): string {
  const text = returnText(to, method);
  return text === '' ? ': any' : text;
}

/** Whether the method that one overrides is not the program's own: TypeScript holds it to a signature that PHP does not know. */
function overridesForeign(to: FileEmitter, info: ClassInfo, name: string): boolean {
  const parent = to.on.symbols.foreignParent(info);
  return parent !== null && to.on.api.class(parent)?.member(name)?.call != null;
}

/** Parameters without types that their method would be held to. */
function openParameters(to: FileEmitter, method: FunctionInfo): string {
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

const WAITS_NOT: Readonly<Record<string, string>> = {
  __tostring: 'JavaScript asks for the text at once',
  __get: 'a property is read at once',
  __set: 'a property is set at once',
  offsetget: 'an element is read at once',
  offsetset: 'an element is set at once',
  count: 'count() asks at once',
};

const MAGIC: Readonly<Record<string, string>> = {
  __get: 'reading properties that are not there does not call it',
  __set: 'setting properties that are not there does not call it',
  __call: 'calling methods that are not there does not call it',
  __callstatic: 'calling methods that are not there does not call it',
  __isset: 'isset() does not call it',
  __unset: 'unset() does not call it',
  __destruct: 'nothing calls it when the object is no longer used',
};

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

/** A constructor as a method that is called after `new`. */
function calledConstructor(
  to: FileEmitter,
  member: ast.Method,
  method: FunctionInfo,
  info: ClassInfo,
): string {
  return to.within(method, () => {
    to.owner = info;
    const above = info.parent === null ? null : to.on.symbols.class(info.parent);
    const overridden = above !== null && to.on.symbols.method(above, '__construct') !== null;
    const promoted = member.arguments.flatMap((node, i) => {
      const property = node.flags ? info.properties.get(node.name.name) : undefined;
      const parameter = method.parameters[i];
      return property && parameter ? [{ node, property, name: safeName(parameter.variable.jsName) }] : [];
    });
    const fields = promoted.map(({ node, property }) => {
      const visibility = node.flags & 4 ? 'private ' : node.flags & 2 ? 'protected ' : '';
      return `${visibility}${property.jsName}!: ${typeText(to, property.type)};\n`;
    });
    const isOpen =
      overridden || [...to.on.symbols.classes.values()].some((each) => each.parent === info.name);
    const parameters = overridden ? openParameters(to, method) : parametersText(to, method);
    const lines = [
      ...entryStatements(to, method),
      ...promoted.map(({ property, name }) => `this.${property.jsName} = ${name};`),
    ];
    const inner = body(to, method, member.body);
    return `${fields.join('')}${isOpen ? '' : visibilityText(member.visibility)}${overridden ? 'override ' : ''}${method.waits ? 'async ' : ''}__construct(${parameters}): ${method.waits ? 'Promise<this>' : 'this'} {\n${lines.map((line) => `${line}\n`).join('')}${inner}return this;\n}`;
  });
}

function constructorText(to: FileEmitter, member: ast.Method, method: FunctionInfo, info: ClassInfo): string {
  if (to.on.isCalledLater(method)) return calledConstructor(to, member, method, info);
  if (method.waits)
    to.find(
      member,
      'person',
      'the constructor waits, and a constructor of TypeScript cannot',
      'Move what waits into a method, and await it after `new`.',
    );
  return to.within(method, () => {
    to.owner = info;
    const parameters = member.arguments
      .map((node, i) => constructorParameter(to, node, method, i, info))
      .join(', ');
    const entry = entryStatements(to, method)
      .map((line) => `${line}\n`)
      .join('');
    const inner = body(to, method, member.body);
    const needsSuper = info.parent !== null && member.body && !callsParent(member.body);
    return `${visibilityText(member.visibility)}constructor(${parameters}) {\n${needsSuper ? 'super();\n' : ''}${renamedPromotions(to, member, info)}${entry}${inner.replace(/\bawait /g, method.waits ? '' : 'await ')}}`;
  });
}

/** Promoted properties that a method of the same name forces to another name. */
function renamedPromotions(_to: FileEmitter, _member: ast.Method, _info: ClassInfo): string {
  return '';
}

const callsParent = (node: ast.Block): boolean =>
  contains(
    node,
    (child) =>
      child.kind === 'call' &&
      child.what.kind === 'staticlookup' &&
      child.what.what.kind === 'parentreference' &&
      child.what.offset.kind === 'identifier' &&
      /^__construct$/i.test(child.what.offset.name),
  );

function constructorParameter(
  to: FileEmitter,
  node: ast.Parameter,
  method: FunctionInfo,
  index: number,
  info: ClassInfo,
): string {
  const parameter = method.parameters[index];
  if (!parameter) return '';
  const single = { ...method, parameters: [parameter] };
  const text = parametersText(
    to,
    Object.assign(Object.create(Object.getPrototypeOf(method)), method, single) as FunctionInfo,
  );
  if (!node.flags) return text;
  const property = info.properties.get(node.name.name);
  const visibility = node.flags & 4 ? 'private ' : node.flags & 2 ? 'protected ' : 'public ';
  const readonly = node.readonly || isReadonlyClass(info) ? 'readonly ' : '';
  if (property && property.jsName !== property.name) {
    parameter.variable.jsName = property.jsName;
    return `${visibility}${readonly}${text.replace(new RegExp(`^${safeName(node.name.name)}\\b`), property.jsName)}`;
  }
  return `${visibility}${readonly}${text}`;
}

/** The members of traits, as PHP puts them into the class. */
function traits(to: FileEmitter, node: ast.TraitUse, info: ClassInfo): string {
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
        if (!info.methods.has(own.toLowerCase()) && !isExcluded(to, node, name, own, info)) {
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

function traitText(_to: FileEmitter, _node: ast.Trait): string {
  return '';
}

function interfaceText(to: FileEmitter, node: ast.Interface, info: ClassInfo): string {
  const bases = info.interfaces
    .filter((name) => to.on.symbols.class(name))
    .map((name) => classType(to, name));
  const methods = node.body.map((member) => {
    if (member.kind !== 'method') return '';
    const method = to.on.symbols.infos.get(member);
    if (!method || member.isStatic) return '';
    return to.within(
      method,
      () =>
        `${leading(to, member)}${method.jsName}(${parametersText(to, method)})${abstractReturn(to, method)};\n`,
    );
  });
  const constants = node.body.flatMap((member) => (member.kind === 'classconstant' ? member.constants : []));
  const values = constants
    .map((item) => `${ast.identifier(item.name)}: ${expression(to, item.value)},\n`)
    .join('');
  const space = values ? `\nexport const ${safeName(info.jsName)} = {\n${values}};` : '';
  return `interface ${safeName(info.jsName)}${bases.length > 0 ? ` extends ${bases.join(', ')}` : ''} {\n${methods.join('')}}${space}`;
}

/** An enum as a class with an object for each case. */
function enumText(to: FileEmitter, node: ast.Enum, info: ClassInfo): string {
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
  const phpName = info.name.includes('\\') ? `static readonly phpName = ${quote(info.name)};\n` : '';
  return `class ${name} {
${phpName}${lines.join('')}
private constructor(readonly name: string${isBacked ? `, readonly value: ${type}` : ''}) {}

/** All cases, in order. */
static cases(): ${name}[] {
return [${all}];
}
${backed}${others.join('')}}`;
}
