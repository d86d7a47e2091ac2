import type { IncomingHttpHeaders } from 'node:http';

/** What a transfer gave. */
export interface Transfer {
  url: string;
  status: number;
  /** The head as it came, with the lines of all redirects. */
  head: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  redirects: number;
  /** Seconds. */
  time: number;
  sent: number;
  address: string;
  port: number;
}

/** What `curl_init` gives. */
export class CurlHandle {
  static readonly phpName: string = 'CurlHandle';
  readonly options = new Map<number, unknown>();
  transfer: Transfer | null = null;
  errno = 0;
  error = '';
}
