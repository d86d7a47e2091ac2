import { framerOf, type PacketSettings } from '../server/protocol/create-framer.js';
import type { Framer } from '../server/protocol/framer.js';
import { packetSettings } from '../server/settings/packet-settings.js';
import { SettingReader } from '../server/settings/setting-reader.js';
import type { PackageLengthFunction } from '../server/settings/settings.js';
import type { ConnectSettings } from './connect-settings.js';

const DEFAULT_PACKAGE = 2 * 1024 * 1024;

/** What `set()` of a client takes. */
export interface ClientSettings extends ConnectSettings {
  /** Seconds that connecting, sending and receiving may take where nothing else is said; no limit from 0 down. */
  timeout?: number;
  /** Seconds that connecting may take, 2 by default. */
  connect_timeout?: number;
  /** Seconds that receiving may take. */
  read_timeout?: number;
  /** Seconds that sending may take. */
  write_timeout?: number;
  /** Packets end with `package_eof`; `recv()` gives one at a time, with its end. */
  open_eof_check?: boolean;
  /** The same as open_eof_check. */
  open_eof_split?: boolean;
  /** At most 8 bytes. */
  package_eof?: string | Uint8Array;
  /** Packets begin with their length. */
  open_length_check?: boolean;
  /** How the length is written, as in PHP's pack(). */
  package_length_type?: string;
  package_length_offset?: number;
  package_body_offset?: number;
  package_length_func?: PackageLengthFunction;
  /** The most bytes of a packet, 2 MiB by default. */
  package_max_length?: number;
  /** Bytes that may wait to be sent in an `Async.Client`, 8 MiB by default. */
  socket_buffer_size?: number;
  /** From how many waiting bytes on an `Async.Client` calls `bufferFull`, 80 % of `socket_buffer_size` by default. */
  buffer_high_watermark?: number;
  /** At how many waiting bytes it calls `bufferEmpty` afterwards, 0 by default. */
  buffer_low_watermark?: number;
}

/** What cuts the stream of a client into packets, null where nothing says how. */
export function clientFramer(settings: ClientSettings): Framer | null {
  const given = packetSettings(new SettingReader(settings));
  const packets: PacketSettings = {
    ...given,
    // A client receives one packet at a time, also of several that came together.
    open_eof_split: given.open_eof_check,
    open_redis_protocol: false,
    package_max_length: settings.package_max_length ?? DEFAULT_PACKAGE,
  };
  return framerOf(packets)?.() ?? null;
}
