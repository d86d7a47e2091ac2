let lastText = '';
let lastBytes: Buffer | null = null;

/**
 * A broadcast pushes the same string to many connections: from the second time on it is encoded no more.
 * @returns the string itself the first time, its UTF-8 bytes when it comes again
 */
export function encodeOnce(text: string): string | Buffer {
  if (text === lastText) {
    lastBytes ??= Buffer.from(text);
    return lastBytes;
  }
  lastText = text;
  lastBytes = null;
  return text;
}
