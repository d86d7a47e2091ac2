/** A moment as HTTP writes it, for example `Sun, 06 Nov 1994 08:49:37 GMT`. */
export function httpDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString();
}

/** A moment as Swoole writes it in a cookie, for example `Sun, 06-Nov-1994 08:49:37 GMT`. */
export function cookieDate(seconds: number): string {
  const date = httpDate(seconds * 1000);
  return `${date.slice(0, 7)}-${date.slice(8, 11)}-${date.slice(12)}`;
}
