// Response.detach() and Response.create(): answering later from a timer, from another request, by fd,
// and what can no longer be done with the detached object.
import * as Swoole from 'swoole-ts';
import { className, echo, getenvInt, varExport } from '../lib/php.ts';

const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({ worker_num: 1, log_level: Swoole.SWOOLE_LOG_NONE });
// display_errors and log_errors are off in server.php
Swoole.setWarningHandler(() => {});

const parked = new Map<string, number>();

http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  const uri = request.server.request_uri;
  const fd = request.fd;
  echo(`${uri}\n`);
  switch (uri) {
    case '/later':
      echo(
        '  detach -> ',
        varExport(response.detach()),
        ', writable ',
        varExport(response.isWritable()),
        '\n',
      );
      echo('  detach again -> ', varExport(response.detach()), ', end -> ', varExport(response.end('x')));
      echo(', header -> ', varExport(response.header('a', 'b')), '\n');
      Swoole.Timer.after(50, () => {
        const late = Swoole.Http.Response.create(fd) as Swoole.Http.Response;
        echo('  created ', className(late), ' for the same fd: ', varExport(late.fd === fd));
        echo(', writable ', varExport(late.isWritable()), '\n');
        late.status(201);
        late.header('X-Late', 'yes');
        echo('  end -> ', varExport(late.end('from the timer')), '\n');
      });
      return;
    case '/park':
      parked.set('waiting', fd);
      response.header('X-Lost', 'headers stay with the old object');
      response.detach();
      return;
    case '/release': {
      const other = Swoole.Http.Response.create(http, parked.get('waiting')) as Swoole.Http.Response;
      other.write('released ');
      other.end('by another request');
      response.end('done');
      return;
    }
    case '/invalid': {
      let made = Swoole.Http.Response.create(http, 99999);
      echo('  unknown fd -> ', made ? className(made) : varExport(made), '\n');
      made = Swoole.Http.Response.create(99999);
      echo(
        '  unknown fd alone -> ',
        made ? `an object, end ${varExport(made.end('x'))}` : varExport(made),
        '\n',
      );
      response.end('checked');
      return;
    }
    case '/twice': {
      // the original is not detached: both objects answer the same connection
      const copy = Swoole.Http.Response.create(fd) as Swoole.Http.Response;
      echo('  copy end -> ', varExport(copy.end('from the copy')));
      echo(', original writable ', varExport(response.isWritable()), '\n');
      response.end('from the original');
      return;
    }
    case '/raw':
      response.detach();
      http.send(fd, 'HTTP/1.1 299 Made By Hand\r\nContent-Length: 4\r\n\r\nhand');
      return;
    case '/forgotten':
      response.detach();
      return;
  }
});
http.start();
