/** TLS: added to a socket type, protocols (bits), and the methods of old programs. */

// Added to a socket type: this port speaks TLS
export const SWOOLE_SSL = 512;

// The `ssl_protocols` setting
export const SWOOLE_SSL_SSLv2 = 2;
export const SWOOLE_SSL_TLSv1 = 8;
export const SWOOLE_SSL_TLSv1_1 = 16;
export const SWOOLE_SSL_TLSv1_2 = 32;
export const SWOOLE_SSL_TLSv1_3 = 64;
export const SWOOLE_SSL_DTLS = 128;

// The `ssl_method` setting
export const SWOOLE_SSLv23_METHOD = 0;
export const SWOOLE_TLS_METHOD = 0;
export const SWOOLE_SSLv3_METHOD = 1;
export const SWOOLE_SSLv3_SERVER_METHOD = 2;
export const SWOOLE_SSLv3_CLIENT_METHOD = 3;
export const SWOOLE_SSLv23_SERVER_METHOD = 4;
export const SWOOLE_TLS_SERVER_METHOD = 4;
export const SWOOLE_SSLv23_CLIENT_METHOD = 5;
export const SWOOLE_TLS_CLIENT_METHOD = 5;
export const SWOOLE_TLSv1_METHOD = 6;
export const SWOOLE_TLSv1_SERVER_METHOD = 7;
export const SWOOLE_TLSv1_CLIENT_METHOD = 8;
export const SWOOLE_TLSv1_1_METHOD = 9;
export const SWOOLE_TLSv1_1_SERVER_METHOD = 10;
export const SWOOLE_TLSv1_1_CLIENT_METHOD = 11;
export const SWOOLE_TLSv1_2_METHOD = 12;
export const SWOOLE_TLSv1_2_SERVER_METHOD = 13;
export const SWOOLE_TLSv1_2_CLIENT_METHOD = 14;
export const SWOOLE_DTLS_CLIENT_METHOD = 15;
export const SWOOLE_DTLS_SERVER_METHOD = 16;
