import * as Swoole from 'swoole-ts';

const port = Number(process.env.PORT || 6380);

// #region redis
const server = new Swoole.Redis.Server('127.0.0.1', port);
const { format, STATUS, STRING, NIL } = Swoole.Redis.Server;
const values = new Map<string, Uint8Array>();

server.setHandler('SET', (_fd, [key, value]) => {
  if (!Buffer.isBuffer(value)) return format(Swoole.Redis.Server.ERROR, 'ERR wrong number of arguments');
  values.set(String(key), value);
  return format(STATUS, 'OK');
});
server.setHandler('GET', (_fd, [key]) => {
  const value = values.get(String(key));
  return value ? format(STRING, value) : format(NIL);
});

server.start();
// #endregion redis
