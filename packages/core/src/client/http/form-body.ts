import { randomBytes } from 'node:crypto';
import { phpText } from '../../http/php-text.js';
import type { BodyPart } from './request-body.js';

/** The fields of a form, nested as PHP's arrays are. */
export type FormFields = { readonly [name: string]: unknown };

/** A file that goes out with a form: a part of one on the disk, or a text of its own. */
export interface UploadFile {
  readonly name: string;
  readonly filename: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** Where on the disk it is, and where in it to begin. */
  readonly path?: string;
  readonly offset?: number;
  readonly content?: string | Uint8Array;
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
  files: readonly UploadFile[],
): { type: string; parts: BodyPart[] } {
  const boundary = `----SwooleBoundary${randomBytes(12).toString('hex')}`;
  const parts: BodyPart[] = [];
  let text = '';
  for (const [name, value] of flatten(fields))
    text += `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${value}\r\n`;
  for (const { name, filename, type, size, path, offset, content } of files) {
    const disposition = `Content-Disposition: form-data; name="${quoted(name)}"; filename="${quoted(filename)}"`;
    text += `--${boundary}\r\n${disposition}\r\nContent-Type: ${type.replace(/[\r\n]/g, '')}\r\n\r\n`;
    parts.push(text, path === undefined ? (content ?? '') : { path, offset: offset ?? 0, size });
    text = '\r\n';
  }
  parts.push(`${text}--${boundary}--\r\n`);
  return { type: `multipart/form-data; boundary=${boundary}`, parts };
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
