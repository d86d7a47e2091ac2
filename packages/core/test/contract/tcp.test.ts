import { tcpEngine } from '../../src/engine/tcp/index.js';
import { portContract, streamContract } from './streams.js';

for (const transport of ['TCP', 'TLS', 'a Unix socket'] as const) streamContract(tcpEngine, transport);
portContract(tcpEngine);
