// What is measured of shared memory; the programs in ../systems/memory.* do each by its name.

/** `aim` is the least ratio to Swoole that the library sets itself. */
export const operations = [
  {
    name: 'set',
    title: 'Table: set a row',
    detail: 'an integer, a float and a string of 13 bytes in one of 1,000 rows',
    unit: 'rows/s',
    aim: 0.5,
  },
  {
    name: 'get',
    title: 'Table: get a row',
    detail: 'the same three columns as an object',
    unit: 'rows/s',
    aim: 0.5,
  },
  {
    name: 'field',
    title: 'Table: get one column',
    detail: 'the integer of one of 1,000 rows',
    unit: 'values/s',
    aim: null,
  },
  {
    name: 'incr',
    title: 'Table: count',
    detail: 'incr() of the integer of one of 1,000 rows',
    unit: 'calls/s',
    aim: null,
  },
  {
    name: 'walk',
    title: 'Table: walk',
    detail: 'foreach over 1,000 rows',
    unit: 'rows/s',
    aim: null,
  },
  {
    name: 'atomic',
    title: 'Atomic: add',
    detail: 'add() of 1',
    unit: 'calls/s',
    aim: null,
  },
  {
    name: 'lock',
    title: 'Lock: lock and unlock',
    detail: 'a mutex that nobody else wants',
    unit: 'pairs/s',
    aim: null,
  },
];
