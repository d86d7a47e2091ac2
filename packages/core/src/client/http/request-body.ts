import { createReadStream } from 'node:fs';
import type { Socket } from 'node:net';

/** A part of a file that goes out as it is when its turn comes. */
export interface FilePart {
  readonly path: string;
  readonly offset: number;
  /** In bytes. */
  readonly size: number;
}

/** A piece of a request. */
export type BodyPart = string | Uint8Array | FilePart;

export function isFilePart(part: BodyPart): part is FilePart {
  return typeof part === 'object' && !(part instanceof Uint8Array);
}

/** In bytes. */
export function partLength(part: BodyPart): number {
  if (isFilePart(part)) return part.size;
  return typeof part === 'string' ? Buffer.byteLength(part) : part.length;
}

/**
 * Writes parts to a socket in order, files no faster than it takes them.
 * @param failed called when a file is not what it was: the other side was promised more
 */
export function sendParts(socket: Socket, parts: readonly BodyPart[], failed: () => void): void {
  const first = parts.findIndex(isFilePart);
  const whole = first < 0 ? parts : parts.slice(0, first);
  socket.cork();
  for (const part of whole) socket.write(part as string | Uint8Array);
  socket.uncork();
  if (first < 0) return;
  sendRest(socket, parts.slice(first)).catch(() => {
    socket.destroy();
    failed();
  });
}

async function sendRest(socket: Socket, parts: readonly BodyPart[]): Promise<void> {
  for (const part of parts) {
    if (isFilePart(part)) await sendFile(socket, part);
    else socket.write(part);
  }
}

async function sendFile(socket: Socket, { path, offset, size }: FilePart): Promise<void> {
  let sent = 0;
  for await (const chunk of createReadStream(path, { start: offset, end: offset + size - 1 })) {
    const bytes = chunk as Buffer;
    sent += bytes.length;
    if (!socket.write(bytes)) await drained(socket);
    if (socket.destroyed) return;
  }
  if (sent !== size) throw new Error(`${path} has become shorter`);
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      socket.off('drain', go).off('close', go);
      resolve();
    };
    socket.on('drain', go).on('close', go);
  });
}
