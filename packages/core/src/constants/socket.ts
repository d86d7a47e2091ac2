/** Kinds of sockets and how clients use them. */

// Socket types; the short names are the same numbers
export const SWOOLE_SOCK_TCP = 1;
export const SWOOLE_TCP = 1;
export const SWOOLE_SOCK_UDP = 2;
export const SWOOLE_UDP = 2;
export const SWOOLE_SOCK_TCP6 = 3;
export const SWOOLE_TCP6 = 3;
export const SWOOLE_SOCK_UDP6 = 4;
export const SWOOLE_UDP6 = 4;
export const SWOOLE_SOCK_UNIX_STREAM = 5;
export const SWOOLE_UNIX_STREAM = 5;
export const SWOOLE_SOCK_UNIX_DGRAM = 6;
export const SWOOLE_UNIX_DGRAM = 6;
export const SWOOLE_RAW = 7;
export const SWOOLE_SOCK_RAW = 7;
export const SWOOLE_RAW6 = 8;
export const SWOOLE_SOCK_RAW6 = 8;

// Added to a socket type: blocking, non-blocking, kept for the next request
export const SWOOLE_ASYNC = 1024;
export const SWOOLE_SYNC = 2048;
export const SWOOLE_KEEP = 4096;

// Second argument of the old clients
export const SWOOLE_SOCK_ASYNC = true;
export const SWOOLE_SOCK_SYNC = false;

// The most buffers of one vectored read or write
export const SWOOLE_IOV_MAX = 1024;

// System numbers that PHP itself does not define
export const TCP_INFO = 11;
export const SOCKET_ECANCELED = 125;
