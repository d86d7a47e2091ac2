import { echo, implode } from 'swoole-ts-php';

// A constructor works on what classes below it declare: their defaults are there before it runs.
class Model {
  __construct(options: Record<string, number | string> = {}): this {
    for (const [key, value] of Object.entries(options)) {
      if ((this as any)[key] != null) {
        (this as any)[key] = value;
      }
    }
    this.prepare();
    return this;
  }

  protected prepare() {}
}

class User extends Model {
  protected name = 'nobody';
  protected age = 0;
  private log: string[] = [];

  protected override prepare() {
    this.log.push(`made ${this.name}`);
  }

  describe(): string {
    return `${this.name} (${this.age}): ${implode(', ', this.log)}`;
  }
}

class Admin extends User {
  private level!: number;
  override __construct(name: any, level: any = 1): this {
    this.level = level;
    if (name === '') {
      return this;
    }
    super.__construct({ name, age: 40, other: 1 });
    return this;
  }

  getLevel(): number {
    return this.level;
  }
}

class Plain {
  protected n!: number;

  constructor(n: number) {
    this.n = n;
  }
}

class Doubled extends Plain {
  private unit = 'px';

  constructor(n: number) {
    super(n * 2);
  }

  show(): string {
    return `${this.n}${this.unit}`;
  }
}

echo(new User().__construct({ name: 'Ann', age: 7 }).describe(), '\n');
echo(new User().__construct().describe(), '\n');
const admin = new Admin().__construct('Bob', 3);
echo(admin.describe(), ' ', admin.getLevel(), '\n');
echo(new Admin().__construct('').describe(), '\n');
echo(new Doubled(4).show(), '\n');
