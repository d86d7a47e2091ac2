import { lstatSync } from 'node:fs';
import { sep } from 'node:path';
import type { Exchange, RequestHead } from '../../engine/engine.js';
import { httpDate } from '../http-date.js';
import { hasMimeType, mimeType } from '../mime.js';
import { indexPage } from './autoindex.js';
import { byteRanges, contentRange } from './byteranges.js';
import { parseHttpDate } from './dates.js';
import { FileBody } from './file-body.js';
import { notFoundPage } from './pages.js';
import { DocumentRoot, decodePath, removeDotSegments } from './path.js';
import { parseRanges, type Range } from './ranges.js';

/** Up to here a body is read and sent in one go; beyond it is streamed. */
const smallBody = 65536;

const ok = '200 OK';
const partial = '206 Partial Content';
const serverHeader = ['Server', 'swoole-http-server'] as const;

export interface StaticHandlerOptions {
  /** The setting `document_root`: an existing directory. */
  documentRoot: string;
  /** The setting `static_handler_locations`; empty for everywhere. */
  locations: readonly string[];
  /** The setting `http_index_files`. */
  indexFiles: readonly string[];
  /** The setting `http_autoindex`. */
  autoindex: boolean;
}

/**
 * Answers requests for files before the program sees them: the settings `enable_static_handler`, `document_root`,
 * `static_handler_locations`, `http_index_files` and `http_autoindex`.
 */
export class StaticHandler {
  private readonly root: DocumentRoot;
  private readonly locations: readonly string[];
  private readonly indexFiles: readonly string[];
  private readonly autoindex: boolean;

  /** @throws when the document root is no directory */
  constructor(options: StaticHandlerOptions) {
    this.root = new DocumentRoot(options.documentRoot);
    this.locations = options.locations.map((location) => location.toLowerCase());
    // Names, not paths: `../x` would be looked for outside of the directory asked for.
    this.indexFiles = options.indexFiles.filter(
      (name) => name !== '.' && name !== '..' && !name.includes('/') && !name.includes(sep),
    );
    this.autoindex = options.autoindex;
  }

  /**
   * Answers a request if it is for a file.
   * @param keepAlive whether the client sent `Connection: keep-alive`: else the connection ends with the file
   * @returns false when the program's request event is to have it
   */
  handle(exchange: Exchange, keepAlive: boolean): boolean {
    const { head } = exchange;
    // Inside a location a missing file is answered with 404, and files of unknown type are served.
    const located = this.locations.length > 0;
    if ((located && !this.isLocation(head.path)) || hasBody(head)) return false;
    const decoded = decodePath(head.path);
    const path = decoded === null ? null : removeDotSegments(decoded);
    if (path === null) return this.missing(exchange, located);
    // `/assets/../private` begins with the location, but does not lie in it.
    if (located && path !== decoded && !this.isLocation(path)) return this.missing(exchange, true);
    const found = this.root.locate(path);
    if (found === false) return this.missing(exchange, true);
    if (found === null) return this.missing(exchange, located);

    const { real, stats } = found;
    if (stats.isDirectory()) return this.directory(exchange, real, stats.mtimeMs, located, keepAlive);
    if (!stats.isFile() || (!located && !hasMimeType(real))) return false;
    return this.file(exchange, real, located, keepAlive);
  }

  private isLocation(path: string): boolean {
    const lower = path.toLowerCase();
    for (const location of this.locations) if (lower.startsWith(location)) return true;
    return false;
  }

  private missing(exchange: Exchange, answer: boolean): boolean {
    if (answer) exchange.respond('404 Not Found', serverHeader, notFoundPage);
    return answer;
  }

  private directory(
    exchange: Exchange,
    real: string,
    mtimeMs: number,
    located: boolean,
    keepAlive: boolean,
  ): boolean {
    const index = this.findIndex(real);
    if (index !== null) return index !== false && this.file(exchange, index, located, keepAlive);
    if (!this.autoindex) return false;
    const modified = Math.floor(mtimeMs / 1000);
    if (notModified(exchange.head, modified)) return respondNotModified(exchange, modified, keepAlive);
    const page = indexPage(real, exchange.head.path);
    if (page === null) return this.missing(exchange, located);
    const headers = responseHeaders('text/html', null, null, modified, keepAlive);
    if (exchange.head.method === 'HEAD') {
      exchange.respondHead(ok, headers, Buffer.byteLength(page), !keepAlive);
    } else {
      exchange.respond(ok, headers, page, !keepAlive);
    }
    return true;
  }

