// Keep-alive connections with one GET in flight each. All answers of a run have one length, learned from the first.
import { GET, NAME } from './frames.mjs';
import { measure } from './meter.mjs';
import { Connection, fail, openAll } from './tcp.mjs';

const BODY = `hello ${NAME}`;
let answered = 0;

/** The length of a whole answer, from its head; 0 while the head is incomplete. */
const lengthOf = (text) => {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return 0;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end + 2));
  if (!text.startsWith('HTTP/1.1 200 ') || !length) fail(`unexpected answer: ${text.slice(0, end)}`);
  return end + 4 + Number(length[1]);
};

class Asker extends Connection {
  constructor(port) {
    super(port);
    this.length = 0;
    this.got = 0;
    this.first = '';
    this.opened = new Promise((resolve) => {
      this.connected = resolve;
    });
  }

  bytes(count, buffer) {
    this.got += count;
    if (this.length === 0) {
      this.first += buffer.latin1Slice(0, count);
      const length = lengthOf(this.first);
      if (length === 0 || this.got < length) return;
      if (!this.first.endsWith(`\r\n\r\n${BODY}`)) fail('the body is not what was asked for');
      this.length = length;
    }
    if (this.got < this.length) return;
    if (this.got > this.length) fail('an answer is longer than the first one');
    this.got = 0;
    answered++;
    this.send(GET);
  }
}

export const run = async (job) => {
  const all = await openAll(job.connections, () => new Asker(job.port));
  for (const each of all) each.send(GET);
  return measure(job, () => answered);
};
