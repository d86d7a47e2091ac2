import { lengthType } from '../protocol/length-type.js';
import { refusal } from './coerce.js';
import type { PackageLengthFunction, ResolvedSettings } from './resolved-settings.js';
import type { SettingReader } from './setting-reader.js';

const maxEof = 8;
const maxOffset = 8192;

type PacketSettings = Pick<
  ResolvedSettings,
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

/** How the packets of a port are told apart. @throws TypeError with Swoole's text for what it cannot follow either */
export function packetSettings(given: SettingReader): PacketSettings {
  const split = given.bool('open_eof_split');
  const eof = given.bytes('package_eof');
  if (eof.length === 0) throw refusal('package_eof cannot be an empty string');
  if (eof.length > maxEof) throw refusal(`package_eof max length is ${maxEof}`);
  const type = given.text('package_length_type').charAt(0);
  if (lengthType(type) === undefined)
    throw refusal('unknown package_length_type, see pack(). Link: https://php.net/pack');
  return {
    open_eof_check: split || given.bool('open_eof_check'),
    open_eof_split: split,
    package_eof: eof,
    open_length_check: given.bool('open_length_check'),
    package_length_type: type,
    package_length_offset: offset(given, 'package_length_offset'),
    package_body_offset: offset(given, 'package_body_offset'),
    package_length_func: given.callable('package_length_func') as PackageLengthFunction | null,
    open_mqtt_protocol: given.bool('open_mqtt_protocol'),
    open_redis_protocol: given.bool('open_redis_protocol'),
  };
}

function offset(given: SettingReader, name: 'package_length_offset' | 'package_body_offset'): number {
  const value = given.int(name, 0, 0xffff);
  if (value > maxOffset) throw refusal(`'${name}' value is too large`);
  return value;
}
