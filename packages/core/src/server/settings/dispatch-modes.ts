import {
  SWOOLE_DISPATCH_IDLE_WORKER,
  SWOOLE_DISPATCH_ROUND,
  SWOOLE_DISPATCH_STREAM,
} from '../../constants/index.js';
import type { ResolvedSettings } from './resolved-settings.js';

type Dispatch = Pick<ResolvedSettings, 'dispatch_mode' | 'enable_unsafe_event' | 'open_http_protocol'>;

/** Whether a raw port's packets go to any worker, whatever connection they are of. */
export function isStateless({ dispatch_mode, open_http_protocol }: Dispatch): boolean {
  const anyWorker: readonly number[] = [
    SWOOLE_DISPATCH_ROUND,
    SWOOLE_DISPATCH_IDLE_WORKER,
    SWOOLE_DISPATCH_STREAM,
  ];
  return !open_http_protocol && anyWorker.includes(dispatch_mode);
}

/** Whether connect and close are raised on a port. */
export function tellsConnections(settings: Dispatch): boolean {
  return settings.enable_unsafe_event || !isStateless(settings);
}
