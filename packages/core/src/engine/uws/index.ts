import type { Engine, EngineListener, EnginePort, ListenOptions } from '../engine.js';
import { UwsAcceptor } from './acceptor.js';
import { loadBinding } from './load.js';
import { UwsPort } from './port.js';

/** The engine on uWebSockets.js. @throws Error with the remedy when no build of it loads here */
export function createUwsEngine(): Engine {
  const { binding, description } = loadBinding();
  return {
    name: 'uws',
    description,
    createPort: (options: ListenOptions, listener: EngineListener): EnginePort =>
      new UwsPort(binding, options, listener),
    createAcceptor: (options: ListenOptions) => new UwsAcceptor(binding, options),
  };
}
