let lastStatus = '';
let lastHeaders: readonly string[] = [];
let lastText = '';

/**
 * A status line and its headers in one piece, for a single native call. Most responses have the same list of headers, told by its
 * identity.
 */
export function headText(status: string, headers: readonly string[], withoutConnection: boolean): string {
  if (headers === lastHeaders && status === lastStatus && !withoutConnection) return lastText;
  let text = status;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (withoutConnection && name === 'Connection') continue;
    text += `\r\n${name}: ${headers[i + 1]}`;
  }
  if (!withoutConnection) {
    lastStatus = status;
    lastHeaders = headers;
    lastText = text;
  }
  return text;
}
