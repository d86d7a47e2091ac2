import { callInCoroutine, callOutside } from '../coroutine/lifecycle.js';
import { fail } from '../errors/last-error.js';
import { warn } from '../errors/warnings.js';
import { isSealed } from '../memory/shared-memory.js';
import { isMaster, processAssignment } from '../worker/thread.js';
import { childEnded, childStarted, nextEnded, type ProcessStatus } from './children.js';
import { PipeEnd } from './pipe-end.js';
import { PipeSocket } from './pipe-socket.js';
import { PortWay } from './port-way.js';
import { runProcess, startThread } from './process-thread.js';

export type { ProcessStatus } from './children.js';

const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
const EAGAIN = 11;
/** Above all numbers that Linux gives to processes, so that none of the system's is ever meant. */
const FIRST_PID = 0x400000;

let made = 0;

/**
 * A process of the program's own. It is a thread: the thread runs the script again up to this process's `start()`, then the callback,
 * and ends. Tables, atomics and locks made before are shared. Processes are made in the same order in every thread, so make and start
 * them at the top of the script, before a server starts.
 * @see Swoole\Process
 */
export class Process {
  static readonly phpName = 'Swoole\\Process';
  static readonly PIPE_TYPE_NONE = 0;
  static readonly PIPE_TYPE_STREAM = 1;
  static readonly PIPE_TYPE_DGRAM = 2;

  /** The number that `start()` returned and `wait()` tells; null before. No process of the system has it. */
  pid: number | null = null;
  /** Its number: of all that the program makes, from 1; in a server, of the server's processes, from 0. */
  id: number;
  readonly #number = made++;
  readonly #callback: (process: Process) => unknown;
  readonly #inCoroutine: boolean;
  #pipe: PipeEnd | null;
  #socket: PipeSocket | null = null;
  #running = false;
  /** Whether this thread is the process. */
  #isHere = false;

  /**
   * @param callback what the process does; it may be async
   * @param redirect_stdin_and_stdout only false: threads have one standard output
   * @param pipe_type 1 for a pipe of bytes, 2 for packets, 0 for none
   * @param enable_coroutine whether the callback runs in a coroutine
   * @see Swoole\Process::__construct
   */
  constructor(
    callback: (process: Process) => unknown,
    redirect_stdin_and_stdout = false,
    pipe_type: number = SOCK_DGRAM,
    enable_coroutine = false,
  ) {
    if (redirect_stdin_and_stdout)
      throw new Error('the standard output of a process cannot be redirected: it is a thread');
    this.#callback = callback;
    this.#inCoroutine = enable_coroutine;
    this.#pipe = pipe_type === 0 ? null : new PipeEnd(pipe_type !== SOCK_STREAM);
    this.id = this.#number + 1;
  }

  /** This end of the pipe: a stream, which `Event.add()` can watch; null without one. In Swoole it is the number of a descriptor. */
  get pipe(): PipeEnd | null {
    return this.#pipe;
  }

  /**
   * Starts the process. In the thread that is made for it, this does not return; in threads made for others it does nothing.
   * @returns its number; false when it runs already, and once a server has started
   * @see Swoole\Process::start
   */
  start(): number | false {
    const pid = FIRST_PID + this.#number;
    if (isSealed()) return refuse('start', 'a process must be started before a server, and not in a process');
    if (this.#running) return refuse('start', 'process has already been started');
    this.pid = pid;
    if (processAssignment?.process === this.#number) {
      this.#pipe?.connect(new PortWay(processAssignment.pipe, this.#pipe));
      this.#isHere = true;
      return runProcess(() => this.run());
    }
    if (!isMaster) return pid;
    childStarted();
    this.#running = true;
    const port = startThread(this.#number, (code) => {
      this.#running = false;
      childEnded(pid, code);
    });
    this.#pipe?.connect(new PortWay(port, this.#pipe));
    return pid;
  }

  /** @internal The thread is a process of a server's. */
  serve(): unknown {
    this.#isHere = true;
    this.pid = process.pid;
    return this.run();
  }

  /** Calls the callback. */
  private run(): unknown {
    return (this.#inCoroutine ? callInCoroutine : callOutside)(
      (callback: (process: Process) => unknown) => callback(this),
      this.#callback,
      undefined,
    );
  }

  /**
   * Writes to the pipe: the process reads what its starter writes, and the other way round.
   * @returns the number of bytes; false without a pipe, and with error 11 when too much waits at the other end
   * @see Swoole\Process::write
   */
  write(data: string | Uint8Array): number | false {
    if (data.length === 0) return refuse('write', 'the data to send is empty');
    if (this.#pipe === null) return refuse('write', 'no pipe, cannot write into pipe');
    return this.#pipe.sendBytes(data) ? Buffer.byteLength(data) : fail(EAGAIN);
  }

  /**
   * Waits for what the other end writes.
   * @param size at most so many bytes; the rest of a packet is lost
   * @returns a promise of the bytes, of none when the other end is closed; of false without a pipe
   * @see Swoole\Process::read
   */
  async read(size = 8192): Promise<Buffer | false> {
    if (this.#pipe === null) return refuse('read', 'no pipe, cannot read from pipe');
    return this.#pipe.receive('Swoole\\Process::read()', size, -1, () => {});
  }

  /**
   * The pipe as a socket for coroutines.
   * @returns false without a pipe
   * @see Swoole\Process::exportSocket
   */
  exportSocket(): PipeSocket | false {
    if (this.#pipe === null) return refuse('exportSocket', 'no pipe, cannot export stream');
    this.#socket ??= new PipeSocket(this.#pipe);
    return this.#socket;
  }

  /** Closes the pipe. @returns false without one @see Swoole\Process::close */
  close(): boolean {
    if (this.#pipe === null) return refuse('close', 'no pipe, cannot close the pipe');
    this.#pipe.close();
    this.#pipe = null;
    return true;
  }

  /** Ends the process, in the process itself; elsewhere it does nothing. @see Swoole\Process::exit */
  exit(exit_code = 0): void {
    if (!this.#isHere) return;
    process.exit(exit_code < 0 || exit_code >= 256 ? 1 : exit_code);
  }

  /**
   * Waits until a process has ended.
   * @param blocking false only looks
   * @returns a promise of its number and exit code; of false when there is none, or none has ended and nobody is to wait
   * @see Swoole\Process::wait
   */
  static wait(blocking = true): Promise<ProcessStatus | false> {
    return nextEnded(blocking);
  }
}

function refuse(method: string, message: string): false {
  warn(`Swoole\\Process::${method}(): ${message}`);
  return false;
}
