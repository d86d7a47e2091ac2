import { constants as access, accessSync } from 'node:fs';
import { callInCoroutine, callOutside } from '../coroutine/lifecycle.js';
import { fail } from '../errors/last-error.js';
import { swoole_strerror } from '../errors/strerror.js';
import { warn } from '../errors/warnings.js';
import { swoole_set_process_name } from '../functions/system.js';
import { isSealed, sharedInventory } from '../memory/shared-memory.js';
import { isMaster, ownProcess, processAssignment } from '../worker/thread.js';
import { getAffinity, setAffinity } from './affinity.js';
import { setAlarm } from './alarm.js';
import { answered, answeredLater, answersSoFar, isRepeating, tooMuchAnswered } from './answers.js';
import { goToBackground } from './background.js';
import { becomeProgram } from './become-program.js';
import type { Body } from './body/body.js';
import { ChildBody } from './body/child-body.js';
import { ThreadBody } from './body/thread-body.js';
import { childEnded, childStarted, type ProcessStatus, waitForChild } from './children.js';
import { kill } from './kill.js';
import type { Line } from './line.js';
import { LineWay } from './line-way.js';
import { type QueueStats, serveQueues } from './message-queue.js';
import { PipeEnd } from './pipe-end.js';
import { PipeSocket } from './pipe-socket.js';
import type { PipeWay } from './pipe-way.js';
import { getPriority, setPriority } from './priority.js';
import { ProcessQueue } from './process-queue.js';
import { beginProcess, runProcess } from './self.js';
import { raiseSignal, type SignalCallback, setSignal } from './signals.js';
import { StreamWay } from './stream-way.js';

export type { ProcessStatus } from './children.js';

const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
const EAGAIN = 11;
const EPIPE = 32;
const SIGTERM = 15;
const MOST_POPPED = 65536;
/** Set in the process that goes on in the background. */
const DAEMON_MARK = 'SWOOLE_TS_PROCESS_DAEMON';

let made = 0;

/** What `Process.set()` takes. */
export interface ProcessSettings {
  /** Whether the callback runs in a coroutine. */
  enable_coroutine?: boolean;
  /**
   * Whether the process is a thread of this one, and shares its Tables, Atomics and Locks, or a process of the system's. Without it, it is
   * a thread when the program has made a Table, Atomic or Lock before. An addition.
   */
  thread?: boolean;
}

/**
 * A process of the program's own. It runs the script again up to this process's `start()`, then the callback, and ends when nothing is
 * left to do in it. It is a process of the system's, with a process id, signals and exit codes; or, when Tables, Atomics or Locks were made
 * before, a thread, which shares them.
 * @see Swoole\Process
 */
export class Process {
  static readonly phpName = 'Swoole\\Process';
  static readonly IPC_NOWAIT = 256;
  static readonly PIPE_MASTER = 1;
  static readonly PIPE_WORKER = 2;
  static readonly PIPE_READ = 3;
  static readonly PIPE_WRITE = 4;
  static readonly PIPE_TYPE_NONE = 0;
  static readonly PIPE_TYPE_STREAM = 1;
  static readonly PIPE_TYPE_DGRAM = 2;

  /** The process id that `start()` returned and `wait()` tells; null before. A thread has a number that no process of the system has. */
  pid: number | null = null;
  /** Its number: of all that the program makes, from 1; in a server, of the server's processes, from 0. */
  id: number;
  readonly #number = made++;
  readonly #callback: (process: Process) => unknown;
  readonly #redirects: boolean;
  readonly #packets: boolean;
  readonly #queue: ProcessQueue;
  #settings: ProcessSettings;
  #pipe: PipeEnd | null;
  #socket: PipeSocket | null = null;
  #body: Body | null = null;
  /** What a new process was given to come to its first start. */
  #answers: ReturnType<typeof answersSoFar> | null = null;
  #running = false;
  /** Whether this thread is the process. */
  #isHere = false;
  #timeout = -1;
  #blocking = true;

