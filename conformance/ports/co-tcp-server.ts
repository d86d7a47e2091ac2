// Coroutine\Server: one coroutine per connection, recv() and send() in straight lines, per-connection variables, a protocol by
// setting, time limits, shutdown(). A small line protocol with a login before anything else.
import type * as Swoole from 'swoole-ts';
import { Coroutine, SWOOLE_LOG_NONE, swoole_async_set } from 'swoole-ts';
import { getenvInt, intval, jsonEncode, printf } from '../lib/php.ts';

const { Server, run } = Coroutine;

swoole_async_set({ log_level: SWOOLE_LOG_NONE });

class Session {
  user: string | null = null;
  commands = 0;

  constructor(private readonly connection: Swoole.Coroutine.Server.Connection) {}

  async say(text: string): Promise<void> {
    await this.connection.send(`${text}\r\n`);
  }
}

run(async () => {
  const server = new Server('127.0.0.1', getenvInt('PORT'));
  server.set({ open_eof_check: true, open_eof_split: true, package_eof: '\r\n' });
  let online = 0;
  server.handle(async (connection) => {
    online++;
    const session = new Session(connection);
    await session.say('who are you?');
    loop: while (true) {
      const line = await connection.recv(0.3);
      if (line === false) {
        await session.say('too slow');
        break;
      }
      if (line === '') {
        printf('%s left after %d commands\n', session.user ?? 'somebody', session.commands);
        break;
      }
      const words = line.toString().trim().split(' ');
      session.commands++;
      if (session.user === null) {
        session.user = words[0] ?? '';
        await session.say(`hello ${session.user}`);
        continue;
      }
      switch (words[0]?.toLowerCase()) {
        case 'add':
          await session.say(
            String(
              words
                .slice(1)
                .map(intval)
                .reduce((a, b) => a + b, 0),
            ),
          );
          break;
        case 'wait':
          await Coroutine.sleep(intval(words[1]) / 1000);
          await session.say(`waited ${words[1]}`);
          break;
        case 'online':
          await session.say(`${online} online`);
          break;
        case 'peer': {
          const peer = connection.exportSocket().getpeername();
          await session.say(peer ? peer.address : '');
          break;
        }
        case 'stop':
          await session.say('stopping');
          await server.shutdown();
          break loop;
        default:
          await session.say(`unknown command ${jsonEncode(words[0])}`);
      }
    }
    online--;
    printf('close %s\n', jsonEncode(connection.close()));
  });
  const started = await server.start();
  await Coroutine.sleep(0.05);
  printf('start returned %s\n', jsonEncode(started));
});
