import { SWOOLE_EVENT_READ } from '../constants/event.js';
import { SWOOLE_TIMER_MIN_SEC } from '../constants/timer.js';
import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_INVALID_PARAMS } from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import type { EventSocket } from '../event/watched-stream.js';
import type { ProcessStatus } from '../process/children.js';
import { type ExecResult, exec } from './system/exec.js';
import { type FileSystemStats, fileSystem, readWhole, writeWhole } from './system/files.js';
import { AF_INET, addressesOf, firstAddressOf, lookupEnds, resolveName } from './system/names.js';
import { waitForEnd } from './system/processes.js';
import { waitForSignal } from './system/signals.js';
import { waitForEvent } from './system/wait-event.js';
import { Wait, type WaitEnds } from './wait.js';
import { waitFor } from './wait-for.js';

const none: WaitEnds<false> = { canceled: () => false };
const SOCK_STREAM = 1;
const IPPROTO_TCP = 6;

/** What a coroutine may wait for in the system: time, commands, files, names, signals. @see Swoole\Coroutine\System */
export class System {
  static readonly phpName: string = 'Swoole\\Coroutine\\System';

  protected constructor() {}

  /**
   * Waits.
   * @param seconds from 0.001 up
   * @returns true; false when cancelled and, with a warning, for an impossible time
   * @see Swoole\Coroutine\System::sleep
   * @see Swoole\Coroutine::sleep
   */
  static sleep(seconds: number): Promise<boolean> {
    if (!(seconds >= SWOOLE_TIMER_MIN_SEC)) {
      warn(
        `Swoole\\Coroutine\\System::sleep(): Timer must be greater than or equal to ${SWOOLE_TIMER_MIN_SEC}`,
      );
      return Promise.resolve(fail(SWOOLE_ERROR_INVALID_PARAMS));
    }
    const ends = { canceled: () => false, timedOut: () => true };
    return new Wait<boolean>('Swoole\\Coroutine\\System::sleep()', ends, seconds).promise;
  }

  /**
   * Runs a command in the system's shell. Never put into it what a client has sent.
   * @param get_error_stream whether the output has what the command wrote to standard error, too
   * @returns code, signal and output (as text); false when it could not be started, or the wait was cancelled
   * @see Swoole\Coroutine\System::exec
   * @see Swoole\Coroutine::exec
   */
  static exec(command: string, get_error_stream = false): Promise<ExecResult | false> {
    return waitFor('Swoole\\Coroutine\\System::exec()', exec(command, get_error_stream), none);
  }

  /**
   * Reads a whole file.
   * @param flag ignored, as in Swoole
   * @returns its bytes; false with the system's error number
   * @see Swoole\Coroutine\System::readFile
   * @see Swoole\Coroutine::readFile
   */
  static readFile(filename: string, flag = 0): Promise<Buffer | false> {
    void flag;
    return waitFor('Swoole\\Coroutine\\System::readFile()', readWhole(filename), none);
  }

  /**
   * Writes a whole file, in place of what it had before.
   * @param flags FILE_APPEND (8): behind what it had before
   * @returns the number of bytes; false with the system's error number
   * @see Swoole\Coroutine\System::writeFile
   * @see Swoole\Coroutine::writeFile
   */
  static writeFile(filename: string, fileContent: string | Uint8Array, flags = 0): Promise<number | false> {
    const work = writeWhole(filename, fileContent, flags);
    return waitFor('Swoole\\Coroutine\\System::writeFile()', work, none);
  }

  /**
   * The address that the system has for a name.
   * @param type AF_INET (2) or AF_INET6 (10)
   * @param timeout in seconds, no limit from 0 down
   * @returns an address; false with 711, or 712 when the time is over
   * @see Swoole\Coroutine\System::gethostbyname
   * @see Swoole\Coroutine::gethostbyname
   */
  static gethostbyname(domain_name: string, type = AF_INET, timeout = -1): Promise<string | false> {
    const work = firstAddressOf(domain_name, type);
    return waitFor('Swoole\\Coroutine\\System::gethostbyname()', work, lookupEnds, timeout);
  }

