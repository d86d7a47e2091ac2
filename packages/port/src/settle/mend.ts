import ts from 'typescript';
import type { Edit } from './edits.js';

/** How a type error is mended without changing what the program does; null for what cannot be. */
export function mend(diagnostic: ts.Diagnostic, source: ts.SourceFile, checker: ts.TypeChecker): Edit | null {
  const { start, length, code } = diagnostic;
  if (start === undefined) return null;
  const node = nodeAt(source, start, start + (length ?? 0));
  if (!node) return null;
  switch (code) {
    case 2531: // Object is possibly 'null'.
    case 2532: // Object is possibly 'undefined'.
    case 2533:
    case 18047: // 'x' is possibly 'null'.
    case 18048:
    case 18049:
      return isExpression(node) ? assertion(node) : null;
    case 2339: // Property does not exist on type.
    case 2551:
    case 2576:
    case 2341: // Property is private: PHP found another way, as __get() and __call().
    case 2445: // Property is protected.
    case 2446:
      return baseAsAny(node, checker);
    case 2356: // An arithmetic operand must be a number (++ and --).
    case 2571: // Object is of type 'unknown'.
    case 18046: // 'x' is of type 'unknown'.
    case 2349: // This expression is not callable.
    case 2351: // This expression is not constructable.
    case 2554: // Expected n arguments, but got m.
    case 2555:
    case 2556: // A spread argument must have a tuple type.
    case 2721: // Cannot invoke an object which is possibly 'null'.
    case 2722:
    case 2723:
    case 2488: // must have a '[Symbol.iterator]()'
    case 2461: // Type is not an array type.
    case 2548:
    case 2549:
    case 2802:
    case 7053: // Element implicitly has an 'any' type.
    case 7015:
    case 7052:
    case 2538: // Type cannot be used as an index type.
      return code === 7053 || code === 7052 || code === 7015 ? elementBase(node) : asAny(callee(node, code));
    case 2345: // Argument is not assignable to parameter.
    case 2322: // Type is not assignable to type.
    case 2769: // No overload matches this call.
    case 2365: // Operator cannot be applied.
    case 2362:
    case 2363:
    case 2367: // This comparison appears to be unintentional.
    case 2678: // Type is not comparable to type (case).
    case 2352: // Conversion may be a mistake.
    case 2559:
    case 2740:
    case 2739:
    case 2741:
    case 2561: // Object literal may only specify known properties, did you mean…
    case 2353: // Object literal may only specify known properties.
    case 2358: // The left-hand side of 'instanceof'.
    case 2872:
    case 2873:
    case 2869:
    case 2871:
    case 2881:
      return valueAsAny(node, code, source);
    case 7006: // Parameter implicitly has an 'any' type.
    case 7019:
    case 7031:
      return annotation(node, code);
    case 7005: // Variable implicitly has an 'any' type.
    case 7034:
    case 7022:
      return declarationAsAny(node, checker);
    case 7023: // implicitly has return type 'any'.
    case 7024:
      return returnAsAny(node);
    case 2454: // Variable is used before being assigned.
      return definite(node, checker);
    case 2564: // Property has no initializer.
      return ts.isIdentifier(node) ? at(node.getEnd(), '!') : null;
    default:
      return null;
  }
}

const at = (place: number, text: string): Edit => ({ start: place, end: place, before: text, after: '' });

/** The outermost node of exactly this range. */
function nodeAt(source: ts.SourceFile, start: number, end: number): ts.Node | null {
  let found: ts.Node | null = null;
  const visit = (node: ts.Node): void => {
    if (node.getStart(source) > start || node.getEnd() < end) return;
    if (node.getStart(source) === start && node.getEnd() === end && !found) found = node;
    if (!found) ts.forEachChild(node, visit);
  };
  visit(source);
  if (found) return found;
  let smallest: ts.Node | null = null;
  const narrow = (node: ts.Node): void => {
    if (node.getStart(source) > start || node.getEnd() < end) return;
    smallest = node;
    ts.forEachChild(node, narrow);
  };
  narrow(source);
  return smallest;
}

const isExpression = (node: ts.Node): node is ts.Expression => ts.isExpression(node);

function assertion(node: ts.Expression): Edit {
  const needs = ts.isAwaitExpression(node) || ts.isBinaryExpression(node) || ts.isConditionalExpression(node);
  return { start: node.getStart(), end: node.getEnd(), before: needs ? '(' : '', after: needs ? ')!' : '!' };
}

