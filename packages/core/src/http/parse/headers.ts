/** Headers by lower-case name; an array holds the values of a repeated one. */
export type HeaderMap = Record<string, string | string[]>;

/** What {@link foldHeaders} makes of a request's headers. */
export interface FoldedHeaders {
  /** An object without a prototype. */
  header: HeaderMap;
  /** All Cookie headers in one, null when there was none. */
  cookie: string | null;
}

/** Of these Swoole keeps only the last. */
function isSingle(name: string): boolean {
  switch (name) {
    case 'host':
    case 'user-agent':
    case 'accept':
    case 'content-type':
    case 'content-length':
    case 'authorization':
    case 'connection':
    case 'accept-encoding':
      return true;
    default:
      return false;
  }
}

/**
 * Makes `request.header` of a flat list: of a repeated common header the last wins, others become arrays, and cookies
 * are taken out.
 * @param flat name, value, name, value…; names in lower case
 * @param parseCookie false leaves cookies among the headers, as the setting `http_parse_cookie` does
 */
export function foldHeaders(flat: readonly string[], parseCookie = true): FoldedHeaders {
  const header: HeaderMap = Object.create(null);
  let cookie: string | null = null;
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const name = flat[i]!;
    const value = flat[i + 1]!;
    if (parseCookie && name === 'cookie') {
      cookie = cookie === null ? value : `${cookie}; ${value}`;
      continue;
    }
    const present = header[name];
    if (present === undefined || isSingle(name)) header[name] = value;
    else if (typeof present === 'string') header[name] = [present, value];
    else present.push(value);
  }
  return { header, cookie };
}
