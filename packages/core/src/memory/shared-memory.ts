/**
 * The memory that all threads of a program share. Each thread runs the script, and the objects that it makes before `start()` are
 * matched by order of creation: the first thread allocates and keeps an inventory, every other thread takes from it.
 */

export interface SharedEntry {
  /** What lies in it: the class, and what else two threads must agree on. */
  readonly kind: string;
  readonly buffer: SharedArrayBuffer;
}

const inventory: SharedEntry[] = [];
/** How much of the inventory this thread has taken; null in the first thread, which fills it. */
let taken: number | null = null;
let sealed = false;
/** Whether this thread has an inventory and has not come to `start()`. */
let repeating = false;

/**
 * @internal The memory of the next object: shared when it is made before `start()`, private to this thread afterwards.
 * @param initialise called with memory that nobody has used yet; memory taken from the inventory keeps what is in it
 * @throws Error when this thread makes other objects, or in another order, than the first one did
 */
export function claimShared(
  kind: string,
  bytes: number,
  initialise?: (buffer: SharedArrayBuffer) => void,
): SharedArrayBuffer {
  if (taken !== null && taken < inventory.length) return take(taken++, kind, bytes);
  const buffer = new SharedArrayBuffer(bytes);
  initialise?.(buffer);
  if (taken === null && !sealed) inventory.push({ kind, buffer });
  return buffer;
}

function take(index: number, kind: string, bytes: number): SharedArrayBuffer {
  const { kind: expected, buffer } = inventory[index]!;
  if (expected === kind && buffer.byteLength === bytes) return buffer;
  throw new Error(
    `shared object ${index} is ${kind} of ${bytes} bytes in this thread, but ${expected} of ${buffer.byteLength} bytes in the ` +
      'first one: before start() the script must make its Table, Atomic and Lock objects in the same order and size in every thread',
  );
}

/** @internal What a new thread is to be given. */
export function sharedInventory(): readonly SharedEntry[] {
  return inventory;
}

/**
 * @internal Whether what is done to this memory now was done before: until it comes to `start()`, a new thread only repeats what the
 * first one did, and must not do it a second time.
 * @param view over all of the memory
 */
export function isRepeated(view: ArrayBufferView): boolean {
  return repeating && isShared(view.buffer);
}

// A function of its own: its closure must not be made at every call of the other one.
const isShared = (buffer: ArrayBufferLike): boolean => inventory.some((entry) => entry.buffer === buffer);

/** @internal Called first in a new thread: what it makes from now on is, one after the other, what the first thread made. */
export function adoptInventory(entries: readonly SharedEntry[]): void {
  inventory.push(...entries);
  taken = 0;
  repeating = true;
}

/** @internal Called by `start()`: what is made later belongs to the thread that makes it, and what is done is done. */
export function sealInventory(): void {
  sealed = true;
  repeating = false;
  if (taken !== null) taken = inventory.length;
}

/** @internal Whether `start()` has been called in this thread: the script can no longer be repeated up to what is made now. */
export function isSealed(): boolean {
  return sealed;
}
