import type { EngineName } from '../../engine/choose.js';
import type { CertificateFiles } from './coerce.js';

/** Tells the length of a packet from its beginning, in bytes and in all: 0 when more bytes are needed, negative for no packet. */
export type PackageLengthFunction = (data: Buffer) => number;

/**
 * Chooses the worker of a raw connection or a packet: a worker id, or SWOOLE_DISPATCH_RESULT_*. `fd` is 0 for a datagram, `type` 0 for data,
 * 1 for a datagram, 4 for a close, 5 for a connect.
 */
export type DispatchFunction = (server: object, fd: number, type: number, data: Buffer) => number;

/** Settings in the form they are used in: complete, converted, within their bounds. */
export interface ResolvedSettings {
  readonly worker_num: number;
  readonly task_worker_num: number;
  readonly max_request: number;
  readonly max_request_grace: number;
  readonly task_max_request: number;
  readonly task_max_request_grace: number;
  readonly task_enable_coroutine: boolean;
  readonly task_object: boolean;
  readonly max_connection: number;
  readonly document_root: string;
  readonly heartbeat_check_interval: number;
  readonly max_wait_time: number;
  readonly enable_coroutine: boolean;
  readonly max_coro_num: number;
  readonly enable_deadlock_check: boolean;
  readonly pid_file: string;
  readonly enable_reuse_port: boolean;
  readonly daemonize: boolean;
  readonly user: string;
  readonly group: string;
  readonly output_buffer_size: number;
  readonly display_errors: boolean;
  readonly event_object: boolean;
  readonly log_level: number;
  readonly log_file: string;
  readonly log_date_format: string;
  readonly log_date_with_microseconds: boolean;
  readonly log_rotation: number;
  readonly http_parse_cookie: boolean;
  readonly http_parse_post: boolean;
  readonly http_parse_files: boolean;
  readonly http_compression: boolean;
  readonly http_compression_level: number;
  readonly compression_min_length: number;
  readonly websocket_compression: boolean;
  readonly upload_tmp_dir: string;
  readonly upload_max_filesize: number;
  readonly enable_static_handler: boolean;
  readonly static_handler_locations: readonly string[];
  readonly http_autoindex: boolean;
  readonly http_index_files: readonly string[];
  readonly heartbeat_idle_time: number;
  readonly package_max_length: number;
  readonly socket_buffer_size: number;
  readonly buffer_high_watermark: number;
  readonly buffer_low_watermark: number;
  readonly open_http_protocol: boolean;
  readonly open_websocket_protocol: boolean;
  readonly websocket_subprotocol: string;
  readonly open_websocket_close_frame: boolean;
  readonly open_websocket_ping_frame: boolean;
  readonly open_websocket_pong_frame: boolean;
  readonly backlog: number;
  readonly dispatch_mode: number;
  readonly dispatch_func: DispatchFunction | null;
  readonly enable_unsafe_event: boolean;
  readonly enable_delay_receive: boolean;
  readonly max_idle_time: number;
  readonly open_tcp_nodelay: boolean;
  readonly open_tcp_keepalive: boolean;
  readonly tcp_keepidle: number;
  readonly open_eof_check: boolean;
  readonly open_eof_split: boolean;
  readonly package_eof: Buffer;
  readonly open_length_check: boolean;
  readonly package_length_type: string;
  readonly package_length_offset: number;
  readonly package_body_offset: number;
  readonly package_length_func: PackageLengthFunction | null;
  readonly open_mqtt_protocol: boolean;
  readonly open_redis_protocol: boolean;
  readonly ssl_cert_file: string;
  readonly ssl_key_file: string;
  readonly ssl_ciphers: string;
  readonly ssl_dhparam: string;
  readonly ssl_client_cert_file: string;
  readonly ssl_verify_peer: boolean;
  readonly ssl_allow_self_signed: boolean;
  readonly ssl_cafile: string;
  readonly ssl_capath: string;
  readonly ssl_sni_certs: Readonly<Record<string, CertificateFiles>>;
  readonly ssl_passphrase: string;
  readonly allowed_origins: readonly string[];
  readonly trusted_proxies: readonly string[];
  readonly engine: EngineName | '';
  readonly open_http2_protocol: boolean;
  readonly http2_header_table_size: number;
  readonly http2_max_concurrent_streams: number;
  readonly http2_init_window_size: number;
  readonly http2_max_frame_size: number;
  readonly http2_max_header_list_size: number;
}
