#!/usr/bin/env node
// @ts-check
// Writes docs/reference/differences.md from the declared differences: node conformance/list-differences.mjs
// With --check nothing is written, and the status is 1 when the page is not current.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { differencesPage, limitationsSection } from './lib/differences-page.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const page = path.join(root, '../docs/reference/differences.md');
const { values: options } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const limitations = path.join(root, 'rfc6455/known-limitations.json');
const text = `${differencesPage(path.join(root, 'differences'))}\n${limitationsSection(limitations)}`;

if (!options.check) {
  mkdirSync(path.dirname(page), { recursive: true });
  writeFileSync(page, text);
} else if (!existsSync(page) || readFileSync(page, 'utf8') !== text) {
  console.error('docs/reference/differences.md is not current: run node conformance/list-differences.mjs');
  process.exit(1);
}
