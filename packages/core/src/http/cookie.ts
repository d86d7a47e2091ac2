import { type CookieParts, cookieText } from './response-cookies.js';

/**
 * A cookie made step by step, for {@link Response.cookie}.
 * @see Swoole\Http\Cookie
 */
export class Cookie {
  static readonly phpName = 'Swoole\\Http\\Cookie';
  #parts: CookieParts;

  /**
   * @param encode false sends the value as it is
   * @see Swoole\Http\Cookie::__construct
   */
  constructor(encode = true) {
    this.#parts = emptyParts(encode);
  }

  /**
   * Names the cookie.
   * @see Swoole\Http\Cookie::withName
   */
  withName(name: string): this {
    this.#parts.name = name;
    return this;
  }

  /**
   * Sets the value; an empty one deletes the cookie in the browser.
   * @see Swoole\Http\Cookie::withValue
   */
  withValue(value = ''): this {
    this.#parts.value = value;
    return this;
  }

  /**
   * Sets when the cookie ends.
   * @param expires seconds since 1970; 0 for the end of the browser's session
   * @see Swoole\Http\Cookie::withExpires
   */
  withExpires(expires = 0): this {
    this.#parts.expires = expires;
    return this;
  }

  /**
   * Limits the cookie to a path.
   * @see Swoole\Http\Cookie::withPath
   */
  withPath(path = '/'): this {
    this.#parts.path = path;
    return this;
  }

  /**
   * Widens the cookie to a domain.
   * @see Swoole\Http\Cookie::withDomain
   */
  withDomain(domain = ''): this {
    this.#parts.domain = domain;
    return this;
  }

  /**
   * Keeps the cookie to encrypted connections. Without an argument it turns that off, as in Swoole.
   * @see Swoole\Http\Cookie::withSecure
   */
  withSecure(secure = false): this {
    this.#parts.secure = secure;
    return this;
  }

  /**
   * Hides the cookie from scripts. Without an argument it turns that off, as in Swoole.
   * @see Swoole\Http\Cookie::withHttpOnly
   */
  withHttpOnly(httpOnly = false): this {
    this.#parts.httpOnly = httpOnly;
    return this;
  }

  /**
   * Sets the SameSite attribute.
   * @param sameSite `Strict`, `Lax` or `None`; other texts are sent as they are
   * @see Swoole\Http\Cookie::withSameSite
   */
  withSameSite(sameSite = ''): this {
    this.#parts.sameSite = sameSite;
    return this;
  }

  /**
   * Sets the Priority attribute.
   * @param priority `Low`, `Medium` or `High`; other texts are sent as they are
   * @see Swoole\Http\Cookie::withPriority
   */
  withPriority(priority = ''): this {
    this.#parts.priority = priority;
    return this;
  }

  /**
   * Sets the Partitioned attribute. Without an argument it turns that off, as in Swoole.
   * @see Swoole\Http\Cookie::withPartitioned
   */
  withPartitioned(partitioned = false): this {
    this.#parts.partitioned = partitioned;
    return this;
  }

  /** A copy of all parts. @see Swoole\Http\Cookie::toArray */
  toArray(): CookieParts {
    return { ...this.#parts };
  }

  /**
   * The value of the Set-Cookie header.
   * @returns false, with a warning, for a name or a part that is not allowed; the cookie is empty then
   * @see Swoole\Http\Cookie::toString
   */
  toString(): string | false {
    return this.textFor('Swoole\\Http\\Cookie::toString()');
  }

  /** @internal @param place the running function, for warnings */
  textFor(place: string): string | false {
    const text = cookieText(this.#parts, place);
    if (text === false) this.reset();
    return text;
  }

  /** Empties the cookie and turns encoding on. @see Swoole\Http\Cookie::reset */
  reset(): void {
    this.#parts = emptyParts(true);
  }
}

function emptyParts(encode: boolean): CookieParts {
  return {
    name: '',
    value: '',
    path: '',
    domain: '',
    sameSite: '',
    priority: '',
    encode,
    expires: 0,
    secure: false,
    httpOnly: false,
    partitioned: false,
  };
}