  /**
   * @param callback what the process does; it may be async
   * @param redirect_stdin_and_stdout whether the standard streams of the process are its pipe
   * @param pipe_type 1 for a pipe of bytes, 2 for packets, 0 for none
   * @param enable_coroutine whether the callback runs in a coroutine
   * @throws TypeError for a callback that cannot be called
   * @see Swoole\Process::__construct
   */
  constructor(
    callback: (process: Process) => unknown,
    redirect_stdin_and_stdout = false,
    pipe_type: number = SOCK_DGRAM,
    enable_coroutine = false,
  ) {
    if (typeof callback !== 'function')
      throw new TypeError(
        'Swoole\\Process::__construct(): Argument #1 ($callback) must be a valid callback, no array or string given',
      );
    const type = redirect_stdin_and_stdout ? SOCK_STREAM : pipe_type;
    this.#callback = callback;
    this.#redirects = redirect_stdin_and_stdout;
    this.#packets = type !== SOCK_STREAM;
    this.#pipe = type > 0 ? new PipeEnd(this.#packets) : null;
    this.#settings = { enable_coroutine };
    this.id = this.#number + 1;
    this.#queue = new ProcessQueue(() => this.id);
  }

  /** This end of the pipe: a stream, which `Event.add()` can watch; null without one. In Swoole it is the number of a descriptor. */
  get pipe(): PipeEnd | null {
    return this.#pipe;
  }

  /** The number of the queue that `useQueue()` has chosen; null before. */
  get msgQueueId(): number | null {
    return this.#queue.key;
  }

  /** The key of the queue that `useQueue()` has chosen; null before. */
  get msgQueueKey(): number | null {
    return this.#queue.key;
  }

