// Every talker hears everybody and says the next thing when it hears itself: as many messages in flight as talkers.
import { clientFrames, idOf, serverHeader } from './frames.mjs';
import { measure } from './meter.mjs';
import { Talker } from './talker.mjs';
import { openAll } from './tcp.mjs';

let delivered = 0;

class Chatter extends Talker {
  constructor(job, index) {
    super(job.port, idOf(index), serverHeader(job.size), job.size);
    this.text = clientFrames(this.id, job.size, 1);
  }

  frames(count, buffer) {
    const { id, stride } = this;
    let mine = 0;
    let came = 0;
    let next = this.next;
    for (; next < count; next += stride) {
      came++;
      if (buffer[next] === id) mine++;
    }
    this.next = next - count;
    delivered += came;
    for (; mine > 0; mine--) this.send(this.text);
  }
}

export const run = async (job) => {
  const peers = await openAll(job.connections, (index) => new Chatter(job, index));
  for (const peer of peers) peer.send(peer.text);
  return measure(job, () => delivered);
};
