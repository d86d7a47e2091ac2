// Exceptions in callbacks: caught ones, exit() (which throws Swoole.ExitException), warnings turned into exceptions,
// and at last an uncaught one, which ends a server of one worker.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { echo, getenvInt, jsonEncode, sprintf, strval, varExport } from '../lib/php.ts';

/** PHP's exceptions have a code; JavaScript's own errors stand for those of PHP that have the code 0. */
class PhpException extends Error {
  constructor(
    message: string,
    readonly code = 0,
    previous?: Error,
  ) {
    super(message, { cause: previous });
    this.name = new.target.name;
  }
}
class BadCommand extends PhpException {}
class DivisionByZeroError extends PhpException {}
class DomainException extends PhpException {}
class ErrorException extends PhpException {}
class JsonException extends PhpException {}
class LogicException extends PhpException {}
class RuntimeException extends PhpException {}

const JSON_ERROR_SYNTAX = 4;

Swoole.setWarningHandler((_level, message) => {
  throw new ErrorException(message, 11);
});

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: SWOOLE_LOG_NONE });

function jsonDecode(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonException('Syntax error', JSON_ERROR_SYNTAX);
  }
}

function intdiv(a: number, b: number): number {
  if (b === 0) throw new DivisionByZeroError('Division by zero');
  return Math.trunc(a / b);
}

function perform(server: Swoole.WebSocket.Server, frame: Swoole.WebSocket.Frame): string {
  switch (frame.data) {
    case 'fine':
      return 'fine';
    case 'exit':
      return Swoole.exit(3);
    case 'exit text':
      return Swoole.exit('leaving');
    case 'warning':
      return strval(server.push(12345, 'x'));
    case 'json':
      return jsonEncode(jsonDecode('{oops'));
    case 'type':
      return (undefined as unknown as string).trim();
    case 'divide':
      return strval(intdiv(1, 0));
    case 'nested':
      try {
        throw new RuntimeException('inner', 1);
      } catch (e) {
        throw new LogicException('outer', 2, e as RuntimeException);
      } finally {
        echo('  finally\n');
      }
    default:
      throw new BadCommand(`no command '${frame.data}'`, 404);
  }
}

server.on('message', (server, frame) => {
  echo(`message ${frame.data}\n`);
  if (frame.data === 'uncaught') {
    throw new DomainException('nobody catches this');
  }
  let answer: string;
  try {
    answer = perform(server, frame);
  } catch (e) {
    if (e instanceof BadCommand) {
      answer = `bad command: ${e.message} ${e.code}`;
    } else if (e instanceof Swoole.ExitException) {
      answer = sprintf(
        'exit: %s, status %s, flags %s',
        e.message,
        varExport(e.getStatus()),
        Number.isInteger(e.getFlags()) ? 'int' : '?',
      );
    } else {
      const error = e as PhpException;
      const previous = error.cause instanceof Error ? ` after ${error.cause.message}` : '';
      answer = `${error.name} ${error.code ?? 0}${previous}`;
      if (e instanceof ErrorException) {
        answer += `: ${e.message}`;
      }
    }
  }
  server.push(frame.fd, answer);
});
server.on('close', (_server, fd) => {
  echo(`close ${fd}\n`);
});
server.on('workerStop', () => {
  echo('workerStop\n');
});
server.on('shutdown', () => {
  echo('shutdown\n');
});
await server.start();
echo('not reached\n');
