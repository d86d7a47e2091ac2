import { SWOOLE_SERVER_COMMAND_TASK_WORKER, SWOOLE_SERVER_COMMAND_WORKER } from '../constants/index.js';
import { beginWork } from '../coroutine/begun-work.js';
import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_PHP_FATAL_ERROR } from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import { pack } from '../task/payload.js';
import { TaskMethods } from '../task/task-methods.js';
import { LetterKind } from './letters.js';
import type { Team } from './team.js';

/** Answers a command: a text, or JSON as a text. */
export type CommandCallback = (server: never, data: string) => string | Promise<string>;

/** The methods by which the workers of a server talk to each other. */
export abstract class MessageMethods extends TaskMethods {
  /** @internal What addCommand() was given, by name. */
  readonly commands = new Map<string, { types: number; callback: CommandCallback }>();

  /**
   * Sends a message to another worker or task worker, whose pipeMessage event gets it.
   * @param message anything that can be cloned
   * @returns false with a warning and error 503 for oneself, a worker that there is not, or a message that cannot be cloned
   * @see Swoole\Server::sendMessage
   */
  sendMessage(message: unknown, dst_worker_id: number): boolean {
    if (!this.runs('sendMessage')) return false;
    const { team, worker } = this.runtime;
    if (this.getCallback('pipeMessage') === null)
      return this.refuseMessage("onPipeMessage is null, can't use sendMessage");
    if (dst_worker_id === worker) return this.refuseMessage("can't send messages to self");
    if (team === null || !isWorker(team, dst_worker_id))
      return this.refuseMessage(`worker_id[${dst_worker_id}] is invalid`);
    const payload = pack(message, 'Swoole\\Server::sendMessage()');
    if (payload === undefined) return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
    beginWork();
    return (
      team.toWorker(dst_worker_id, [LetterKind.PIPE, this.ownId, payload, Date.now() / 1000]) ||
      fail(SWOOLE_ERROR_PHP_FATAL_ERROR)
    );
  }

  /**
   * Registers a command that {@link command} can ask of a worker.
   * @param accepted_process_types SWOOLE_SERVER_COMMAND_* of those that answer it
   * @returns false when the server runs already, or the name is taken
   * @see Swoole\Server::addCommand
   */
  addCommand(name: string, accepted_process_types: number, callback: CommandCallback): boolean {
    if (this.runtime.running || this.commands.has(name)) return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
    this.commands.set(name, { types: accepted_process_types, callback });
    return true;
  }

  /**
   * Asks a command of a worker.
   * @param process_id the worker's number; a task worker's counts from 0
   * @param process_type SWOOLE_SERVER_COMMAND_WORKER or _TASK_WORKER
   * @param data becomes JSON
   * @param json_decode false leaves the answer as a text
   * @returns a promise of the answer; of false for oneself, and for a command or worker that there is not
   * @see Swoole\Server::command
   */
  async command(
    name: string,
    process_id: number,
    process_type: number,
    data: unknown,
    json_decode = true,
  ): Promise<unknown> {
    if (!this.runs('command')) return false;
    const { team } = this.runtime;
    const known = this.commands.get(name);
    if (team === null || known === undefined || (known.types & process_type) === 0) return false;
    const { workers, taskWorkers } = team.control.crew;
    const many = process_type === SWOOLE_SERVER_COMMAND_TASK_WORKER ? taskWorkers : workers;
    const id = process_type === SWOOLE_SERVER_COMMAND_TASK_WORKER ? workers + process_id : process_id;
    const valid =
      process_type === SWOOLE_SERVER_COMMAND_TASK_WORKER || process_type === SWOOLE_SERVER_COMMAND_WORKER;
    if (!valid || !(process_id >= 0 && process_id < many) || id === this.runtime.worker) return false;
    const answer = await this.runtime.messages?.ask(id, name, JSON.stringify(data));
    if (answer === undefined || answer === null) return false;
    try {
      return json_decode ? JSON.parse(answer) : answer;
    } catch {
      return null;
    }
  }

  /** The callback of an event, null when there is none. */
  abstract getCallback(event: string): unknown;

  private get ownId(): number {
    return this.runtime.ownId;
  }

  private refuseMessage(text: string): false {
    warn(`Swoole\\Server::sendMessage(): ${text}`);
    return fail(SWOOLE_ERROR_PHP_FATAL_ERROR);
  }
}

/** Processes of addProcess() get no messages: they have pipes. */
function isWorker(team: Team, id: number): boolean {
  const { workers, taskWorkers } = team.control.crew;
  return Number.isInteger(id) && id >= 0 && id < workers + taskWorkers;
}
