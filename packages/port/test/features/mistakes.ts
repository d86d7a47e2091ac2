import {
  E_USER_WARNING,
  bitAnd,
  caught,
  echo,
  error_reporting,
  get_class,
  set_error_handler,
  silence,
  strlen,
  tooFewArguments,
  trigger_error,
  trim,
  var_dump,
} from 'swoole-ts-php';

// What PHP refuses only when it runs: too few arguments, and arrays where a text is expected. What `@` does to a handler.
class Box {}

function outcome(call: (...args: any[]) => any): void {
  try {
    var_dump(call());
  } catch (error) {
    const e = caught(error);
    echo(get_class(e), ': ');
    echo(e.getMessage(), '\n');
  }
}

outcome(() => strlen([]));
outcome(() => trim(new Box()));
outcome(() => tooFewArguments('strlen', 1, true));
outcome(() => tooFewArguments('strpos', 2, false, 'a'));
outcome(() => tooFewArguments('str_repeat', 2, true, 'a'));

set_error_handler((level, message) => {
  echo(bitAnd(error_reporting(), level) ? 'told' : 'silenced', `: ${message}\n`);
  return true;
});
trigger_error('one', E_USER_WARNING);
silence(() => trigger_error('two', E_USER_WARNING));
