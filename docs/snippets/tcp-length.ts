import * as Swoole from 'swoole-ts';

const port = Number(process.env.PORT || 9503);
const server = new Swoole.Server('127.0.0.1', port);

// #region length
server.set({
  open_length_check: true,
  package_length_type: 'N', // 4 bytes, big endian, as in pack()
  package_length_offset: 0, // where the length stands
  package_body_offset: 4, // what it counts begins here
  package_max_length: 1024 * 1024,
});

server.on('receive', (server, fd, _reactorId, data) => {
  // One whole packet, its length in front.
  const body = data.subarray(4);
  server.send(fd, packet(Buffer.from(body).reverse()));
});

function packet(body: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}
// #endregion length

server.start();
