import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MAX_PAYLOAD } from './cases/lengths.js';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The echo server, in a process of its own, on one engine. */
export class EchoServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(engine: string): Promise<EchoServer> {
    const child = fork(path.join(here, 'echo.ts'), {
      execArgv: ['--import', import.meta.resolve('tsx')],
      env: { ...process.env, SWOOLE_TS_ENGINE: engine, MAX_PAYLOAD: String(MAX_PAYLOAD) },
    });
    const died = once(child, 'exit').then(([code]) => {
      throw new Error(`the echo server ended with ${code}`);
    });
    const [port] = await Promise.race([once(child, 'message'), died]);
    died.catch(() => {});
    return new EchoServer(child, port as number);
  }

  get running(): boolean {
    return this.child.exitCode === null;
  }

  async stop(): Promise<void> {
    if (!this.running) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }
}
