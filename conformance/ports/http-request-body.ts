// The body and the raw request: getContent/rawContent, getData, getMethod, isCompleted, chunked bodies, binary bodies,
// bodies in several packets, and reading them again after end(); Request.create and parse by hand.
import * as Swoole from 'swoole-ts';
import { echo, getenvInt, jsonEncode, printf, sha1, varExport } from '../lib/php.ts';

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE });

http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  const body = request.rawContent();
  printf(
    '%s %s body=%d %s same=%s completed=%s content-length=%s transfer-encoding=%s\n',
    request.getMethod(),
    request.server.request_uri,
    body.length,
    body.length > 40 ? sha1(body) : jsonEncode(body),
    varExport(request.getContent().equals(body)),
    varExport(request.isCompleted()),
    request.header['content-length'] ?? 'none',
    request.header['transfer-encoding'] ?? 'none',
  );
  const data = request.getData() as Buffer;
  const end = data.indexOf('\r\n\r\n');
  const head = data.subarray(0, end).toString();
  const rest = data.subarray(end + 4);
  printf(
    "   data=%d bytes, %d header lines, first '%s', rest=%s\n",
    data.length,
    head.split('\r\n').length - 1,
    head.split('\r\n')[0],
    rest.length > 60 ? `${rest.length} bytes` : jsonEncode(rest),
  );
  response.end('ok');
  if (request.server.request_uri === '/after') {
    echo('   after end: ', jsonEncode(request.rawContent()), ' ', jsonEncode(request.getMethod()), '\n');
  }
});

// a request object without any server
const by = Swoole.Http.Request.create({ parse_cookie: false });
echo('created: completed=', varExport(by.isCompleted()), ' content=', jsonEncode(by.getContent()));
echo(' data=', jsonEncode(by.getData()), '\n');
const head =
  'POST /made?by=hand HTTP/1.1\r\nHost: nowhere\r\nCookie: a=1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\n';
for (const piece of [head, 'x=1&y=2']) {
  echo(
    'parse(',
    piece.length,
    ') = ',
    varExport(by.parse(piece)),
    ' completed=',
    varExport(by.isCompleted()),
    '\n',
  );
}
echo('parse again = ', varExport(by.parse('more')), '\n');
echo(
  'made: ',
  by.getMethod(),
  ' ',
  by.server.request_uri,
  ' get=',
  jsonEncode(by.get),
  ' post=',
  jsonEncode(by.post),
);
echo(
  ' cookie=',
  jsonEncode(by.cookie),
  ' header=',
  jsonEncode(by.header),
  ' content=',
  by.getContent().toString(),
  '\n',
);

http.start();
