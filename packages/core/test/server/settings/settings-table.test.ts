import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolveSettings } from '../../../src/server/settings/settings.js';
import { type SettingRow, settingsTable } from '../../../src/server/settings/settings-table.js';

const names = settingsTable.map((row) => row.name);
const acting = settingsTable.filter(
  (row) => row.alias === undefined && (row.status === 'works' || row.status === 'differs'),
);

/** The property names of the only interface in a file. */
function interfaceOf(file: string): string[] {
  const text = readFileSync(new URL(`../../../src/server/settings/${file}`, import.meta.url), 'utf8');
  const body = text.slice(text.indexOf('export interface'));
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??:/gm)].map((match) => match[1] as string);
}

/** What Swoole's own library accepts without a warning (Swoole\Server\Helper, 6.2). */
const swoole =
  `admin_server aio_core_worker_num aio_max_idle_time aio_max_wait_time aio_worker_num backlog bootstrap
  buffer_high_watermark buffer_input_size buffer_low_watermark buffer_output_size c_stack_size chroot compression_level
  compression_min_length compression_types cpu_affinity_ignore daemonize debug_mode discard_timeout_request dispatch_func
  dispatch_mode display_errors dns_cache_capacity dns_cache_expire dns_cache_refresh_time dns_lookup_random dns_server
  document_root enable_coroutine enable_deadlock_check enable_delay_receive enable_preemptive_scheduler enable_reuse_port
  enable_signalfd enable_static_handler enable_unsafe_event event_object group heartbeat_check_interval heartbeat_idle_time
  hook_flags http2_enable_push http2_header_table_size http2_init_window_size http2_max_concurrent_streams
  http2_max_frame_size http2_max_header_list_size http_autoindex http_compression http_compression_level
  http_compression_min_length http_compression_types http_gzip_level http_index_files http_parse_cookie http_parse_files
  http_parse_post init_arguments input_buffer_size iouring_entries iouring_flag iouring_workers
  kernel_socket_recv_buffer_size kernel_socket_send_buffer_size log_date_format log_date_with_microseconds log_file
  log_level log_rotation max_concurrency max_conn max_connection max_coro_num max_coroutine max_idle_time max_queued_bytes
  max_request max_request_grace max_thread_num max_wait_time message_queue_key min_thread_num name_resolver
  open_cpu_affinity open_eof_check open_eof_split open_http2_protocol open_http_protocol open_length_check
  open_mqtt_protocol open_redis_protocol open_tcp_keepalive open_tcp_nodelay open_websocket_close_frame
  open_websocket_ping_frame open_websocket_pong_frame open_websocket_protocol output_buffer_size package_body_offset
  package_body_start package_eof package_length_func package_length_offset package_length_type package_max_length pid_file
  reactor_num reload_async send_timeout send_yield single_thread socket_buffer_size socket_connect_timeout
  socket_dns_timeout socket_dontwait socket_read_timeout socket_recv_timeout socket_send_timeout socket_timeout
  socket_write_timeout ssl_allow_self_signed ssl_cafile ssl_capath ssl_cert_file ssl_ciphers ssl_client_cert_file
  ssl_compress ssl_dhparam ssl_ecdh_curve ssl_key_file ssl_prefer_server_ciphers ssl_protocols ssl_sni_certs
  ssl_verify_depth ssl_verify_peer stack_size start_session_id static_handler_locations stats_file stats_timer_interval
  task_enable_coroutine task_ipc_mode task_max_request task_max_request_grace task_object task_tmpdir task_use_object
  task_worker_num tcp_defer_accept tcp_fastopen tcp_keepcount tcp_keepidle tcp_keepinterval tcp_user_timeout thread_num
  trace_flags upload_max_filesize upload_tmp_dir url_rewrite_rules use_async_resolver user wait_signal
  websocket_compression websocket_subprotocol worker_max_concurrency worker_num`.split(/\s+/);

describe('the table of settings', () => {
  it('has each name once', () => {
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it('has every setting that Swoole knows; what it has more is marked as added', () => {
    expect(swoole).toHaveLength(167);
    const added = settingsTable.filter((row) => row.added).map((row) => row.name);
    expect(added.sort()).toEqual(['allowed_origins', 'engine', 'ssl_passphrase', 'trusted_proxies']);
    expect([...names].sort()).toEqual([...swoole, ...added].sort());
  });

  it('lists what the type of set() lists', () => {
    expect(interfaceOf('server-settings.ts').sort()).toEqual([...names].sort());
  });

  it('names what is resolved: every setting that acts and no other', () => {
    const expected = acting.map((row) => row.name).sort();
    expect(Object.keys(resolveSettings({})).sort()).toEqual(expected);
    expect(interfaceOf('resolved-settings.ts').sort()).toEqual(expected);
  });

  it('has the defaults that are resolved', () => {
    const resolved: Record<string, unknown> = { ...resolveSettings({}) };
    // 80 % of 8388608
    expect(resolved.buffer_high_watermark).toBe(6710886);
    delete resolved.buffer_high_watermark;
    // The one setting of bytes is written as text in the table, the one of names as PHP's empty array.
    resolved.package_eof = String(resolved.package_eof);
    resolved.ssl_sni_certs = Object.keys(resolved.ssl_sni_certs as object);
    for (const [name, value] of Object.entries(resolved)) {
      expect([name, value]).toEqual([name, settingsTable.find((row) => row.name === name)?.default]);
    }
  });

  it('has a default of its type in each row', () => {
    const kinds: Record<SettingRow['type'], string> = {
      bool: 'boolean',
      int: 'number',
      float: 'number',
      size: 'number',
      string: 'string',
      array: 'object',
      callable: 'object',
    };
    for (const row of settingsTable) {
      expect([row.name, typeof row.default]).toEqual([row.name, kinds[row.type]]);
      expect(Array.isArray(row.default), row.name).toBe(row.type === 'array');
    }
  });

  it('points other names at settings, with the same type and status', () => {
    for (const row of settingsTable) {
      if (row.alias === undefined) continue;
      const target = settingsTable.find((other) => other.name === row.alias);
      expect(target?.alias).toBeUndefined();
      expect(target).toMatchObject({
        type: row.type,
        status: row.status,
        scope: row.scope,
        default: row.default,
      });
    }
  });

  it('says what each setting means, in a sentence', () => {
    for (const row of settingsTable) expect(row.meaning, row.name).toMatch(/^[A-Zl0-9].*\.$/);
  });
});
