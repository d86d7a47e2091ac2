import { fail } from '../errors/last-error.js';
import { SWOOLE_ERROR_INVALID_PARAMS } from '../errors/numbers.js';
import { Server } from '../server/server.js';
import type { ServerSettings } from '../server/settings/settings.js';
import type { Session } from '../session/session.js';
import { sendRawResponse } from './raw-response.js';

/** An HTTP server. @see Swoole\Http\Server */
export class HttpServer extends Server {
  static override readonly phpName: string = 'Swoole\\Http\\Server';

  protected override protocolSettings(): ServerSettings {
    return { open_http_protocol: true };
  }

  protected override sendRaw(session: Session, bytes: string | Uint8Array): boolean {
    if (session.stream !== null) return super.sendRaw(session, bytes);
    const { exchange } = session;
    const response = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    return (exchange !== null && sendRawResponse(exchange, response)) || fail(SWOOLE_ERROR_INVALID_PARAMS);
  }
}
