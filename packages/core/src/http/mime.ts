import { mimeTypes } from './mime-types.js';

/** What is not in the list is served as this. */
const UNKNOWN = 'application/octet-stream';

const typeOf = new Map<string, string>();
for (const [type, extensions] of mimeTypes) {
  for (const extension of extensions.split(' ')) typeOf.set(extension, type);
}

function extensionOf(fileName: string): string {
  return fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
}

/** The media type that the extension of a file name stands for; `application/octet-stream` when it is unknown. */
export function mimeType(fileName: string): string {
  return typeOf.get(extensionOf(fileName)) ?? UNKNOWN;
}

/** Whether Swoole knows the extension of a file name: only then is it a static file outside of a location. */
export function hasMimeType(fileName: string): boolean {
  return typeOf.has(extensionOf(fileName));
}

/**
 * Adds an extension, for static files, uploads and sendfile().
 * @param suffix without the dot, in small letters
 * @returns false when it is known already
 * @see swoole_mime_type_add
 */
export function swoole_mime_type_add(suffix: string, mime_type: string): boolean {
  if (typeOf.has(suffix)) return false;
  typeOf.set(suffix, mime_type);
  return true;
}

/** Sets the type of an extension, known or not. @param suffix without the dot, in small letters @see swoole_mime_type_set */
export function swoole_mime_type_set(suffix: string, mime_type: string): void {
  typeOf.set(suffix, mime_type);
}

/** Forgets an extension: files with it are no static files any more. @returns false for an unknown one @see swoole_mime_type_delete */
export function swoole_mime_type_delete(suffix: string): boolean {
  return typeOf.delete(suffix);
}

/** The media type that the extension of a file name stands for; `application/octet-stream` when it is unknown. @see swoole_mime_type_get */
export function swoole_mime_type_get(filename: string): string {
  return mimeType(filename);
}

/** The same as swoole_mime_type_get(). @see swoole_get_mime_type */
export function swoole_get_mime_type(filename: string): string {
  return mimeType(filename);
}

/** Whether the extension of a file name is known. @see swoole_mime_type_exists */
export function swoole_mime_type_exists(filename: string): boolean {
  return hasMimeType(filename);
}

/** The types of all extensions, a type as often as it has extensions. @see swoole_mime_type_list */
export function swoole_mime_type_list(): string[] {
  return [...typeOf.values()];
}
