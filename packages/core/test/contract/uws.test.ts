import { createUwsEngine } from '../../src/engine/uws/index.js';
import { engineContract } from './suite.js';

engineContract('uws', createUwsEngine, {
  // uWebSockets.js answers 505.
  http10: false,
  // It closes a connection whose next request comes before the answer to the last.
  asyncPipelining: false,
  // It answers pings by itself and has no call to send a pong, nor frames with reserved opcodes.
  pongs: false,
  reservedOpcodes: false,
  // It unmasks without looking at the mask bit.
  unmaskedRefused: false,
  // Identity (engine/uws/identity.ts) hangs on the data handler, which such a head does not call.
  chunkedHeadsKnown: false,
  // It takes them for invalid (1002).
  registeredCloseCodes: false,
  reusePort: true,
  reload: true,
});
