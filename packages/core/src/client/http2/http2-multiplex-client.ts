import { Wait } from '../../coroutine/wait.js';
import { Http2Client } from './http2-client.js';
import type { Http2Exchange } from './http2-exchange.js';
import type { Http2Request } from './http2-request.js';
import type { Http2Response } from './http2-response.js';

const IDLE_SECONDS = 10;

/**
 * A client of HTTP/2 that many coroutines ask at a time: `request()` gives each its own answer. It connects when there is something
 * to ask, and closes when there was nothing for a while.
 * @see Swoole\Coroutine\Http2\MultiplexClient
 */
export class Http2MultiplexClient extends Http2Client {
  static override readonly phpName: string = 'Swoole\\Coroutine\\Http2\\MultiplexClient';
  readonly #waits = new Map<number, Wait<Http2Response | false>>();
  /** Requests whose answer nobody waits for any more. */
  readonly #abandoned = new Set<number>();
  #connecting: Promise<boolean> | null = null;
  #idle: NodeJS.Timeout | null = null;

  /**
   * Sends a request and waits for its answer.
   * @param timeout in seconds; 0 or less for that of the settings, or no limit
   * @returns false without a connection, when it ends, and when the time is over
   * @see Swoole\Coroutine\Http2\MultiplexClient::request
   */
  async request(request: Http2Request, timeout = -1): Promise<Http2Response | false> {
    if (!(await this.#connected())) return false;
    const id = this.send(request);
    if (id === false) return false;
    const leave = (): false => {
      this.#waits.delete(id);
      this.#abandoned.add(id);
      this.#rest();
      return false;
    };
    const seconds = timeout > 0 ? timeout : (this.setting?.timeout ?? -1);
    const ends = { canceled: leave, timedOut: leave };
    const wait = new Wait<Http2Response | false>(`${Http2MultiplexClient.phpName}->request()`, ends, seconds);
    this.#waits.set(id, wait);
    return wait.promise;
  }

  protected override claims(exchange: Http2Exchange): boolean {
    if (this.#abandoned.delete(exchange.id)) return true;
    const wait = this.#waits.get(exchange.id);
    if (wait === undefined) return false;
    this.#waits.delete(exchange.id);
    wait.wake(exchange.take());
    this.#rest();
    return true;
  }

  protected override lost(): void {
    this.#abandoned.clear();
    const waits = [...this.#waits.values()];
    this.#waits.clear();
    for (const wait of waits) wait.wake(false);
    this.#rest();
  }

  /** One coroutine connects, the others wait for it. */
  async #connected(): Promise<boolean> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    if (this.connected && this.#connecting === null) return true;
    this.#connecting ??= this.connect().finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  /** Closes the connection after a while in which nobody asks. */
  #rest(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    const seconds = this.setting?.heartbeat_idle_time ?? IDLE_SECONDS;
    if (!this.connected || this.#waits.size > 0 || seconds <= 0) return;
    this.#idle = setTimeout(() => this.close(), seconds * 1000).unref();
  }
}
