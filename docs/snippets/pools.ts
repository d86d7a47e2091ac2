import * as Swoole from 'swoole-ts';

const { Coroutine, Database } = Swoole;

// #region generic
let opened = 0;
const pool = new Swoole.ConnectionPool(async () => {
  const client = new Coroutine.Client(Swoole.SWOOLE_SOCK_TCP);
  if (!(await client.connect('127.0.0.1', Number(process.env.PORT || 9501)))) throw new Error(client.errMsg);
  opened++;
  return client;
}, 2);
// #endregion generic

const server = new Swoole.Server('127.0.0.1', Number(process.env.PORT || 9501));
server.set({ log_level: Swoole.SWOOLE_LOG_WARNING });
server.on('receive', (server, fd, _reactorId, data) => void server.send(fd, data));
server.on('start', async () => {
  const ask = async (text: string) => {
    // #region use
    const client = await pool.get(1);
    if (client === false) return 'all connections are in use';
    try {
      await client.send(text);
      return String(await client.recv(1));
    } finally {
      await pool.put(client);
    }
    // #endregion use
  };
  const answers = await Promise.all(['a', 'b', 'c', 'd'].map(ask));
  console.log(`${answers.join(' ')}, ${opened} connections`);
  pool.close();
  if (process.env.REDIS_PORT) await redis(Number(process.env.REDIS_PORT));
  if (process.env.PG_PORT) await sql(Number(process.env.PG_PORT));
  console.log('done');
});
server.start();

async function redis(port: number): Promise<void> {
  // #region redis
  const config = new Database.RedisConfig().withHost('127.0.0.1').withPort(port).withDbIndex(1);
  const pool = new Database.RedisPool<import('ioredis').Redis>(config, 16);

  const redis = await pool.get();
  if (redis === false) return;
  await redis.incrby('visits', 2);
  console.log('visits:', await redis.get('visits')); // visits: 2
  await pool.put(redis);
  // #endregion redis
  pool.close();
}

async function sql(port: number): Promise<void> {
  // #region pdo
  const config = new Database.PDOConfig()
    .withDriver('pgsql')
    .withHost('127.0.0.1')
    .withPort(port)
    .withDbname('postgres')
    .withUsername('tester')
    .withPassword('secret')
    .withOptions({ 19: 2 }); // PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC
  const pool = new Database.PDOPool(config, 16);

  const pdo = await pool.get();
  if (pdo === false) return;
  await pdo.exec('CREATE TABLE users (id serial primary key, name text)');
  const insert = pdo.prepare('INSERT INTO users (name) VALUES (:name)');
  await insert.execute({ name: 'Ann' });
  const select = pdo.prepare('SELECT id, name FROM users WHERE name = ?');
  await select.execute(['Ann']);
  console.log('user:', JSON.stringify(select.fetch())); // user: {"id":1,"name":"Ann"}
  await pool.put(pdo);
  // #endregion pdo
  pool.close();
}
