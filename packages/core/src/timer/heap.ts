import type { TimerNode } from './node.js';

/** A binary heap of timers, the next one to run on top. Each timer knows its place, so that any can be taken out. */
export class TimerHeap {
  readonly #nodes: TimerNode[] = [];

  peek(): TimerNode | undefined {
    return this.#nodes[0];
  }

  push(node: TimerNode): void {
    this.#rise(node, this.#nodes.length);
  }

  remove(node: TimerNode): void {
    const hole = node.place;
    const last = this.#nodes.pop();
    node.place = -1;
    if (last === undefined || last === node) return;
    this.#rise(last, hole);
    this.#sink(last, last.place);
  }

  /** Puts a timer where its expiry, which has become later, belongs. */
  delayed(node: TimerNode): void {
    this.#sink(node, node.place);
  }

  #rise(node: TimerNode, from: number): void {
    const nodes = this.#nodes;
    let place = from;
    while (place > 0) {
      const parentPlace = (place - 1) >> 1;
      const parent = nodes[parentPlace]!;
      if (!before(node, parent)) break;
      nodes[place] = parent;
      parent.place = place;
      place = parentPlace;
    }
    nodes[place] = node;
    node.place = place;
  }

  #sink(node: TimerNode, from: number): void {
    const nodes = this.#nodes;
    let place = from;
    for (;;) {
      let childPlace = 2 * place + 1;
      if (childPlace >= nodes.length) break;
      if (childPlace + 1 < nodes.length && before(nodes[childPlace + 1]!, nodes[childPlace]!)) childPlace++;
      const child = nodes[childPlace]!;
      if (!before(child, node)) break;
      nodes[place] = child;
      child.place = place;
      place = childPlace;
    }
    nodes[place] = node;
    node.place = place;
  }
}

/** Timers that expire together run in the order of their creation. */
function before(a: TimerNode, b: TimerNode): boolean {
  return a.expiry < b.expiry || (a.expiry === b.expiry && a.id < b.id);
}
