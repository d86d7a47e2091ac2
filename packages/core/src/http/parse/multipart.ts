import { warnQuietly } from '../../errors/warnings.js';
import { FormBuilder } from './form-builder.js';
import { type PartHead, readPartHead } from './part-head.js';
import type { FileData, FormData, UploadedFile } from './types.js';
import { saveUpload } from './uploads.js';

// Why this is not @fastify/busboy: file contents and its finish event come a turn of the event loop later, while the
// request event must fire with the form complete; and it mends file names, reads `semi;colon.txt` whole, and does not
// tell a wrong boundary from a cut body, all unlike Swoole.

/** Parts after these are left out. */
const MAX_PARTS = 1000;
const UPLOAD_ERR_NO_FILE = 4;

const CR = 0x0d;
const LF = 0x0a;
const HYPHEN = 0x2d;

/** Settings of the port that parses. */
export interface MultipartOptions {
  /** Where temporary files go: `upload_tmp_dir`. */
  uploadDir: string;
  /** `http_parse_files`: arrange the files of array names as PHP does, `f[name][0]`, not `f[0][name]`. */
  parseFiles?: boolean;
}

/** A form, or why the body is none; a malformed body leaves no files behind and is answered with 400. */
export type MultipartResult =
  | {
      kind: 'form';
      /** null when no field was sent */
      post: FormData | null;
      /** null when no file field was sent */
      files: FileData | null;
      /** Paths of the temporary files, for `removeUploads` when the request is over. */
      tmpfiles: string[];
    }
  | { kind: 'malformed'; reason: string };

interface Part {
  head: PartHead;
  data: Buffer;
}

/**
 * Reads a complete multipart/form-data body and writes its files to temporary files. Parts are read up to the first
 * that does not end: a body without its last boundary loses only what follows the last whole part.
 * @param boundary from the Content-Type, see `multipartBoundary`
 */
export function parseMultipart(
  body: Uint8Array,
  boundary: string,
  options: MultipartOptions,
): MultipartResult {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const parts: Part[] = [];
  const reason = splitParts(bytes, boundary, parts);
  if (reason !== null) return { kind: 'malformed', reason };

  const fields = new FormBuilder();
  const files = new FormBuilder<UploadedFile | string | number>();
  const tmpfiles: string[] = [];
  let hasFields = false;
  let hasFiles = false;
  for (const { head, data } of parts) {
    if (head.name === null) continue;
    if (head.filename === null) {
      hasFields = true;
      fields.add(head.name, data.toString());
    } else {
      hasFiles = true;
      const file = makeFile(head.filename, head.type, data, options.uploadDir);
      if (file.tmp_name !== '') tmpfiles.push(file.tmp_name);
      addFile(files, head.name, file, options.parseFiles === true);
    }
  }
  return {
    kind: 'form',
    post: hasFields ? (fields.result() as FormData) : null,
    files: hasFiles ? (files.result() as FileData) : null,
    tmpfiles,
  };
}

function makeFile(name: string, type: string, data: Buffer, dir: string): UploadedFile {
  if (name === '') return { type, tmp_name: '', size: 0, name, error: UPLOAD_ERR_NO_FILE };
  const { path, error } = saveUpload(dir, data);
  return { type, tmp_name: path, size: path === '' ? 0 : data.length, name, error };
}

function addFile(
  files: FormBuilder<UploadedFile | string | number>,
  name: string,
  file: UploadedFile,
  parseFiles: boolean,
): void {
  const bracket = parseFiles ? name.indexOf('[') : -1;
  if (bracket <= 0) {
    files.add(name, file);
    return;
  }
  const base = name.slice(0, bracket);
  const path = name.slice(bracket);
  files.add(`${base}[name]${path}`, file.name);
  files.add(`${base}[type]${path}`, file.type);
  files.add(`${base}[tmp_name]${path}`, file.tmp_name);
  files.add(`${base}[error]${path}`, file.error);
  files.add(`${base}[size]${path}`, file.size);
}

/** Cuts the body at its boundaries. Returns what is wrong with it, null for nothing. */
function splitParts(bytes: Buffer, boundary: string, parts: Part[]): string | null {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  let at = 0;
  // Some clients send line ends before the first boundary.
  while (bytes[at] === CR || bytes[at] === LF) at++;
  if (at === bytes.length) return null;

  const first = delimiter.subarray(2);
  const room = Math.min(first.length, bytes.length - at);
  if (first.compare(bytes, at, at + room, 0, room) !== 0) return 'first boundary mismatching';
  at += first.length;

  for (;;) {
    if (at + 2 > bytes.length) return null;
    if (bytes[at] === HYPHEN && bytes[at + 1] === HYPHEN) return null;
    if (bytes[at] !== CR || bytes[at + 1] !== LF) return 'no next part or final hyphen';
    if (parts.length === MAX_PARTS) {
      warnQuietly(
        `Input variables exceeded ${MAX_PARTS}. To increase the limit change max_input_vars in php.ini.`,
      );
      return null;
    }
    const head = readPartHead(bytes, at + 2);
    if (typeof head === 'string') return head;
    if (head === null) return null;
    const end = bytes.indexOf(delimiter, head.end);
    if (end < 0) return null;
    parts.push({ head, data: bytes.subarray(head.end, end) });
    at = end + delimiter.length;
  }
}
