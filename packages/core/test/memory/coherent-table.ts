// A table whose rows show whether they are whole, used by several threads at once.
import { Table } from '../../src/memory/table.js';

export interface Row {
  id: number;
  score: number;
  name: string;
  hits: number;
}

export function makeCoherentTable(rows = 64): Table<Row> {
  const table = new Table<Row>(rows);
  table.column('id', Table.TYPE_INT);
  table.column('score', Table.TYPE_FLOAT);
  table.column('name', Table.TYPE_STRING, 32);
  table.column('hits', Table.TYPE_INT);
  table.create();
  return table;
}

/** Values of which each tells what the others are. */
export const whole = (id: number) => ({ id, score: id / 4, name: `the row of the number ${id}` });

/** Whether all that was set together is there together; a row that was only counted in is empty. */
export function isWhole({ id, score, name }: Row): boolean {
  if (id === 0 && name === '') return score === 0;
  const { score: wantedScore, name: wantedName } = whole(id);
  return score === wantedScore && name === wantedName;
}
