import net from 'node:net';
import { getSystemErrorMap } from 'node:util';
import { PhpTypeError } from '../errors/exceptions.js';
import { warn } from '../errors/raise.js';
import { toStr, typeName } from '../value/convert.js';
import type { Ref } from '../value/ref.js';
import { systemText } from './failure.js';
import { fileStore, type Store, Stream } from './stream.js';

/** How Node binds at once, as PHP does: listen() alone binds later where it is given an address. @returns libuv's error when it is a number */
type MakeHandle = (
  address: string,
  port: number,
  addressType: 4 | 6,
  fd: number,
  flags: number,
) => object | number;
const { _createServerHandle: makeHandle } = net as unknown as { _createServerHandle: MakeHandle };

/** PHP's `default_socket_timeout`, in seconds. */
const TIMEOUT = 60;

/** A socket that waits for connections: what stream_socket_server() gives. */
class Listener extends Stream {
  readonly #server: net.Server;
  readonly #waiting: net.Socket[] = [];
  #arrived: () => void = () => {};

  constructor(server: net.Server, uri: string) {
    super(
      storeOf(null, () => server.close()),
      uri,
      'r+',
    );
    this.#server = server;
    server.on('connection', (socket) => {
      this.#waiting.push(socket);
      this.#arrived();
    });
    // A PHP program ends in spite of its sockets.
    server.unref();
  }

  get address(): net.AddressInfo {
    return this.#server.address() as net.AddressInfo;
  }

  /** The next connection, null when none comes in time. */
  async next(seconds: number): Promise<net.Socket | null> {
    if (this.#waiting.length === 0) {
      this.#server.ref();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, seconds * 1000);
        this.#arrived = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#server.unref();
    }
    return this.#waiting.shift() ?? null;
  }
}

/** One end of a connection. What is read blocks, as in PHP. */
class Connection extends Stream {
  constructor(readonly socket: net.Socket) {
    super(
      storeOf(socket, () => socket.destroy()),
      '',
      'r+',
    );
  }
}

function storeOf(socket: net.Socket | null, close: () => void): Store {
  const fd = (socket as { _handle?: { fd?: number } } | null)?._handle?.fd;
  const nothing: Store = {
    fd: null,
    seekable: false,
    read: () => Buffer.alloc(0),
    write: () => 0,
    size: () => 0,
    truncate: () => {},
    close,
  };
  return fd === undefined ? nothing : { ...fileStore(fd), close };
}

/**
 * Listens on `tcp://ADDRESS:PORT`, and gives false with a warning where that fails. No other transport is here, and a host is an IP address or `localhost`.
 * @param error_message gets what went wrong
 */
export function stream_socket_server(
  address: unknown,
  error_code?: Ref<number> | Ref<unknown> | null,
  error_message?: Ref<string> | Ref<unknown> | null,
  _flags = 0,
  _context: unknown = null,
): Stream | false {
  const uri = toStr(address);
  const made = listen(uri);
  const reason = typeof made === 'string' ? made : '';
  // PHP tells no number of what goes wrong before there is a connection.
  if (error_code) error_code.value = 0;
  if (error_message) error_message.value = reason;
  if (typeof made !== 'string') return made;
  const whole = uri.includes('://') ? uri : `tcp://${uri}`;
  warn(`stream_socket_server(): Unable to connect to ${whole} (${reason})`);
  return false;
}

/** The listener, or why there is none. */
function listen(uri: string): Listener | string {
  const [, transport = 'tcp', place = ''] = /^(?:([a-z0-9+.-]+):\/\/)?(.*)$/is.exec(uri) ?? [];
  if (transport.toLowerCase() !== 'tcp')
    return `Unable to find the socket transport "${transport}" - did you forget to enable it when you configured PHP?`;
  const parts = /^(?:\[(.+)\]|(.*)):(\d+)$/s.exec(place);
  if (parts === null) return `Failed to parse address "${place}"`;
  const host = parts[1] ?? parts[2] ?? '';
  const ip = host.toLowerCase() === 'localhost' ? '127.0.0.1' : host;
  if (!net.isIP(ip))
    return `php_network_getaddresses: getaddrinfo for ${host} failed: Name or service not known`;
  const handle = makeHandle(ip, Number(parts[3]), net.isIPv6(ip) ? 6 : 4, -1, 0);
  if (typeof handle === 'number') return systemText(systemError(handle));
  const server = net.createServer({ pauseOnConnect: true });
  server.on('error', () => {});
  server.listen(handle);
  // That the address is taken is the one thing that libuv tells only here.
  return server.listening ? new Listener(server, uri) : systemText({ code: 'EADDRINUSE' });
}

const systemError = (number: number): object => {
  const [code, message] = getSystemErrorMap().get(number) ?? ['', String(number)];
  return { code, message };
};

function listener(socket: unknown, who: string): Listener {
  if (!(socket instanceof Listener) || socket.closed)
    throw new PhpTypeError(
      socket instanceof Stream
        ? `${who}(): supplied resource is not a valid stream resource`
        : `${who}(): Argument #1 ($socket) must be of type resource, ${typeName(socket)} given`,
    );
  return socket;
}

/**
 * Waits for a connection. Reading from it blocks the thread, as it blocks PHP's process.
 * @param timeout in seconds
 * @returns false with a warning when none comes in time
 */
export async function stream_socket_accept(
  socket: unknown,
  timeout: number | null = null,
  peer_name?: Ref<string> | Ref<unknown> | null,
): Promise<Stream | false> {
  const next = await listener(socket, 'stream_socket_accept').next(timeout ?? TIMEOUT);
  if (next === null) {
    warn('stream_socket_accept(): Accept failed: Connection timed out');
    return false;
  }
  if (peer_name) peer_name.value = nameOf(next.remoteAddress, next.remotePort);
  return new Connection(next);
}

/** The address of a listener, of a connection or (`remote`) of its other end; false where there is none. */
export function stream_socket_get_name(socket: unknown, remote: boolean): string | false {
  if (socket instanceof Connection) {
    const { localAddress, localPort, remoteAddress, remotePort } = socket.socket;
    return remote ? nameOf(remoteAddress, remotePort) : nameOf(localAddress, localPort);
  }
  const { address, port } = listener(socket, 'stream_socket_get_name').address;
  return remote ? false : nameOf(address, port);
}

const nameOf = (address = '', port = 0): string =>
  net.isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
