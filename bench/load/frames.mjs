// Bytes made once, before the clock runs.

const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);

/** The first byte of a talker's text: it tells whose message came back. A hundred printable ones (and ESC… to space). */
export const idOf = (index) => 27 + (index % 100);

const headerOf = (size, masked) => {
  const bit = masked ? 0x80 : 0;
  return size < 126 ? [0x81, bit | size] : [0x81, bit | 126, size >> 8, size & 255];
};

/** What the server's text frame of this size begins with. */
export const serverHeader = (size) => Buffer.from(headerOf(size, false));

/** `count` masked text frames of one talker in a row. */
export const clientFrames = (id, size, count) => {
  const payload = Buffer.alloc(size, 'x');
  payload[0] = id;
  for (let i = 0; i < size; i++) payload[i] ^= MASK[i & 3];
  const frame = Buffer.concat([Buffer.from(headerOf(size, true)), MASK, payload]);
  return Buffer.concat(Array(count).fill(frame));
};

/** A masked close frame with code 1000. */
export const CLOSE_FRAME = Buffer.from([0x88, 0x82, ...MASK, 0x03 ^ MASK[0], 0xe8 ^ MASK[1]]);

export const UPGRADE = Buffer.from(
  [
    'GET / HTTP/1.1',
    'Host: 127.0.0.1',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    '\r\n',
  ].join('\r\n'),
);

export const NAME = 'Ada';
export const GET = Buffer.from(
  `GET /hello?name=${NAME} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n`,
);
