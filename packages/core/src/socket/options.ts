import type dgram from 'node:dgram';
import type net from 'node:net';

/** Linux's numbers of what can be asked of a socket. */
export const SOL_SOCKET = 1;
export const IPPROTO_IP = 0;
export const SOL_TCP = 6;
export const SO_REUSEADDR = 2;
export const SO_TYPE = 3;
export const SO_ERROR = 4;
export const SO_BROADCAST = 6;
export const SO_SNDBUF = 7;
export const SO_RCVBUF = 8;
export const SO_KEEPALIVE = 9;
export const SO_LINGER = 13;
export const SO_REUSEPORT = 15;
export const SO_RCVTIMEO = 20;
export const SO_SNDTIMEO = 21;
const TCP_NODELAY = 1;
const TCP_KEEPIDLE = 4;
const IP_TTL = 2;
const IP_MULTICAST_TTL = 33;
const IP_MULTICAST_LOOP = 34;
const MCAST_JOIN_GROUP = 42;
const MCAST_LEAVE_GROUP = 45;

/** The value of an option: a number, or an array of PHP's. */
export type OptionValue = number | boolean | string | Readonly<Record<string, unknown>>;

/** What has options of datagrams: a Unix socket has only the sizes of its buffers. */
export type OptionedDatagrams = Pick<dgram.Socket, 'setSendBufferSize' | 'setRecvBufferSize'> &
  Partial<
    Pick<
      dgram.Socket,
      | 'setBroadcast'
      | 'setTTL'
      | 'setMulticastTTL'
      | 'setMulticastLoopback'
      | 'addMembership'
      | 'dropMembership'
    >
  >;

/** What has an option: the socket, once there is one. */
export interface Optioned {
  readonly stream: net.Socket | null;
  readonly datagrams: OptionedDatagrams | null;
}

type Setter = (socket: Optioned, value: OptionValue) => void;

const group = (value: OptionValue): string => String((value as Readonly<Record<string, unknown>>).group);

/** What Node can set, by level and name. What needs a socket is set again when there is one. */
const setters: Readonly<Record<string, Setter>> = {
  [`${SOL_SOCKET} ${SO_REUSEADDR}`]: () => {},
  [`${SOL_SOCKET} ${SO_REUSEPORT}`]: () => {},
  [`${SOL_SOCKET} ${SO_LINGER}`]: () => {},
  [`${SOL_SOCKET} ${SO_KEEPALIVE}`]: ({ stream }, value) => stream?.setKeepAlive(Number(value) !== 0),
  [`${SOL_SOCKET} ${SO_BROADCAST}`]: ({ datagrams }, value) => datagrams?.setBroadcast?.(Number(value) !== 0),
  [`${SOL_SOCKET} ${SO_SNDBUF}`]: ({ datagrams }, value) => datagrams?.setSendBufferSize(Number(value)),
  [`${SOL_SOCKET} ${SO_RCVBUF}`]: ({ datagrams }, value) => datagrams?.setRecvBufferSize(Number(value)),
  [`${SOL_TCP} ${TCP_NODELAY}`]: ({ stream }, value) => stream?.setNoDelay(Number(value) !== 0),
  [`${SOL_TCP} ${TCP_KEEPIDLE}`]: ({ stream }, value) => stream?.setKeepAlive(true, Number(value) * 1000),
  [`${IPPROTO_IP} ${IP_TTL}`]: ({ datagrams }, value) => datagrams?.setTTL?.(Number(value)),
  [`${IPPROTO_IP} ${IP_MULTICAST_TTL}`]: ({ datagrams }, value) =>
    datagrams?.setMulticastTTL?.(Number(value)),
  [`${IPPROTO_IP} ${IP_MULTICAST_LOOP}`]: ({ datagrams }, value) =>
    datagrams?.setMulticastLoopback?.(Number(value) !== 0),
  [`${IPPROTO_IP} ${MCAST_JOIN_GROUP}`]: ({ datagrams }, value) => datagrams?.addMembership?.(group(value)),
  [`${IPPROTO_IP} ${MCAST_LEAVE_GROUP}`]: ({ datagrams }, value) => datagrams?.dropMembership?.(group(value)),
};

/** The options of one socket: kept until there is a socket of the system's, and for those who ask. */
export class SocketOptions {
  readonly #values = new Map<string, OptionValue>();

  /** Sets an option. False when Node cannot. */
  set(socket: Optioned, level: number, name: number, value: OptionValue): boolean {
    const key = `${level} ${name}`;
    const setter = setters[key];
    if (setter === undefined) return false;
    try {
      setter(socket, value);
    } catch {
      return false;
    }
    this.#values.set(key, value);
    return true;
  }

  /** Sets on a new socket what was set before there was one. */
  apply(socket: Optioned): void {
    for (const [key, value] of this.#values) setters[key]?.(socket, value);
  }

  /** What was set, undefined for nothing; null for what Node knows nothing of. */
  get(level: number, name: number): OptionValue | undefined | null {
    const key = `${level} ${name}`;
    return key in setters ? this.#values.get(key) : null;
  }

  /** Whether a flag of SOL_SOCKET is set. */
  has(name: number): boolean {
    return Number(this.#values.get(`${SOL_SOCKET} ${name}`) ?? 0) !== 0;
  }
}
