/** The answer that `Coroutine.Http.get()` and its kin give. @see Swoole\Coroutine\Http\ClientProxy */
export class ClientProxy {
  static readonly phpName = 'Swoole\\Coroutine\\Http\\ClientProxy';

  constructor(
    private readonly body: Buffer,
    private readonly statusCode: number,
    private readonly headers: Record<string, string | string[]> | null,
    private readonly cookies: Record<string, string> | null,
  ) {}

  /** The body. @see Swoole\Coroutine\Http\ClientProxy::getBody */
  getBody(): Buffer {
    return this.body;
  }

  /** The status. @see Swoole\Coroutine\Http\ClientProxy::getStatusCode */
  getStatusCode(): number {
    return this.statusCode;
  }

  /** The headers by their names in small letters. @see Swoole\Coroutine\Http\ClientProxy::getHeaders */
  getHeaders(): Record<string, string | string[]> {
    return this.headers ?? {};
  }

  /** The cookies sent and received. @see Swoole\Coroutine\Http\ClientProxy::getCookies */
  getCookies(): Record<string, string> {
    return this.cookies ?? {};
  }
}
