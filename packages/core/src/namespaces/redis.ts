export { RedisServer as Server } from '../redis/server.js';
