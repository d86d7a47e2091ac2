// The ledger of what becomes of everything that Swoole has, worked out once for all pages that show a part of it.
import path from 'node:path';
import { decide, readFamilies } from '../../conformance/lib/decisions.mjs';
import { readSurface } from '../../conformance/lib/surface.mjs';
import { importSource, readText, root } from './source.mjs';

const make = async () =>
  decide(
    JSON.parse(readText('conformance/api.json')),
    readSurface(),
    readFamilies(path.join(root, 'conformance')),
    (await importSource('index.ts')).settingsTable,
  );

let made;
/** @returns {Promise<import('../../conformance/lib/decisions.mjs').Ledger>} */
export const ledger = () => (made ??= make());
