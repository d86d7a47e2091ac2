import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setWarningHandler } from '../../../src/errors/warnings.js';
import {
  resolveSettings,
  type ServerSettings,
  unknownSettings,
  warnUnknownSettings,
} from '../../../src/server/settings/settings.js';

let base = '';
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'settings-')));
});
afterAll(() => rmSync(base, { recursive: true }));
afterEach(() => {
  setWarningHandler(null);
});

function warningsOf(act: () => unknown): Array<[number, string]> {
  const warnings: Array<[number, string]> = [];
  setWarningHandler((level, message) => warnings.push([level, message]));
  act();
  setWarningHandler(null);
  return warnings;
}

/** Values that the types forbid, as a JavaScript program may pass them. */
const loose = (values: Record<string, unknown>): ServerSettings => values as ServerSettings;

describe('numbers', () => {
  it('are taken as text too, cut to whole ones and moved into their bounds', () => {
    expect(resolveSettings({ max_wait_time: '7' }).max_wait_time).toBe(7);
    expect(resolveSettings({ max_wait_time: 2.9 }).max_wait_time).toBe(2);
    expect(resolveSettings({ max_wait_time: -1 }).max_wait_time).toBe(0);
    expect(resolveSettings({ log_level: 99 }).log_level).toBe(6);
    expect(resolveSettings({ http_compression_level: 1000 }).http_compression_level).toBe(255);
  });

  it.each([['abc'], ['4 workers'], [Number.NaN], [[]], [{}], [() => 1], [Symbol('x')]])(
    'are not %o',
    (value) => {
      expect(() => resolveSettings(loose({ worker_num: value }))).toThrow('worker_num must be a number');
    },
  );

  it('fall back to the default when null or undefined', () => {
    expect(resolveSettings({ max_wait_time: null }).max_wait_time).toBe(3);
    expect(resolveSettings({ max_wait_time: undefined }).max_wait_time).toBe(3);
  });
});

describe('sizes', () => {
  it.each([
    [131072, 131072],
    ['131072', 131072],
    ['2M', 2097152],
    ['128k', 131072],
    ['1G', 1073741824],
    [' 3 M ', 3145728],
    ['8G', 4294967295],
  ])('%o is %d bytes', (value, bytes) => {
    expect(resolveSettings({ package_max_length: value }).package_max_length).toBe(bytes);
  });

  it.each(['abc', '2MB', 'M', '1.5M', '2M 1'])('%o is refused', (value) => {
    expect(() => resolveSettings({ package_max_length: value })).toThrow(
      `Swoole\\Server::set(): failed to parse '${value}' to size`,
    );
  });

  it('of packages are 65536 at least', () => {
    for (const value of [0, 1000, 65535, '']) {
      expect(resolveSettings({ package_max_length: value }).package_max_length).toBe(65536);
    }
  });

  it('of the socket buffer that are 0 or less mean no limit', () => {
    expect(resolveSettings({ socket_buffer_size: 0 }).socket_buffer_size).toBe(2147483647);
    expect(resolveSettings({ socket_buffer_size: -1 }).socket_buffer_size).toBe(2147483647);
  });

  it('of the high watermark follow the socket buffer', () => {
    expect(resolveSettings({ socket_buffer_size: 1000 }).buffer_high_watermark).toBe(800);
    expect(resolveSettings({ buffer_high_watermark: 5 }).buffer_high_watermark).toBe(5);
  });
});

describe('flags', () => {
  it.each([
    [1, true],
    ['1', true],
    ['false', true],
    [[0], true],
    [0, false],
    ['0', false],
    ['', false],
    [[], false],
  ])('%o is %s, as in PHP', (value, expected) => {
    expect(resolveSettings(loose({ http_autoindex: value })).http_autoindex).toBe(expected);
  });

  it('open_websocket_protocol opens HTTP too', () => {
    expect(resolveSettings({ open_websocket_protocol: true })).toMatchObject({
      open_http_protocol: true,
      open_websocket_protocol: true,
    });
  });
});

