/** A change of a text. */
export interface Edit {
  start: number;
  end: number;
  /** What is put before and after what stands there. */
  before: string;
  after: string;
}

/** Applies edits that do not overlap; of two that do, the first. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const chosen: Edit[] = [];
  for (const edit of edits) {
    const clashes = chosen.some((other) => edit.start < other.end && other.start < edit.end);
    const twice = chosen.some((other) => edit.start === other.start && edit.end === other.end);
    if (!clashes && !twice) chosen.push(edit);
  }
  let out = text;
  for (const { start, end, before, after } of chosen.sort((a, b) => b.start - a.start)) {
    out = out.slice(0, start) + before + out.slice(start, end) + after + out.slice(end);
  }
  return out;
}
