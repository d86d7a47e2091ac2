import * as Swoole from 'swoole-ts';

import { Gateway } from './gateway.ts';
import { HELLO, packet, READING, REFUSED, Refusal, read_command, read_packet } from './packets.ts';

// Devices over TCP, a dashboard over WebSocket, statistics over HTTP, in one program: see README.md for what they say.
const server = new Swoole.WebSocket.Server('127.0.0.1', Number(process.env.PORT || 9503));
server.set({ worker_num: 1 });
const devices = server.listen('127.0.0.1', Number(process.env.DEVICES || 9504), Swoole.SWOOLE_SOCK_TCP);
if (devices === false) throw new Error(Swoole.swoole_strerror(Swoole.swoole_last_error()));
const gateway = new Gateway(server);

// Two bytes that tell the length of what follows them. A port with settings of its own speaks nothing else.
devices.set({
  open_length_check: true,
  package_length_type: 'n',
  package_length_offset: 0,
  package_body_offset: 2,
});

devices.on('receive', (server, fd, _reactorId, data) => {
  try {
    const packet = read_packet(data);
    switch (packet.type) {
      case HELLO:
        gateway.hello(fd, packet.name);
        break;
      case READING:
        gateway.reading(fd, packet.value);
        break;
    }
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    server.send(fd, packet(REFUSED, refusal.message));
    server.close(fd);
  }
});

devices.on('close', (_server, fd) => {
  gateway.gone(fd);
});

// The page, and the numbers for machines.
server.on('request', (request, response) => {
  switch (request.server.request_uri) {
    case '/':
      response.sendfile(`${import.meta.dirname}/index.html`);
      break;
    case '/stats':
      response.header('Content-Type', 'application/json');
      response.end(JSON.stringify(gateway.stats()));
      break;
    default:
      response.status(404);
      response.end('Not found');
  }
});

server.on('open', (_server, request) => {
  gateway.show(request.fd);
});

// What a dashboard says is for one device.
server.on('message', (server, frame) => {
  const message = read_command(frame.data);
  if (message === null || !gateway.interval(message.device, message.seconds)) {
    server.push(frame.fd, JSON.stringify({ type: 'error', message: 'no such device, or no such command' }));
  }
});

server.start();
