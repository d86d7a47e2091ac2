import type { Socket } from 'node:net';
import {
  SWOOLE_ERROR_HTTP_PROXY_HANDSHAKE_FAILED,
  SWOOLE_ERROR_SOCKS5_HANDSHAKE_FAILED,
} from '../errors/numbers.js';
import { warn } from '../errors/warnings.js';
import type { ConnectSettings } from './connect-settings.js';

const SOCKS_VERSION = 5;
const NO_AUTHENTICATION = 0;
const BY_PASSWORD = 2;
const AUTHENTICATION_VERSION = 1;
const CONNECT = 1;
const IPV4 = 1;
const DOMAIN_NAME = 3;
const IPV6 = 4;
const LONGEST_NAME = 255;
const LONGEST_SECRET = 250;
/** In bytes: the longest answer of an HTTP proxy. */
const LONGEST_ANSWER = 65_536;

/** A proxy on the way to a server. */
export interface UpstreamProxy {
  readonly kind: 'socks5' | 'http';
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

/** The proxy that the settings name, null for none; a host without a port is none, with a warning. */
export function proxyOf(settings: ConnectSettings): UpstreamProxy | null {
  const { socks5_host, socks5_port, http_proxy_host, http_proxy_port } = settings;
  if (socks5_host !== undefined) {
    if (socks5_port === undefined) return portMissing('socks5_port');
    const { socks5_username: username = '', socks5_password: password = '' } = settings;
    return { kind: 'socks5', host: socks5_host, port: socks5_port, username, password };
  }
  if (http_proxy_host !== undefined) {
    if (http_proxy_port === undefined) return portMissing('http_proxy_port');
    const username = settings.http_proxy_username ?? settings.http_proxy_user ?? '';
    const password = username === '' ? '' : (settings.http_proxy_password ?? '');
    return { kind: 'http', host: http_proxy_host, port: http_proxy_port, username, password };
  }
  return null;
}

function portMissing(setting: string): null {
  warn(`${setting} should not be null`);
  return null;
}

/** The credentials as an HTTP proxy wants them, '' for none. */
export function proxyAuthorization({ username, password }: UpstreamProxy): string {
  return password === '' ? '' : `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Has the proxy on the other side of a connected socket connect to the server. @returns an error number, 0 for none */
export async function tunnel(
  socket: Socket,
  proxy: UpstreamProxy,
  host: string,
  port: number,
): Promise<number> {
  const socks = proxy.kind === 'socks5';
  const input = new Input(socket);
  try {
    const through = await (socks
      ? throughSocks(socket, input, proxy, host, port)
      : throughHttp(socket, input, proxy, host, port));
    if (through) return 0;
  } catch {
    // It has hung up.
  } finally {
    input.leave();
  }
  return socks ? SWOOLE_ERROR_SOCKS5_HANDSHAKE_FAILED : SWOOLE_ERROR_HTTP_PROXY_HANDSHAKE_FAILED;
}

/** RFC 1928, and 1929 for the password. */
async function throughSocks(
  socket: Socket,
  input: Input,
  { username, password }: UpstreamProxy,
  host: string,
  port: number,
): Promise<boolean> {
  const name = Buffer.from(host);
  const [user, secret] = [Buffer.from(username), Buffer.from(password)];
  if (name.length > LONGEST_NAME || user.length > LONGEST_SECRET || secret.length > LONGEST_SECRET)
    return false;
  const method = user.length > 0 && secret.length > 0 ? BY_PASSWORD : NO_AUTHENTICATION;
  socket.write(Buffer.from([SOCKS_VERSION, 1, method]));
  const chosen = await input.bytes(2);
  if (chosen[0] !== SOCKS_VERSION || chosen[1] !== method) return false;
  if (method === BY_PASSWORD) {
    const login = [[AUTHENTICATION_VERSION, user.length], user, [secret.length], secret];
    socket.write(Buffer.concat(login.map((part) => Buffer.from(part))));
    const welcome = await input.bytes(2);
    if (welcome[0] !== AUTHENTICATION_VERSION || welcome[1] !== 0) return false;
  }
  const question = [[SOCKS_VERSION, CONNECT, 0, DOMAIN_NAME, name.length], name, [port >> 8, port & 0xff]];
  socket.write(Buffer.concat(question.map((part) => Buffer.from(part))));
  const answer = await input.bytes(5);
  if (answer[0] !== SOCKS_VERSION || answer[1] !== 0) return false;
  const [, , , kind, first = 0] = answer;
  const address = kind === IPV4 ? 4 : kind === IPV6 ? 16 : kind === DOMAIN_NAME ? first + 1 : -1;
  if (address < 0) return false;
  // The address that the proxy connects from, and its port; one byte has been read.
  await input.bytes(address + 1);
  return true;
}

/** RFC 9110, section 9.3.6. */
async function throughHttp(
  socket: Socket,
  input: Input,
  proxy: UpstreamProxy,
  host: string,
  port: number,
): Promise<boolean> {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const authorization = proxyAuthorization(proxy);
  const credentials = authorization === '' ? '' : `Proxy-Authorization: ${authorization}\r\n`;
  socket.write(
    `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nUser-Agent: swoole-ts\r\nProxy-Connection: Keep-Alive\r\n${credentials}\r\n`,
  );
  let answer = '';
  while (!answer.endsWith('\r\n\r\n')) {
    if (answer.length > LONGEST_ANSWER) return false;
    answer += (await input.bytes(1)).toString('latin1');
  }
  return /^HTTP\/1\.[01] 200[ \r]/.test(answer);
}

/** Takes bytes off a socket and leaves what follows them where it is. */
class Input {
  #tell: (() => void) | null = null;
  #over = false;
  readonly #heard = (): void => this.#tell?.();
  readonly #ended = (): void => {
    this.#over = true;
    this.#tell?.();
  };

  constructor(private readonly socket: Socket) {
    socket
      .on('readable', this.#heard)
      .on('end', this.#ended)
      .on('close', this.#ended)
      .on('error', this.#ended);
  }

  async bytes(count: number): Promise<Buffer> {
    for (;;) {
      const bytes = this.socket.read(count) as Buffer | null;
      if (bytes !== null && bytes.length === count) return bytes;
      if (this.#over) throw new Error('the proxy has hung up');
      await new Promise<void>((resolve) => {
        this.#tell = resolve;
      });
    }
  }

  leave(): void {
    const { socket } = this;
    socket
      .off('readable', this.#heard)
      .off('end', this.#ended)
      .off('close', this.#ended)
      .off('error', this.#ended);
  }
}
