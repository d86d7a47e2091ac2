// The server does by itself what is counted, and says so by a text for every `each` of it.
import { clientFrames, idOf, serverHeader } from './frames.mjs';
import { measure } from './meter.mjs';
import { Talker } from './talker.mjs';
import { openAll } from './tcp.mjs';

let done = 0;

class Listener extends Talker {
  constructor(job) {
    super(job.port, idOf(0), serverHeader(job.size), job.size);
    this.each = job.each;
  }

  frames(count) {
    let next = this.next;
    for (; next < count; next += this.stride) done += this.each;
    this.next = next - count;
  }
}

export const run = async (job) => {
  const [listener] = await openAll(1, () => new Listener(job));
  listener.send(clientFrames(listener.id, job.size, 1));
  return measure(job, () => done);
};
