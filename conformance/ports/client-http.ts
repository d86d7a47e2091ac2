// Coroutine\Http\Client against a Coroutine\Http\Server in the same program: get, post with text and with an array, put and other
// methods, headers in and out, cookies kept between requests, status codes, a slow answer, nobody listening, basic auth, files.
import { writeFileSync } from 'node:fs';
import * as Swoole from 'swoole-ts';
import {
  echo,
  getenvInt,
  jsonEncode,
  printf,
  SOCKET_ECONNREFUSED,
  SOCKET_ETIMEDOUT,
  sysGetTempDir,
  tempnam,
  unlink,
} from '../lib/php.ts';
import type { Upload } from '../lib/php-http.ts';

const { go, run } = Swoole.Coroutine;
const { Client, Server } = Swoole.Coroutine.Http;
type Answer = Record<'method' | 'post' | 'cookie' | 'raw' | 'files' | 'auth', unknown>;
const jsonDecode = (text: Buffer): Answer => JSON.parse(String(text)) as Answer;
const nameTypeSize = ([key, f]: [string, Upload]) => [key, `${f.name} ${f.type} ${f.size}`];

Swoole.swoole_async_set({ log_level: Swoole.SWOOLE_LOG_NONE });

await run(async () => {
  const port = getenvInt('PORT');
  const server = new Server('127.0.0.1', port);
  server.handle('/echo', (request, response) => {
    response.header('Content-Type', 'application/json');
    response.header('X-Test', ['one', 'two']);
    response.end(
      jsonEncode({
        method: request.server.request_method,
        query: request.get,
        post: request.post,
        cookie: request.cookie,
        raw: request.rawContent(),
        'x-own': request.header['x-own'] ?? null,
        type: request.header['content-type'] ?? null,
        files:
          request.files === null
            ? []
            : Object.fromEntries(Object.entries(request.files as Record<string, Upload>).map(nameTypeSize)),
        auth: request.header.authorization ?? null,
      }),
    );
  });
  server.handle('/cookie', (_request, response) => {
    response.cookie('session', 'abc 123');
    response.cookie('theme', 'dark', 0, '/');
    response.end('set');
  });
  server.handle('/status', (request, response) => {
    response.status(Number(request.get?.code));
    response.end(`status ${request.get?.code}`);
  });
  server.handle('/slow', async (_request, response) => {
    await Swoole.Coroutine.sleep(0.3);
    response.end('late');
  });
  go(() => server.start());

  let client = new Client('127.0.0.1', port);
  printf(
    'before: statusCode %d, body %s, connected %s, headers %s\n',
    client.statusCode,
    jsonEncode(client.body),
    jsonEncode(client.connected),
    jsonEncode(client.headers),
  );
  const show = (what: string, ok: boolean): void => {
    printf(
      '%s: %s status %d errCode %d body %s\n',
      what,
      jsonEncode(ok),
      client.statusCode,
      client.errCode,
      client.body,
    );
  };
  show('get', await client.get('/echo?a=1&b[]=2&b[]=3'));
  printf(
    'headers: content-type %s, x-test %s, getStatusCode %d, getBody is body %s, connected %s\n',
    client.headers?.['content-type'],
    jsonEncode(client.headers?.['x-test']),
    client.getStatusCode(),
    jsonEncode(client.getBody() === client.body),
    jsonEncode(client.connected),
  );
  client.setHeaders({ 'X-Own': 'mine' });
  show('post an array', await client.post('/echo', { name: 'Jo & Jo', list: ['x', 'y'] }));
  show('post text', await client.post('/echo', 'plain text'));
  client.setHeaders({ 'Content-Type': 'application/json' });
  show('post json', await client.post('/echo', jsonEncode({ k: 'v' })));
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    client.setHeaders({});
    client.setMethod(method);
    client.setData(`data of ${method}`);
    await client.execute('/echo');
    const answer = jsonDecode(client.body);
    printf('%s arrived as %s with %s\n', method, answer.method, jsonEncode(answer.raw));
  }
  const again = new Client('127.0.0.1', port);
  await again.get('/cookie');
  printf('cookies: %s, set_cookie_headers %d\n', jsonEncode(again.cookies), again.set_cookie_headers?.length);
  await again.get('/echo');
  printf('cookies sent back: %s\n', jsonEncode(jsonDecode(again.body).cookie));
  again.setCookies({ own: 'x;y' });
  await again.get('/echo');
  printf('cookies of my own: %s\n', jsonEncode(jsonDecode(again.body).cookie));
  again.close();

  client = new Client('127.0.0.1', port);
  for (const code of [201, 204, 404, 500]) {
    printf('%s ', jsonEncode(await client.get(`/status?code=${code}`)));
    printf('status %d body %s\n', client.statusCode, jsonEncode(client.body));
  }
  await client.get('/no/such/path');
  printf('no handler: status %d\n', client.statusCode);

  client.set({ timeout: 0.05 });
  let ok = await client.get('/slow');
  printf(
    'too slow: %s statusCode is REQUEST_TIMEOUT %s errCode is ETIMEDOUT %s %s connected %s\n',
    jsonEncode(ok),
    jsonEncode(client.statusCode === Swoole.SWOOLE_HTTP_CLIENT_ESTATUS_REQUEST_TIMEOUT),
    jsonEncode(client.errCode === SOCKET_ETIMEDOUT),
    client.errMsg,
    jsonEncode(client.connected),
  );
  client.set({ timeout: 1 });
  printf('after that: %s %s\n', jsonEncode(await client.get('/status?code=200')), client.body);

  const nobody = new Client('127.0.0.1', getenvInt('PORT2'));
  ok = await nobody.get('/');
  printf(
    'nobody there: %s statusCode is CONNECT_FAILED %s errCode is ECONNREFUSED %s %s\n',
    jsonEncode(ok),
    jsonEncode(nobody.statusCode === Swoole.SWOOLE_HTTP_CLIENT_ESTATUS_CONNECT_FAILED),
    jsonEncode(nobody.errCode === SOCKET_ECONNREFUSED),
    nobody.errMsg,
  );

  const auth = new Client('127.0.0.1', port);
  auth.setBasicAuth('user', 'secret');
  await auth.get('/echo');
  printf('basic auth: %s\n', jsonDecode(auth.body).auth);

  const path = tempnam(sysGetTempDir(), 'upload');
  writeFileSync(path, 'content of the file');
  const upload = new Client('127.0.0.1', port);
  upload.addFile(path, 'document', 'text/plain', 'my.txt');
  upload.addData('<p>hi</p>', 'page', 'text/html', 'page.html');
  await upload.post('/echo', { field: 'value' });
  const answer = jsonDecode(upload.body);
  printf('upload: post %s, files %s\n', jsonEncode(answer.post), jsonEncode(answer.files));
  unlink(path);

  // several at once
  const bodies = await Swoole.Coroutine.map([201, 202, 203], async (code: number) => {
    const one = new Client('127.0.0.1', port);
    await one.get(`/status?code=${code}`);
    return one.body;
  });
  echo(jsonEncode(bodies), '\n');
  server.shutdown();
});
echo('end\n');