describe('texts and lists', () => {
  it('take numbers as text and false as none', () => {
    expect(resolveSettings(loose({ pid_file: 7 })).pid_file).toBe('7');
    expect(resolveSettings(loose({ log_file: false })).log_file).toBe('');
    expect(() => resolveSettings(loose({ pid_file: {} }))).toThrow('pid_file must be a string');
  });

  it('drop what is empty or twice', () => {
    const http_index_files = ['index.html', '', 'index.html', 'a.htm'];
    expect(resolveSettings({ http_index_files }).http_index_files).toEqual(['index.html', 'a.htm']);
  });

  it('of locations begin with a slash', () => {
    const static_handler_locations = ['/assets', 'nowhere', '/', ''];
    expect(resolveSettings({ static_handler_locations }).static_handler_locations).toEqual(['/assets', '/']);
  });

  it('are arrays', () => {
    expect(() => resolveSettings(loose({ http_index_files: 'index.html' }))).toThrow(
      'http_index_files must be array',
    );
    expect(() => resolveSettings(loose({ allowed_origins: [{}] }))).toThrow(
      'allowed_origins must be a string',
    );
  });
});

describe('other names', () => {
  it('stand for their setting, which wins when both are given', () => {
    expect(resolveSettings({ max_conn: 64 }).max_connection).toBe(64);
    expect(resolveSettings({ max_conn: 64, max_connection: 65 }).max_connection).toBe(65);
    expect(resolveSettings({ max_conn: 64, max_connection: null }).max_connection).toBe(64);
    expect(resolveSettings({ buffer_output_size: '1M' }).output_buffer_size).toBe(1048576);
    expect(resolveSettings({ http_gzip_level: 5 }).http_compression_level).toBe(5);
    expect(resolveSettings({ http_compression_min_length: 9 }).compression_min_length).toBe(9);
  });
});

describe('worker_num', () => {
  it('0 is the number of processors', () => {
    expect(resolveSettings({ worker_num: 0 }).worker_num).toBe(availableParallelism());
  });
});

describe('max_connection', () => {
  it('below what Swoole needs is no limit: 34 with one worker', () => {
    expect(resolveSettings({ max_connection: 3 }).max_connection).toBe(1048576);
    expect(resolveSettings({ max_connection: 33 }).max_connection).toBe(1048576);
    expect(resolveSettings({ max_connection: 34 }).max_connection).toBe(34);
    expect(resolveSettings({ max_connection: 39, worker_num: 2, task_worker_num: 2 }).max_connection).toBe(
      1048576,
    );
    expect(resolveSettings({ max_connection: 40, worker_num: 2, task_worker_num: 2 }).max_connection).toBe(
      40,
    );
  });

  it('0 is the default, and there is an upper end', () => {
    expect(resolveSettings({ max_connection: 0 }).max_connection).toBe(100000);
    expect(resolveSettings({ max_connection: 5000000 }).max_connection).toBe(1048576);
  });
});

describe('the heartbeat', () => {
  it.each([
    [{}, 0, 0],
    [{ heartbeat_check_interval: 60 }, 60, 120],
    [{ heartbeat_idle_time: 600 }, 300, 600],
    [{ heartbeat_idle_time: 1 }, 1, 1],
    [{ heartbeat_idle_time: 0 }, 0, 0],
    [{ heartbeat_check_interval: 1, heartbeat_idle_time: 2 }, 1, 2],
    [{ heartbeat_check_interval: 60, heartbeat_idle_time: 60 }, 30, 60],
    [{ heartbeat_check_interval: 5, heartbeat_idle_time: 600 }, 5, 600],
  ])('%o looks every %d seconds for what is idle for %d', (values: ServerSettings, interval, idle) => {
    expect(resolveSettings(values)).toMatchObject({
      heartbeat_check_interval: interval,
      heartbeat_idle_time: idle,
    });
  });
});

