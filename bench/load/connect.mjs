// Lanes that connect, upgrade, say goodbye and wait for the end of the connection, over and over.
import { CLOSE_FRAME, UPGRADE } from './frames.mjs';
import { measure } from './meter.mjs';
import { Connection, fail } from './tcp.mjs';

let done = 0;

class Visit extends Connection {
  constructor(port) {
    super(port);
    this.port = port;
    this.upgraded = false;
    this.answered = false;
  }

  connected() {
    this.send(UPGRADE);
  }

  bytes(_count, buffer) {
    if (this.upgraded) {
      this.answered = buffer[0] === 0x88;
      return;
    }
    this.upgraded = buffer.latin1Slice(0, 13) === 'HTTP/1.1 101 ';
    if (!this.upgraded) fail('no upgrade');
    this.send(CLOSE_FRAME);
  }

  ended() {
    if (!this.answered) fail('the connection ended without a close frame');
    this.close();
    done++;
    new Visit(this.port);
  }
}

export const run = (job) => {
  for (let i = 0; i < job.connections; i++) new Visit(job.port);
  return measure(job, () => done);
};
