// What the porting tool knows of the ledger: it is published without the rest of the repository, so it carries its part of it.

import { ledger } from './ledger.mjs';
import { readText } from './source.mjs';

/** The verdict on each name with its reason, `works` without one, and which class a class extends; one name a line. */
export async function portLedger() {
  const { decisions } = await ledger();
  const { classes } = JSON.parse(readText('conformance/api.json'));
  const shown = decisions.filter(({ name }) => !name.startsWith('alias '));
  const sorted = [...shown].sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = Object.fromEntries(
    sorted.map(({ name, verdict, why }) => [
      name,
      verdict === 'works' ? verdict : `${verdict === 'differs' ? verdict : 'none'}: ${why}`,
    ]),
  );
  const dotted = (name) => name.replaceAll('\\', '.');
  const parents = Object.fromEntries(
    Object.entries(classes)
      .filter(([, { parent }]) => parent?.startsWith('Swoole'))
      .map(([name, { parent }]) => [dotted(name), dotted(parent)]),
  );
  return `${JSON.stringify({ names, parents }, null, 2)}\n`;
}
