/** A PHP file's text, and what it was read as when it is not UTF-8. */
export interface Decoded {
  text: string;
  /** `GB 18030` or `Latin-1`; null for UTF-8. */
  encoding: string | null;
}

const decoded = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** Reads the bytes of a source file: UTF-8, else GB 18030 as older Chinese programs are, else Latin-1. */
export function decode(bytes: Uint8Array): Decoded {
  const utf8 = decoded(bytes, 'utf-8');
  if (utf8 !== null) return { text: utf8, encoding: null };
  const gb = decoded(bytes, 'gb18030');
  if (gb !== null) return { text: gb, encoding: 'GB 18030' };
  return { text: new TextDecoder('latin1').decode(bytes), encoding: 'Latin-1' };
}
