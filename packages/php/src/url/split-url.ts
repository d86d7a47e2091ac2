/** The parts of a URL. */
export interface UrlParts {
  scheme?: string;
  host?: string;
  port?: number;
  user?: string;
  pass?: string;
  path?: string;
  query?: string;
  fragment?: string;
}

/** A URL as PHP takes it apart, from left to right: scheme, host and port, then the path; null when it is malformed. */
export function splitUrl(url: string): UrlParts | null {
  const colon = url.indexOf(':');
  if (colon > 0)
    return /^[A-Za-z0-9+.-]+$/.test(url.slice(0, colon)) ? withScheme(url, colon) : withoutScheme(url, colon);
  if (colon === 0) return afterPort({}, url, colon);
  return url.startsWith('//') ? host({}, url.slice(2)) : path({}, url);
}

function withoutScheme(url: string, colon: number): UrlParts | null {
  const query = url.search(/[?#]/);
  if (colon + 1 < url.length && (query < 0 || colon < query)) return afterPort({}, url, colon);
  return url.startsWith('//') ? host({}, url.slice(2)) : path({}, url);
}

function withScheme(url: string, colon: number): UrlParts | null {
  const scheme = url.slice(0, colon);
  const rest = url.slice(colon + 1);
  if (rest === '') return { scheme };
  if (!rest.startsWith('/'))
    return /^\d{0,5}(?:\/|$)/.test(rest) ? afterPort({}, url, colon) : path({ scheme }, rest);
  if (!rest.startsWith('//')) return path({ scheme }, rest);
  const after = rest.slice(2);
  if (scheme.toLowerCase() !== 'file' || !after.startsWith('/')) return host({ scheme }, after);
  return path({ scheme }, after[2] === ':' ? after.slice(1) : after);
}

/** `host:80/path`: what stands behind the first colon may be a port. */
function afterPort(parts: UrlParts, url: string, colon: number): UrlParts | null {
  const digits = /^\d{1,5}(?=\/|$)/.exec(url.slice(colon + 1))?.[0];
  const relative = url.startsWith('//');
  if (digits !== undefined) {
    const port = Number(digits);
    return port > 65535 ? null : host({ ...parts, port }, relative ? url.slice(2) : url);
  }
  if (colon + 1 === url.length) return null;
  return relative ? host(parts, url.slice(2)) : path(parts, url);
}

function host(parts: UrlParts, rest: string): UrlParts | null {
  const end = rest.search(/[/?#]/);
  let authority = end < 0 ? rest : rest.slice(0, end);
  const out = { ...parts };
  const at = authority.lastIndexOf('@');
  if (at >= 0) {
    const [user = '', ...pass] = authority.slice(0, at).split(':');
    out.user = user;
    if (pass.length > 0) out.pass = pass.join(':');
    authority = authority.slice(at + 1);
  }
  const colon = /^\[.*\]$/s.test(authority) ? -1 : authority.lastIndexOf(':');
  if (colon >= 0) {
    const digits = authority.slice(colon + 1);
    if (out.port === undefined && digits !== '') {
      const port = Number.parseInt(digits, 10);
      if (digits.length > 5 || !(port >= 0 && port <= 65535)) return null;
      out.port = port;
    }
    authority = authority.slice(0, colon);
  }
  if (authority === '') return null;
  out.host = authority;
  return end < 0 ? out : path(out, rest.slice(end));
}

function path(parts: UrlParts, rest: string): UrlParts {
  const out = { ...parts };
  let left = rest;
  const hash = left.indexOf('#');
  if (hash >= 0) {
    out.fragment = left.slice(hash + 1);
    left = left.slice(0, hash);
  }
  const mark = left.indexOf('?');
  if (mark >= 0) {
    out.query = left.slice(mark + 1);
    left = left.slice(0, mark);
  }
  if (left !== '' || rest === '') out.path = left;
  return out;
}
