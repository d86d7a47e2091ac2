// Every connection keeps `inFlight` messages on their way; as many as came back are sent again in one write.
import { clientFrames, idOf, serverHeader } from './frames.mjs';
import { measure } from './meter.mjs';
import { Talker } from './talker.mjs';
import { fail, openAll } from './tcp.mjs';

let received = 0;

class Echoer extends Talker {
  constructor(job, index) {
    super(job.port, idOf(index), serverHeader(job.size), job.size);
    const all = clientFrames(this.id, job.size, job.inFlight);
    const frame = all.length / job.inFlight;
    /** `batches[n]` is n frames. */
    this.batches = Array.from({ length: job.inFlight + 1 }, (_, n) => all.subarray(0, n * frame));
  }

  frames(count, buffer) {
    let came = 0;
    let next = this.next;
    for (; next < count; next += this.stride) {
      if (buffer[next] !== this.id) fail('an echo is not what was sent');
      came++;
    }
    this.next = next - count;
    received += came;
    if (came > 0) this.send(this.batches[came]);
  }
}

export const run = async (job) => {
  const peers = await openAll(job.connections, (index) => new Echoer(job, index));
  for (const peer of peers) peer.send(peer.batches[job.inFlight]);
  return measure(job, () => received);
};
