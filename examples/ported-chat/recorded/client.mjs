// Plays three people in the lounge and writes down what they see. Run against the PHP it made expected.txt;
// run against the TypeScript it must see the same.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const anyOrder = true;

export default async function ({ port, log, Wire, show }) {
  const seen = (frame) => (frame?.opcode === 1 ? frame.payload.toString() : show(frame));

  /** Somebody with a connection. Each `say` sends and waits for the answers that are due. */
  async function person(label) {
    const wire = await Wire.connect(port);
    const { status } = await wire.upgrade('/');
    log(label, 'connects:', status);
    return {
      async sees(count = 1) {
        for (let i = 0; i < count; i++) log(label, '<', seen(await wire.recv()));
      },
      async says(message, answers = 1) {
        const text = typeof message === 'string' ? message : JSON.stringify(message);
        log(label, '>', text);
        wire.text(text);
        await this.sees(answers);
      },
      async leaves() {
        wire.close(1000, 'gone');
        log(label, '<', seen(await wire.recv()), 'closed:', await wire.closed());
      },
    };
  }

  async function page(url) {
    const wire = await Wire.connect(port);
    const response = await wire.request('GET', url).response();
    log('GET', url, response.status, response.header('content-type'));
    log(response.body.toString());
    wire.destroy();
  }

  await page('/');
  await page('/nothing');

  const ada = await person('ada');
  await ada.says('not json');
  await ada.says('[1, 2]');
  await ada.says({ type: 5 });
  await ada.says({ type: 'say', text: 'hello?' });
  await ada.says({ type: 'register', name: '1x', password: 'long enough', mail: 'ada@example.org' });
  await ada.says({ type: 'register', name: 'Ada', password: 'short', mail: 'ada@example.org' });
  await ada.says({ type: 'register', name: 'Ada', password: 'long enough', mail: 'nowhere' });
  await ada.says({ type: 'register', name: 'Ada', password: 'long enough', mail: 'ada@example.org' });
  await ada.says({ type: 'register', name: 'Ada', password: 'long enough', mail: 'ada@example.org' });
  await ada.says({ type: 'login', name: 'Ada', password: 'wrong enough' });
  await ada.says({ type: 'login', name: 'Ada' });
  await ada.says({ type: 'login', name: 'Ada', password: 'long enough' });
  await ada.says({ type: 'say', text: 'anybody?' });
  await ada.says({ type: 'join', room: 'cellar' });
  await ada.says({ type: 'join', room: 'lobby' });

  const zoe = await person('zoë');
  await zoe.says({ type: 'register', name: 'Zoë', password: 'très secret', mail: 'zoe@example.org' });
  await zoe.says({ type: 'login', name: 'Zoë', password: 'très secret' });
  await zoe.says({ type: 'join', room: 'lobby' });
  await ada.sees();
  await ada.says({ type: 'say', text: '  hello @Zoë, is @Bob here?  ' });
  await zoe.sees();
  await zoe.says({ type: 'who' });

  const bob = await person('bob');
  await bob.says({ type: 'register', name: 'Bob', password: '12345678', mail: 'bob@example.org' });
  await zoe.says(
    { type: 'say', text: `@Bob @Bob look: ${'a long line about gardens '.repeat(4)}/ "quoted" 🌱` },
    2,
  );
  await ada.sees();
  await bob.says({ type: 'login', name: 'Bob', password: '12345678' });
  await bob.says({ type: 'join', room: 'lobby' });
  await ada.sees();
  await zoe.sees();
  await bob.says({ type: 'join', room: 'garden' });
  await ada.sees();
  await zoe.sees();
  await bob.says({ type: 'say', text: 'roses' });
  await bob.says({ type: 'say', text: 'x'.repeat(501) });
  await bob.says({ type: 'search', words: 'hello  here' });
  await bob.says({ type: 'search', words: 'nothing like it' });
  await bob.says({ type: 'dance' });
  await page('/');

  const again = await person('ada again');
  await again.says({ type: 'login', name: 'Ada', password: 'long enough' });
  await ada.sees();
  await zoe.sees();
  await again.says({ type: 'join', room: 'garden' });
  await bob.sees();
  await bob.says({ type: 'logout' }, 0);
  await again.sees();
  await bob.sees();
  await zoe.leaves();

  const stranger = await person('a stranger');
  await stranger.sees();
  await again.says({ type: 'who' });
  await again.leaves();

  const spool = process.env.LOUNGE_SPOOL ?? '';
  for (const file of readdirSync(spool).sort())
    log('mail', file, JSON.stringify(readFileSync(path.join(spool, file), 'utf8')));
}
