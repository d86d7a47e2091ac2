import type { RequestHead } from '../engine.js';
import type { UwsRequest } from './binding.js';

let names: string[] = [];
function collect(name: string, value: string): void {
  names.push(name, value);
}

/**
 * Copies a request's head: uWebSockets.js takes the request back when its handler returns.
 * @param method what the route says it is, which saves a call
 */
export function copyHead(req: UwsRequest, method: string = req.getCaseSensitiveMethod()): RequestHead {
  names = [];
  req.forEach(collect);
  return {
    method,
    path: req.getUrl(),
    query: req.getQuery() ?? '',
    // It accepts HTTP/1.1 only.
    version: '1.1',
    headers: names,
  };
}
