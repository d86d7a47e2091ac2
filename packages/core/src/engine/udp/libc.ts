import { createRequire } from 'node:module';

/** Calls of the C library that Node does not have. Each returns -1 for a failure, and {@link Libc.errno} its number then. */
export interface Libc {
  socket(domain: number, type: number, protocol: number): number;
  socketpair(domain: number, type: number, protocol: number, fds: Int32Array): number;
  bind(fd: number, address: Uint8Array, length: number): number;
  connect(fd: number, address: Uint8Array, length: number): number;
  sendto(
    fd: number,
    data: Uint8Array,
    length: number,
    flags: number,
    address: Uint8Array | null,
    addressLength: number,
  ): number;
  recvfrom(
    fd: number,
    into: Uint8Array,
    length: number,
    flags: number,
    address: Uint8Array,
    addressLength: Uint32Array,
  ): number;
  getsockname(fd: number, address: Uint8Array, length: Uint32Array): number;
  getpeername(fd: number, address: Uint8Array, length: Uint32Array): number;
  setsockopt(fd: number, level: number, name: number, value: Int32Array, length: number): number;
  close(fd: number): number;
  /** Why the last call failed. */
  errno(): number;
  /** Calls back, from the event loop, whenever there is something to read; it keeps the program going until it is closed. */
  whenReadable(fd: number, callback: () => void): { close(): void };
}

/** What is used of the package. */
interface Koffi {
  load(library: null): { func(declaration: string): (...values: never[]) => unknown };
  errno(): number;
  readonly node: { poll(fd: number, events: { readable: true }, callback: () => void): { close(): void } };
}

const PACKAGE = 'koffi';
const DECLARATIONS = {
  socket: 'int socket(int, int, int)',
  socketpair: 'int socketpair(int, int, int, void *)',
  bind: 'int bind(int, void *, uint32_t)',
  connect: 'int connect(int, void *, uint32_t)',
  sendto: 'long sendto(int, void *, size_t, int, void *, uint32_t)',
  recvfrom: 'long recvfrom(int, void *, size_t, int, void *, void *)',
  getsockname: 'int getsockname(int, void *, void *)',
  getpeername: 'int getpeername(int, void *, void *)',
  setsockopt: 'int setsockopt(int, int, int, void *, uint32_t)',
  close: 'int close(int)',
};

let loaded: Libc | string | null = null;

/** The C library, through a package that is an optional dependency; where it does not load, the reason in a line. */
export function libc(): Libc | string {
  loaded ??= load(createRequire(import.meta.url));
  return loaded;
}

/** @param require gives the package */
export function load(require: (name: string) => unknown): Libc | string {
  if (process.platform === 'win32') return 'Windows has none';
  try {
    const koffi = require(PACKAGE) as Koffi;
    const library = koffi.load(null);
    const calls = Object.entries(DECLARATIONS).map(([name, declaration]) => [
      name,
      library.func(declaration),
    ]);
    return {
      ...(Object.fromEntries(calls) as Omit<Libc, 'errno' | 'whenReadable'>),
      errno: koffi.errno,
      whenReadable: (fd, callback) => koffi.node.poll(fd, { readable: true }, callback),
    };
  } catch (error) {
    return `the optional package ${PACKAGE} does not load: ${String((error as Error).message).split('\n')[0]}`;
  }
}
