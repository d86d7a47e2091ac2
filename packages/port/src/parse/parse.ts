import { Engine } from 'php-parser';
import type { SourceFile } from '../types.js';
import type { Block, EncapsedPart, Node, Program, Statement, StaticVariable, Variable } from './ast.js';
import { readCommandLine } from './command-line.js';
import { pieceText } from './strings.js';
import { withoutAsking } from './unless-there.js';
import { walk } from './walk.js';

/** A mistake in the PHP source, where php-parser noticed it. */
export interface SyntaxMistake {
  line: number;
  column: number;
  message: string;
}

/** A file with its syntax tree. */
export interface ParsedFile {
  path: string;
  text: string;
  program: Program;
  mistakes: SyntaxMistake[];
}

/** Reads a PHP file. What cannot be parsed is left out of the tree and told in `mistakes`; it never throws. */
export function parse(file: SourceFile): ParsedFile {
  const text = file.text.replace(/^\ufeff/, '').replace(/\r\n/g, '\n');
  const engine = new Engine({
    parser: { extractDoc: true, php8: true, suppressErrors: true, version: '8.4' },
    ast: { withPositions: true, withSource: false },
    lexer: { short_tags: true, asp_tags: false },
  });
  try {
    const program = engine.parseCode(text, file.path) as unknown as Program;
    walk(program, normalise);
    readCommandLine(program);
    if (/\r\n/.test(file.text) && !/(?:^|[^\r])\n/.test(file.text)) walk(program, returnCarriages);
    // As PHP does, only the first is told: the others mostly follow from it.
    const mistakes = (program.errors ?? []).slice(0, 1).map((error) => ({
      line: error.line,
      column: error.loc?.start.column ?? 0,
      message: error.token ? `unexpected ${error.token}` : error.message.replace(/\s+on line \d+$/, ''),
    }));
    return { path: file.path, text, program, mistakes };
  } catch (error) {
    return { path: file.path, text, program: nothing(), mistakes: [mistakeOf(error)] };
  }
}

/** A body in braces, whatever the source has. */
function inBraces(body: Statement | null, near: Node): Block {
  if (body?.kind === 'block') return body;
  if (!body) return { kind: 'block', children: [], loc: { start: near.loc.end, end: near.loc.end } };
  return { kind: 'block', children: [body], loc: body.loc };
}

/** Gives php-parser's different forms of the same thing one form. */
function normalise(node: Node): boolean {
  if (node.kind === 'if') {
    node.body = inBraces(node.body, node);
    if (node.alternate && node.alternate.kind !== 'if') node.alternate = inBraces(node.alternate, node);
  }
  if (node.kind === 'for' || node.kind === 'foreach' || node.kind === 'while' || node.kind === 'do') {
    node.body = inBraces(node.body, node);
  }
  if (node.kind === 'namespace' && typeof node.name !== 'string') {
    node.name = Array.isArray(node.name) ? (node.name as string[]).join('\\') : '';
  }
  if (node.kind === 'program' || node.kind === 'namespace')
    node.children = node.children.flatMap(withoutAsking);
  if (node.kind === 'foreach' && node.value.kind === 'variable' && node.value.byref) {
    node.value = { kind: 'byref', what: node.value, loc: node.value.loc };
  }
  if (node.kind === 'static') {
    node.variables = (node.variables as (StaticVariable | Variable)[]).map((each) =>
      each.kind === 'variable'
        ? { kind: 'staticvariable', variable: each, defaultValue: null, loc: each.loc }
        : each,
    );
  }
  if ((node.kind === 'propertylookup' || node.kind === 'nullsafepropertylookup') && isPart(node.offset)) {
    node.offset = (node.offset as EncapsedPart).expression;
  }
  return true;
}

/** A file with the line ends of Windows has them in its texts too. */
function returnCarriages(node: Node): boolean {
  if (node.kind !== 'inline' && node.kind !== 'nowdoc' && node.kind !== 'string') return true;
  const lines = (text: string): number => text.split('\n').length;
  const carried = (text: string): string => text.replaceAll('\n', '\r\n');
  if (node.kind === 'string') {
    // An escaped `\n` stays what it is.
    const plain = lines(node.value) === lines(node.raw);
    node.raw = carried(node.raw);
    node.value = plain ? carried(node.value) : pieceText(node, true);
  } else node.value = carried(node.value);
  return true;
}

const isPart = (node: unknown): node is EncapsedPart => (node as Node).kind === 'encapsedpart';

function mistakeOf(error: unknown): SyntaxMistake {
  const { lineNumber, columnNumber, message } = error as {
    lineNumber?: number;
    columnNumber?: number;
    message?: string;
  };
  return { line: lineNumber ?? 1, column: columnNumber ?? 0, message: message ?? String(error) };
}

function nothing(): Program {
  const start = { line: 1, column: 0, offset: 0 };
  return { kind: 'program', loc: { start, end: start }, children: [], errors: [], comments: [] };
}
