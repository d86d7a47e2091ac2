// What PHP lets a class have or inherit, and TypeScript does not: constructors in interfaces, names in another letter case, abstract
// static methods, private constructors above, one name for a property and a method.
import * as php from 'swoole-ts-php';
import { caught, className, echo, implode, strlen, strtoupper, values } from 'swoole-ts-php';

interface Handler {
  open(who: string, data?: any[], more?: string | null): any;
}

abstract class Event implements Handler {
  static kind(prefix: string): string {
    throw new php.Error('Cannot call abstract method Event::kind()');
  }

  abstract close(who: string, code?: number): string;

  handle(who: string): string {
    return `${this.open(who)}, ${this.close(who)}`;
  }

  abstract open(who: string, data?: any[], more?: string | null): any;
}

class HttpEvent extends Event {
  private name!: string;
  static last: string | null;
  protected static count = 0;

  constructor(name: string) {
    super();
    this.name = name;
    HttpEvent.count++;
  }

  static kind(prefix: string): string {
    return `${prefix}http`;
  }

  override open(who: string, data: any[] = [], more = 'none') {
    HttpEvent.last = who;
    return `${this.name} opens for ${who} with ${data.length} and ${more}`;
  }

  override close(who: string, code = 1000): string {
    return `closes for ${who} with ${code}`;
  }
}

class LoudEvent extends HttpEvent {
  override open(who: string, data: any[] = [], more = 'none') {
    return strtoupper(super.open(who, data, more));
  }
}

for (const event of [new HttpEvent('http'), new LoudEvent('loud')]) {
  echo(event.handle('Ann'), '\n');
}
echo(HttpEvent.last, HttpEvent.kind('a '), LoudEvent.kind('b '), '\n');
try {
  echo(Event.kind('no '));
} catch (thrown) {
  if (!(thrown instanceof php.Error)) throw thrown;
  const error = caught(thrown);
  echo(error.getMessage(), '\n');
}

/** An interface that a class fulfils by what it inherits. */
interface Runs {
  run(): string;
}

class Runner {
  run(): string {
    return 'runs';
  }
}

class FastRunner extends Runner implements Runs {}

echo(new FastRunner().run(), '\n');

/** One instance, of a class whose constructor is private, and which is extended all the same. */
class Single {
  private static instance: Single | null = null;
  protected label = 'single';

  protected constructor() {}

  static get() {
    if (Single.instance === null) {
      Single.instance = new (this as any)();
    }
    return Single.instance;
  }

  getLabel() {
    return this.label;
  }
}

class Game extends Single {
  protected override label = 'game';
}

echo(Game.get()!.getLabel(), '\n');
class Record {
  db: any;
  static readonly LIMIT = 10;
  private static LIMIT_ = 20;

  constructor(db: string) {
    this.db = db;
  }

  getDb() {
    return this.db;
  }

  static limits(): string {
    return `${Record.LIMIT} ${Record.LIMIT_}`;
  }
}

echo(new Record('the database').getDb(), ' ', Record.limits(), '\n');

/** A method that is protected where it is declared, called on another object of the family. */
abstract class Server {
  protected start(): string {
    return `${className(this)} started`;
  }

  protected other(): Server | Start {
    return new Start();
  }
}

class Start extends Server {
  go(): string {
    return strlen((this.other() as any).start()) > 8 ? this.start() : 'no';
  }
}

echo(new Start().go(), '\n');

/** The constructor of a parent is called with all that there is. */
class Base {
  all!: any;

  constructor(...args: any[]) {
    this.all = args;
  }
}

class Derived extends Base {
  constructor(
    private first: string,
    second = 'two',
  ) {
    const args: any[] = [...arguments];
    super(...values(args));
    echo(this.first, second, args.length, '\n');
  }
}

echo(implode(',', new Derived('one').all), '\n');

/** A comment may tell less than the default value. */
class Settings {
  set(config: any[] = []): number {
    return config.length;
  }

  save(insert: string | false = false): string {
    return insert === false ? 'nothing' : insert;
  }
}

echo(new Settings().set(), new Settings().save(), '\n');

/** An abstract constructor, and a magic method in another letter case. */
abstract class Named {
  __toString(): string {
    return 'nobody';
  }
}

class Person extends Named {
  constructor(private name: string) {
    super();
  }

  override __toString(): string {
    return this.name;
  }
}

echo(new Person('Bob'), '\n');

// Constants that a class below gives other values of other types.
class Plain {
  static readonly TAG: string = 'plain';
  static readonly LIMIT: number | null = 1;

  tag(): string {
    return `${(this.constructor as any).TAG}${Plain.TAG}`;
  }
}

class Special extends Plain {
  static readonly TAG: string = 'special';
  static readonly LIMIT: number | null = null;
}

echo(new Special().tag(), ' ', Plain.LIMIT, ' ', Special.LIMIT ?? 'no limit', '\n');
