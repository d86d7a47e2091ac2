import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Letter, Mailbox } from '../../src/worker/mailbox.js';

const { port1, port2 } = new MessageChannel();
let mailbox: Mailbox;
beforeEach(() => {
  mailbox = new Mailbox(() => {});
  vi.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  mailbox.flush();
  while (received() !== undefined);
});

/** What has left for the other thread in one piece; undefined when nothing has. */
const received = (): Letter[] | undefined => receiveMessageOnPort(port2)?.message;
/** Lets time pass, as in a task that computes. */
let now = 1000;
const compute = (milliseconds: number) => {
  now += milliseconds;
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('the first letter leaves at once; those of a turn after it leave together at its end', async () => {
  mailbox.link(1, port1);
  mailbox.send(1, [1]);
  expect(received()).toEqual([[1]]);
  for (let i = 2; i <= 4; i++) mailbox.send(1, [i]);
  expect(received()).toBe(undefined);
  await turn();
  expect(received()).toEqual([[2], [3], [4]]);
  expect(received()).toBe(undefined);
});

test('letters written during a long synchronous task leave while it goes on', () => {
  mailbox.link(1, port1);
  for (let i = 1; i <= 3; i++) {
    mailbox.send(1, [i]);
    expect(received()).toEqual([[i]]);
    compute(5);
  }
  mailbox.send(1, [4]);
  mailbox.send(1, [5]);
  compute(5);
  mailbox.send(1, [6]);
  expect(received()).toEqual([[4]]);
  expect(received()).toEqual([[5], [6]]);
});
