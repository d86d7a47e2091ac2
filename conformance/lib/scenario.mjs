// @ts-check
// Plays one scenario: starts a server, is its client, stops it, and writes down what both saw.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as wire from './wire.mjs';

const START_MS = 20_000;
const CLIENT_MS = 30_000;
const STOP_MS = 6_000;

/** A date this near to now is the time of the run, which no transcript can have. */
const NOW_MS = 600_000;
const HTTP_DATE = /\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT\b/g;

/** Ports given to scenarios that run at this moment. */
const taken = new Set();

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}

/** @param {number} count */
async function reservePorts(count) {
  /** @type {number[]} */
  const ports = [];
  while (ports.length < count) {
    const port = await freePort();
    if (taken.has(port)) continue;
    taken.add(port);
    ports.push(port);
  }
  return ports;
}

/**
 * Whether somebody listens on the port. The kernel's tables tell without a connection that the server would count.
 * @param {number} port
 */
function listening(port) {
  const hex = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['tcp', 'tcp6', 'udp', 'udp6'].some((kind) => {
    const table = `/proc/net/${kind}`;
    if (!existsSync(table)) return false;
    return readFileSync(table, 'utf8')
      .split('\n')
      .some((line) => {
        const fields = line.trim().split(/\s+/);
        return fields[1]?.endsWith(hex) && (kind.startsWith('udp') || fields[3] === '0A');
      });
  });
}

/**
 * @param {string} dir the scenario's folder
 * @param {readonly [string, ...string[]]} command the server to start
 * @param {string} cwd
 * @param {number} [stopMs] how long the server may take to stop
 * @returns {Promise<{ got: string, stderr: string }>} the transcript; ports are {PORT}, {PORT2}, {PORT3}, the Date of a response is {NOW}
 */
export async function play(dir, [program, ...args], cwd, stopMs = STOP_MS) {
  const module = await import(pathToFileURL(path.join(dir, 'client.mjs')).href);
  const { default: client, anyOrder = false, stop = 'SIGTERM' } = module;
  const ports = await reservePorts(3);
  const [port = 0, port2 = 0, port3 = 0] = ports;
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, PORT: String(port), PORT2: String(port2), PORT3: String(port3) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  /** @type {Buffer[]} */
  const stdout = [];
  /** @type {Buffer[]} */
  const stderr = [];
  child.stdout.on('data', (chunk) => stdout.push(chunk));
  child.stderr.on('data', (chunk) => stderr.push(chunk));
  /** @type {string | null} */
  let exit = null;
  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => {
    child.once('close', (code, signal) => {
      exit = signal ? `signal ${signal}` : `code ${code}`;
      resolve();
    });
  });

  /** @type {string[]} */
  const lines = [];
  const log = (/** @type {unknown[]} */ ...parts) =>
    lines.push(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '));
  const deadline = Date.now() + START_MS;
  // Once more after the pause: a server tries its port for a moment, before its workers listen there.
  do {
    while (Date.now() < deadline && exit === null && !listening(port)) await wire.sleep(20);
    await wire.sleep(150);
  } while (Date.now() < deadline && exit === null && !listening(port));
  try {
    await within(CLIENT_MS, client({ port, port2, port3, pid: child.pid, log, ...wire }));
  } catch (error) {
    log(`CLIENT ERROR ${error instanceof Error ? error.message : error}`);
  }
  await wire.sleep(200);
  if (exit === null && stop) child.kill(stop);
  await Promise.race([exited, wire.sleep(stopMs)]);
  if (exit === null) {
    child.kill('SIGKILL');
    await Promise.race([exited, wire.sleep(1000)]);
    exit = `did not stop within ${stopMs / 1000} s`;
  }
  for (const one of ports) taken.delete(one);

  const named = (/** @type {string} */ text) =>
    ports
      .reduce((line, one, i) => line.replaceAll(String(one), `{PORT${i === 0 ? '' : i + 1}}`), text)
      .replace(HTTP_DATE, (date) => (Math.abs(Date.parse(date) - Date.now()) < NOW_MS ? '{NOW}' : date));
  const printed = Buffer.concat(stdout).toString().replaceAll('\r\n', '\n').trimEnd().split('\n').map(named);
  if (anyOrder) printed.sort();
  const got = ['== client', ...lines.map(named), '== server', ...printed, '== exit', exit, ''].join('\n');
  return { got, stderr: Buffer.concat(stderr).toString() };
}

/**
 * @param {number} ms
 * @param {Promise<void>} work
 */
function within(ms, work) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the client did not finish within ${ms / 1000} s`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
