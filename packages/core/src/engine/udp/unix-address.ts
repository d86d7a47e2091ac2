import { endianness } from 'node:os';

/** The systems that descend from BSD have the length of the structure in its first byte. */
const BSD = process.platform !== 'linux' && process.platform !== 'android';
const AF_UNIX = 1;
const HEADER = 2;
const PATH_BYTES = BSD ? 104 : 108;

/** How long a `sockaddr_un` is, in bytes. */
export const ADDRESS_BYTES = HEADER + PATH_BYTES;

/** Whether a path has more bytes than fit; Swoole leaves one of those free that the system has. */
export function isLongPath(path: string): boolean {
  return Buffer.byteLength(path) > PATH_BYTES - 2;
}

/** The `sockaddr_un` of a path; what is too long of it is left out. */
export function unixAddress(path: string): Buffer {
  const address = Buffer.alloc(ADDRESS_BYTES);
  if (BSD) {
    address[0] = ADDRESS_BYTES;
    address[1] = AF_UNIX;
  } else if (endianness() === 'LE') address.writeUInt16LE(AF_UNIX);
  else address.writeUInt16BE(AF_UNIX);
  address.write(path, HEADER, PATH_BYTES - 1);
  return address;
}

/** The path in a `sockaddr_un` of so many bytes; '' for a socket without one. */
export function pathIn(address: Buffer, length: number): string {
  const path = address.subarray(HEADER, Math.max(HEADER, Math.min(length, ADDRESS_BYTES)));
  const end = path.indexOf(0);
  return path.toString('utf8', 0, end < 0 ? path.length : end);
}