  /**
   * All addresses that the system has for a name.
   * @param family AF_INET (2) or AF_INET6 (10)
   * @param socktype ignored, as `protocol` and `service` are: the addresses are the same for all
   * @param timeout in seconds, no limit from 0 down
   * @returns the addresses; false with 711, or 712 when the time is over
   * @see Swoole\Coroutine\System::getaddrinfo
   * @see Swoole\Coroutine::getaddrinfo
   */
  static getaddrinfo(
    domain: string,
    family = AF_INET,
    socktype = SOCK_STREAM,
    protocol = IPPROTO_TCP,
    service: string | null = null,
    timeout = -1,
  ): Promise<string[] | false> {
    void [socktype, protocol, service];
    const work = addressesOf(domain, family);
    return waitFor('Swoole\\Coroutine\\System::getaddrinfo()', work, lookupEnds, timeout);
  }

  /**
   * Asks the DNS servers for a name; /etc/hosts is not read.
   * @param timeout in seconds
   * @param type AF_INET (2) or AF_INET6 (10)
   * @returns an address; false with 711, or 712 when the time is over
   * @see Swoole\Coroutine\System::dnsLookup
   * @see Swoole\Coroutine::dnsLookup
   */
  static dnsLookup(domain_name: string, timeout = 60, type = AF_INET): Promise<string | false> {
    const work = resolveName(domain_name, type, timeout);
    return waitFor('Swoole\\Coroutine\\System::dnsLookup()', work, lookupEnds, timeout);
  }

  /**
   * The size of a file system and what is free of it; its id, flags and longest name, which Node does not tell, are left out.
   * @returns false with the system's error number
   * @see Swoole\Coroutine\System::statvfs
   * @see Swoole\Coroutine::statvfs
   */
  static statvfs(path: string): Promise<FileSystemStats | false> {
    return waitFor('Swoole\\Coroutine\\System::statvfs()', fileSystem(path), none);
  }

  /**
   * Waits for a signal, which does not end the process meanwhile.
   * @param signals one number or several
   * @param timeout in seconds, no limit from 0 down
   * @returns the number of the signal; false with 10018 when the time is over
   * @see Swoole\Coroutine\System::waitSignal
   * @see Swoole\Coroutine::waitSignal
   */
  static waitSignal(signals: number | readonly number[], timeout = -1): Promise<number | false> {
    return waitForSignal(typeof signals === 'number' ? [signals] : signals, timeout);
  }

  /**
   * Waits until a process that `Process.start()` has made has ended.
   * @param timeout in seconds, no limit below 0
   * @returns its process id, exit code and signal; false when there is none, with 110 when the time is over
   * @see Swoole\Coroutine\System::wait
   * @see Swoole\Coroutine::wait
   */
  static wait(timeout = -1): Promise<ProcessStatus | false> {
    return waitForEnd('wait', null, timeout);
  }

  /**
   * Waits until a certain process that `Process.start()` has made has ended.
   * @param timeout in seconds, no limit below 0
   * @returns as {@link System.wait}
   * @see Swoole\Coroutine\System::waitPid
   * @see Swoole\Coroutine::waitPid
   */
  static waitPid(pid: number, timeout = -1): Promise<ProcessStatus | false> {
    return waitForEnd('waitPid', pid, timeout);
  }

  /**
   * Waits until a socket, or another stream of Node's, can be read or written.
   * @param events SWOOLE_EVENT_READ, SWOOLE_EVENT_WRITE or both
   * @param timeout in seconds, no limit from 0 down
   * @returns the event that has come first; false with 10018 when the time is over, 22 for no event
   * @see Swoole\Coroutine\System::waitEvent
   * @see Swoole\Coroutine::waitEvent
   */
  static waitEvent(socket: EventSocket, events = SWOOLE_EVENT_READ, timeout = -1): Promise<number | false> {
    return waitForEvent(socket, events, timeout);
  }
}
