import { randomBytes } from 'node:crypto';
import { phpText } from '../../http/php-text.js';

/** The fields of a form, nested as PHP's arrays are. */
export type FormFields = { readonly [name: string]: unknown };

/** A file, or a part with a text of its own, that goes out with a form. */
export interface FormPart {
  readonly name: string;
  readonly filename: string;
  readonly type: string;
  readonly content: Buffer;
}

/** PHP's urlencode(): a blank is a plus sign, and only letters, digits and -_. stay. */
export function urlEncode(text: string): string {
  const encoded = encodeURIComponent(text).replaceAll('%20', '+');
  return encoded.replace(/[!'()*~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** PHP's http_build_query(). */
export function urlEncodedForm(fields: FormFields): string {
  const pairs = flatten(fields).map(([name, value]) => `${urlEncode(name)}=${urlEncode(value)}`);
  return pairs.join('&');
}

/** A form with files, and the content type that says where its parts end. */
export function multipartForm(
  fields: FormFields,
  parts: readonly FormPart[],
): { type: string; body: Buffer } {
  const boundary = `----SwooleBoundary${randomBytes(12).toString('hex')}`;
  const chunks: Buffer[] = [];
  const part = (head: string, content: Buffer): void => {
    chunks.push(Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), content, Buffer.from('\r\n'));
  };
  for (const [name, value] of flatten(fields)) {
    part(`Content-Disposition: form-data; name="${quoted(name)}"`, Buffer.from(value));
  }
  for (const { name, filename, type, content } of parts) {
    const disposition = `Content-Disposition: form-data; name="${quoted(name)}"; filename="${quoted(filename)}"`;
    part(`${disposition}\r\nContent-Type: ${type.replace(/[\r\n]/g, '')}`, content);
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(chunks) };
}

/** A quote or a line end in a name would end the head of its part. */
function quoted(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** Fields within fields as `list[0]`; what is null is left out. */
function flatten(fields: object, prefix = ''): [name: string, value: string][] {
  return Object.entries(fields).flatMap(([key, value]): [string, string][] => {
    const name = prefix === '' ? key : `${prefix}[${key}]`;
    if (value === null || value === undefined) return [];
    if (value === false) return [[name, '0']];
    const text = phpText(value);
    return text === null ? flatten(value as object, name) : [[name, text]];
  });
}
