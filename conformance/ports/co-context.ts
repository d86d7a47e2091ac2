// Coroutine::getContext(): every coroutine has its own; another coroutine's by its id; gone with the
// coroutine. A static class that keeps "the current user" in it, as frameworks do, and a request id passed on to children by hand.
import { Coroutine } from 'swoole-ts';
import { className, jsonEncode, printf } from '../lib/php.ts';

const { go, run } = Coroutine;

class Current {
  private constructor() {}

  static set(name: string, value: unknown): void {
    Coroutine.getContext()![name] = value;
  }

  static get(name: string, fallback: unknown = null): unknown {
    let id = Coroutine.getCid();
    while (id > 0) {
      const context = Coroutine.getContext(id);
      if (context !== null && context[name] !== undefined) {
        return context[name];
      }
      id = Number(Coroutine.getPcid(id));
    }
    return fallback;
  }
}

printf('outside: %s\n', jsonEncode(Coroutine.getContext()));
await run(async () => {
  const context = Coroutine.getContext()!;
  printf(
    'class %s, empty %s, the same each time %s\n',
    className(context),
    jsonEncode(context.count() === 0),
    jsonEncode(Coroutine.getContext() === context),
  );
  context.a = 1;
  context.list = { 0: 'first', x: 2 };
  context.b = 'a property';
  printf(
    'a %d, isset %s %s, count %d\n',
    context.a,
    jsonEncode('a' in context),
    jsonEncode('z' in context),
    context.count(),
  );
  printf('a property is not an element: %s %s\n', jsonEncode('b' in context), context.b);
  delete context.a;
  for (const [key, value] of context) {
    printf('  %s => %s\n', key, jsonEncode(value));
  }

  for (const [user, ms] of Object.entries({ ann: 20, bob: 10 })) {
    go(async () => {
      Current.set('user', user);
      await Coroutine.sleep(ms / 1000);
      printf('%s is still %s\n', user, Current.get('user'));
    });
  }
  printf('not in the parent: %s\n', jsonEncode(Current.get('user')));

  Current.set('request', 'R-1');
  go(() => {
    go(() => {
      printf('found in the grandparent: %s\n', Current.get('request'));
    });
    Current.set('request', 'R-2');
    go(() => printf('found in the parent: %s\n', Current.get('request')));
  });
  printf('mine: %s, default %s\n', Current.get('request'), Current.get('nothing', 'none'));

  const id = Number(
    go(async () => {
      Coroutine.getContext()!.secret = 'open';
      await Coroutine.sleep(0.04);
    }),
  );
  printf('by id: %s\n', Coroutine.getContext(id)?.secret);
  await Coroutine.sleep(0.06);
  printf(
    'after its end: %s, of an unknown one: %s\n',
    jsonEncode(Coroutine.getContext(id)),
    jsonEncode(Coroutine.getContext(9999)),
  );
});
