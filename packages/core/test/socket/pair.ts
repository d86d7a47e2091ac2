import { onTestFinished } from 'vitest';
import { Coroutine } from '../../src/index.js';
import { AF_INET, SOCK_STREAM } from '../../src/socket/numbers.js';

const { Socket } = Coroutine;
export type Socket = Coroutine.Socket;

/** A socket that closes with the test. */
export function socket(domain = AF_INET, type = SOCK_STREAM): Socket {
  const made = new Socket(domain, type);
  onTestFinished(() => {
    made.close();
  });
  return made;
}

/** A listening socket on a port of the system's choice. */
export async function listening(): Promise<{ listener: Socket; port: number }> {
  const listener = socket();
  if (!(await listener.bind('127.0.0.1')) || !(await listener.listen())) throw new Error(listener.errMsg);
  const name = listener.getsockname();
  if (name === false) throw new Error('it has no address');
  return { listener, port: name.port };
}

/** Two sockets that are connected. */
export async function pair(): Promise<[left: Socket, right: Socket]> {
  const { listener, port } = await listening();
  const left = socket();
  if (!(await left.connect('127.0.0.1', port, 5))) throw new Error(left.errMsg);
  const right = await listener.accept(5);
  if (right === false) throw new Error(listener.errMsg);
  onTestFinished(() => {
    right.close();
  });
  return [left, right];
}
