/** PHP's functions for streams, over sockets of Node's. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Duplex } from 'node:stream';

/** PHP's `stream_socket_pair()`: two sockets of which each hears what the other is told. */
export async function streamSocketPair(): Promise<[Socket, Socket]> {
  const server = createServer().listen(path.join(tmpdir(), `pair-${randomBytes(6).toString('hex')}.sock`));
  await once(server, 'listening');
  const left = connect(server.address() as unknown as string & AddressInfo);
  const [right] = (await once(server, 'connection')) as [Socket];
  server.close();
  return [left, right];
}

/** PHP's `fread()` where nothing blocks: what is there, '' for nothing. */
export function fread(stream: Duplex, length: number): string {
  const data: Buffer | null = stream.read(Math.min(length, stream.readableLength) || undefined);
  return data === null ? '' : data.toString();
}

export function fwrite(stream: Duplex, data: string): number {
  stream.write(data);
  return Buffer.byteLength(data);
}

export function fclose(stream: Duplex): void {
  stream.destroy();
}

/** PHP's `fgets()`: waits for a whole line. */
export async function fgets(stream: Socket): Promise<string> {
  let text = '';
  while (!text.includes('\n')) {
    await once(stream, 'readable');
    text += fread(stream, stream.readableLength);
  }
  stream.destroy();
  return text;
}
