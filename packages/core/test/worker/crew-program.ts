import { Client } from '../server/client.js';
import { run } from '../server/program.js';

/** The program `workers`, and what it has said. */
export async function startWorkers(env: Record<string, string> = {}) {
  const program = run('workers', env);
  let port = 0;
  const until = async (...wanted: string[]) => {
    while (!wanted.every((line) => program.lines.all.includes(line))) {
      const line = await program.lines.next();
      if (line === '(the program has ended)')
        throw new Error(`it ended and did not say ${wanted.join(', ')}`);
    }
  };
  while (port === 0) {
    const line = await program.lines.next();
    if (line.startsWith('port ')) port = Number(line.slice('port '.length));
    if (line === '(the program has ended)') throw new Error((await program.ended).stderr);
  }
  return { ...program, port, until };
}

/** A client that knows its fd and its worker. */
export async function join(port: number) {
  // The workers have started a moment before the port listens, and it does not while all of them have just ended.
  let client: Client | null = null;
  for (let tries = 0; client === null; tries++) {
    client = await Client.open(port).catch((error: Error) => {
      if (tries === 500) throw error;
      return new Promise<null>((resolve) => setTimeout(() => resolve(null), 20));
    });
  }
  const words = String(await client.next()).split(' ');
  const fd = Number(words[2]);
  const worker = Number(words[5]);
  const ask = async (text: string) => {
    client.send(text);
    return String(await client.next());
  };
  return { client, fd, worker, ask };
}
