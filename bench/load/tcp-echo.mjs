// Raw bytes without a protocol: every connection keeps `inFlight` messages of `size` bytes on their way, and sends as many again as came back.
import { measure } from './meter.mjs';
import { Connection, fail, openAll } from './tcp.mjs';

let received = 0;

class Echoer extends Connection {
  constructor(job, index) {
    super(job.port);
    this.size = job.size;
    /** The byte that all messages of this connection consist of. */
    this.mark = 1 + (index % 255);
    this.all = Buffer.alloc(job.size * job.inFlight, this.mark);
    /** Bytes of a message that has not come whole. */
    this.part = 0;
    this.opened = new Promise((resolve) => {
      this.connected = resolve;
    });
  }

  bytes(count, buffer) {
    if (buffer[0] !== this.mark || buffer[count - 1] !== this.mark) fail('an echo is not what was sent');
    const have = this.part + count;
    const whole = Math.floor(have / this.size);
    this.part = have - whole * this.size;
    received += whole;
    if (whole > 0) this.send(this.all.subarray(0, whole * this.size));
  }
}

export const run = async (job) => {
  const peers = await openAll(job.connections, (index) => new Echoer(job, index));
  for (const peer of peers) peer.send(peer.all);
  return measure(job, () => received);
};
