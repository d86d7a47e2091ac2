export { ClientProxy } from '../client/http/client-proxy.js';
export { get, post, request } from '../client/http/functions.js';
export { HttpClient as Client } from '../client/http/http-client.js';
export type { HttpClientSettings as ClientSettings } from '../client/http/http-client-settings.js';
export { HttpCoroutineServer as Server } from '../http/coroutine-server/server.js';
