import {
  SWOOLE_CHANNEL_CANCELED,
  SWOOLE_CHANNEL_CLOSED,
  SWOOLE_CHANNEL_OK,
  SWOOLE_CHANNEL_TIMEOUT,
} from '../constants/coroutine.js';
import { Fifo } from './fifo.js';
import { afterTurn } from './turns.js';
import { Wait, type WaitEnds } from './wait.js';

/** What `Channel.stats()` tells. */
export interface ChannelStats {
  /** How many coroutines wait for a value. */
  consumer_num: number;
  /** How many coroutines wait for room. */
  producer_num: number;
  /** How many values are in the channel. */
  queue_num: number;
}

const YES = Promise.resolve(true);
const NO = Promise.resolve(false as const);

/**
 * Values on their way from coroutine to coroutine, in order. A call that has woken another coroutine lets that one run
 * first where it is awaited.
 * @see Swoole\Coroutine\Channel
 */
export class Channel<T = unknown> {
  static readonly phpName = 'Swoole\\Coroutine\\Channel';
  /** How many values it holds before `push()` waits. */
  readonly capacity: number;
  /** How the last failure came about, one of `SWOOLE_CHANNEL_*`. A success does not reset it. */
  errCode: number = SWOOLE_CHANNEL_OK;
  readonly #values = new Fifo<T>();
  /** Those who wait for a value, first come first. */
  readonly #consumers = new Set<Wait<T | false>>();
  /** Those who wait for room, with what they push. */
  readonly #producers = new Map<Wait<boolean>, T>();
  #closed = false;

  /** @param size how many values it holds before `push()` waits, at least 1 */
  constructor(size = 1) {
    this.capacity = Math.max(1, Math.trunc(size));
  }

  /**
   * Puts a value in, waiting for room if need be.
   * @param timeout in seconds, no limit from 0 down
   * @returns true; false with errCode `SWOOLE_CHANNEL_TIMEOUT`, `_CLOSED` or `_CANCELED`
   * @see Swoole\Coroutine\Channel::push
   */
  push(data: T, timeout = -1): Promise<boolean> {
    if (this.#closed) return this.#fail(SWOOLE_CHANNEL_CLOSED);
    if (this.#consumers.size > 0) {
      const consumer = first(this.#consumers);
      this.#consumers.delete(consumer);
      consumer.wake(data);
      return afterTurn(true);
    }
    if (this.#values.length < this.capacity) {
      this.#values.push(data);
      return YES;
    }
    const ends = this.#ends(() => this.#producers.delete(wait));
    const wait = new Wait<boolean>('Swoole\\Coroutine\\Channel->push()', ends, timeout);
    this.#producers.set(wait, data);
    return wait.promise;
  }

  /**
   * Takes the oldest value out, waiting for one if need be.
   * @param timeout in seconds, no limit from 0 down
   * @returns the value; false with errCode `SWOOLE_CHANNEL_TIMEOUT`, `_CLOSED` or `_CANCELED`
   * @see Swoole\Coroutine\Channel::pop
   */
  pop(timeout = -1): Promise<T | false> {
    if (this.#values.length > 0) {
      const value = this.#values.shift() as T;
      return this.#producers.size > 0 ? this.#admit(value) : Promise.resolve(value);
    }
    if (this.#closed) return this.#fail(SWOOLE_CHANNEL_CLOSED);
    const ends = this.#ends(() => this.#consumers.delete(wait));
    const wait = new Wait<T | false>('Swoole\\Coroutine\\Channel->pop()', ends, timeout);
    this.#consumers.add(wait);
    return wait.promise;
  }

  /** There is room for the first of those who wait to push. */
  #admit(value: T): Promise<T> {
    const [producer, data] = first(this.#producers);
    this.#producers.delete(producer);
    this.#values.push(data);
    producer.wake(true);
    return afterTurn(value);
  }

  /** How many values are in the channel. @see Swoole\Coroutine\Channel::length */
  length(): number {
    return this.#values.length;
  }

  /** Whether no value is in the channel. @see Swoole\Coroutine\Channel::isEmpty */
  isEmpty(): boolean {
    return this.#values.length === 0;
  }

  /** Whether `push()` would wait. @see Swoole\Coroutine\Channel::isFull */
  isFull(): boolean {
    return this.#values.length >= this.capacity;
  }

  /**
   * Ends the channel: all who wait get false. Values in it can still be taken out.
   * Await it to let those who waited run first.
   * @returns true; false when it is closed
   * @see Swoole\Coroutine\Channel::close
   */
  close(): Promise<boolean> {
    if (this.#closed) return NO;
    this.#closed = true;
    this.errCode = SWOOLE_CHANNEL_CLOSED;
    const waiting = [...this.#producers.keys(), ...this.#consumers];
    this.#producers.clear();
    this.#consumers.clear();
    if (waiting.length === 0) return YES;
    for (const wait of waiting) wait.wake(false);
    return afterTurn(true);
  }

  /** How many coroutines and values wait. @see Swoole\Coroutine\Channel::stats */
  stats(): ChannelStats {
    return {
      consumer_num: this.#consumers.size,
      producer_num: this.#producers.size,
      queue_num: this.#values.length,
    };
  }

  #fail(code: number): Promise<false> {
    this.errCode = code;
    return NO;
  }

  #ends(leave: () => void): WaitEnds<false> {
    const end = (code: number): false => {
      leave();
      this.errCode = code;
      return false;
    };
    return { canceled: () => end(SWOOLE_CHANNEL_CANCELED), timedOut: () => end(SWOOLE_CHANNEL_TIMEOUT) };
  }
}

function first<E>(waiting: Iterable<E>): E {
  for (const one of waiting) return one;
  throw new RangeError('nobody waits');
}
