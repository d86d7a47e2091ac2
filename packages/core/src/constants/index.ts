/** All of Swoole's constants, under their own names. */
export * from '../errors/numbers.js';
export * from './coroutine.js';
export * from './coroutine-hook.js';
export * from './event.js';
export * from './http.js';
export * from './lock.js';
export * from './log.js';
export * from './process.js';
export * from './server.js';
export * from './socket.js';
export * from './ssl.js';
export * from './strerror.js';
export * from './task.js';
export * from './timer.js';
export * from './version.js';
export * from './websocket.js';