describe('directories', () => {
  it('of uploads are made', () => {
    const upload_tmp_dir = join(base, 'a/b');
    expect(resolveSettings({ upload_tmp_dir }).upload_tmp_dir).toBe(upload_tmp_dir);
    expect(existsSync(upload_tmp_dir)).toBe(true);
  });

  it('of uploads that cannot be made are an error', () => {
    const upload_tmp_dir = join(base, 'file/x');
    writeFileSync(join(base, 'file'), '');
    expect(() => resolveSettings({ upload_tmp_dir })).toThrow(
      `Unable to create upload_tmp_dir[${upload_tmp_dir}]`,
    );
  });

  it('of documents are followed to their real path', () => {
    symlinkSync(base, join(base, 'link'));
    expect(resolveSettings({ document_root: join(base, 'link') }).document_root).toBe(base);
  });

  it('of documents that do not exist leave none, with one warning', () => {
    const document_root = join(base, 'missing');
    const warnings = warningsOf(() => {
      expect(resolveSettings({ document_root }).document_root).toBe('');
      expect(resolveSettings({ document_root }).document_root).toBe('');
    });
    expect(warnings).toEqual([[2, `Swoole\\Server::set(): document_root[${document_root}] does not exist`]]);
    const file = join(base, 'no-directory');
    writeFileSync(file, '');
    expect(
      warningsOf(() => expect(resolveSettings({ document_root: file }).document_root).toBe('')),
    ).toHaveLength(1);
  });
});

describe('the settings of packets', () => {
  it('are followed or refused with Swoole’s texts', () => {
    const refused: [object, string][] = [
      [{ package_eof: '' }, 'package_eof cannot be an empty string'],
      [{ package_eof: '123456789' }, 'package_eof max length is 8'],
      [{ package_length_type: 'i' }, 'unknown package_length_type, see pack(). Link: https://php.net/pack'],
      [{ package_length_offset: 8193 }, "'package_length_offset' value is too large"],
      [{ package_body_start: 8193 }, "'package_body_offset' value is too large"],
      [{ package_length_func: 'strlen' }, 'package_length_func must be callable'],
    ];
    for (const [settings, text] of refused) expect(() => resolveSettings(settings), text).toThrow(text);
    const accepted = resolveSettings({ package_eof: new Uint8Array([0, 255]), package_length_type: 'P' });
    expect([...accepted.package_eof]).toEqual([0, 255]);
    expect(accepted.package_length_type).toBe('P');
  });

  it('split is a check of its own accord', () => {
    expect(resolveSettings({ open_eof_split: true }).open_eof_check).toBe(true);
    expect(resolveSettings({ open_eof_split: false }).open_eof_check).toBe(false);
  });
});

describe('ssl_sni_certs', () => {
  it('is a record of certificates by host name', () => {
    const files = { ssl_cert_file: 'c.pem', ssl_key_file: 'k.pem' };
    expect(resolveSettings({ ssl_sni_certs: { 'example.com': files } }).ssl_sni_certs).toEqual({
      'example.com': files,
    });
    expect(() => resolveSettings({ ssl_sni_certs: 'c.pem' as never })).toThrow(
      'ssl_sni_certs requires an array',
    );
    expect(() => resolveSettings({ ssl_sni_certs: { a: 'c.pem' } as never })).toThrow(
      'invalid SNI_cert setting',
    );
  });
});

describe('unknown settings', () => {
  it('are warned of one by one', () => {
    const values = { wroker_num: 4, worker_num: 2, nonsense: 1 };
    expect(warningsOf(() => warnUnknownSettings(values))).toEqual([
      [512, 'unsupported option [wroker_num]'],
      [512, 'unsupported option [nonsense]'],
    ]);
  });

  it('are told without regard to upper and lower case', () => {
    expect(unknownSettings({ WORKER_NUM: 1, Max_Conn: 2, Other: 3 })).toEqual(['Other']);
  });
});
