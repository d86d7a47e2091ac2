// One connection talks, and every other one gets something for each of its texts: those that another worker has. The next
// text is sent when all have what they get for one: `inFlight` are on their way.
import { clientFrames, idOf, serverHeader } from './frames.mjs';
import { measure } from './meter.mjs';
import { Talker } from './talker.mjs';
import { openAll } from './tcp.mjs';

let delivered = 0;
let missing = 0;
let say = () => {};

class Listener extends Talker {
  frames(count) {
    let came = 0;
    let next = this.next;
    for (; next < count; next += this.stride) came++;
    this.next = next - count;
    delivered += came;
    missing -= came;
    if (missing <= 0) say();
  }
}

export const run = async (job) => {
  const peers = [];
  // One after the other: the server numbers them in this order, and every second one is another worker's.
  for (let i = 0; i < job.connections; i++)
    peers.push(
      ...(await openAll(1, () => new Listener(job.port, idOf(0), serverHeader(job.size), job.size))),
    );
  const text = clientFrames(idOf(0), job.size, 1);
  say = () => {
    missing += job.connections / 2;
    peers[0].send(text);
  };
  for (let i = 0; i < job.inFlight; i++) say();
  missing = job.connections / 2;
  return measure(job, () => delivered);
};
