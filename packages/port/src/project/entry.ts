import type { ApiUse, PortedFile } from '../types.js';

/** How likely the name of a file is that of the program itself. */
const NAMES = ['server', 'main', 'app', 'start', 'run', 'index', 'websocket', 'swoole'];

/**
 * The ported file that starts the program: one that starts a server, and of several the one whose name says so and that is least deep.
 * Null when no file starts one.
 */
export function entryOf(files: readonly PortedFile[], uses: readonly ApiUse[]): string | null {
  const starts = new Set(
    uses.filter(({ name }) => /::(?:start|run)$|\\run$/.test(name)).map(({ file }) => file),
  );
  const rank = ({ path }: PortedFile): number => {
    const stem = /([^/]*)\.ts$/.exec(path)?.[1]?.toLowerCase() ?? '';
    const named = NAMES.findIndex((name) => stem.includes(name));
    return (path.split('/').length - 1) * NAMES.length + (named < 0 ? NAMES.length : named);
  };
  const candidates = files.filter(({ source }) => starts.has(source));
  const all = candidates.length > 0 ? candidates : files.length === 1 ? [...files] : [];
  return all.sort((a, b) => rank(a) - rank(b))[0]?.path ?? null;
}
