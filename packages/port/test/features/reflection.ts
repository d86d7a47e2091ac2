// ReflectionClass, and functions that are asked about a class by its name.
import {
  ReflectionClass,
  ReflectionException,
  echo,
  get_parent_class,
  method_exists,
  var_dump,
} from 'swoole-ts-php';

class Shape {
  static readonly phpName: string = 'App\\Shapes\\Shape';
  constructor(public sides = 0) {}

  area(): number {
    return this.sides;
  }

  static none(): number {
    return 0;
  }
}

class Square extends Shape {
  static override readonly phpName: string = 'App\\Shapes\\Square';
}

function tell(class_: ReflectionClass): void {
  echo(class_.name, ' is ', class_.getShortName(), ' of ', class_.getNamespaceName(), '\n');
  const parent = class_.getParentClass();
  echo(
    parent ? (parent as ReflectionClass).getName() : 'nothing',
    ' above, area() ',
    class_.hasMethod('area') ? 'is' : 'is not',
    ' there\n',
  );
}

tell(new ReflectionClass(new Square(4)));
tell(new ReflectionClass(Shape));
const class_ = new ReflectionClass(Square);
var_dump(class_.inNamespace(), class_.hasMethod('none'), class_.hasMethod('volume'));
var_dump(class_.isSubclassOf('App\\Shapes\\Shape'), class_.isInstance(new Shape()));
var_dump((class_.newInstance(3) as any).sides, (class_.newInstanceArgs([5]) as any).sides);
var_dump(get_parent_class(Square), get_parent_class(Shape), method_exists(Square, 'area'));
try {
  new ReflectionClass('Nowhere');
} catch (e) {
  if (!(e instanceof ReflectionException)) throw e;
  echo(e.getMessage(), ' ', e.getCode(), '\n');
}
