import type { EngineName } from '../../engine/choose.js';

/** True or false, as PHP takes it. */
type Flag = boolean | 0 | 1 | null | undefined;
/** A number, also as text. */
type Int = number | `${number}` | null | undefined;
/** Bytes: a number, or text such as `64K` or `2M`. */
type Size = number | string | null | undefined;
type Text = string | null | undefined;
type List = readonly string[] | null | undefined;
type Callable = ((...args: never[]) => unknown) | null | undefined;

/** What `set()` of a server or a port takes; null is as good as absent. */
export interface ServerSettings {
  /** Number of workers. The default is 1 here, the number of processors in Swoole; 0 gives that number. */
  worker_num?: Int;
  /** The most connections at once. Below the least that Swoole needs (34 with one worker) it is no limit. The limit of open files is not looked at. */
  max_connection?: Int;
  /** Directory of the static files. Links that leave it are answered with 404; when it does not exist no static file is served. */
  document_root?: Text;
  /** Seconds between two looks for idle connections; at most half of heartbeat_idle_time. 0 is never, also when heartbeat_idle_time is set to 0. */
  heartbeat_check_interval?: Int;
  /** Runs each callback as a coroutine: it has an id and a context, and deferred functions run at its end. */
  enable_coroutine?: Flag;
  /** The most coroutines at once. */
  max_coro_num?: Int;
  /** Reports coroutines that can never go on. */
  enable_deadlock_check?: Flag;
  /** Seconds that a worker which is told to end may take. */
  max_wait_time?: Int;
  /** File that holds the process id while the server runs. */
  pid_file?: Text;
  /** Lets several processes listen on the same port. */
  enable_reuse_port?: Flag;
  /** The most bytes of one send, push or response. */
  output_buffer_size?: Size;
  /** Whether warnings are shown when no handler takes them. */
  display_errors?: Flag;
  /** The lowest level that is logged, one of SWOOLE_LOG_DEBUG to SWOOLE_LOG_NONE. */
  log_level?: Int;
  /** File that log lines are appended to; the standard output when empty. */
  log_file?: Text;
  /** Date of a log line, as strftime formats it. */
  log_date_format?: Text;
  /** Adds the microseconds to the date of a log line. */
  log_date_with_microseconds?: Flag;
  /** Starts a new log file each month, day, hour or minute: a SWOOLE_LOG_ROTATION_* number. */
  log_rotation?: Int;
  /** Reads the Cookie header into request.cookie. */
  http_parse_cookie?: Flag;
  /** Reads url-encoded bodies into request.post. */
  http_parse_post?: Flag;
  /** Arranges the files of array names as PHP does: by property, then by index. */
  http_parse_files?: Flag;
  /** Compresses responses for clients that accept it. */
  http_compression?: Flag;
  /** How hard to compress: 0 to 9, for brotli to 11. */
  http_compression_level?: Int;
  /** Bytes from which on a response is compressed. */
  compression_min_length?: Size;
  /** Offers permessage-deflate to WebSocket clients. */
  websocket_compression?: Flag;
  /** Directory of uploaded files; made when it does not exist. */
  upload_tmp_dir?: Text;
  /** The most bytes of one uploaded file; 0 leaves it to package_max_length. */
  upload_max_filesize?: Size;
  /** Answers requests for files below document_root before the program sees them. */
  enable_static_handler?: Flag;
  /** Beginnings of the paths that the static handler looks at; empty for all. */
  static_handler_locations?: List;
  /** Lists directories that have no index file. */
  http_autoindex?: Flag;
  /** Names of the files that stand for their directory. */
  http_index_files?: List;
  /** Seconds without a byte from the client after which its connection is closed; 0 for never. */
  heartbeat_idle_time?: Int;
  /** The most bytes of one request or message, head included; at least 65536. */
  package_max_length?: Size;
  /** The most bytes waiting for one slow client. */
  socket_buffer_size?: Size;
  /** Waiting bytes that raise bufferFull; 0 for 80 % of socket_buffer_size. */
  buffer_high_watermark?: Size;
  /** Waiting bytes at which bufferEmpty follows. */
  buffer_low_watermark?: Size;
  /** Speaks HTTP on the port. On by itself for Http.Server and WebSocket.Server. */
  open_http_protocol?: Flag;
  /** Speaks HTTP and WebSocket on the port. On by itself for WebSocket.Server. */
  open_websocket_protocol?: Flag;
  /** The subprotocol that handshakes are answered with. */
  websocket_subprotocol?: Text;
  /** Gives close frames to the message event. */
  open_websocket_close_frame?: Flag;
  /** Gives ping frames to the message event, and answers none by itself. */
  open_websocket_ping_frame?: Flag;
  /** Gives pong frames to the message event. */
  open_websocket_pong_frame?: Flag;
  /** Reads from a new connection only after confirm(). */
  enable_delay_receive?: Flag;
  /** The most connections that wait to be accepted, on ports that speak neither HTTP nor WebSocket; 512 on those. */
  backlog?: Int;
  /** Seconds that a raw connection may be idle in both directions; 0 for ever. HTTP and WebSocket ports have heartbeat_idle_time. */
  max_idle_time?: Int;
  /** Asks silent clients on the level of TCP whether they are there; on ports that speak neither HTTP nor WebSocket. */
  open_tcp_keepalive?: Flag;
  /** Seconds of silence before TCP asks, with open_tcp_keepalive. */
  tcp_keepidle?: Int;
  /** Cuts TCP data into packets that end with package_eof. */
  open_eof_check?: Flag;
  /** Looks for package_eof inside of packets too. */
  open_eof_split?: Flag;
  /** The end of a packet, 1 to 8 bytes: text or bytes. */
  package_eof?: Text | Uint8Array;
  /** Cuts TCP data into packets that tell their length. */
  open_length_check?: Flag;
  /** How the length is written, as pack() names it: one of c C s S n v l L N V q Q J P. */
  package_length_type?: Text;
  /** Where the length stands in a packet, at most 8192. */
  package_length_offset?: Int;
  /** Where the bytes begin that the length counts, at most 8192. */
  package_body_offset?: Int;
  /** Function that gets the beginning of a packet and tells its length: 0 when more bytes are needed, negative for no packet. */
  package_length_func?: ((data: Buffer) => number) | null | undefined;
  /** Cuts TCP data into MQTT packets. */
  open_mqtt_protocol?: Flag;
  /** Sends small packets at once. Always on for HTTP and WebSocket. */
  open_tcp_nodelay?: Flag;
  /** Certificate of a port with SWOOLE_SSL, in PEM. */
  ssl_cert_file?: Text;
  /** Private key of the certificate, in PEM. */
  ssl_key_file?: Text;
  /** Ciphers, as OpenSSL writes them. */
  ssl_ciphers?: Text;
  /** File of Diffie-Hellman parameters. */
  ssl_dhparam?: Text;
  /** Authorities of client certificates. A client that shows one of another authority is refused, one that shows none is not. */
  ssl_client_cert_file?: Text;
  /** Demands a client certificate, on raw ports. A server with it on an HTTP or WebSocket port refuses to start. */
  ssl_verify_peer?: Flag;
  /** Passphrase of the private key. */
  ssl_passphrase?: Text;
  /** Origins that WebSocket handshakes are accepted from; empty for any. */
  allowed_origins?: List;
  /** Addresses and networks whose forwarded-for headers are believed. */
  trusted_proxies?: List;
  /** What owns the sockets: `uws` (uWebSockets.js) or `node` (the sockets of Node). Empty for uws where it loads, else node. */
  engine?: EngineName | '';
  /** Requests after which a worker is replaced; 0 for never. */
  max_request?: Int;
  /** Most of what is added to max_request by chance; half of it when not set. */
  max_request_grace?: Int;
  /** No effect: A worker always finishes its work when it is replaced, within max_wait_time. */
  reload_async?: Flag;
  /** In a later release: The most requests at once in the server; more are answered with 503. */
  max_concurrency?: Int;
  /** In a later release: The most requests at once in a worker; more have to wait. */
  worker_max_concurrency?: Int;
  /** In a later release: The most bytes waiting for one busy worker. */
  max_queued_bytes?: Size;
  /** In a later release: Which worker a connection or a request goes to. */
  dispatch_mode?: Int;
  /** In a later release: Function that chooses the worker. */
  dispatch_func?: Callable;
  /** In a later release: Drops requests of connections that are closed. */
  discard_timeout_request?: Flag;
  /** In a later release: Raises connect and close in dispatch modes 1 and 3. */
  enable_unsafe_event?: Flag;
  /** In a later release: Where connection numbers begin. */
  start_session_id?: Int;
  /** In a later release: Seconds that a send may take. */
  send_timeout?: Int;
  /** In a later release: Lets a send wait while the buffer of the client is full. */
  send_yield?: Flag;
  /** Gives connect, receive, close and disconnect one object instead of several arguments. */
  event_object?: Flag;
  /** Number of task workers. */
  task_worker_num?: Int;
  /** No effect: Tasks reach threads without pipes and queues of the system. */
  task_ipc_mode?: Int;
  /** Tasks after which a task worker is replaced; 0 for never. */
  task_max_request?: Int;
  /** Random part of task_max_request; half of it when not set. */
  task_max_request_grace?: Int;
  /** No effect: Tasks of any size go from thread to thread in memory. */
  task_tmpdir?: Text;
  /** Gives the task event an object and lets it wait. */
  task_enable_coroutine?: Flag;
  /** Gives the task event an object. */
  task_object?: Flag;
  /** No effect: Tasks reach threads without queues of the system. */
  message_queue_key?: Int;
  /** In a later release: Types of the responses that are compressed; empty for all. */
  http_compression_types?: List;
  /** In a later release: Replacements in the path before the static handler looks at it. */
  url_rewrite_rules?: Readonly<Record<string, string>> | null | undefined;
  /** In a later release: File that the numbers of stats() are written to. */
  stats_file?: Text;
  /** In a later release: Milliseconds between two writes of stats_file. */
  stats_timer_interval?: Int;
  /** In a later release: Address of the administration interface. */
  admin_server?: Text;
  /** No effect: Worker threads run the script that has started the server. */
  bootstrap?: Text;
  /** No effect: Worker threads run the script, which makes what they need. */
  init_arguments?: Callable;
  /** In a later release: The most bytes of one TCP packet. */
  input_buffer_size?: Size;
  /** In a later release: Seconds that a connect of a client may take. */
  socket_connect_timeout?: Int;
  /** In a later release: Seconds that a read or write of a client may take. */
  socket_timeout?: Int;
  /** In a later release: Seconds that a read of a client may take. */
  socket_read_timeout?: Int;
  /** In a later release: Seconds that a write of a client may take. */
  socket_write_timeout?: Int;
  /** Cuts TCP data into commands of the Redis protocol. On by itself for Redis.Server. */
  open_redis_protocol?: Flag;
  /** Certificates by host name, on raw ports: `{ "example.com": { ssl_cert_file, ssl_key_file } }`. HTTP and WebSocket ports have one certificate. */
  ssl_sni_certs?:
    | Readonly<Record<string, Pick<ServerSettings, 'ssl_cert_file' | 'ssl_key_file'>>>
    | null
    | undefined;
  /** Accepts client certificates that sign themselves, on raw ports. */
  ssl_allow_self_signed?: Flag;
  /** Authorities of client certificates in one file, on raw ports. */
  ssl_cafile?: Text;
  /** Directory whose files are authorities of client certificates, on raw ports. */
  ssl_capath?: Text;
  /** No effect: OpenSSL checks chains of any usual length. */
  ssl_verify_depth?: Int;
  /** Goes on in the background: the program is started once more, detached, and the first process ends. */
  daemonize?: Flag;
  /** No effect: Node cannot change its root directory. */
  chroot?: Text;
  /** The user that a process of root becomes once the ports are bound. */
  user?: Text;
  /** The group that a process of root becomes once the ports are bound. */
  group?: Text;
  /** No effect: There are no reactor threads: each worker reads its own connections. */
  reactor_num?: Int;
  /** No effect: There are no reactor threads. */
  single_thread?: Flag;
  /** No effect: Node cannot bind threads to processors. */
  open_cpu_affinity?: Flag;
  /** No effect: Node cannot bind threads to processors. */
  cpu_affinity_ignore?: readonly number[] | null | undefined;
  /** No effect: Nothing that waits in Node blocks, so there is nothing to hook. */
  hook_flags?: Int;
  /** No effect: JavaScript cannot be interrupted. */
  enable_preemptive_scheduler?: Flag;
  /** No effect: Promises have no stack of their own. */
  c_stack_size?: Size;
  /** No effect: Only for debug builds of Swoole. */
  debug_mode?: Flag;
  /** No effect: Only for debug builds of Swoole. */
  trace_flags?: Int;
  /** No effect: Node handles signals. */
  enable_signalfd?: Flag;
  /** No effect: Node handles signals. */
  wait_signal?: Flag;
  /** No effect: Use dns.setServers() of Node. */
  dns_server?: Text;
  /** No effect: Node resolves names. */
  dns_cache_refresh_time?: Int;
  /** No effect: Node resolves names. */
  dns_cache_expire?: Int;
  /** No effect: Node resolves names. */
  dns_cache_capacity?: Int;
  /** No effect: Node resolves names. */
  dns_lookup_random?: Flag;
  /** No effect: Node resolves names, never blocking. */
  use_async_resolver?: Flag;
  /** No effect: Node resolves names. */
  name_resolver?: readonly unknown[] | null | undefined;
  /** No effect: Node resolves names. */
  socket_dns_timeout?: Int;
  /** No effect: No socket of Node waits. */
  socket_dontwait?: Flag;
  /** No effect: Node reads files on its own threads: see UV_THREADPOOL_SIZE. */
  aio_core_worker_num?: Int;
  /** No effect: Node reads files on its own threads: see UV_THREADPOOL_SIZE. */
  aio_worker_num?: Int;
  /** No effect: Node reads files on its own threads. */
  aio_max_wait_time?: Int;
  /** No effect: Node reads files on its own threads. */
  aio_max_idle_time?: Int;
  /** No effect: Node reads files on its own threads. */
  thread_num?: Int;
  /** No effect: Node reads files on its own threads. */
  min_thread_num?: Int;
  /** No effect: Node reads files on its own threads. */
  max_thread_num?: Int;
  /** No effect: libuv decides about io_uring. */
  iouring_entries?: Int;
  /** No effect: libuv decides about io_uring. */
  iouring_workers?: Int;
  /** No effect: libuv decides about io_uring. */
  iouring_flag?: Int;
  /** The size of the table that headers of HTTP/2 are packed with. */
  http2_header_table_size?: Size;
  /** No effect: Browsers have given up server push: it is off. */
  http2_enable_push?: Flag;
  /** The most requests at once on a connection of HTTP/2. The default is 128 here; Swoole has no limit. */
  http2_max_concurrent_streams?: Int;
  /** Bytes that a stream of HTTP/2 may send without being asked for more. */
  http2_init_window_size?: Size;
  /** The most bytes of a frame of HTTP/2. */
  http2_max_frame_size?: Size;
  /** The most bytes of the headers of a request of HTTP/2. The default is 64 KiB here; Swoole has no limit. */
  http2_max_header_list_size?: Size;
  /** HTTP/2 beside HTTP/1: over TLS by ALPN, else for clients that begin with it. Only the engine `node` speaks it, which serves one worker; it is chosen by itself unless the setting engine or the number of workers forbids it. */
  open_http2_protocol?: Flag;
  /** No effect: Node accepts connections at once. */
  tcp_defer_accept?: Int;
  /** No effect: Node cannot set it. */
  tcp_fastopen?: Flag;
  /** No effect: Node cannot set it. */
  tcp_keepinterval?: Int;
  /** No effect: Node cannot set it. */
  tcp_keepcount?: Int;
  /** No effect: Node cannot set it. */
  tcp_user_timeout?: Int;
  /** No effect: Node leaves it to the kernel. */
  kernel_socket_recv_buffer_size?: Size;
  /** No effect: Node leaves it to the kernel. */
  kernel_socket_send_buffer_size?: Size;
  /** No effect: TLS compression is unsafe and no longer built. */
  ssl_compress?: Flag;
  /** No effect: TLS 1.2 and 1.3 always, nothing older. */
  ssl_protocols?: Int;
  /** No effect: Always on. */
  ssl_prefer_server_ciphers?: Flag;
  /** No effect: Always chosen by itself. */
  ssl_ecdh_curve?: Text;
  /** Another name of max_connection. */
  max_conn?: Int;
  /** Another name of http_compression_level. */
  compression_level?: Int;
  /** Another name of http_compression_level. */
  http_gzip_level?: Int;
  /** Another name of compression_min_length. */
  http_compression_min_length?: Size;
  /** Another name of http_compression_types. */
  compression_types?: List;
  /** Another name of output_buffer_size. */
  buffer_output_size?: Size;
  /** Another name of input_buffer_size. */
  buffer_input_size?: Size;
  /** Another name of task_object. */
  task_use_object?: Flag;
  /** Another name of package_body_offset. */
  package_body_start?: Int;
  /** Another name of socket_read_timeout. */
  socket_recv_timeout?: Int;
  /** Another name of socket_write_timeout. */
  socket_send_timeout?: Int;
  /** Another name of max_coro_num. */
  max_coroutine?: Int;
  /** Another name of c_stack_size. */
  stack_size?: Size;
}
