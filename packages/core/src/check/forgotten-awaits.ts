import ts from 'typescript';

/** A promise that nobody waits for. */
export interface ForgottenAwait {
  readonly file: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const IGNORED = 'the promise is not awaited; write `await`, or `void` where that is meant';
const COMPARED = 'a promise is compared, not what it gives: an `await` is missing';
const ALWAYS_TRUE = 'a promise is always true: an `await` is missing';
const IN_TEXT = 'a promise becomes "[object Promise]": an `await` is missing';

/** What begins to serve may be left alone: its promise is over when the server is. */
const SERVES = 'start';

const COMPARISONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
]);
const LOGICAL: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
]);

const SHORT_CIRCUIT: ReadonlySet<ts.SyntaxKind> = new Set([
  ...LOGICAL,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.CommaToken,
]);

/** Finds the places of a program where a promise is used as if it were what it gives, or not at all. */
export function forgottenAwaits(program: ts.Program): ForgottenAwait[] {
  const checker = program.getTypeChecker();
  const found: ForgottenAwait[] = [];
  for (const file of program.getSourceFiles()) {
    if (file.isDeclarationFile || program.isSourceFileFromExternalLibrary(file)) continue;
    const report = (node: ts.Node, message: string): void => {
      const { line, character } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push({ file: file.fileName, line: line + 1, column: character + 1, message });
    };
    const visit = (node: ts.Node): void => {
      for (const [expression, message] of uses(node)) {
        if (isPromise(checker, expression) && !(message === IGNORED && mayBeLeft(expression)))
          report(expression, message);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

/** The expressions in a node that must not be promises, and what it is when one is. */
function uses(node: ts.Node): [expression: ts.Expression, message: string][] {
  if (ts.isExpressionStatement(node))
    return results(node.expression).map((expression) => [expression, IGNORED]);
  if (ts.isIfStatement(node) || ts.isWhileStatement(node) || ts.isDoStatement(node))
    return [[node.expression, ALWAYS_TRUE]];
  if (ts.isForStatement(node)) {
    const { condition, initializer, incrementor } = node;
    const result: [ts.Expression, string][] = [];
    if (condition !== undefined) result.push([condition, ALWAYS_TRUE]);
    if (incrementor !== undefined) result.push([incrementor, IGNORED]);
    if (initializer !== undefined && !ts.isVariableDeclarationList(initializer))
      result.push([initializer, IGNORED]);
    return result;
  }
  if (ts.isConditionalExpression(node)) return [[node.condition, ALWAYS_TRUE]];
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return [[node.operand, ALWAYS_TRUE]];
  if (ts.isTemplateSpan(node)) return [[node.expression, IN_TEXT]];
  if (!ts.isBinaryExpression(node)) return [];
  const { left, right, operatorToken } = node;
  if (LOGICAL.has(operatorToken.kind)) return [[left, ALWAYS_TRUE]];
  const both = (message: string): [ts.Expression, string][] => [
    [left, message],
    [right, message],
  ];
  if (operatorToken.kind === ts.SyntaxKind.PlusToken) return both(IN_TEXT);
  return COMPARISONS.has(operatorToken.kind) ? both(COMPARED) : [];
}

/** The expressions of which one gives the value of another. */
function results(expression: ts.Expression): ts.Expression[] {
  if (ts.isParenthesizedExpression(expression)) return results(expression.expression);
  if (ts.isConditionalExpression(expression))
    return [...results(expression.whenTrue), ...results(expression.whenFalse)];
  if (ts.isBinaryExpression(expression) && SHORT_CIRCUIT.has(expression.operatorToken.kind))
    return results(expression.right);
  return [expression];
}

/** Whether every value of an expression is a promise: one that may be null as well is rightly asked for. */
function isPromise(checker: ts.TypeChecker, expression: ts.Expression): boolean {
  const type = checker.getTypeAtLocation(expression);
  const parts = type.isUnion() ? type.types : [type];
  return parts.every(
    (part) =>
      (part.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never)) === 0 &&
      part.getProperty('then') !== undefined,
  );
}

function mayBeLeft(expression: ts.Expression): boolean {
  if (!ts.isCallExpression(expression)) return ts.isBinaryExpression(expression);
  const called = expression.expression;
  if (!ts.isPropertyAccessExpression(called)) return false;
  const { text } = called.name;
  // Somebody looks at how it ends.
  if (text === 'catch' || (text === 'then' && expression.arguments.length > 1)) return true;
  return text === SERVES;
}
