/** Starts an example as a user would and ends it again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const examples = path.join(import.meta.dirname, '..');

/** The command line of a PHP with Swoole; with it the tests play the PHP originals instead of the TypeScript ports. */
const php = process.env.SWOOLE_PHP;

/** A folder with the PHP originals as swoole-ts-port ported them; with it the tests play these. */
const ported = process.env.SWOOLE_PORTED;

/** Whether the tests play the PHP originals. */
export const playsPhp = Boolean(php);

/** How long a program may take to listen, and to end. */
const PATIENCE = 40_000;

/** The program that a test plays: `tutorial/server` is its TypeScript, its PHP when SWOOLE_PHP is set, or that as it was ported. */
export function commandOf(program: string): string[] {
  const file = path.join(ported ?? examples, program);
  if (php) return [...php.split(' '), `${file}.php`];
  return [process.execPath, '--import', 'tsx', `${file}.ts`];
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** True where the kernel's list of sockets can be read: elsewhere a server is asked, which costs it one fd. */
export const seesSockets = existsSync('/proc/net/tcp');

async function isListening(port: number): Promise<boolean> {
  if (!seesSockets) {
    return new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  }
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['/proc/net/tcp', '/proc/net/tcp6'].some(
    (file) =>
      existsSync(file) &&
      readFileSync(file, 'utf8')
        .split('\n')
        .some((line) => {
          const fields = line.trim().split(/\s+/);
          return fields[1]?.endsWith(local) && fields[3] === '0A';
        }),
  );
}

/** Twice in a row: a server tries the port for a moment, before its workers listen there. */
async function listensForGood(port: number): Promise<boolean> {
  if (!(await isListening(port))) return false;
  await sleep(100);
  return isListening(port);
}

export class Program {
  stdout = '';
  stderr = '';
  /** Resolves to how the program ended: `code N`, or `signal NAME`. */
  readonly ended: Promise<string>;
  private end: string | null = null;

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(String(error)));
      child.once('close', (code, signal) => resolve(signal ? `signal ${signal}` : `code ${code}`));
    });
    void this.ended.then((end) => {
      this.end = end;
    });
  }

  /** Starts a command, and does not wait for it. */
  static spawn(command: string[], port: string): Program {
    const [file = '', ...args] = command;
    const env = { ...process.env, PORT: port };
    return new Program(
      spawn(file, args, { cwd: examples, env, stdio: ['ignore', 'pipe', 'pipe'] }),
      Number(port),
    );
  }

  /** Starts a command with a free PORT; resolves when it listens there. */
  static async start(command: string[], port?: number): Promise<Program> {
    const chosen = port ?? (await freePort());
    const program = Program.spawn(command, String(chosen));
    for (const deadline = Date.now() + PATIENCE; !(await listensForGood(chosen)); await sleep(20)) {
      if (program.end === null && Date.now() < deadline) continue;
      await program.stop('SIGKILL');
      throw new Error(
        `${command.join(' ')} does not listen on port ${chosen} (${program.end}).\n${program.stderr}${program.stdout}`,
      );
    }
    return program;
  }

  /** Resolves once the program has printed a text. */
  async prints(text: string): Promise<void> {
    for (const deadline = Date.now() + PATIENCE; !this.stdout.includes(text); await sleep(10)) {
      if (Date.now() > deadline) throw new Error(`"${text}" was not printed, but:\n${this.stdout}`);
    }
  }

  /** Sends a signal, and does not wait for what becomes of it. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Ends the program; resolves to `code N`, or `signal NAME`. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<string> {
    if (this.end === null) this.child.kill(signal);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE);
    const end = await this.ended;
    clearTimeout(timer);
    return end;
  }
}
