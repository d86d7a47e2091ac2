// @ts-check
// Every scenario has a port, or the name of the release that brings one.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {{ scenarios: string[], ports: string[], notYet: Record<string, string> }} Ledger */

/**
 * @param {string} root the conformance folder
 * @returns {Ledger}
 */
export function readLedger(root) {
  const ports = path.join(root, 'ports');
  return {
    scenarios: readdirSync(path.join(root, 'scenarios')).sort(),
    ports: existsSync(ports)
      ? readdirSync(ports)
          .filter((file) => file.endsWith('.ts'))
          .map((file) => file.slice(0, -'.ts'.length))
          .sort()
      : [],
    notYet: JSON.parse(readFileSync(path.join(root, 'not-yet.json'), 'utf8')),
  };
}

/**
 * What is wrong with the ledger; nothing when every scenario is accounted for once.
 * @param {Ledger} ledger
 * @returns {string[]}
 */
export function ledgerProblems({ scenarios, ports, notYet }) {
  const known = new Set(scenarios);
  const ported = new Set(ports);
  const problems = [];
  for (const name of scenarios) {
    const later = Object.hasOwn(notYet, name);
    if (!ported.has(name) && !later) problems.push(`${name} has neither a port nor an entry in not-yet.json`);
    if (ported.has(name) && later) problems.push(`${name} has a port and an entry in not-yet.json`);
  }
  for (const name of ports) if (!known.has(name)) problems.push(`ports/${name}.ts ports no scenario`);
  for (const name of Object.keys(notYet)) {
    if (!known.has(name)) problems.push(`not-yet.json names ${name}, which is no scenario`);
  }
  return problems;
}
