import { createHash } from 'node:crypto';

/** RFC 6455, section 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

let lastStatus = '';
let lastHeaders: readonly string[] = [];
let lastText = '';

let dateSecond = 0;
let dateLine = '';

/** A status line and its headers, as yet without the empty line. Most responses have the same list of headers, told by its identity. */
export function headText(status: string, headers: readonly string[]): string {
  if (headers === lastHeaders && status === lastStatus) return lastText;
  let text = `HTTP/1.1 ${status}\r\n`;
  for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
  lastStatus = status;
  lastHeaders = headers;
  lastText = text;
  return text;
}

/** The Date line of this second; empty when the list has a date of its own. */
export function dateText(headers: readonly string[]): string {
  for (let i = 0; i < headers.length; i += 2)
    if ((headers[i] as string).length === 4 && (headers[i] as string).toLowerCase() === 'date') return '';
  const second = Math.floor(Date.now() / 1000);
  if (second !== dateSecond) {
    dateSecond = second;
    dateLine = `Date: ${new Date(second * 1000).toUTCString()}\r\n`;
  }
  return dateLine;
}

/** The answer that makes a connection a WebSocket. @param extensions empty for none */
export function handshakeText(
  key: string,
  headers: readonly string[],
  protocol: string,
  extensions: string,
): string {
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64');
  let text = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n';
  text += `Sec-WebSocket-Accept: ${accept}\r\n`;
  if (protocol !== '') text += `Sec-WebSocket-Protocol: ${protocol}\r\n`;
  if (extensions !== '') text += `Sec-WebSocket-Extensions: ${extensions}\r\n`;
  for (let i = 0; i < headers.length; i += 2) text += `${headers[i]}: ${headers[i + 1]}\r\n`;
  return `${text}${dateText(headers)}\r\n`;
}
