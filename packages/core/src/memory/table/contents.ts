import { claimShared } from '../shared-memory.js';
import { KeyBuffer } from './key-buffer.js';
import { type ColumnDefinition, Layout, TYPE_FLOAT, TYPE_STRING } from './layout.js';
import { RowImage } from './row-image.js';
import { RowStore } from './row-store.js';
import {
  bytesOf,
  CONFLICTS,
  COUNT,
  DEEPEST,
  DELETES,
  geometryOf,
  INSERTS,
  initialise,
  SEED,
  TableMemory,
  UPDATES,
} from './table-memory.js';

/** What `Table.stats()` tells. */
export interface TableStats {
  /** How many rows there are. */
  num: number;
  /** How often a new row's place in the hash was taken. */
  conflict_count: number;
  /** The most rows that a new row found before it in its place. */
  conflict_max_level: number;
  insert_count: number;
  update_count: number;
  delete_count: number;
  /** How many of the extra rows could be used now. */
  available_slice_num: number;
  /** How many rows there are beyond the table's size. */
  total_slice_num: number;
}

/** @internal The beginning of the kind under which tables are shared. */
export const TABLE = 'Table';

const typeName = ({ type, size }: ColumnDefinition): string =>
  type === TYPE_STRING ? `string ${size}` : type === TYPE_FLOAT ? 'float' : 'int';

/** A created table: its rows in shared memory, and what this thread needs to work with them. */
export class TableContents {
  readonly layout: Layout;
  readonly key: KeyBuffer;
  readonly image: RowImage;
  /** What `cmpset()` and `cmpdel()` expect. */
  readonly expected: RowImage;
  readonly rows: RowStore;
  private readonly memory: TableMemory;

  /** @throws RangeError when there is not so much memory */
  constructor(
    definitions: readonly ColumnDefinition[],
    size: number,
    private readonly conflicts: number,
  ) {
    this.layout = new Layout(definitions);
    const geometry = geometryOf(size, size + conflicts, this.layout.words);
    const columns = definitions.map((column) => `${column.name} ${typeName(column)}`).join(', ');
    this.memory = new TableMemory(
      claimShared(`${TABLE}(${columns})`, bytesOf(geometry), (buffer) => initialise(buffer, geometry)),
    );
    this.key = new KeyBuffer(this.memory.words[SEED]!);
    this.image = new RowImage(this.layout);
    this.expected = new RowImage(this.layout);
    this.rows = new RowStore(this.memory, this.layout, this.key, this.image);
  }

  stats(): TableStats {
    const { words, doubles, geometry } = this.memory;
    const num = Atomics.load(words, COUNT);
    let updates = 0;
    for (let i = 0; i < geometry.stripes; i++) updates += doubles[(this.memory.stripeAt(i) + UPDATES) >> 1]!;
    return {
      num,
      conflict_count: doubles[CONFLICTS]!,
      conflict_max_level: words[DEEPEST]!,
      insert_count: doubles[INSERTS]!,
      update_count: updates,
      delete_count: doubles[DELETES]!,
      available_slice_num: Math.min(this.conflicts, geometry.capacity - num),
      total_slice_num: this.conflicts,
    };
  }
}
