import { describe } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import { backpressure } from './backpressure.js';
import { bodies } from './bodies.js';
import { broadcasts } from './broadcasts.js';
import { connections } from './connections.js';
import { http } from './http.js';
import { messages } from './messages.js';
import { ports } from './ports.js';
import { responseEnds } from './response-ends.js';
import type { Capabilities, Contract } from './serve.js';
import { socketEnds } from './socket-ends.js';
import { storm } from './storm.js';
import { tls } from './tls.js';
import { upgrade } from './upgrade.js';

/**
 * What every engine owes to whoever is above it (src/engine/engine.ts), on the wire and in its reports.
 * @param create called once
 * @param capabilities what the engine can do of what not every engine can
 */
export function engineContract(name: string, create: () => Engine, capabilities: Capabilities): void {
  const contract: Contract = { engine: create(), capabilities };
  describe(name, () => {
    describe('http', () => {
      http(contract);
      responseEnds(contract);
    });
    describe('bodies', () => bodies(contract));
    describe('websocket', () => {
      upgrade(contract);
      messages(contract);
      broadcasts(contract);
      socketEnds(contract);
    });
    describe('connections', () => {
      connections(contract);
      ports(contract);
    });
    describe('tls', () => tls(contract));
    describe('backpressure', () => backpressure(contract));
    describe('storm', () => storm(contract));
  });
}
