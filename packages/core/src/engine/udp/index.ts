import type { DatagramEngine } from '../datagram.js';
import { UdpPort } from './port.js';

/** The engine for UDP, on node:dgram. */
export const udpEngine: DatagramEngine = {
  createPort: (options, listener) => new UdpPort(options, listener),
};
