import type { StreamEngine } from '../stream.js';
import { TcpPort } from './port.js';

/** The engine for raw TCP, TLS and Unix stream sockets, on node:net and node:tls. */
export const tcpEngine: StreamEngine = {
  createPort: (options, listener) => new TcpPort(options, listener),
};
