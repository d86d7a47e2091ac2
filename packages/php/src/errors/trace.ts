import { fileURLToPath } from 'node:url';

/** One line of a stack. */
export interface Frame {
  file: string;
  line: number;
  function: string;
}

const LINE = /^\s+at (?:(?:async |new )*(.*?) \()?(.*?):(\d+):\d+\)?$/;

/** The stack of an error, without the lines that belong to Node. */
export function trace(error: Error): Frame[] {
  const frames: Frame[] = [];
  for (const text of (error.stack ?? '').split('\n')) {
    const found = LINE.exec(text);
    const place = found?.[2] ?? '';
    if (found === null || place.startsWith('node:')) continue;
    const file = place.startsWith('file:') ? fileURLToPath(place) : place;
    frames.push({ file, line: Number(found[3]), function: found[1] ?? '{main}' });
  }
  return frames;
}