function asAny(node: ts.Node | null): Edit | null {
  if (!node || !isExpression(node) || isAny(node)) return null;
  const { parent } = node;
  // What is after the dot is no value of its own, and what is assigned to cannot be cast.
  if (parent && ts.isPropertyAccessExpression(parent) && parent.name === node) return asAny(parent);
  if (isTarget(node)) return asAny((parent as ts.BinaryExpression).right);
  const isFunction = ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isAwaitExpression(node);
  return {
    start: node.getStart(),
    end: node.getEnd(),
    before: isFunction ? '((' : '(',
    after: isFunction ? ') as any)' : ' as any)',
  };
}

/** Whether it is the pattern that takes a value apart. */
const isTarget = (node: ts.Expression): boolean =>
  (ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node)) &&
  ts.isBinaryExpression(node.parent) &&
  node.parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
  node.parent.left === node;

const isAny = (node: ts.Node): boolean =>
  (ts.isAsExpression(node) && node.type.kind === ts.SyntaxKind.AnyKeyword) ||
  (ts.isParenthesizedExpression(node) && isAny(node.expression));

/** The object whose property is not known. */
function baseAsAny(node: ts.Node, checker: ts.TypeChecker): Edit | null {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    if (parent.expression.kind === ts.SyntaxKind.SuperKeyword) return null;
    return asAny(parent.expression);
  }
  if (ts.isBindingElement(parent) || ts.isBindingElement(node)) {
    const declaration = bindingRoot(ts.isBindingElement(node) ? node : (parent as ts.BindingElement));
    if (declaration?.initializer) return asAny(declaration.initializer);
    const loop = declaration?.parent.parent;
    return loop && ts.isForOfStatement(loop) ? asAny(loop.expression) : null;
  }
  if (ts.isPropertyAccessExpression(node)) return asAny(node.expression);
  if (ts.isShorthandPropertyAssignment(parent) || ts.isPropertyAssignment(parent))
    return assignedPattern(parent);
  void checker;
  return null;
}

function assignedPattern(node: ts.Node): Edit | null {
  for (let up: ts.Node = node; up; up = up.parent) {
    if (ts.isBinaryExpression(up) && up.operatorToken.kind === ts.SyntaxKind.EqualsToken)
      return asAny(up.right);
    if (ts.isStatement(up)) return null;
  }
  return null;
}

function bindingRoot(node: ts.BindingElement): ts.VariableDeclaration | ts.ParameterDeclaration | null {
  let up: ts.Node = node;
  while (ts.isBindingElement(up) || ts.isObjectBindingPattern(up) || ts.isArrayBindingPattern(up))
    up = up.parent;
  return ts.isVariableDeclaration(up) ? up : null;
}

/** What a call calls, where the call itself is reported. */
function callee(node: ts.Node, code: number): ts.Node | null {
  if (code === 2554 || code === 2555 || code === 2556) {
    for (let up: ts.Node = node; up; up = up.parent) {
      if (ts.isCallExpression(up))
        return up.expression.kind === ts.SyntaxKind.SuperKeyword ? null : up.expression;
      if (ts.isNewExpression(up)) return up.expression;
      if (ts.isStatement(up)) return null;
    }
    return null;
  }
  if (ts.isArrayBindingPattern(node) || ts.isObjectBindingPattern(node)) {
    const { parent } = node;
    if (ts.isVariableDeclaration(parent)) {
      if (parent.initializer) return parent.initializer;
      const list = parent.parent.parent;
      if (ts.isForOfStatement(list)) return list.expression;
    }
    return null;
  }
  return node;
}

/** `a` of `a[b]`. */
function elementBase(node: ts.Node): Edit | null {
  const access = ts.isElementAccessExpression(node)
    ? node
    : ts.isElementAccessExpression(node.parent)
      ? node.parent
      : null;
  return access ? asAny(access.expression) : null;
}

