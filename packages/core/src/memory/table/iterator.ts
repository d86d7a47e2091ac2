import type { KeyBuffer } from './key-buffer.js';
import type { RowImage, TableValue } from './row-image.js';
import type { RowStore } from './row-store.js';

/**
 * A walk over a table's rows, each as it is when the walk comes to it. Rows may be changed, added and deleted meanwhile, by any
 * thread; what is there all the time is met once.
 */
export class TableIterator {
  private place = 0;
  key: string | null = null;
  row: Record<string, TableValue> | null = null;

  constructor(
    private readonly store: RowStore,
    private readonly keyBuffer: KeyBuffer,
    private readonly image: RowImage,
  ) {}

  /** Goes to the next row. @returns false at the end */
  forward(): boolean {
    if (this.place >= 0) this.place = this.store.next(this.place);
    const found = this.place >= 0;
    this.key = found ? this.keyBuffer.decode() : null;
    this.row = found ? this.image.decode() : null;
    return found;
  }
}
