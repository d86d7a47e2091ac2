import { concat, echo, get_class, increment, var_dump } from 'swoole-ts-php';

// Names that objects of JavaScript have already, and static variables without a value.
class Site {
  constructor_(x: number): string {
    return `constructor ${x}`;
  }

  toString(): string {
    return 'site';
  }

  valueOf(): number {
    return 7;
  }

  hasOwnProperty(name: string): boolean {
    return name === 'a';
  }
}

class constructor {
  a = 1;
}

function anything(x: Site): string {
  return `${x.toString()}${x.valueOf()}${x.constructor_(2)}`;
}

function toString(): string {
  return 'function';
}

let counted_a: number | null = null;
function counted(): number {
  if (counted_a === null) {
    counted_a = 0;
  }
  counted_a = increment(counted_a) as any;
  return counted_a as any;
}

let several_b: number = 1;
let several_c: string | null = null;
function several(): string {
  several_c = concat(several_c, 'x');
  return `${several_c ?? ''}${several_b++}`;
}

echo(anything(new Site()), ' ', toString(), ' ', get_class(new constructor()), '\n');
var_dump(new Site().hasOwnProperty('a'), new Site().hasOwnProperty('b'));
counted();
echo(counted(), several(), several(), '\n');
