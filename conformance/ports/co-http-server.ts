// Coroutine\Http\Server: handle() by prefix with the longest match, WebSocket by upgrade() in the same handler, recv() and push() in a
// loop, frames and the end of the connection as recv() shows them, shutdown() from a handler.
import * as Swoole from 'swoole-ts';
import { echo, getenvInt, jsonEncode, printf } from '../lib/php.ts';

const { run } = Swoole.Coroutine;
const { Server } = Swoole.Coroutine.Http;
type Request = Swoole.Http.Request;
type Response = Swoole.Http.Response;

Swoole.swoole_async_set({ log_level: Swoole.SWOOLE_LOG_NONE });

await run(async () => {
  const server = new Server('127.0.0.1', getenvInt('PORT'));
  printf(
    'host %s port %s ssl %s\n',
    server.host,
    jsonEncode(server.port === getenvInt('PORT')),
    jsonEncode(server.ssl),
  );
  const members = new Map<string, Response>();

  server.handle('/', (request: Request, response: Response) => {
    response.header('X-Handler', 'root');
    response.end(`root: ${request.server.request_method} ${request.server.request_uri}`);
  });
  server.handle('/api', (request: Request, response: Response) => {
    response.header('Content-Type', 'application/json');
    response.end(
      jsonEncode({
        uri: request.server.request_uri,
        path_info: request.server.path_info,
        get: request.get,
        body: request.rawContent(),
      }),
    );
  });
  server.handle('/api/deep', async (_request: Request, response: Response) => {
    response.status(202);
    response.write('first ');
    await Swoole.Coroutine.sleep(0.02);
    response.write('second');
    response.end();
  });
  server.handle('/chat', async (request: Request, response: Response) => {
    printf('upgrade %s\n', jsonEncode(response.upgrade()));
    const name = String(request.get?.name ?? 'nobody');
    members.set(name, response);
    while (true) {
      const frame = await response.recv();
      if (frame === '' || frame === false) {
        printf('%s: recv gave %s\n', name, jsonEncode(frame));
        break;
      }
      if (frame instanceof Swoole.WebSocket.CloseFrame) {
        printf('%s: close frame %d %s\n', name, frame.code, frame.reason);
        break;
      }
      printf('%s: opcode %d %s\n', name, frame.opcode, frame.data);
      if (frame.data === 'leave') {
        response.push('good bye');
        response.close();
        break;
      }
      for (const [other, member] of members) {
        printf('push to %s: %s\n', other, jsonEncode(member.push(`${name}: ${frame.data}`)));
      }
    }
    members.delete(name);
  });
  server.handle('/stop', (_request: Request, response: Response) => {
    response.end('stopping');
    server.shutdown();
  });
  printf('start returned %s\n', jsonEncode(await server.start()));
});
echo('end\n');
