import * as php from 'swoole-ts-php';
import {
  DomainException,
  Exception,
  InvalidArgumentException,
  LogicException,
  RuntimeException,
  Throwable,
  caught,
  echo,
  get_class,
  intdiv,
  toStr,
} from 'swoole-ts-php';

// try, several catch clauses, finally, exceptions of one's own, previous ones, rethrowing, throw as an expression.
class AppException extends RuntimeException {
  constructor(
    message: string,
    private detail = '',
    previous: Throwable | AppException | InvalidArgumentException | DomainException | null = null,
  ) {
    super(message, 42, previous);
  }

  getDetail(): string {
    return this.detail;
  }
}

function risky(n: number): string {
  try {
    if (n === 1) {
      throw new AppException('one', 'first');
    }
    if (n === 2) {
      throw new InvalidArgumentException('two');
    }
    if (n === 3) {
      return intdiv(1, 0) as any;
    }
    return 'fine';
  } catch (e) {
    if (e instanceof AppException) {
      return `${e.getMessage()} ${e.getDetail()} ${toStr(e.getCode())}`;
    } else if (e instanceof InvalidArgumentException || e instanceof DomainException) {
      throw new AppException('wrapped', 'second', e);
    } else {
      throw e;
    }
  } finally {
    echo('(finally)');
  }
}

for (const n of [0, 1, 2, 3]) {
  try {
    echo(risky(n), '\n');
  } catch (error) {
    if (error instanceof Exception) {
      echo(
        get_class(error),
        ': ',
        error.getMessage(),
        ' after ',
        (error.getPrevious() as any).getMessage(),
        '\n',
      );
    } else if (error instanceof php.Error) {
      const e = caught(error);
      echo(get_class(e), ': ', e.getMessage(), '\n');
    } else {
      throw error;
    }
  }
}
const value = null;
try {
  const name =
    value ??
    ((): never => {
      throw new LogicException('no value');
    })();
} catch (error) {
  if (!(error instanceof LogicException)) throw error;
  echo('caught without a variable\n');
}
