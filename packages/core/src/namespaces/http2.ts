export { Http2Request as Request } from '../client/http2/http2-request.js';
export { Http2Response as Response } from '../client/http2/http2-response.js';
