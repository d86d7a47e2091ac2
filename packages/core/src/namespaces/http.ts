export { Cookie } from '../http/cookie.js';
export { Request } from '../http/request.js';
export { Response } from '../http/response.js';
export { HttpServer as Server } from '../http/server.js';
export { Status } from '../http/status.js';
