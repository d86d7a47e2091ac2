import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { setWarningHandler } from '../../src/errors/warnings.js';
import { CloseFrame } from '../../src/websocket/close-frame.js';
import { Frame, receivedFrame } from '../../src/websocket/frame.js';

afterEach(() => {
  setWarningHandler(null);
});

describe('Frame', () => {
  it('begins with the defaults of Swoole, in its order', () => {
    expect(Object.entries(new Frame())).toEqual([
      ['fd', 0],
      ['data', ''],
      ['opcode', 1],
      ['flags', 1],
      ['finish', null],
    ]);
    expect({ ...new CloseFrame() }).toEqual({
      fd: 0,
      data: '',
      opcode: 8,
      flags: 1,
      finish: null,
      code: 1000,
      reason: '',
    });
    expect(new CloseFrame()).toBeInstanceOf(Frame);
  });

  it('is its own bytes as a string', () => {
    const frame = new Frame();
    frame.data = Buffer.from([0xff, 0xe9]);
    frame.opcode = 2;
    expect(`${frame}`).toBe('\x82\x02\xff\xe9');
    expect(frame.toBuffer()).toEqual(Frame.pack(frame));
    expect(Frame.unpack(`${frame}`)).toMatchObject({ data: frame.data, opcode: 2 });
  });

  it('packs and unpacks by its static methods', () => {
    expect(Frame.unpack(Frame.pack('static on Frame'))).toMatchObject({
      data: 'static on Frame',
      fd: 0,
      finish: true,
      flags: 1,
      opcode: 1,
    });
  });

  it('names the method that was called in its warnings', () => {
    const warnings: string[] = [];
    setWarningHandler((_level, message) => warnings.push(message));
    const frame = new Frame();
    frame.opcode = 11;
    expect(`${frame}`).toBe('');
    Frame.pack('x', 11);
    expect(warnings).toEqual([
      'Swoole\\WebSocket\\Frame::__toString(): opcode must be between 0 and 10',
      'Swoole\\WebSocket\\Frame::pack(): opcode must be between 0 and 10',
    ]);
  });
});

describe('receivedFrame', () => {
  it('is a finished, masked frame of its connection', () => {
    expect(Object.entries(receivedFrame(7, 'hello', 1))).toEqual([
      ['fd', 7],
      ['data', 'hello'],
      ['opcode', 1],
      ['flags', 33],
      ['finish', true],
    ]);
  });
});

describe('the modules of frames', () => {
  it.each(['frame', 'close-frame', 'codec', 'outgoing'])('load with %s first', async (first) => {
    const text = `await import('./${first}.ts'); const { CloseFrame } = await import('./close-frame.ts'); console.log(new CloseFrame().toBuffer().toString('hex'));`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', text],
      { cwd: fileURLToPath(new URL('../../src/websocket/', import.meta.url)) },
    );
    expect(stdout).toBe('880203e8\n');
  });
});