  /** The first name that exists decides: false when that is no regular file, null when there is none. */
  private findIndex(directory: string): string | null | false {
    const prefix = directory.endsWith(sep) ? directory : directory + sep;
    for (const name of this.indexFiles) {
      try {
        const stats = lstatSync(prefix + name, { throwIfNoEntry: false });
        if (stats !== undefined) return stats.isFile() && prefix + name;
      } catch {
        return false;
      }
    }
    return null;
  }

  private file(exchange: Exchange, real: string, located: boolean, keepAlive: boolean): boolean {
    const file = FileBody.open(real);
    if (file === null) return this.missing(exchange, located);
    const { head } = exchange;
    if (notModified(head, file.modified)) {
      file.close();
      return respondNotModified(exchange, file.modified, keepAlive);
    }
    const type = mimeType(real);
    const ranges = wantedRanges(head, file);
    if (ranges === null) {
      file.close();
      const headers = responseHeaders(type, null, null, file.modified, keepAlive);
      exchange.respond('416 Range Not Satisfiable', headers, '', !keepAlive);
      return true;
    }
    if (ranges.length === 0) {
      const headers = responseHeaders(type, 'Accept-Ranges', 'bytes', file.modified, keepAlive);
      file.pieces = [{ offset: 0, length: file.size }];
      send(exchange, ok, headers, file, file.size, keepAlive);
    } else if (ranges.length === 1) {
      const range = ranges[0] as Range;
      const value = contentRange(range, file.size);
      const headers = responseHeaders(type, 'Content-Range', value, file.modified, keepAlive);
      file.pieces = ranges;
      send(exchange, partial, headers, file, range.length, keepAlive);
    } else {
      const parts = byteRanges(ranges, type, file.size);
      const headers = responseHeaders(parts.contentType, null, null, file.modified, keepAlive);
      file.pieces = parts.pieces;
      send(exchange, partial, headers, file, parts.length, keepAlive);
    }
    return true;
  }
}

function send(
  exchange: Exchange,
  status: string,
  headers: readonly string[],
  file: FileBody,
  length: number,
  keepAlive: boolean,
): void {
  if (exchange.head.method === 'HEAD') {
    file.close();
    exchange.respondHead(status, headers, length, !keepAlive);
    return;
  }
  if (length > smallBody) {
    const close = (): void => file.close();
    // A peer that goes away in the middle is nobody's error; the engine has ended the connection.
    exchange.stream(status, headers, length, file, !keepAlive).then(close, close);
    return;
  }
  const body = file.readAll();
  file.close();
  if (body === null) exchange.connection.close();
  else exchange.respond(status, headers, body, !keepAlive);
}

/** The headers in Swoole's order; Date and Content-Length are the engine's. */
function responseHeaders(
  type: string,
  rangeName: string | null,
  rangeValue: string | null,
  modified: number,
  keepAlive: boolean,
): string[] {
  const headers = ['Connection', keepAlive ? 'keep-alive' : 'close', 'Content-Type', type];
  if (rangeName !== null && rangeValue !== null) headers.push(rangeName, rangeValue);
  headers.push('Last-Modified', httpDate(modified * 1000), ...serverHeader);
  return headers;
}

function respondNotModified(exchange: Exchange, modified: number, keepAlive: boolean): true {
  const headers = [
    'Connection',
    keepAlive ? 'keep-alive' : 'close',
    'Last-Modified',
    httpDate(modified * 1000),
  ];
  headers.push(...serverHeader);
  exchange.respondHead('304 Not Modified', headers, null, !keepAlive);
  return true;
}

function isRead(head: RequestHead): boolean {
  return head.method === 'GET' || head.method === 'HEAD';
}

function notModified(head: RequestHead, modified: number): boolean {
  const since = header(head, 'if-modified-since');
  // RFC 9110, section 13.1.3: only for GET and HEAD, and If-None-Match goes first. There are no entity tags here.
  if (since === null || !isRead(head) || header(head, 'if-none-match') !== null) return false;
  const time = parseHttpDate(since);
  return time !== null && time >= modified;
}

/** Empty for the whole file, null for 416. */
function wantedRanges(head: RequestHead, file: FileBody): Range[] | null {
  const range = header(head, 'range');
  if (range === null || !isRead(head)) return [];
  const ranges = parseRanges(range, file.size);
  const condition = header(head, 'if-range');
  // A date of another version, or an entity tag, which no file here has: pieces of two versions would not fit together.
  return condition === null || parseHttpDate(condition) === file.modified ? ranges : [];
}

function hasBody(head: RequestHead): boolean {
  if (header(head, 'transfer-encoding') !== null) return true;
  const length = header(head, 'content-length');
  return length !== null && Number(length) !== 0;
}

function header(head: RequestHead, name: string): string | null {
  const { headers } = head;
  for (let i = 0; i < headers.length; i += 2) if (headers[i] === name) return headers[i + 1] as string;
  return null;
}
