import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Case, faults, NOTHING } from './case.js';
import { closeCodes, control } from './cases/control.js';
import { deflated, OFFERS } from './cases/deflate.js';
import { fragments } from './cases/fragments.js';
import { headers, masks } from './cases/headers.js';
import { lengths } from './cases/lengths.js';
import { utf8 } from './cases/utf8.js';
import { KnownLimitations } from './known.js';
import { illegal } from './offers.js';
import { Peer } from './peer.js';
import { EchoServer } from './server.js';

const TABLE: Record<string, () => Generator<Case>> = {
  lengths,
  headers,
  masks,
  control,
  fragments,
  utf8,
  'close codes': closeCodes,
  'permessage-deflate': deflated,
};

/** In milliseconds: for an outcome, and where it is known that none may come. */
const PATIENCE = 4_000;
const DOUBT = 250;

/** Newer versions of Node load another uWebSockets.js than the one that the limitations were found in. */
const LOADS_20_51 = Number(process.versions.node.split('.')[0]) < 22;

for (const engine of ['uws', 'node'])
  describe(`RFC 6455 on the ${engine} engine`, () => {
    const known = new KnownLimitations(engine);
    let server: EchoServer | null = null;
    beforeAll(async () => {
      server = await EchoServer.start(engine);
    });
    afterAll(() => server?.stop());

    for (const [topic, cases] of Object.entries(TABLE))
      describe(topic, () => {
        for (const one of cases())
          it(`${one.name} (${one.section})`, async () => {
            const peer = await Peer.connect(server?.port ?? 0);
            const { status, extensions, accept } = await peer.shakeHands(one.offer ?? '');
            expect(status).toBe(101);
            // RFC 6455, section 1.3.
            expect(accept).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
            expect(extensions !== null).toBe(one.offer !== undefined);
            const patience = known.expects(one.name, NOTHING) ? DOUBT : PATIENCE;
            const outcome = await peer.play(one.sends, patience);
            peer.leave();
            expect(known.uncovered(one.name, faults(one, outcome)).join('; ')).toBe('');
            expect(server?.running).toBe(true);
          });
      });

    describe('offers of extensions', () => {
      for (const { offer, legal } of OFFERS)
        it(`${offer} (RFC 7692, 7.1)`, async () => {
          const peer = await Peer.connect(server?.port ?? 0);
          const { status, extensions } = await peer.shakeHands(offer);
          peer.leave();
          expect(status).toBe(101);
          expect(known.uncovered(offer, illegal(offer, legal, extensions)).join('; ')).toBe('');
        });
    });

    it.runIf(engine === 'node' || LOADS_20_51)('has no known limitation that is none', () => {
      expect(known.unneeded).toEqual([]);
    });
  });
