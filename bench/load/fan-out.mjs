// One talker among a thousand listeners (itself one of them): the next message when all have the last.
// The figure jumps between two states; this is what seems to be behind it, not tested apart. While the server sends a little faster than this load reads, the load never sleeps. Else it sleeps
// after each message, every send pays for waking it, and costs half as much again: so a system near the border jumps between
// the two from run to run. Look at the spread, and at the work for a second of the server's CPU.
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
    if (missing === 0) say();
  }
}

export const run = async (job) => {
  const id = idOf(0);
  const peers = await openAll(
    job.connections,
    () => new Listener(job.port, id, serverHeader(job.size), job.size),
  );
  const text = clientFrames(id, job.size, 1);
  say = () => {
    missing = job.connections;
    peers[0].send(text);
  };
  say();
  return measure(job, () => delivered);
};
