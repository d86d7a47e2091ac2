// Inheritance, interfaces, abstract methods, constants, static members, late static binding.
import { echo, get_class, is_a, sprintf } from 'swoole-ts-php';

interface Shape {
  area(): number;
}
export const Shape = {
  UNIT: 'cm',
};

abstract class Base implements Shape {
  static readonly phpInterfaces: readonly string[] = ['Shape'];
  protected static made = 0;

  constructor(protected name = 'shape') {
    Base.made++;
  }

  abstract area(): number;

  static create(): Base {
    return new (this as any)();
  }

  static getMade(): number {
    return Base.made;
  }

  describe(): string {
    return sprintf('%s %s of %.2f %s²', this.name, (this.constructor as any).KIND, this.area(), Shape.UNIT);
  }
}

class Square extends Base {
  static readonly phpInterfaces: readonly string[] = ['Shape'];
  static readonly KIND = 'square';

  private side = 2;

  override area(): number {
    return this.side ** 2;
  }

  grow(by: number): Square {
    this.side += by;
    return this;
  }
}

class Circle extends Base {
  static readonly phpInterfaces: readonly string[] = ['Shape'];
  static readonly KIND = 'circle';

  constructor(private radius = 1) {
    super('round');
  }

  override area(): number {
    return 3.14 * this.radius * this.radius;
  }

  override describe(): string {
    return `${super.describe()}!`;
  }
}

const shapes = [Square.create(), new Circle(3), new Square('big').grow(1.5)];
for (const shape of shapes) {
  echo(shape.describe(), '\n');
  echo(
    is_a(shape, 'Shape') ? 'a shape' : 'no shape',
    ' ',
    shape instanceof Circle ? 'round' : 'not round',
    '\n',
  );
}
echo(Base.getMade(), ' ', Square.KIND, ' ', get_class(shapes[1]), '\n');

/** A static method may be called on an object, and its property is no variable. */
class Counter {
  private static count = 0;

  constructor() {
    Counter.add(2);
  }

  static add(n: number): void {
    Counter.count += n;
  }

  static getCount(): number {
    return Counter.count;
  }
}

const counter = new Counter();
Counter.add(3);
echo(Counter.getCount(), Counter.getCount(), '\n');
