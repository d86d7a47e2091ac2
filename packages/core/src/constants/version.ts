/** The version of Swoole whose behaviour this library has, and what that build contained. */

// Version
export const SWOOLE_VERSION = '6.2.1';
export const SWOOLE_VERSION_ID = 60201;
export const SWOOLE_MAJOR_VERSION = 6;
export const SWOOLE_MINOR_VERSION = 2;
export const SWOOLE_RELEASE_VERSION = 1;
export const SWOOLE_EXTRA_VERSION = '';

// Build
export const SWOOLE_DEBUG = false;
export const SWOOLE_HAVE_BROTLI = true;
export const SWOOLE_HAVE_COMPRESSION = true;
export const SWOOLE_HAVE_ZLIB = true;
export const SWOOLE_USE_HTTP2 = true;
export const SWOOLE_USE_SHORTNAME = true;
