// A device to try the gateway with: says hello and sends a reading, more or less often as it is told.
//   node --import tsx tcp-gateway/device.ts kitchen
import net from 'node:net';
import { HELLO, INTERVAL, packet, READING, REFUSED } from './packets.ts';

const name = process.argv[2] ?? 'thermometer';
const socket = net.connect(Number(process.env.DEVICES || 9504), '127.0.0.1');
let value = 2000;
let timer = setInterval(send, 1000);
let waiting: Buffer = Buffer.alloc(0);

function send(): void {
  value += Math.round(Math.random() * 40 - 20);
  const rest = Buffer.alloc(4);
  rest.writeInt32BE(value);
  socket.write(packet(READING, rest));
}

socket.on('connect', () => {
  socket.write(packet(HELLO, name));
  send();
});
socket.on('data', (bytes) => {
  waiting = Buffer.concat([waiting, bytes]);
  while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE()) {
    const whole = waiting.subarray(0, 2 + waiting.readUInt16BE());
    waiting = waiting.subarray(whole.length);
    if (whole[2] === REFUSED) console.error(`refused: ${whole.subarray(3)}`);
    if (whole[2] !== INTERVAL) continue;
    clearInterval(timer);
    timer = setInterval(send, whole.readUInt16BE(3) * 1000);
  }
});
socket.on('error', (error) => console.error(error.message));
socket.on('close', () => clearInterval(timer));
