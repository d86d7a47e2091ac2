// Runs the tutorial server: node scripts/start.mjs (npm start at the root). PORT in the environment chooses the port.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
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

/** Installs and builds what is missing; says so when that takes a while. */
const setUp = () =>
  new Promise((resolve) => {
    const setup = spawn(process.execPath, [path.join(root, 'scripts/setup.mjs'), '--quiet'], {
      cwd: root,
      stdio: 'inherit',
    });
    const notice = setTimeout(
      () => console.log('Installing and building: the first time takes a minute…'),
      700,
    );
    setup.once('exit', (code) => {
      clearTimeout(notice);
      resolve(code ?? 1);
    });
  });

const failed = await setUp();
if (failed) process.exit(failed);

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
  process.exitCode = signal ? 128 + os.constants.signals[signal] : code;
});
// A terminal sends its Ctrl-C to the server as well, which would take a second one for an order to drop everything:
// then the server is told only if it goes on.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (signal === 'SIGINT' && process.stdin.isTTY) setTimeout(() => server.kill(signal), 5_000).unref();
    else server.kill(signal);
  });
}

// `npm start` runs this in a shell that passes no signal on: when npm is told to end, only the shell's end tells of it.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) server.kill('SIGTERM');
  }, 250).unref();
}

// Where the system's list of sockets cannot be read, the server gets two seconds.
const deadline = Date.now() + (existsSync('/proc/net/tcp') ? 15_000 : 2_000);
while (!ended && !isListening(port) && Date.now() < deadline) await sleep(30);
if (!ended) console.log(`Tutorial server on http://${HOST}:${port}/ — open it in a browser; Ctrl-C ends it`);
