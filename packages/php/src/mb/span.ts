/** The range that `mb_substr` and its kin mean: negative counts from the end. */
export function range(size: number, start: number, length: number | null): [from: number, to: number] {
  const from = start < 0 ? Math.max(0, size + start) : Math.min(start, size);
  const to = length === null ? size : length < 0 ? size + length : Math.min(size, from + length);
  return [from, Math.max(from, to)];
}
