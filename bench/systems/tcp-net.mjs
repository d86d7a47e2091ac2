// The control: node:net with nothing around it.
import net from 'node:net';

const server = net.createServer({ noDelay: true }, (socket) => {
  socket.on('data', (data) => {
    socket.write(data);
  });
  socket.on('error', () => {});
});
server.listen(0, '127.0.0.1', () => {
  console.log(`READY ${server.address().port} node:net, Node ${process.versions.node}`);
});
