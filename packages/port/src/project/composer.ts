/** What a composer.json says that matters for a port. */
export interface Composer {
  /** `vendor/name`, or null. */
  name: string | null;
  description: string | null;
  /** The packages that the program requires, without PHP itself and its extensions. */
  packages: string[];
  /** Namespaces and the folders of their classes, from `psr-4`. */
  namespaces: Record<string, string>;
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Reads a composer.json; null when it is not JSON. */
export function readComposer(json: string): Composer | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return null;
  }
  const all = record(parsed);
  const isPackage = (name: string) => name.includes('/') && !name.startsWith('swoole/ide-helper');
  const folders = Object.entries(record(record(all.autoload)['psr-4']));
  return {
    name: text(all.name),
    description: text(all.description),
    packages: Object.keys(record(all.require)).filter(isPackage),
    namespaces: Object.fromEntries(folders.map(([prefix, folder]) => [prefix, String(folder)])),
  };
}
