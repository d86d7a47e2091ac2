import { SWOOLE_EVENT_READ, SWOOLE_EVENT_WRITE } from '../../constants/event.js';
import { fail } from '../../errors/last-error.js';
import { SWOOLE_ERROR_CO_TIMEDOUT } from '../../errors/numbers.js';
import { type EventSocket, WatchedStream } from '../../event/watched-stream.js';
import { Wait } from '../wait.js';

const EINVAL = 22;

/** Waits until a stream is ready for one of the events. */
export function waitForEvent(socket: EventSocket, events: number, seconds: number): Promise<number | false> {
  const wanted = events & (SWOOLE_EVENT_READ | SWOOLE_EVENT_WRITE);
  if (wanted === 0) return Promise.resolve(fail(EINVAL));
  const stream = new WatchedStream(socket, (event) => {
    stream.watch(0);
    wait.wake(event);
  });
  const canceled = (): false => {
    stream.watch(0);
    return false;
  };
  const timedOut = (): false => {
    stream.watch(0);
    return fail(SWOOLE_ERROR_CO_TIMEDOUT);
  };
  const wait = new Wait<number | false>(
    'Swoole\\Coroutine\\System::waitEvent()',
    { canceled, timedOut },
    seconds,
  );
  stream.watch(wanted);
  return wait.promise;
}
