// The Frame that the message event gets (fd, opcode, flags, finish, data) and the frames that push() writes,
// for text, binary, empty and large payloads.
import * as Swoole from 'swoole-ts';
import { SWOOLE_LOG_NONE } from 'swoole-ts';
import { bin2hex, className, echo, getenvInt, printf, sha1, strlen, varExport } from '../lib/php.ts';

class Recorder {
  private count = 0;

  onMessage(server: Swoole.WebSocket.Server, frame: Swoole.WebSocket.Frame): void {
    this.count++;
    printf(
      '#%d %s fd=%d opcode=%d flags=%d finish=%s length=%d %s\n',
      this.count,
      className(frame),
      frame.fd,
      frame.opcode,
      frame.flags,
      varExport(frame.finish),
      strlen(frame.data),
      strlen(frame.data) > 32 ? `sha1=${sha1(frame.data)}` : `hex=${bin2hex(frame.data)}`,
    );
    if (this.count === 1) {
      echo('properties: ', Object.keys(frame).join(','), '\n');
    }
    const sent = server.push(frame.fd, frame.data, frame.opcode);
    echo('   pushed: ', varExport(sent), '\n');
  }
}

const server = new Swoole.WebSocket.Server('127.0.0.1', getenvInt('PORT'));
server.set({
  worker_num: 1,
  log_level: SWOOLE_LOG_NONE,
  package_max_length: 4 * 1024 * 1024,
});
const recorder = new Recorder();
server.on('message', (server, frame) => recorder.onMessage(server, frame));
server.start();
