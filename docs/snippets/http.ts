import { writeFileSync } from 'node:fs';
import * as Swoole from 'swoole-ts';

const server = new Swoole.Http.Server('127.0.0.1', Number(process.env.PORT || 9501));

server.on('request', async (request, response) => {
  switch (request.server.request_uri) {
    case '/hello': {
      // #region hello
      const name = request.get?.name ?? 'world';
      response.header('Content-Type', 'text/plain; charset=utf-8');
      response.end(`hello, ${name}\n`);
      // #endregion hello
      return;
    }
    case '/json': {
      // #region json
      const body: unknown = JSON.parse(request.rawContent().toString());
      response.header('Content-Type', 'application/json');
      response.end(JSON.stringify({ received: body }));
      // #endregion json
      return;
    }
    case '/upload': {
      // #region upload
      const file = request.files?.document as Swoole.UploadedFile | undefined;
      if (file === undefined || file.error !== 0) {
        response.status(400);
        response.end('send a file in the field "document"');
        return;
      }
      const done = Swoole.move_uploaded_file(file.tmp_name, '/tmp/swoole-ts-document');
      response.end(done ? `${file.size} bytes kept` : 'not moved');
      // #endregion upload
      return;
    }
    case '/visits': {
      // #region cookie
      const visits = Number(request.cookie?.visits ?? 0) + 1;
      response.cookie('visits', String(visits), 0, '/', '', false, true, 'Lax');
      response.end(`visit ${visits}`);
      // #endregion cookie
      return;
    }
    case '/parts': {
      // #region write
      for (const part of ['one ', 'two ', 'three']) {
        if (!response.write(part)) return; // the client is gone
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      response.end();
      // #endregion write
      return;
    }
    case '/file':
      writeFileSync('/tmp/swoole-ts-page.html', '<p>a page</p>');
      // #region sendfile
      response.sendfile('/tmp/swoole-ts-page.html');
      // #endregion sendfile
      return;
    case '/later':
      // #region detach
      response.detach();
      setTimeout(() => {
        const later = Swoole.Http.Response.create(request.fd);
        if (later !== false) later.end('done');
      }, 50);
      // #endregion detach
      return;
    case '/moved':
      // #region redirect
      response.redirect('/hello?name=moved', 301);
      // #endregion redirect
      return;
    default:
      // #region status
      response.status(404);
      response.end('Not found');
    // #endregion status
  }
});

server.start();
