export { Http2Client as Client } from '../client/http2/http2-client.js';
export { Http2MultiplexClient as MultiplexClient } from '../client/http2/http2-multiplex-client.js';
