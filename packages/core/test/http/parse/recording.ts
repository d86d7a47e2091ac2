import { readFileSync } from 'node:fs';

/** The lines of what real Swoole's client printed in a recorded scenario. */
export function recordedLines(scenario: string): string[] {
  const url = new URL(`../../../../../conformance/scenarios/${scenario}/expected.txt`, import.meta.url);
  const text = readFileSync(url, 'utf8');
  return text.slice(text.indexOf('== client\n') + 10, text.indexOf('\n== server')).split('\n');
}

/** As `json_encode` prints PHP's arrays: an empty one is a list. */
export function likePhp(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(likePhp);
  const entries = Object.entries(value);
  return entries.length === 0 ? [] : Object.fromEntries(entries.map(([key, item]) => [key, likePhp(item)]));
}
