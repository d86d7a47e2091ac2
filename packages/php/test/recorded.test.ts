import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeCall, expected, type Kind, load, type Recorded, replay } from './lib/recorded.js';

const families = readdirSync(new URL('recorded/', import.meta.url)).map((file) => file.replace('.json', ''));

describe.each(families)('%s', (family) => {
  const byFunction = new Map<string, Recorded[]>();
  for (const entry of load(family)) byFunction.set(entry.f, [...(byFunction.get(entry.f) ?? []), entry]);

  it.each([...byFunction])('%s answers what PHP answers', async (_name, calls) => {
    const kinds: Kind[] = ['natural', 'PhpArray'];
    for (const kind of kinds)
      for (const entry of calls)
        expect({ call: describeCall(entry), kind, ...(await replay(entry, kind)) }).toEqual({
          call: describeCall(entry),
          kind,
          ...expected(entry),
        });
  });
});
