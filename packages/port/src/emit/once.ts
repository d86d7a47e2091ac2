import type { FunctionInfo } from '../analyse/program-model.js';
import { contains } from '../analyse/variables.js';
import type * as ast from '../parse/ast.js';
import { childrenOf } from '../parse/walk.js';
import { assignStatement } from './assign-statements.js';
import { increment, referenceAssignment } from './assignments.js';
import { defined, isDefine } from './defines.js';
import { condition, expression } from './expressions.js';
import type { FileEmitter } from './file-emitter.js';
import { settleBefore } from './settling.js';
import { includeStatement, logicStatement } from './statements.js';
import { echoArguments } from './strings.js';

export function expressionStatement(to: FileEmitter, node: ast.ExpressionStatement): string {
  const { expression: inner } = node;
  switch (inner.kind) {
    case 'assign':
      return assignStatement(to, node, inner);
    case 'assignref':
      return `${referenceAssignment(to, inner)};`;
    case 'pre':
    case 'post':
      return `${increment(to, inner, true)};`;
    case 'include':
      return includeStatement(to, inner);
    case 'call':
      if (isDefine(inner)) return defined(to, inner);
      break;
    case 'throw':
      return `throw ${expression(to, inner.what)};`;
    case 'match': {
      const text = expression(to, inner);
      return `${text};`;
    }
    case 'print':
      return `${to.php('echo')}(${echoArguments(to, inner.expression).join(', ')});`;
    case 'bin':
      if (['and', 'or', '&&', '||'].includes(inner.type)) return logicStatement(to, inner);
      break;
    case 'retif':
      if (inner.trueExpr) {
        if (inner.trueExpr.kind === 'string' || inner.trueExpr.kind === 'nullkeyword')
          return `if (!(${condition(to, inner.test)})) {\n${expression(to, inner.falseExpr)};\n}`;
        return `if (${condition(to, inner.test)}) {\n${expression(to, inner.trueExpr)};\n} else {\n${expression(to, inner.falseExpr)};\n}`;
      }
      break;
    default:
  }
  const isPrinted = inner.kind === 'call' && isOutside(inner);
  if (isPrinted) settleBefore(to, inner);
  const text = isLast(to, node)
    ? expression(to, inner).replace(/^\(await (.*)\)$/s, '$1')
    : expression(to, inner);
  if (text === 'undefined' || text === 'true') return '';
  return isPrinted ? once(to, node, `${text};`) : `${text};`;
}

/** Whether a function of PHP is called that prints, or changes what is outside of the program. */
const isOutside = ({ what }: ast.Call): boolean =>
  what.kind === 'name' &&
  (OUTPUT.has(what.name.replace(/^\\/, '').toLowerCase()) || CHANGES_FILES.test(what.name));

/** Methods that call back the program before they return. */
const CALLS_BACK =
  /::(?:close|disconnect|end|shutdown|stop|reload|start|redirect|sendfile|resume|create|on|set|write)$|\\Coroutine\\(?:go|run)$/;

/** Whether an expression may print something itself: PHP has printed what is before it in an echo by then. */
export function mayPrint(to: FileEmitter, node: ast.Expression): boolean {
  return contains(node, (child) => {
    if (to.standIns.has(child)) return false;
    if (child.kind !== 'call') return child.kind === 'print';
    const target = to.on.targets.get(child);
    if (target?.kind === 'user') return target.functions.some((each) => prints(to, each));
    if (target?.kind === 'api') return to.on.handlesErrors || CALLS_BACK.test(target.name);
    return to.on.typeOf(child.what).functions.some((each) => prints(to, each));
  });
}

/** Whether a function of the program, or one that it calls, prints. */
function prints(to: FileEmitter, info: FunctionInfo, seen = new Set<FunctionInfo>()): boolean {
  if (!info.node?.body || seen.has(info)) return false;
  seen.add(info);
  return contains(info.node.body, (child) => {
    if (child.kind === 'echo' || child.kind === 'print') return true;
    if (child.kind !== 'call') return false;
    if (child.what.kind === 'name' && OUTPUT.has(child.what.name)) return true;
    const target = to.on.targets.get(child);
    if (target?.kind === 'api') return CALLS_BACK.test(target.name);
    return target?.kind === 'user' && target.functions.some((each) => prints(to, each, seen));
  });
}

const OUTPUT = new Set(['printf', 'print_r', 'var_dump', 'vprintf', 'fwrite', 'fputs']);

/** Functions that change what is outside of the program. */
const CHANGES_FILES =
  /^\\?(?:file_put_contents|unlink|rename|copy|touch|rmdir|symlink|link|exec|shell_exec|system|passthru|mail)$/i;

/** Whether something is made in a statement that the other threads need as well. */
const makesSomething = (to: FileEmitter, node: ast.Node): boolean =>
  !to.standIns.has(node) &&
  (/^(?:new|assign|closure)$/.test(node.kind) || childrenOf(node).some((child) => makesSomething(to, child)));

/** What the text of a file prints is printed by the first thread alone: the others run the file again. */
export function once(to: FileEmitter, node: ast.Node, text: string): string {
  if (!to.inModule || !to.on.hasThreads) return text;
  if (makesSomething(to, node)) return text;
  return `if (${to.swoole('isMaster')}) ${text}`;
}

/** Whether nothing of the program follows, so that nothing has to be waited for. */
function isLast(to: FileEmitter, node: ast.Statement): boolean {
  if (!to.inModule || !to.on.awaited.has(node.kind === 'expressionstatement' ? node.expression : node))
    return false;
  const statements = to.file.parsed.program.children.flatMap((child) =>
    child.kind === 'namespace' ? child.children : [child],
  );
  const last = statements
    .filter(
      (child) => !['function', 'class', 'interface', 'trait', 'enum', 'noop', 'inline'].includes(child.kind),
    )
    .pop();
  return last === node;
}
