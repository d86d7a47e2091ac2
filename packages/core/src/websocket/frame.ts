import {
  SWOOLE_WEBSOCKET_CLOSE_NORMAL,
  SWOOLE_WEBSOCKET_FLAG_FIN,
  SWOOLE_WEBSOCKET_FLAG_MASK,
  SWOOLE_WEBSOCKET_OPCODE_CLOSE,
  SWOOLE_WEBSOCKET_OPCODE_TEXT,
} from '../constants/websocket.js';
import { pack, packFrame, unpack } from './codec.js';

/** A WebSocket message or frame: what the `message` event brings, and a form in which `push()` takes one. @see Swoole\WebSocket\Frame */
export class Frame {
  static readonly phpName: string = 'Swoole\\WebSocket\\Frame';
  /** The connection it came from; 0 for a frame of one's own. */
  fd = 0;
  /** Text of a text frame, bytes of any other. */
  data: string | Buffer = '';
  /** `WEBSOCKET_OPCODE_*` */
  opcode: number = SWOOLE_WEBSOCKET_OPCODE_TEXT;
  /** Bits of `SWOOLE_WEBSOCKET_FLAG_*` */
  flags: number = SWOOLE_WEBSOCKET_FLAG_FIN;
  /** Whether this is the last frame of its message; null leaves it to `flags`. */
  finish: boolean | null = null;

  /** The bytes of the frame, empty when there can be no such frame. */
  toBuffer(): Buffer {
    return packFrame(this, 'Swoole\\WebSocket\\Frame::__toString()');
  }

  /** The bytes of the frame, a character (0–255) each. @see Swoole\WebSocket\Frame::__toString */
  toString(): string {
    return this.toBuffer().toString('latin1');
  }

  /**
   * Packs a frame.
   * @param data text, bytes, or a Frame whose own fields count instead of the other arguments
   * @param opcode `WEBSOCKET_OPCODE_*`
   * @param flags `SWOOLE_WEBSOCKET_FLAG_*`
   * @returns the bytes; none, and a warning, when there can be no such frame
   * @see Swoole\WebSocket\Frame::pack
   */
  static pack(
    data: Frame | string | Uint8Array,
    opcode: number = SWOOLE_WEBSOCKET_OPCODE_TEXT,
    flags: number = SWOOLE_WEBSOCKET_FLAG_FIN,
  ): Buffer {
    return pack(data, opcode, flags, 'Swoole\\WebSocket\\Frame::pack()');
  }

  /**
   * Unpacks the frame that begins the bytes.
   * @param data bytes, or a string with a character per byte
   * @returns a CloseFrame for a close frame; false with error 508 when this is no whole, valid frame
   * @see Swoole\WebSocket\Frame::unpack
   */
  static unpack(data: string | Uint8Array): Frame | CloseFrame | false {
    return unpack(data, 'Swoole\\WebSocket\\Frame::unpack()');
  }
}

/** A close frame: what the message event brings with open_websocket_close_frame; pushing one ends the connection. @see Swoole\WebSocket\CloseFrame */
export class CloseFrame extends Frame {
  static override readonly phpName: string = 'Swoole\\WebSocket\\CloseFrame';
  override opcode: number = SWOOLE_WEBSOCKET_OPCODE_CLOSE;
  /** `SWOOLE_WEBSOCKET_CLOSE_*`, or a number of one's own from 3000 to 4999; null for 1000. */
  code: number | null = SWOOLE_WEBSOCKET_CLOSE_NORMAL;
  /** At most 123 bytes. */
  reason: string | null = '';
}

const RECEIVED = SWOOLE_WEBSOCKET_FLAG_FIN | SWOOLE_WEBSOCKET_FLAG_MASK;

/** @internal A whole message from a client: once per message, hence no more than it needs. */
export function receivedFrame(fd: number, data: string | Buffer, opcode: number): Frame {
  const frame = new Frame();
  frame.fd = fd;
  frame.data = data;
  frame.opcode = opcode;
  frame.flags = RECEIVED;
  frame.finish = true;
  return frame;
}
