import type { ResolvedSettings } from '../settings/settings.js';
import { EofCheckFramer } from './eof-check-framer.js';
import { EofSplitFramer } from './eof-split-framer.js';
import type { Framer } from './framer.js';
import { LengthFramer, type PacketLength } from './length-framer.js';
import { lengthType } from './length-type.js';
import { mqttLength } from './mqtt-length.js';
import { RedisFramer } from './redis-framer.js';

/** Swoole shows a length function no more than this. */
const MAX_SHOWN = 8192;

/** The settings that say how packets are cut. */
export type PacketSettings = Pick<
  ResolvedSettings,
  | 'package_max_length'
  | 'open_eof_check'
  | 'open_eof_split'
  | 'package_eof'
  | 'open_length_check'
  | 'package_length_type'
  | 'package_length_offset'
  | 'package_body_offset'
  | 'package_length_func'
  | 'open_mqtt_protocol'
  | 'open_redis_protocol'
>;

/**
 * How the packets of a port are cut, by the precedence of Swoole: Redis, whose server speaks nothing else, the mark, then the length, then MQTT.
 * @returns a maker of framers, one for each connection; null when bytes are passed on as they come
 */
export function framerOf(settings: PacketSettings): (() => Framer) | null {
  const max = settings.package_max_length;
  if (settings.open_redis_protocol) return () => new RedisFramer(max);
  if (settings.open_eof_check) {
    const mark = settings.package_eof;
    return settings.open_eof_split
      ? () => new EofSplitFramer(mark, max)
      : () => new EofCheckFramer(mark, max);
  }
  if (settings.open_length_check) {
    const { package_length_func } = settings;
    if (package_length_func !== null) return () => new LengthFramer(package_length_func, 1, MAX_SHOWN, max);
    const { size, lengthOf } = fieldLength(settings);
    return () => new LengthFramer(lengthOf, size, size, max);
  }
  if (settings.open_mqtt_protocol) return () => new LengthFramer(mqttLength, 2, MAX_SHOWN, max);
  return null;
}

function fieldLength(settings: PacketSettings): { size: number; lengthOf: PacketLength } {
  const { package_length_type, package_length_offset: at, package_body_offset: body } = settings;
  const type = lengthType(package_length_type);
  if (type === undefined) throw new Error(`${package_length_type} is no type of a length`);
  return {
    size: at + type.size,
    lengthOf: (bytes) => {
      const length = type.read(bytes, at);
      // A packet of no bytes would never end.
      return length < 0 || body + length === 0 ? -1 : body + length;
    },
  };
}
