// What PHP does only while it runs: constants defined in functions and on conditions, a constructor that does something before the one above.
import { echo, implode, json_encode, strtoupper, toStr } from 'swoole-ts-php';

export let MODE: any;
export let DEPTH: any;
export let BASE: any;
export const ROOT = '/srv';
export const NAME = 'late';
echo('named\n');

class Base {
  log: string[] = [];
  protected name: string | null = null;

  __construct(name: string | null): this {
    this.name = name;
    this.log.push(`base ${name ?? ''}`);
    return this;
  }
}

class Before extends Base {
  private own = 'own';

  override __construct(name: any): this {
    this.log.push(`before ${name}`);
    super.__construct(strtoupper(name) as any);
    this.log.push(`after ${this.name ?? ''} ${this.own}`);
    return this;
  }
}

class Sometimes extends Base {
  override __construct(name: any = null): this {
    if (name !== null) {
      super.__construct(name);
    }
    return this;
  }
}

class App {
  static boot(mode: string) {
    echo(MODE !== undefined ? MODE : 'no mode', '\n');
    if (!(MODE !== undefined)) {
      MODE = mode;
    }
    if (!(DEPTH !== undefined)) {
      DEPTH = 3;
    }
    if (!(BASE !== undefined)) {
      BASE = `${toStr(ROOT)}/${mode}`;
    }
  }
}

App.boot('web');
App.boot('cli');
echo(ROOT, ' ', NAME, ' ', MODE, ' ', DEPTH, ' ', BASE, '\n');
echo(implode(', ', new Before().__construct('ada').log), '\n');
echo(new Sometimes().__construct().log.length, new Sometimes().__construct('x').log.length, '\n');

const box = {} as Record<string, any>;
const key = 'first';
box.first = 1;
box.second = 2;
delete (box as any)[key];
echo(json_encode(box), '\n');
