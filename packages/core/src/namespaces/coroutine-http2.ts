export { Http2Client as Client } from '../client/http2/http2-client.js';
