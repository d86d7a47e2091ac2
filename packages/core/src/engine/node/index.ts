import type { Engine, EngineListener, EnginePort, ListenOptions } from '../engine.js';
import { NodeAcceptor } from './acceptor.js';
import { NodePort } from './port.js';

/**
 * The engine on Node's own sockets, and `ws` for the frames of WebSockets.
 * @param why why it runs, for the debug log
 */
export function createNodeEngine(why: string): Engine {
  return {
    name: 'node',
    description: `engine node: Node ${process.versions.node}, ${why}`,
    createPort: (options: ListenOptions, listener: EngineListener): EnginePort =>
      new NodePort(options, listener),
    createAcceptor: () => new NodeAcceptor(),
  };
}
