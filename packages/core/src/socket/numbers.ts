/** Linux's numbers of address families and kinds of sockets, as `Coroutine.Socket` takes them. */
export const AF_UNIX = 1;
export const AF_INET = 2;
export const AF_INET6 = 10;
export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;

/** Linux's error numbers that the calls of a socket end with. */
export const EBADF = 9;
export const EAGAIN = 11;
export const EINVAL = 22;
export const EPIPE = 32;
export const EBADMSG = 74;
export const EDESTADDRREQ = 89;
export const ENOPROTOOPT = 92;
export const EPROTONOSUPPORT = 93;
export const ESOCKTNOSUPPORT = 94;
export const EOPNOTSUPP = 95;
export const EAFNOSUPPORT = 97;
export const ECONNRESET = 104;
export const EISCONN = 106;
export const ENOTCONN = 107;
export const ETIMEDOUT = 110;
export const ECANCELED = 125;

let last = 2;

/** A number for a new socket, as PHP's file descriptors are: Node keeps the system's to itself. */
export function nextFd(): number {
  return ++last;
}

/** What the flags of a receive are, as the system numbers them. */
export const MSG_OOB = 1;
export const MSG_PEEK = 2;
export const MSG_DONTWAIT = 64;
export const MSG_WAITALL = 256;

/** In which way a shutdown ends a connection, as the system numbers them. */
export const SHUT_RD = 0;
export const SHUT_WR = 1;
export const SHUT_RDWR = 2;