  /** Changes what the constructor was given. @see Swoole\Process::set */
  set(settings: ProcessSettings): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  /**
   * Starts the process. In the process itself, this does not return.
   * @returns its process id; false when it runs already, and once a server has started or within another process
   * @see Swoole\Process::start
   */
  start(): number | false {
    if (ownProcess === this.#number && isRepeating()) return this.#begin();
    const pid = answered<number | false>(`start ${this.#number}`, false, () => this.#launch());
    if (pid !== false) this.pid = pid;
    // The pipe is that of the thread that has started it.
    if (isRepeating()) this.#pipe = null;
    return pid;
  }

  /**
   * Writes to the pipe: the process reads what its starter writes, and the other way round.
   * @returns the number of bytes; false without a pipe, with error 32 when the process has ended, with 11 when too much waits at the other end
   * @see Swoole\Process::write
   */
  write(data: string | Uint8Array): number | false {
    if (data.length === 0) return refuse('write', 'the data to send is empty');
    const length = Buffer.byteLength(data);
    const pipe = this.#pipe;
    // Whoever repeats the script must not write a second time.
    if (isRepeating() && (pipe !== null || this.pid !== null)) return length;
    if (pipe === null) return refuse('write', 'no pipe, cannot write into pipe');
    if (pipe.sendBytes(data)) return length;
    if (!pipe.isOver) return fail(EAGAIN);
    refuse('write', `write() failed, Error: ${swoole_strerror(EPIPE)}[${EPIPE}]`);
    return fail(EPIPE);
  }

  /**
   * Waits for what the other end writes.
   * @param size at most so many bytes; the rest of a packet is lost
   * @returns a promise of the bytes, of none when the other end is closed; of false without a pipe, after the time of `setTimeout()`, and
   *   after `setBlocking(false)` when nothing is there
   * @see Swoole\Process::read
   */
  read(size = 8192): Promise<Buffer | false> {
    return answeredLater(`read ${this.#number}`, async () => {
      const pipe = this.#pipe;
      if (pipe === null) return refuse('read', 'no pipe, cannot read from pipe');
      if (!this.#blocking) return pipe.receiveNow(size) ?? fail(EAGAIN);
      return pipe.receive('Swoole\\Process::read()', size, this.#timeout, () => fail(EAGAIN));
    });
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

  /** How long `read()` waits, in seconds. @returns false without a pipe @see Swoole\Process::setTimeout */
  setTimeout(seconds: number): boolean {
    if (this.#pipe === null) return refuse('setTimeout', 'no pipe, cannot setTimeout the pipe');
    this.#timeout = seconds;
    return true;
  }

  /** Whether `read()` waits. @returns false without a pipe @see Swoole\Process::setBlocking */
  setBlocking(blocking: boolean): boolean {
    if (this.#pipe === null) return refuse('setBlocking', 'no pipe, cannot setBlocking the pipe');
    this.#blocking = blocking;
    return true;
  }

  /**
   * Closes the pipe.
   * @param which Process.PIPE_READ or Process.PIPE_WRITE to end one direction; any other number closes both
   * @returns false without a pipe
   * @see Swoole\Process::close
   */
  close(which = 0): boolean {
    const pipe = this.#pipe;
    if (isRepeating()) return true;
    if (pipe === null) return refuse('close', 'no pipe, cannot close the pipe');
    if (which === Process.PIPE_READ) pipe.ended();
    else pipe.close();
    if (which === 0) this.#pipe = null;
    return true;
  }

  /**
   * Lets the process use a message queue: `push()` and `pop()`. All processes that one program starts with the same key share a queue, which
   * lives as long as the program.
   * @param key the queue's; 0 for one of the script's own
   * @param mode 2: `pop()` takes any message; 1: those that were pushed to this process. `| Process.IPC_NOWAIT`: it does not wait
   * @param capacity the most bytes in it
   * @returns false in the workers of a server, which share no queue
   * @see Swoole\Process::useQueue
   */
  useQueue(key = 0, mode = 2, capacity = -1): boolean {
    return this.#queue.use(key, mode, capacity);
  }

  /** How many messages wait, and how many bytes; false without a queue, and within a process, which does not know. @see Swoole\Process::statQueue */
  statQueue(): QueueStats | false {
    return this.#queue.isUsed
      ? this.#queue.stats()
      : refuse('statQueue', "no queue, can't get stats of the queue");
  }

  /** Ends the queue: what is in it is lost. @returns false without one @see Swoole\Process::freeQueue */
  freeQueue(): boolean {
    return this.#queue.free();
  }

  /**
   * Puts a message into the queue of `useQueue()`.
   * @param data at most 65535 bytes
   * @returns false without a queue, and with error 11 when it is full
   * @see Swoole\Process::push
   */
  push(data: string | Uint8Array): boolean {
    if (data.length === 0) return refuse('push', 'the data to push is empty');
    if (Buffer.byteLength(data) >= MOST_POPPED) return refuse('push', 'the data to push is too big');
    return this.#queue.isUsed ? this.#queue.push(data) : refuse('push', 'no msgqueue, cannot use push()');
  }

  /**
   * Waits for a message from the queue of `useQueue()`.
   * @param size at most so many bytes
   * @returns a promise of the message; of false without a queue, and with error 42 when none is there and nobody is to wait
   * @see Swoole\Process::pop
   */
  pop(size: number = MOST_POPPED): Promise<Buffer | false> {
    return answeredLater(`pop ${this.#number}`, async () => {
      if (!this.#queue.isUsed) return refuse('pop', 'no msgqueue, cannot use pop()');
      return this.#queue.pop(size > 0 && size <= MOST_POPPED ? size : MOST_POPPED);
    });
  }

  /** Ends the process, in the process itself. @returns false elsewhere, with a warning @see Swoole\Process::exit */
  exit(exit_code = 0): boolean {
    if (isRepeating()) return true;
    if (!this.#isHere) return refuse('exit', 'not current process');
    const valid = exit_code >= 0 && exit_code <= 255;
    if (!valid) refuse('exit', 'exit ret_code range is [>0 and <255] ');
    process.exit(valid ? exit_code : 1);
  }

  /**
   * Goes on as another program, which has the standard streams of this process. Node keeps running beside it, and ends with it.
   * @param args what the program is given, without its own name
   * @returns only when it cannot be started, and outside the process: false
   * @see Swoole\Process::exec
   */
  exec(exec_file: string, args: readonly (string | number)[]): boolean {
    if (exec_file === '') return refuse('exec', 'exec file name is empty');
    if (!this.#isHere) return refuse('exec', 'not current process');
    try {
      accessSync(exec_file, access.X_OK);
    } catch (error) {
      const code = -((error as NodeJS.ErrnoException).errno ?? 0);
      refuse('exec', `execv(${exec_file}) failed, Error: ${swoole_strerror(code)}[${code}]`);
      return fail(code);
    }
    return becomeProgram(exec_file, args.map(String));
  }

  /** Names the calling process in `ps` and `top`; the system may cut the name. @see Swoole\Process::name */
  name(process_name: string): boolean {
    return swoole_set_process_name(process_name);
  }

  /**
   * Sets how urgent a process is to the system.
   * @param which 0 (PRIO_PROCESS); groups and users are not in Node's reach
   * @param priority -20, the most urgent, to 19
   * @param who a process id; null for this process
   * @returns false with the system's error number
   * @see Swoole\Process::setPriority
   */
  setPriority(which: number, priority: number, who: number | null = null): boolean {
    return setPriority(which, priority, who, this.pid ?? process.pid);
  }

  /** How urgent a process is, from -20 to 19; false with the system's error number. Arguments as for {@link setPriority}. @see Swoole\Process::getPriority */
  getPriority(which: number, who: number | null = null): number | false {
    return getPriority(which, who, this.pid ?? process.pid);
  }

  /**
   * Waits until a process has ended.
   * @param blocking false only looks
   * @returns a promise of its process id, exit code and signal; of false when there is none, or none has ended and nobody is to wait
   * @see Swoole\Process::wait
   */
  static wait(blocking = true): Promise<ProcessStatus | false> {
    return answeredLater('wait', () => waitForChild('Swoole\\Process::wait()', null, blocking ? -1 : 0));
  }

  /**
   * Sends a signal to a process, or to a thread that `start()` has made: who does not listen to it is ended.
   * @param signal_no 0 only asks whether the process is there
   * @returns false with the system's error number
   * @see Swoole\Process::kill
   */
  static kill(pid: number, signal_no: number = SIGTERM): boolean {
    return answered('kill', true, () => kill(pid, signal_no));
  }

  /**
   * Calls back when a signal comes, in a coroutine. SIGCHLD tells of the ends of processes that `start()` has made.
   * @param callback gets the number of the signal; null ends that, 1 (SIG_IGN) ignores the signal
   * @returns false for an impossible signal, for one that the server obeys itself, and in the workers of a server, which get none
   * @see Swoole\Process::signal
   */
  static signal(signal_no: number, callback: SignalCallback | number | null = null): boolean {
    return setSignal(signal_no, callback);
  }

  /**
   * Raises SIGALRM again and again. It does not keep the program going.
   * @param usec after how many microseconds each time; 0 or less ends it
   * @param type 0: by the clock. The other kinds count processor time, which Node does not tell: false
   * @see Swoole\Process::alarm
   */
  static alarm(usec: number, type = 0): boolean {
    return setAlarm(usec, type);
  }

  /**
   * Goes on in the background: the program is started once more, detached from the terminal, and this process ends. Call it first: what
   * stands before it is done twice.
   * @param nochdir false changes to the directory `/`
   * @param noclose false closes the standard streams
   * @param pipes accepted; standard streams that are to be others are the shell's to redirect
   * @returns true in the background
   * @see Swoole\Process::daemon
   */
  static daemon(nochdir = true, noclose = true, _pipes: readonly unknown[] = []): boolean {
    goToBackground(DAEMON_MARK, noclose ? 'inherit' : 'ignore');
    if (!nochdir && processAssignment === null) process.chdir('/');
    return true;
  }

  /**
   * Lets this process run on some processors only. On Linux, where the program taskset is installed.
   * @param cpu_settings the numbers of the processors, from 0
   * @returns false, with a warning for a processor that there is not
   * @see Swoole\Process::setAffinity
   */
  static setAffinity(cpu_settings: readonly number[]): boolean {
    return setAffinity(cpu_settings);
  }

  /** The numbers of the processors that this process may run on. @see Swoole\Process::getAffinity */
  static getAffinity(): number[] {
    return getAffinity();
  }

  /** @internal The thread is a process of a server's. */
  serve(): unknown {
    this.#isHere = true;
    this.pid = process.pid;
    return this.#run();
  }

  /** @internal The way to the process while it runs. */
  get line(): Line | null {
    return this.#running ? (this.#body?.line ?? null) : null;
  }

  /** @internal Told when the process has ended, in place of those who wait. */
  onEnd: ((status: ProcessStatus) => void) | null = null;

  /** @internal */
  sendSignal(signal: number): void {
    if (this.#running) this.#body?.kill(signal);
  }

  /** @internal Reaches the process from another one. */
  usePipe(way: PipeWay): void {
    this.#pipe = new PipeEnd(this.#packets);
    this.#pipe.connect(way);
  }

  /** @internal What runs now goes on by itself, and the process may be started again. */
  release(): void {
    this.#running = false;
  }

  /** Makes the process. */
  #launch(): number | false {
    if (!isMaster || isSealed())
      return refuse('start', 'a process must be started before a server, and not in a process');
    if (this.#running) return refuse('start', 'process has already been started');
    if (this.#answers === null && tooMuchAnswered())
      return refuse('start', 'the script has asked too much of processes to be repeated up to here');
    if (this.#body !== null && this.#pipe !== null) this.#pipe = new PipeEnd(this.#packets);
    this.#answers ??= answersSoFar();
    const asThread = this.#settings.thread ?? sharedInventory().length > 0;
    const Kind = asThread ? ThreadBody : ChildBody;
    const body: Body = new Kind(
      {
        number: this.#number,
        redirect: this.#redirects,
        ended: (code, signal) => this.#ended(body, code, signal),
      },
      this.#answers,
    );
    this.#body = body;
    this.#running = true;
    childStarted(body);
    serveQueues(body.line);
    body.line.serve('kill', (pid: number, signal: number) => kill(pid, signal));
    this.#connect(body);
    return body.pid;
  }

  #connect({ streams, line }: Body): void {
    const pipe = this.#pipe;
    if (pipe === null) return;
    pipe.connect(
      streams === null ? new LineWay(line, pipe) : new StreamWay(streams.outputs, streams.input, pipe),
    );
  }

  #ended(body: Body, code: number, signal: number): void {
    const status: ProcessStatus = { pid: body.pid, code, signal };
    const released = body !== this.#body || !this.#running;
    if (!released) this.#running = false;
    childEnded(status, this.onEnd === null);
    if (!released) this.onEnd?.(status);
  }

  /** This thread has come to where the process that it is begins. */
  #begin(): never {
    const line = beginProcess();
    this.#isHere = true;
    this.pid = processAssignment?.pid ?? process.pid;
    line.serve('signal', (signal: number) => raiseSignal(signal));
    const pipe = this.#pipe;
    pipe?.connect(
      this.#redirects ? new StreamWay([process.stdin], process.stdout, pipe) : new LineWay(line, pipe),
    );
    return runProcess(() => this.#run());
  }

  /** Calls the callback. */
  #run(): unknown {
    const call = this.#settings.enable_coroutine ? callInCoroutine : callOutside;
    return call((callback: (process: Process) => unknown) => callback(this), this.#callback, undefined);
  }
}

function refuse(method: string, message: string): false {
  warn(`Swoole\\Process::${method}(): ${message}`);
  return false;
}
