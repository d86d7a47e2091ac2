// The cheapest TCP client that plain Node gives, because the load must not be what limits: libuv's handles themselves,
// without net.Socket around them. All connections read into one static buffer, a write is one system call at once.
// These bindings are deprecated for programs; a load generator may.
const { TCP, TCPConnectWrap, constants } = process.binding('tcp_wrap');
const { WriteWrap, streamBaseState, kReadBytesOrError, kLastWriteWasAsync } = process.binding('stream_wrap');

const SHARED = Buffer.allocUnsafeSlow(128 * 1024);
const UV_EOF = -4095;

export const fail = (message) => {
  console.error(`load: ${message}`);
  process.exit(1);
};

const nothing = () => {};

const newRequest = () => {
  const request = new WriteWrap();
  request.oncomplete = nothing;
  return request;
};

/** A write that the kernel takes at once, nearly every one, leaves its request unused: the next write takes it. */
let idle = newRequest();

function onRead() {
  const count = streamBaseState[kReadBytesOrError];
  if (count > 0) this.owner.bytes(count, SHARED);
  else if (count === UV_EOF) this.owner.ended();
  else if (count < 0) fail(`read failed with ${count}`);
}

/** A connection. What extends it says what to do with bytes: only the first `count` of the shared buffer are its own. */
export class Connection {
  constructor(port) {
    this.handle = new TCP(constants.SOCKET);
    this.handle.owner = this;
    const request = new TCPConnectWrap();
    request.oncomplete = (status) => {
      if (status !== 0) fail(`connect failed with ${status}`);
      this.handle.setNoDelay(true);
      this.handle.useUserBuffer(SHARED);
      this.handle.onread = onRead;
      this.handle.readStart();
      this.connected();
    };
    const error = this.handle.connect(request, '127.0.0.1', port);
    if (error !== 0) fail(`connect failed with ${error}`);
  }

  /** The buffer must not change afterwards: what the kernel does not take at once is written from it later. */
  send(buffer) {
    const request = idle;
    const error = this.handle.writeBuffer(request, buffer);
    if (error !== 0) fail(`write failed with ${error}`);
    if (streamBaseState[kLastWriteWasAsync] === 0) return;
    request.buffer = buffer;
    idle = newRequest();
  }

  ended() {
    fail('the server ended a connection');
  }

  close() {
    this.handle.close(nothing);
  }
}

/** Opens them a hundred at a time, so that no listen queue overflows. */
export const openAll = async (count, make) => {
  const all = [];
  for (let i = 0; i < count; i += 100) {
    const batch = Array.from({ length: Math.min(100, count - i) }, (_, j) => make(i + j));
    await Promise.all(batch.map((connection) => connection.opened));
    all.push(...batch);
  }
  return all;
};
