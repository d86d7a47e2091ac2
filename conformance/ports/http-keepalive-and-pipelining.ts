// Connections: keep-alive by version and Connection header, pipelined requests, a slow answer before a quick one,
// requests in one packet and cut anywhere, fds, close() by the server, connect and close events of an HTTP server.
import { setTimeout } from 'node:timers/promises';
import * as Swoole from 'swoole-ts';
import { echo, getenvInt, varExport } from '../lib/php.ts';
import { silence } from '../lib/silence.ts';

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE });

http.on('connect', (_http: Swoole.Http.Server, fd: number) => {
  echo(`connect ${fd}\n`);
});
http.on('request', async (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  const uri = request.server.request_uri;
  echo(`fd ${request.fd} ${request.server.server_protocol} ${uri} (`);
  echo(request.header.connection ?? 'no connection header', ')\n');
  if (uri.startsWith('/slow')) {
    await setTimeout(100);
  }
  if (uri === '/close') {
    response.header('Connection', 'close');
  } else if (uri === '/server-closes') {
    response.end('last');
    // the close event prints in the middle of the line: it runs inside close()
    echo('close() -> ');
    echo(
      varExport(http.close(request.fd)),
      ', again -> ',
      varExport(silence(() => http.close(request.fd))),
      '\n',
    );
    return;
  } else if (uri === '/vanish') {
    echo('close() without an answer -> ');
    echo(varExport(http.close(request.fd)), '\n');
    echo('end() -> ', varExport(silence(() => response.end('nobody'))), '\n');
    return;
  }
  response.end(`${uri};`);
});
http.on('close', (_http: Swoole.Http.Server, fd: number) => {
  echo(`close ${fd}\n`);
});
http.start();
