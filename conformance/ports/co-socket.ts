// Coroutine\Socket: bind, listen, accept, connect, send, recv and recvAll, recvLine, recvPacket with a protocol, peek, time limits,
// shutdown and close, address functions, a refused connection, a port in use, exceptions of the constructor, UDP.
import type * as Swoole from 'swoole-ts';
import { Coroutine, SOCKET_ECANCELED, SWOOLE_LOG_NONE, swoole_async_set } from 'swoole-ts';
import {
  AF_INET,
  className,
  echo,
  getenvInt,
  jsonEncode,
  printf,
  SOCK_DGRAM,
  SOCK_STREAM,
  SOCKET_EADDRINUSE,
  SOCKET_EAFNOSUPPORT,
  SOCKET_ECONNREFUSED,
  SOCKET_ETIMEDOUT,
  strlen,
} from '../lib/php.ts';

const { go, run, Socket } = Coroutine;

swoole_async_set({ log_level: SWOOLE_LOG_NONE });

await run(async () => {
  const port = getenvInt('PORT');
  const listener = new Socket(AF_INET, SOCK_STREAM, 0);
  printf(
    'domain %s type %s protocol %d fd %s\n',
    jsonEncode(listener.domain === AF_INET),
    jsonEncode(listener.type === SOCK_STREAM),
    listener.protocol,
    jsonEncode(listener.fd > 2),
  );
  printf(
    'bind %s listen %s\n',
    jsonEncode(await listener.bind('127.0.0.1', port)),
    jsonEncode(await listener.listen(16)),
  );
  const name = listener.getsockname() as Swoole.Coroutine.Socket.Name;
  printf('getsockname: %s, the port is right %s\n', name.address, jsonEncode(name.port === port));
  printf(
    'accept in vain: %s, ETIMEDOUT %s %s\n',
    jsonEncode(await listener.accept(0.02)),
    jsonEncode(listener.errCode === SOCKET_ETIMEDOUT),
    listener.errMsg,
  );

  const second = new Socket(AF_INET, SOCK_STREAM, 0);
  printf(
    'bind to a used port: %s, EADDRINUSE %s %s\n',
    jsonEncode(await second.bind('127.0.0.1', port)),
    jsonEncode(second.errCode === SOCKET_EADDRINUSE),
    second.errMsg,
  );

  go(async () => {
    for (let peer = await listener.accept(); peer; peer = await listener.accept()) {
      go(async (peer: Swoole.Coroutine.Socket) => {
        const from = (peer.getpeername() as Swoole.Coroutine.Socket.Name).address;
        let got = await peer.recvLine(1024, 1);
        for (; got !== '' && got !== false; got = await peer.recvLine(1024, 1)) {
          const line = got.toString().trimEnd();
          if (line === 'bye') {
            break;
          }
          const [verb, ...words] = line.split(' ');
          const rest = words.join(' ');
          const verbs: Record<string, () => Promise<unknown>> = {
            echo: () => peer.sendAll(`${rest}\n`),
            who: () => peer.sendAll(`you are ${from}\n`),
            packets: () =>
              peer.sendAll(
                Buffer.concat(
                  rest.split(' ').map((word) => {
                    const head = Buffer.alloc(4);
                    head.writeUInt32BE(strlen(word));
                    return Buffer.concat([head, Buffer.from(word)]);
                  }),
                ),
              ),
            slowly: async () => {
              for (const letter of rest) {
                await peer.send(letter);
                await Coroutine.sleep(0.01);
              }
            },
            bytes: () => peer.sendAll('x'.repeat(Number(rest))),
          };
          await verbs[verb as string]?.();
        }
        peer.close();
      }, peer);
    }
    printf('listener ended, errCode %d\n', listener.errCode === SOCKET_ECANCELED ? 125 : listener.errCode);
  });

  const client = new Socket(AF_INET, SOCK_STREAM, 0);
  printf('connect %s\n', jsonEncode(await client.connect('127.0.0.1', port, 1)));
  printf(
    'send gives %s, recv %s\n',
    jsonEncode(await client.send('echo hello\n')),
    jsonEncode(await client.recv(100, 1)),
  );
  await client.send('echo first\necho second\n');
  await Coroutine.sleep(0.02);
  printf(
    'recv of 3 bytes %s, peek %s, the rest %s\n',
    jsonEncode(await client.recv(3, 1)),
    jsonEncode(client.peek(4)),
    jsonEncode(await client.recv(100, 1)),
  );
  await client.send('slowly abcdef\n');
  printf('recvAll waits for all: %s\n', jsonEncode(await client.recvAll(6, 1)));
  await client.send('slowly xy\n');
  const some = await client.recvAll(6, 0.1);
  printf('recvAll in vain: %s\n', jsonEncode(some));
  await client.send('bytes 300000\n');
  printf('recvAll of many: %d\n', strlen((await client.recvAll(300000, 2)) || ''));
  await client.send('who am I\n');
  printf('recvLine: %s\n', jsonEncode(await client.recvLine(1024, 1)));
  await client.send('echo one line\n');
  printf('recvLine: %s\n', jsonEncode(await client.recvLine(1024, 1)));
  printf(
    'recv in vain: %s ETIMEDOUT %s\n',
    jsonEncode(await client.recv(10, 0.02)),
    jsonEncode(client.errCode === SOCKET_ETIMEDOUT),
  );
  printf('checkLiveness %s isClosed %s\n', jsonEncode(client.checkLiveness()), jsonEncode(client.isClosed()));
  await client.send('bye\n');
  printf(
    'at the end: %s, checkLiveness %s\n',
    jsonEncode(await client.recv(10, 1)),
    jsonEncode(client.checkLiveness()),
  );
  printf(
    'close %s again %s isClosed %s\n',
    jsonEncode(client.close()),
    jsonEncode(client.close()),
    jsonEncode(client.isClosed()),
  );

  const packets = new Socket(AF_INET, SOCK_STREAM, 0);
  printf(
    'setProtocol %s\n',
    jsonEncode(
      packets.setProtocol({
        open_length_check: true,
        package_length_type: 'N',
        package_length_offset: 0,
        package_body_offset: 4,
      }),
    ),
  );
  await packets.connect('127.0.0.1', port, 1);
  await packets.send('packets one two three\n');
  for (let i = 0; i < 3; i++) {
    printf('packet %s\n', ((await packets.recvPacket(1)) as Buffer).subarray(4));
  }
  packets.close();

  // one coroutine waits, another cancels its wait
  const waiting = new Socket(AF_INET, SOCK_STREAM, 0);
  await waiting.connect('127.0.0.1', port, 1);
  go(async () => {
    const got = await waiting.recv(10, 5);
    printf(
      'cancelled recv: %s ECANCELED %s\n',
      jsonEncode(got),
      jsonEncode(waiting.errCode === SOCKET_ECANCELED),
    );
  });
  await Coroutine.sleep(0.01);
  printf('cancel %s\n', jsonEncode(await waiting.cancel()));
  waiting.close();

  const refused = new Socket(AF_INET, SOCK_STREAM, 0);
  printf(
    'refused: %s ECONNREFUSED %s %s\n',
    jsonEncode(await refused.connect('127.0.0.1', 1, 1)),
    jsonEncode(refused.errCode === SOCKET_ECONNREFUSED),
    refused.errMsg,
  );
  try {
    new Socket(999, SOCK_STREAM, 0);
  } catch (e) {
    if (!(e instanceof Socket.Exception)) throw e;
    printf(
      '%s: %s, code is EAFNOSUPPORT %s\n',
      className(e),
      e.getMessage(),
      jsonEncode(e.getCode() === SOCKET_EAFNOSUPPORT),
    );
  }

  const udp = new Socket(AF_INET, SOCK_DGRAM, 0);
  await udp.bind('127.0.0.1', getenvInt('PORT2'));
  const sender = new Socket(AF_INET, SOCK_DGRAM, 0);
  printf('sendto %s\n', jsonEncode(await sender.sendto('127.0.0.1', getenvInt('PORT2'), 'datagram')));
  const peer: { address?: string; port?: number } = {};
  const text = await udp.recvfrom(peer, 1);
  printf('recvfrom %s, peer has %s\n', text, jsonEncode(Object.keys(peer)));
  await udp.sendto(peer.address as string, peer.port as number, 'answer');
  printf('answer %s\n', await sender.recvfrom(peer, 1));
  await Coroutine.sleep(0.02);
  listener.close();
});
echo('end\n');
