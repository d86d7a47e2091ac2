const URLENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

function startsWithIgnoringCase(text: string, prefix: string, from: number): boolean {
  return (
    text.length - from >= prefix.length && text.slice(from, from + prefix.length).toLowerCase() === prefix
  );
}

/**
 * Tells how a body is to be parsed. Only the beginning of the type counts, as in Swoole, and case does not.
 * @returns null for a body that is no form
 */
export function formKind(contentType: string): 'urlencoded' | 'multipart' | null {
  if (startsWithIgnoringCase(contentType, URLENCODED, 0)) return 'urlencoded';
  if (startsWithIgnoringCase(contentType, MULTIPART, 0)) return 'multipart';
  return null;
}

/** Whether Swoole parses a form in the body of a request with this method. */
export function methodHasForm(method: string): boolean {
  return method === 'POST' || method === 'PUT' || method === 'PATCH' || method === 'DELETE';
}

/**
 * Takes the boundary from a multipart Content-Type.
 * @returns null when there is none or it is empty: such a request is answered with 400
 */
export function multipartBoundary(contentType: string): string | null {
  const length = contentType.length;
  let at = MULTIPART.length;
  while (at < length) {
    const code = contentType.charCodeAt(at);
    if (code === 0x20 || code === 0x09 || code === 0x3b) {
      at++;
      continue;
    }
    if (startsWithIgnoringCase(contentType, 'boundary=', at)) {
      const from = at + 'boundary='.length;
      const semicolon = contentType.indexOf(';', from);
      let value = contentType.slice(from, semicolon < 0 ? length : semicolon).trimEnd();
      if (value.length >= 2 && value.startsWith('"') && value.endsWith('"')) value = value.slice(1, -1);
      return value === '' ? null : value;
    }
    at = contentType.indexOf(';', at);
    if (at < 0) return null;
  }
  return null;
}
