export { DetectsLostConnections } from '../database/detects-lost-connections.js';
export { PDOConfig } from '../database/pdo-config.js';
export { PDOPool } from '../database/pdo-pool.js';
export { PDOProxy } from '../database/pdo-proxy.js';
export { type BoundVariable, PDOStatementProxy } from '../database/pdo-statement-proxy.js';
export { RedisConfig } from '../database/redis-config.js';
export { type RedisClient, RedisPool } from '../database/redis-pool.js';
