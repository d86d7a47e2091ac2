import { createNodeEngine } from '../../src/engine/node/index.js';
import { engineContract } from './suite.js';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

engineContract('node', () => createNodeEngine('for the contract'), {
  http10: true,
  asyncPipelining: true,
  pongs: true,
  reservedOpcodes: true,
  unmaskedRefused: true,
  chunkedHeadsKnown: true,
  registeredCloseCodes: true,
  // node:net takes the option since 22.12.
  reusePort: major > 22 || (major === 22 && minor >= 12),
  reload: true,
});
