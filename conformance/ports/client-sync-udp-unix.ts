// Swoole\Client over UDP (PORT2 answers) and over a Unix stream socket (a port of this server's).
import { fileURLToPath } from 'node:url';
import * as Swoole from 'swoole-ts';
import {
  Client,
  SWOOLE_LOG_NONE,
  SWOOLE_SOCK_UDP,
  SWOOLE_SOCK_UNIX_STREAM,
  setWarningHandler,
} from 'swoole-ts';
import { getenvInt, JSON_UNESCAPED_SLASHES, jsonEncode, ksort, sprintf, sysGetTempDir } from '../lib/php.ts';

const path = `${sysGetTempDir()}/swoole-client-sync-${process.env.PORT}.sock`;
const server = new Swoole.Server('127.0.0.1', getenvInt('PORT'));
// Two workers: who blocks in a client is not who answers it.
server.set({ worker_num: 2, dispatch_mode: 2, log_level: SWOOLE_LOG_NONE });
const unix = server.listen(path, 0, SWOOLE_SOCK_UNIX_STREAM) as Swoole.Server.Port;
unix.on('receive', (server: Swoole.Server, fd: number, _reactorId: number, data: Buffer) =>
  server.send(fd, Buffer.from(data).reverse()),
);

server.on('receive', async (server: Swoole.Server, fd: number) => {
  const lines: string[] = [];
  const say = (format: string, ...values: unknown[]) => {
    lines.push(sprintf(format, ...values.map((v) => jsonEncode(v, JSON_UNESCAPED_SLASHES))));
  };
  const port = getenvInt('PORT2');
  setWarningHandler((_level, message) => {
    lines.push(`  warning: ${message.replace(path, 'PATH')}`);
    return true;
  });

  let udp = new Client(SWOOLE_SOCK_UDP);
  say('udp connect %s connected %s', await udp.connect('127.0.0.1', port, 0.2), udp.isConnected());
  say('send %s', await udp.send('datagram'));
  say('recv %s', await udp.recv());
  const peer = ksort(udp.getpeername() as Client.SocketName);
  say('getpeername %s', peer);
  const name = udp.getsockname() as Client.SocketName;
  say('getsockname host %s, a port %s', name.host, name.port > 0);
  say('sendto %s', await udp.sendto('127.0.0.1', port, 'to an address'));
  say('recv(6) %s', await udp.recv(6));
  say('sendto nothing: %s', await udp.sendto('127.0.0.1', port, ''));
  say('sendfile: %s', await udp.sendfile(fileURLToPath(import.meta.url)));
  say('nothing in time: %s errCode %s', await udp.recv(), udp.errCode);
  await udp.send('silence');
  say('no answer: %s errCode %s', await udp.recv(), udp.errCode);
  say('close %s connected %s', udp.close(), udp.isConnected());

  udp = new Client(SWOOLE_SOCK_UDP);
  say(
    'sendto without connect: %s connected %s',
    await udp.sendto('127.0.0.1', port, 'first'),
    udp.isConnected(),
  );
  say('recv %s', await udp.recv());
  say('connect then: %s', await udp.connect('127.0.0.1', port, 0.2));
  udp.close();
  udp = new Client(SWOOLE_SOCK_UDP);
  say('udp connect with udp_connect: %s', await udp.connect('127.0.0.1', port, 0.2, 1));
  await udp.send('connected');
  say('recv %s', await udp.recv());
  udp.close();
  udp = new Client(SWOOLE_SOCK_UDP);
  say('udp connect to port 0: %s', await udp.connect('127.0.0.1', 0, 0.2));

  let client = new Client(SWOOLE_SOCK_UNIX_STREAM);
  say('unix connect %s connected %s', await client.connect(path, 0, 1), client.isConnected());
  say('send %s', await client.send('stream'));
  say('recv %s', await client.recv());
  say('enableSSL %s', await client.enableSSL());
  say('close %s', client.close());
  client = new Client(SWOOLE_SOCK_UNIX_STREAM);
  say('unix connect to nothing: %s errCode %s', await client.connect(`${path}.none`, 0, 0.2), client.errCode);
  server.send(fd, `${lines.join('\n')}\nend\n`);
});
await server.start();
