// Runs the tutorial server: node scripts/start.mjs (npm start at the root). PORT in the environment chooses the port.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const HOST = '127.0.0.1';
const DEFAULT_PORT = 9501;

/** Binds a port for a moment: resolves to its number (0 asks for any free one), or to null when it cannot be had. */
const tryPort = (port) =>
  new Promise((resolve) => {
    const server = net.createServer().once('error', () => resolve(null));
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const bound = server.address().port;
      server.close(() => resolve(bound));
    });
  });

/** True when somebody listens on the port, as far as the system tells without a connection: that would cost an fd. */
const isListening = (port) => {
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
};

async function choosePort() {
  const asked = process.env.PORT;
  if (asked) {
    const port = Number(asked);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new Error(`PORT is a number from 1 to 65535, not "${asked}".`);
    if ((await tryPort(port)) === null)
      throw new Error(`Port ${port} cannot be used: it is taken, or needs more rights. Choose another PORT.`);
    return port;
  }
  if ((await tryPort(DEFAULT_PORT)) !== null) return DEFAULT_PORT;
  const port = await tryPort(0);
  if (port === null) throw new Error(`No port on ${HOST} can be used.`);
  console.log(`Port ${DEFAULT_PORT} is taken, so this is on port ${port}.`);
  return port;
}

const setup = spawnSync(process.execPath, [path.join(root, 'scripts/setup.mjs')], {
  cwd: root,
  stdio: 'inherit',
});
if (setup.status !== 0) process.exit(setup.status ?? 1);

let port;
try {
  port = await choosePort();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const server = spawn(process.execPath, ['--import', 'tsx', path.join(root, 'examples/tutorial/server.ts')], {
  cwd: root,
  env: { ...process.env, PORT: String(port) },
  stdio: 'inherit',
});
let ended = false;
server.once('error', (error) => {
  console.error(`The server did not start: ${error.message}`);
  process.exit(1);
});
server.once('exit', (code, signal) => {
  ended = true;
  if (signal) process.exitCode = 128 + (signal === 'SIGINT' ? 2 : signal === 'SIGTERM' ? 15 : 9);
  else process.exitCode = code ?? 1;
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));

// Where the system's list of sockets cannot be read, the server gets two seconds.
const deadline = Date.now() + (existsSync('/proc/net/tcp') ? 15_000 : 2_000);
while (!ended && !isListening(port) && Date.now() < deadline) await sleep(30);
if (!ended) console.log(`Tutorial server on http://${HOST}:${port}/ — open it in a browser; Ctrl-C ends it`);
