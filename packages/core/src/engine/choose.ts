import type { Engine } from './engine.js';
import { createNodeEngine } from './node/index.js';
import { createUwsEngine } from './uws/index.js';

export const engineNames = ['uws', 'node'] as const;
/** What owns the sockets of HTTP and WebSocket ports. */
export type EngineName = (typeof engineNames)[number];

/** Chooses an engine for servers whose settings name none. */
const VARIABLE = 'SWOOLE_TS_ENGINE';

export function isEngineName(name: string): name is EngineName {
  return (engineNames as readonly string[]).includes(name);
}

/**
 * The engine that is asked for: by the setting, else by the environment variable SWOOLE_TS_ENGINE, else the one that can do what the
 * ports need, else uWebSockets.js where it loads.
 * @param wanted the setting `engine`, empty when it is not set
 * @param http2 whether a port is to speak HTTP/2 and the engine node may serve it
 * @throws Error when uWebSockets.js is asked for and does not load, or when the variable names no engine
 */
export function chooseEngine(
  wanted: EngineName | '',
  http2 = false,
  load: () => Engine = createUwsEngine,
): Engine {
  const variable = process.env[VARIABLE] ?? '';
  const name = wanted === '' ? variable : wanted;
  if (name === 'uws') return load();
  if (name === 'node')
    return createNodeEngine(wanted === '' ? `as ${VARIABLE} asks` : 'as the setting engine asks');
  if (name !== '') throw new Error(`${VARIABLE} must be one of ${engineNames.join(', ')}, '${name}' given`);
  if (http2) return createNodeEngine('for open_http2_protocol');
  try {
    return load();
  } catch (error) {
    return createNodeEngine(`for lack of uWebSockets.js: ${(error as Error).message}`);
  }
}
