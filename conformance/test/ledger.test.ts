import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { declarationsOf, declaredScenarios, ENGINES, mistakes } from '../lib/differences.mjs';
import { ledgerProblems, readLedger } from '../lib/ledger.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const differences = path.join(root, 'differences');

describe('the ledger', () => {
  it('knows of every scenario: it has a port or a release that brings one', () => {
    expect(ledgerProblems(readLedger(root))).toEqual([]);
  });

  it('reports a scenario with neither or both, and names that are no scenario', () => {
    const ledger = {
      scenarios: ['both', 'fine', 'later', 'neither'],
      ports: ['both', 'fine', 'stray'],
      notYet: { both: 'tcp', later: 'tcp', lost: 'tcp' },
    };
    expect(ledgerProblems(ledger)).toEqual([
      'both has a port and an entry in not-yet.json',
      'neither has neither a port nor an entry in not-yet.json',
      'ports/stray.ts ports no scenario',
      'not-yet.json names lost, which is no scenario',
    ]);
  });
});

describe('the declared differences', () => {
  it('belong to ported scenarios and are well formed', () => {
    const { ports } = readLedger(root);
    for (const name of declaredScenarios(differences)) {
      expect(ports).toContain(name);
      for (const engine of ENGINES)
        expect(mistakes(declarationsOf(differences, name, engine)), name).toEqual([]);
    }
  });
});
