import { Table } from '../memory/table.js';

/**
 * Makes and creates a table out of a text that names its columns.
 * @param size how many rows
 * @param fields `name:type` for each column, with commas between them; the types are `i` or `int`, `f` or `float`, and `s:32` or
 *   `string:32` for strings of at most 32 bytes
 * @throws Error for an unknown type, and for a string without its length
 * @see swoole_table
 */
export function swoole_table(size: number, fields: string): Table {
  const table = new Table(size, 0.25);
  for (const field of fields.trim().split(',')) {
    const [name = '', type = '', length] = field
      .trim()
      .split(':')
      .map((part) => part.trim());
    switch (type) {
      case 'i':
      case 'int':
        table.column(name, Table.TYPE_INT);
        break;
      case 'f':
      case 'float':
        table.column(name, Table.TYPE_FLOAT);
        break;
      case 's':
      case 'string':
        table.column(name, Table.TYPE_STRING, stringLength(length));
        break;
      default:
        throw new Error(`unknown field type[${type}]`);
    }
  }
  table.create();
  return table;
}

function stringLength(text: string | undefined): number {
  if (text === undefined) throw new Error('need to give string length');
  const length = Number.parseInt(text, 10) || 0;
  if (length <= 0) throw new Error(`invalid string length[${length}]`);
  return length;
}
