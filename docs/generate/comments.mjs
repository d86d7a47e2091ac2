// Reads the doc comments of the library: which member of which class says `@see Swoole\Http\Response::end`, and what else it says.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { src } from './source.mjs';

/** @typedef {{ kind: 'method' | 'property', signature: string, summary: string, returns: string, params: { name: string, text: string }[], see: string[], internal: boolean }} Comment */

const TAG = /(?:^|\s)@(see|param|returns|throws|internal|deprecated)\b/g;

/** Classes that a program knows by another name than the source. */
const PUBLIC_NAMES = { HttpServer: 'Swoole.Http.Server', WebSocketServer: 'Swoole.WebSocket.Server' };

/** The parts of a doc comment; an empty one when there is none. */
function parse(node, file) {
  const ranges = ts.getLeadingCommentRanges(file.text, node.getFullStart()) ?? [];
  const raw =
    ranges
      .map(({ pos, end }) => file.text.slice(pos, end))
      .filter((text) => text.startsWith('/**'))
      .at(-1) ?? '/***/';
  const text = raw
    .slice(3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .replace(/\{@link (?:\w+\.)?(\w+)\}/g, (_, name) => `\`${PUBLIC_NAMES[name] ?? name}\``);
  const marks = [...text.matchAll(TAG)];
  const tags = marks.map((mark, i) => [
    mark[1],
    text.slice((mark.index ?? 0) + mark[0].length, marks[i + 1]?.index).trim(),
  ]);
  const oneLine = (value) => value.trim().replace(/\s+/g, ' ');
  const first = text.slice(0, marks[0]?.index ?? text.length).trim();
  return {
    summary: oneLine(first.split(/\n\s*\n/)[0] ?? ''),
    returns: oneLine(tags.find(([tag]) => tag === 'returns')?.[1] ?? ''),
    params: tags
      .filter(([tag]) => tag === 'param')
      .map(([, value]) => {
        const [name = '', ...words] = oneLine(value).split(' ');
        return { name, text: words.join(' ') };
      }),
    see: tags.filter(([tag]) => tag === 'see').map(([, value]) => value.split(/\s/)[0] ?? ''),
    internal: tags.some(([tag]) => tag === 'internal'),
  };
}

const hidden = (member) =>
  member.name !== undefined && ts.isPrivateIdentifier(member.name)
    ? true
    : (ts.getModifiers(member) ?? []).some(
        ({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword,
      );

const isReadonly = (member) =>
  (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword);

function signatureOf(node, name, file) {
  const text = (part) => part.getText(file).replace(/\s+/g, ' ');
  const parameters = node.parameters.map((parameter) => {
    const label = text(parameter.name).replace(/^_/, '');
    const rest = parameter.dotDotDotToken ? '...' : '';
    if (parameter.initializer) return `${label} = ${text(parameter.initializer)}`;
    return `${rest}${label}${parameter.questionToken ? '?' : ''}${parameter.type ? `: ${text(parameter.type)}` : ''}`;
  });
  return `${name}(${parameters.join(', ')})${node.type ? `: ${text(node.type)}` : ''}`;
}

export function readComments() {
  /** By the Swoole name in `@see`. */
  const classes = new Map();
  const methods = new Map();
  const functions = new Map();
  /** Public members by the class they are declared in. */
  const members = new Map();

  for (const entry of readdirSync(src, { withFileTypes: true, recursive: true })) {
    const name = path.join(entry.parentPath ?? entry.path, entry.name);
    if (!entry.isFile() || !name.endsWith('.ts')) continue;
    const file = ts.createSourceFile(name, readFileSync(name, 'utf8'), ts.ScriptTarget.ES2022, true);
    for (const statement of file.statements) {
      if (ts.isClassDeclaration(statement) && statement.name) readClass(statement, file);
      else if (ts.isFunctionDeclaration(statement) && statement.name) {
        const own = statement.name.text;
        const comment = parse(statement, file);
        if (!comment.internal && !functions.has(own))
          functions.set(own, { kind: 'method', signature: signatureOf(statement, own, file), ...comment });
      } else if (ts.isVariableStatement(statement)) readAlias(statement, file);
    }
  }
  for (const [name, { target }] of functions) if (target !== undefined) resolveAlias(name, target);
  return { classes, methods, functions, members };

  function readClass(node, file) {
    const id = `${node.name.text} in ${path.relative(src, file.fileName)}`;
    const own = parse(node, file);
    const swooleName = own.see.find((see) => see.startsWith('Swoole\\') && !see.includes('::'));
    const publicMembers = new Map();
    for (const member of node.members) {
      if (hidden(member)) continue;
      const comment = parse(member, file);
      if (comment.internal) continue;
      if (ts.isConstructorDeclaration(member)) {
        const entry = { kind: 'method', signature: signatureOf(member, 'constructor', file), ...comment };
        for (const see of comment.see) methods.set(see, entry);
        continue;
      }
      if (!member.name || !ts.isIdentifier(member.name)) continue;
      const label = member.name.text;
      if (ts.isMethodDeclaration(member)) {
        // Of overloads the first one is the documented one.
        if (publicMembers.has(label)) continue;
        const entry = { kind: 'method', signature: signatureOf(member, label, file), ...comment };
        publicMembers.set(label, entry);
        for (const see of comment.see) if (!methods.has(see)) methods.set(see, entry);
      } else if (ts.isPropertyDeclaration(member) || ts.isGetAccessor(member)) {
        if ((ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword))
          continue;
        const type = member.type?.getText(file).replace(/\s+/g, ' ') ?? typeOfLiteral(member.initializer);
        const lock =
          isReadonly(member) || (ts.isGetAccessor(member) && !hasSetter(node, label)) ? 'readonly ' : '';
        publicMembers.set(label, { kind: 'property', signature: `${lock}${label}: ${type}`, ...comment });
      }
    }
    members.set(id, publicMembers);
    if (swooleName !== undefined && !classes.has(swooleName)) classes.set(swooleName, { id, ...own });
  }

  /** `export const swoole_timer_list = Timer.list`. */
  function readAlias(statement, file) {
    for (const declaration of statement.declarationList.declarations) {
      if (
        !ts.isIdentifier(declaration.name) ||
        !declaration.initializer ||
        !ts.isPropertyAccessExpression(declaration.initializer)
      )
        continue;
      const comment = parse(statement, file);
      if (comment.see.length === 0) continue;
      functions.set(declaration.name.text, {
        kind: 'method',
        signature: '',
        target: declaration.initializer.getText(file),
        ...comment,
      });
    }
  }

  function resolveAlias(name, target) {
    const source = methods.get(`Swoole\\${target.replaceAll('.', '::')}`);
    if (source === undefined) throw new Error(`${name} is ${target}, which has no doc comment`);
    functions.set(name, {
      ...source,
      signature: name + source.signature.slice(source.signature.indexOf('(')),
    });
  }
}

const hasSetter = (node, label) =>
  node.members.some(
    (member) => ts.isSetAccessor(member) && ts.isIdentifier(member.name) && member.name.text === label,
  );

function typeOfLiteral(initializer) {
  if (initializer === undefined) return 'unknown';
  if (ts.isStringLiteral(initializer)) return 'string';
  if (ts.isNumericLiteral(initializer) || ts.isPrefixUnaryExpression(initializer)) return 'number';
  if (initializer.kind === ts.SyntaxKind.TrueKeyword || initializer.kind === ts.SyntaxKind.FalseKeyword)
    return 'boolean';
  return 'unknown';
}