/** The value that has the wrong type. */
function valueAsAny(node: ts.Node, code: number, source: ts.SourceFile): Edit | null {
  const { parent } = node;
  if (code === 2769) return overloaded(node);
  if (code === 2353 || code === 2561) {
    for (let up: ts.Node = node; up; up = up.parent) if (ts.isObjectLiteralExpression(up)) return asAny(up);
    return null;
  }
  if (ts.isBinaryExpression(node) && code !== 2322 && code !== 2345) return asAny(node.left);
  // A parameter is reported as a whole, and so is a property by its short form.
  for (const declared of [node, parent])
    if (isInitialized(declared) && (declared === node || declared.name === node))
      return declared.initializer ? asAny(declared.initializer) : null;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return asAny(parent.initializer);
  if (ts.isShorthandPropertyAssignment(node) || ts.isShorthandPropertyAssignment(parent)) {
    return {
      start: node.getStart(source),
      end: node.getEnd(),
      before: '',
      after: `: ${node.getText(source)} as any`,
    };
  }
  if (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  ) {
    return asAny(parent.right);
  }
  if (ts.isReturnStatement(node)) return node.expression ? asAny(node.expression) : null;
  if (ts.isSpreadElement(node)) return asAny(node.expression);
  if (ts.isReturnStatement(parent)) return asAny(node);
  if (!isExpression(node)) return null;
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return asAny(node);
  return asAny(node);
}

const isInitialized = (
  node: ts.Node,
): node is ts.VariableDeclaration | ts.PropertyDeclaration | ts.ParameterDeclaration =>
  ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isParameter(node);

/** The call that no overload fits: what it calls. */
function overloaded(node: ts.Node): Edit | null {
  for (let up: ts.Node = node; up; up = up.parent) {
    if (ts.isCallExpression(up) || ts.isNewExpression(up)) {
      const inside = up.arguments?.find(
        (item) => item.getStart() <= node.getStart() && item.getEnd() >= node.getEnd(),
      );
      if (inside && inside === node) return asAny(inside);
      return up.expression.kind === ts.SyntaxKind.SuperKeyword ? null : asAny(up.expression);
    }
    if (ts.isStatement(up)) return null;
  }
  return null;
}

/** A parameter without a type. */
function annotation(node: ts.Node, code: number): Edit | null {
  const parameter = ts.isParameter(node) ? node : ts.isParameter(node.parent) ? node.parent : null;
  if (!parameter || parameter.type) return null;
  const arrow = parameter.parent;
  const text = code === 7019 || parameter.dotDotDotToken ? ': any[]' : ': any';
  const { name } = parameter;
  if (
    ts.isArrowFunction(arrow) &&
    arrow.parameters.length === 1 &&
    arrow.getText().startsWith(name.getText())
  ) {
    return { start: name.getStart(), end: name.getEnd(), before: '(', after: `${text})` };
  }
  return at(parameter.questionToken ? parameter.questionToken.getEnd() : name.getEnd(), text);
}

/** A function whose return type goes round in a circle. */
function returnAsAny(node: ts.Node): Edit | null {
  const { parent } = node;
  const made =
    ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) ? parent.initializer : parent;
  let found: ts.Node | undefined = made;
  while (found && ts.isParenthesizedExpression(found)) found = found.expression;
  if (found && ts.isArrowFunction(found) && !found.type) {
    const arrow = found.equalsGreaterThanToken;
    return at(arrow.getStart(), ': any ');
  }
  if (
    found &&
    (ts.isFunctionDeclaration(found) || ts.isMethodDeclaration(found)) &&
    !found.type &&
    found.body
  ) {
    return at(found.body.getStart(), ': any ');
  }
  return null;
}

function declarationAsAny(node: ts.Node, checker: ts.TypeChecker): Edit | null {
  const declaration = declarationOf(node, checker);
  if (!declaration || declaration.type || !ts.isIdentifier(declaration.name)) return null;
  const list =
    declaration.initializer && ts.isArrayLiteralExpression(declaration.initializer) ? ': any[]' : ': any';
  return at(declaration.name.getEnd(), list);
}

function definite(node: ts.Node, checker: ts.TypeChecker): Edit | null {
  const declaration = declarationOf(node, checker);
  if (!declaration || declaration.exclamationToken || declaration.initializer || !declaration.type)
    return null;
  return at(declaration.name.getEnd(), '!');
}

function declarationOf(node: ts.Node, checker: ts.TypeChecker): ts.VariableDeclaration | null {
  if (ts.isVariableDeclaration(node)) return node;
  if (ts.isVariableDeclaration(node.parent) && node.parent.name === node) return node.parent;
  const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
  return declaration && ts.isVariableDeclaration(declaration) ? declaration : null;
}
