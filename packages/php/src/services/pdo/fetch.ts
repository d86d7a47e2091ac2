import { PhpError } from '../../errors/exceptions.js';
import { classNamed } from '../../functions/callable.js';
import { stdClass } from '../../objects/std-class.js';
import { toInt, toStr } from '../../value/convert.js';
import { define } from '../../value/kinds.js';
import { PhpArray } from '../../value/php-array.js';
import { received } from '../../value/text.js';

// The numbers of PDO.FETCH_*, which is built on this file.
const ASSOC = 2;
const NUM = 3;
const OBJ = 5;
const COLUMN = 7;
const CLASS = 8;

type Class = new (...args: unknown[]) => object;

/** A value of a database: bytes are text when they are UTF-8. */
const shown = (value: unknown): unknown =>
  value instanceof Uint8Array ? received(Buffer.from(value)) : (value ?? null);

/** A row in the form that a mode asks for. */
export function fetchRow(
  columns: readonly string[],
  row: readonly unknown[],
  mode: number,
  args: readonly unknown[],
): unknown {
  switch (mode) {
    case ASSOC: {
      const record = {};
      columns.forEach((name, i) => void define(record, name, shown(row[i])));
      return record;
    }
    case NUM:
      return row.map(shown);
    case OBJ:
      return fill(new stdClass(), columns, row);
    case COLUMN:
      return shown(row[toInt(args[0] ?? 0)]);
    case CLASS: {
      const [target, rest] = args;
      const type =
        typeof target === 'function' ? target : target === undefined ? stdClass : classNamed(toStr(target));
      if (type === null) throw new PhpError(`Class "${toStr(target)}" not found`);
      return fill(new (type as unknown as Class)(...(Array.isArray(rest) ? rest : [])), columns, row);
    }
    default: {
      const both = new PhpArray<unknown>();
      columns.forEach((name, i) => {
        both.set(name, shown(row[i]));
        both.set(i, shown(row[i]));
      });
      return both;
    }
  }
}

function fill(object: object, columns: readonly string[], row: readonly unknown[]): object {
  columns.forEach((name, i) => void Object.assign(object, { [name]: shown(row[i]) }));
  return object;
}
