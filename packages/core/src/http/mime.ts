import { mimeTypes } from './mime-types.js';

const typeOf = new Map<string, string>();
for (const [type, extensions] of mimeTypes) {
  for (const extension of extensions.split(' ')) typeOf.set(extension, type);
}

function extensionOf(fileName: string): string {
  return fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
}

/** The media type that the extension of a file name stands for; `application/octet-stream` when it is unknown. */
export function mimeType(fileName: string): string {
  return typeOf.get(extensionOf(fileName)) ?? 'application/octet-stream';
}

/** Whether Swoole knows the extension of a file name: only then is it a static file outside of a location. */
export function hasMimeType(fileName: string): boolean {
  return typeOf.has(extensionOf(fileName));
}
