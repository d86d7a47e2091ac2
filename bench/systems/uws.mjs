// The control: uWebSockets.js with nothing around it.
import { createRequire } from 'node:module';
import path from 'node:path';

// The builds and the order in which swoole-ts tries them, so that both run on the same one.
const require = createRequire(import.meta.url);
const load = () => {
  for (const name of [
    'uWebSockets.js',
    ...(Number(process.versions.node.split('.')[0]) < 22
      ? ['@uwsjs/core-20.51', '@uwsjs/core-20.69']
      : ['@uwsjs/core-20.69', '@uwsjs/core-20.51']),
  ]) {
    try {
      return require(name);
    } catch {
      // Not installed, or no binary for this Node and this C library: the next one.
    }
  }
  console.error('no uWebSockets.js binary loads here');
  process.exit(1);
};
const uws = load();

/** The package whose binary was loaded, whichever wrapper found it. */
const build = () => {
  const binary = Object.keys(require.cache).find((file) => file.endsWith('.node'));
  const { name, version } = require(path.join(path.dirname(binary), 'package.json'));
  return `${name} ${version}`;
};

const mode = process.argv[2];
if (mode === 'probe') process.exit(0);

const peers = new Set();

const echo = (ws, message, binary) => {
  ws.send(message, binary);
};
const all = (_ws, message, binary) => {
  for (const peer of peers) peer.send(message, binary);
};

uws
  .App()
  .ws('/*', {
    maxBackpressure: 16 * 1024 * 1024,
    open: (ws) => {
      peers.add(ws);
    },
    message: mode === 'all' ? all : echo,
    close: (ws) => {
      peers.delete(ws);
    },
  })
  .get('/*', (res, req) => {
    res.end(`hello ${req.getQuery('name')}`);
  })
  .listen('127.0.0.1', 0, (socket) => {
    console.log(`READY ${uws.us_socket_local_port(socket)} ${build()}`);
  });
