// Namespaces, imports with aliases, fully qualified names, functions and constants of a namespace.
import { echo, get_class, strlen } from 'swoole-ts-php';

export const LIMIT = 3;

function describe(user: User): string {
  return `${user.name} of ${'App\\Model'}`;
}

class User {
  static readonly phpName: string = 'App\\Model\\User';
  constructor(public name: string) {}
}

const user = new User('Ann');
echo(describe(user), '\n');
echo(get_class(user), ' ', 'App\\Model\\User', ' ', LIMIT, '\n');
echo(strlen('four'), ' ', describe(new User('Bob')), '\n');
