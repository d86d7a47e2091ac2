import * as Swoole from 'swoole-ts';

const port = Number(process.env.PORT || 9501);
const server = new Swoole.WebSocket.Server('127.0.0.1', port);

// #region settings
server.set({
  heartbeat_idle_time: 60, // seconds without a byte from the client
  package_max_length: 1024 * 1024, // bytes of one message
  websocket_compression: true, // permessage-deflate, for clients that offer it
});
// #endregion settings

// #region open
server.on('open', (server, request) => {
  const name = request.get?.name ?? 'somebody';
  server.push(request.fd, `hello, ${name}`);
});
// #endregion open

// #region message
server.on('message', (server, frame) => {
  // Text frames carry a string, binary ones a Buffer.
  if (typeof frame.data === 'string') {
    server.push(frame.fd, `text of ${frame.data.length} characters`);
  } else {
    server.push(frame.fd, frame.data, Swoole.WEBSOCKET_OPCODE_BINARY);
  }
  // #endregion message

  if (frame.data === 'bye') {
    // #region disconnect
    server.disconnect(frame.fd, Swoole.SWOOLE_WEBSOCKET_CLOSE_NORMAL, 'see you');
    // #endregion disconnect
  }

  if (frame.data === 'all') {
    // #region loop
    for (const fd of server.connections) {
      if (server.isEstablished(fd)) server.push(fd, 'to everybody');
    }
    // #endregion loop
  }

  if (frame.data === 'others') {
    // #region broadcast
    const reached = server.broadcast('to everybody else', { except: frame.fd });
    console.log(`${reached} clients took it`);
    // #endregion broadcast
  }

  if (frame.data === 'check') {
    const fd = 4711;
    // #region failure
    if (!server.push(fd, 'are you there?')) {
      console.log(server.getLastError(), Swoole.swoole_strerror(server.getLastError()));
    }
    // #endregion failure
  }
});

// #region ping
server.on('workerStart', () => {
  Swoole.Timer.tick(25_000, () => {
    for (const fd of server.connections) if (server.isEstablished(fd)) server.ping(fd);
  });
});
// #endregion ping

// #region close
server.on('close', (server, fd, reactorId, how) => {
  if (reactorId < 0) console.log(`connection ${fd} was closed by this server`);
  console.log(`connection ${fd}: ${how.code} ${how.reason}, by ${how.initiator}`);
  console.log(`${server.connections.count()} left`);
});
// #endregion close

server.start();
