import type { DatagramEngine } from '../datagram.js';
import { UdpPort } from './port.js';
import { UnixDatagramPort } from './unix-port.js';
import { UnixDatagramSocket } from './unix-socket.js';

export { isLongPath } from './unix-address.js';
export { UnixDatagramSocket, unixDatagramsMissing } from './unix-socket.js';

/** The engine for datagrams: those of UDP on node:dgram, those of Unix sockets on the C library. */
export const udpEngine: DatagramEngine = {
  createPort: (options, listener) =>
    options.family === 'unix'
      ? new UnixDatagramPort(options.maxWaiting, listener)
      : new UdpPort({ ...options, family: options.family }, listener),
  sender: (share) => ({ send: (data, path) => UnixDatagramSocket.sendFrom(share, data, path) }),
};
