// Coroutine\Http\Client against a server that answers raw bytes (the scenario's client, on PORT2): what the requests look like on the
// wire, chunked and close-delimited bodies, odd answers, an answer in pieces, connections that end too early, keep-alive.
import * as Swoole from 'swoole-ts';
import { getenvInt, jsonEncode, sprintf, strlen } from '../lib/php.ts';

const { Client } = Swoole.Coroutine.Http;
type Client = Swoole.Coroutine.Http.Client;

const server = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
server.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE });
server.on('request', async (_request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  const lines: string[] = [];
  const fresh = (settings: Swoole.Coroutine.Http.ClientSettings = {}): Client => {
    const client = new Client('127.0.0.1', getenvInt('PORT2'));
    client.set({ timeout: 0.5, ...settings });
    return client;
  };
  const attempt = async (what: string, client: Client, call: (client: Client) => Promise<boolean>) => {
    const ok = await call(client);
    lines.push(
      sprintf(
        '%s: %s status %d errCode %s body %s connected %s',
        what,
        jsonEncode(ok),
        client.statusCode,
        client.errCode === 0 ? '0' : Swoole.swoole_strerror(client.errCode),
        strlen(client.body) > 40 ? `${strlen(client.body)} bytes` : jsonEncode(client.body),
        jsonEncode(client.connected),
      ),
    );
  };
  let client = fresh();
  await attempt('get', client, (c) => c.get('/plain'));
  client.setHeaders({ Host: 'example.test', 'X-Two': 'words here', 'User-Agent': 'mine/1' });
  client.setCookies({ a: '1', b: 'two words' });
  await attempt('get with headers', client, (c) => c.get('/plain?x=1&y=%20'));
  client.setHeaders({});
  await attempt('chunked', client, (c) => c.get('/chunked'));
  await attempt('in pieces', client, (c) => c.get('/pieces'));
  await attempt('post', client, (c) => c.post('/plain', { k: 'v w' }));
  await attempt('get after post still has the body', client, (c) => c.get('/plain'));
  await attempt('no body at all', fresh(), (c) => c.get('/304'));
  client = fresh();
  await attempt('until close', client, (c) => c.get('/close'));
  await attempt('after close', client, (c) => c.get('/plain'));
  client = fresh();
  await attempt('header names', client, (c) => c.get('/headers'));
  const { 'content-length': _length, ...headers } = client.headers!;
  lines.push(`headers: ${jsonEncode(headers)} cookies: ${jsonEncode(client.cookies)}`);
  await attempt('cookies go back', client, (c) => c.get('/plain'));
  await attempt('not HTTP', fresh(), (c) => c.get('/garbage'));
  await attempt('ends in the head', fresh(), (c) => c.get('/half-head'));
  await attempt('ends in the body', fresh(), (c) => c.get('/half-body'));
  await attempt('no answer', fresh({ timeout: 0.2 }), (c) => c.get('/silent'));
  await attempt('without keep_alive', fresh({ keep_alive: false }), (c) => c.get('/plain'));

  // setDefer: send now, recv later
  const one = fresh();
  one.setDefer();
  lines.push(
    `deferred get: ${jsonEncode(await one.get('/plain'))}, body before recv ${jsonEncode(one.body)}, recv ${jsonEncode(await one.recv(0.5))}, body ${jsonEncode(one.body)}, getDefer ${jsonEncode(one.getDefer())}`,
  );
  response.end(`${lines.join('\n')}\n`);
});
await server.start();
