import { beginWork } from '../coroutine/begun-work.js';
import { PipeMessage } from '../server/event-objects.js';
import type { Server } from '../server/server.js';
import { type Payload, unpack } from '../task/payload.js';
import { LetterKind } from './letters.js';
import type { Letter } from './mailbox.js';
import type { Team } from './team.js';

/** Brings messages of other workers to the pipeMessage event, and commands to who answers them. */
export class Messages {
  private nextQuestion = 0;
  private readonly questions = new Map<number, { thread: number; answer: (text: string | null) => void }>();

  constructor(
    private readonly server: Server,
    private readonly team: Team,
  ) {
    team.serve(LetterKind.PIPE, (letter) => this.message(letter));
    team.serve(LetterKind.COMMAND, (letter, from) => void this.command(letter, from));
    team.serve(LetterKind.ANSWER, ([, question, text]) =>
      this.answered(question as number, text as string | null),
    );
    team.onEnd((thread) => {
      for (const [question, asked] of [...this.questions])
        if (asked.thread === thread) this.answered(question, null);
    });
  }

  /** Asks a worker a command. @returns a promise of the answer; of null when the worker ends before it */
  ask(worker: number, name: string, data: string): Promise<string | null> {
    beginWork();
    return new Promise((resolve) => {
      const question = this.nextQuestion++;
      const thread = this.team.threadOf(worker);
      this.questions.set(question, { thread, answer: resolve });
      if (!this.team.toWorker(worker, [LetterKind.COMMAND, question, name, data]))
        this.answered(question, null);
    });
  }

  private answered(question: number, text: string | null): void {
    const asked = this.questions.get(question);
    this.questions.delete(question);
    asked?.answer(text);
  }

  private message([, from, payload, time]: Letter): void {
    const { runtime } = this.server;
    const data = unpack(payload as Payload);
    if (!runtime.settings?.event_object) {
      runtime.raise('pipeMessage', from, data);
      return;
    }
    const message = new PipeMessage();
    message.source_worker_id = from as number;
    message.worker_id = from as number;
    message.dispatch_time = time as number;
    message.data = data;
    runtime.raise('pipeMessage', message);
  }

  private async command([, question, name, data]: Letter, from: number): Promise<void> {
    const command = this.server.commands.get(name as string);
    let text: string | null = null;
    const result = this.server.runtime.call('command', null, () => {
      const answer = command?.callback(this.server as never, data as string);
      if (typeof answer === 'string') text = answer;
      return answer;
    });
    if (result !== null) text = String(await result);
    this.team.mailbox.send(from, [LetterKind.ANSWER, question, text]);
  }
}
