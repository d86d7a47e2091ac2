import { UPGRADE } from './frames.mjs';
import { Connection, fail } from './tcp.mjs';

/**
 * A WebSocket whose server sends text frames of one size only, so that counting needs no parser: the first byte of each
 * text, its talker's id, comes `stride` bytes after the last. What extends it counts in `frames(count, buffer)`.
 */
export class Talker extends Connection {
  constructor(port, id, header, size) {
    super(port);
    this.id = id;
    this.header = header;
    this.stride = header.length + size;
    /** Distance to the next id; negative while the answer to the handshake is awaited. */
    this.next = -1;
    this.checked = false;
    this.opened = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  connected() {
    this.send(UPGRADE);
  }

  bytes(count, buffer) {
    if (this.next >= 0) {
      if (!this.checked) this.check(count, buffer);
      this.frames(count, buffer);
      return;
    }
    const head = buffer.latin1Slice(0, count);
    if (!head.startsWith('HTTP/1.1 101 ')) fail(`no upgrade: ${head.split('\r\n', 1)[0]}`);
    if (!head.endsWith('\r\n\r\n'))
      fail('the answer to the handshake came in pieces or with a frame behind it');
    this.next = this.header.length;
    this.resolve();
  }

  /** The first frame must be the text that the counting relies on. */
  check(count, buffer) {
    const length = Math.min(count, this.header.length);
    if (this.header.compare(buffer, 0, length, 0, length) !== 0)
      fail(`unexpected frame: ${buffer.toString('hex', 0, Math.min(count, 8))}`);
    this.checked = true;
  }
}
