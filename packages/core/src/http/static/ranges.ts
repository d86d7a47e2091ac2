/** A piece of a file: its first byte and how many. */
export interface Range {
  readonly offset: number;
  readonly length: number;
}

const invalid = null;
const digit0 = 0x30;
const digit9 = 0x39;
const space = 0x20;
const comma = 0x2c;
const dash = 0x2d;

/**
 * Reads a `Range` header as Swoole does: what is not of bytes, or asks for nothing that exists, means the whole file.
 * @param size bytes of the file
 * @returns the ranges in the order asked for, empty for the whole file; null when the header cannot be read (416)
 */
export function parseRanges(header: string, size: number): Range[] | null {
  if (header.length < 6 || header.slice(0, 6).toLowerCase() !== 'bytes=') return [];
  const ranges: Range[] = [];
  let total = 0;
  let at = 6;
  // Reads digits at the cursor; -1 when there are none.
  const number = (): number => {
    const from = at;
    let value = 0;
    for (let c = header.charCodeAt(at); c >= digit0 && c <= digit9; c = header.charCodeAt(++at)) {
      value = value * 10 + (c - digit0);
    }
    return at === from || !Number.isSafeInteger(value) ? -1 : value;
  };
  const skipSpaces = (): void => {
    while (header.charCodeAt(at) === space) at++;
  };

  while (at <= header.length) {
    skipSpaces();
    let start: number;
    let end: number;
    if (header.charCodeAt(at) === dash) {
      at++;
      const suffix = number();
      if (suffix < 0) return invalid;
      start = Math.max(size - suffix, 0);
      end = size;
    } else {
      start = number();
      if (start < 0) return invalid;
      skipSpaces();
      if (header.charCodeAt(at++) !== dash) return invalid;
      skipSpaces();
      if (at === header.length || header.charCodeAt(at) === comma) {
        end = size;
      } else {
        const last = number();
        if (last < 0) return invalid;
        end = Math.min(last + 1, size);
      }
    }
    skipSpaces();
    if (at < header.length && header.charCodeAt(at) !== comma) return invalid;
    if (start < end) {
      ranges.push({ offset: start, length: end - start });
      total += end - start;
    }
    at++;
    if (at === header.length) break;
  }
  // Ranges that repeat the file many times over would turn a short request into a flood.
  return ranges.length > 1 && total > size ? [] : ranges;
}
