/** What Swoole shows for a request that its server cannot take. */
export const BAD_REQUEST_PAGE =
  '<html><body><h2>HTTP 400 Bad Request</h2><hr><i>Powered by Swoole</i></body></html>';

export const BAD_REQUEST_HEADERS: readonly string[] = [
  'Content-Type',
  'text/html; charset=UTF-8',
  'Cache-Control',
  'must-revalidate,no-cache,no-store',
];
