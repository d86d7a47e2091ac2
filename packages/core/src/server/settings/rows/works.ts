import { rows, type SettingRow } from '../row.js';

/** The settings that act in this release. */
export const workingRows: readonly SettingRow[] = [
  ...rows('differs', 'server', [
    [
      'worker_num',
      'int',
      1,
      'Number of workers. The default is 1 here, the number of processors in Swoole; 0 gives that number.',
    ],
    [
      'max_connection',
      'int',
      100000,
      'The most connections at once. Below the least that Swoole needs (34 with one worker) it is no limit. The limit of open files is not looked at.',
    ],
    [
      'document_root',
      'string',
      '',
      'Directory of the static files. Links that leave it are answered with 404; when it does not exist no static file is served.',
    ],
    [
      'heartbeat_check_interval',
      'int',
      0,
      'Seconds between two looks for idle connections; at most half of heartbeat_idle_time. 0 is never, also when heartbeat_idle_time is set to 0.',
    ],
  ]),
  ...rows('works', 'server', [
    [
      'event_object',
      'bool',
      false,
      'Gives connect, receive, close and disconnect one object instead of several arguments.',
    ],
    ['max_wait_time', 'int', 3, 'Seconds that a worker which is told to end may take.'],
    ['pid_file', 'string', '', 'File that holds the process id while the server runs.'],
    ['enable_reuse_port', 'bool', false, 'Lets several processes listen on the same port.'],
    ['output_buffer_size', 'size', 4294967295, 'The most bytes of one send, push or response.'],
    ['display_errors', 'bool', true, 'Whether warnings are shown when no handler takes them.'],
    ['log_level', 'int', 2, 'The lowest level that is logged, one of SWOOLE_LOG_DEBUG to SWOOLE_LOG_NONE.'],
    ['log_file', 'string', '', 'File that log lines are appended to; the standard output when empty.'],
    ['log_date_format', 'string', '%F %T', 'Date of a log line, as strftime formats it.'],
    ['log_date_with_microseconds', 'bool', false, 'Adds the microseconds to the date of a log line.'],
    [
      'log_rotation',
      'int',
      0,
      'Starts a new log file each month, day, hour or minute: a SWOOLE_LOG_ROTATION_* number.',
    ],
    ['http_parse_cookie', 'bool', true, 'Reads the Cookie header into request.cookie.'],
    ['http_parse_post', 'bool', true, 'Reads url-encoded bodies into request.post.'],
    [
      'http_parse_files',
      'bool',
      false,
      'Arranges the files of array names as PHP does: by property, then by index.',
    ],
    ['http_compression', 'bool', true, 'Compresses responses for clients that accept it.'],
    ['http_compression_level', 'int', 1, 'How hard to compress: 0 to 9, for brotli to 11.'],
    ['compression_min_length', 'size', 20, 'Bytes from which on a response is compressed.'],
    ['websocket_compression', 'bool', false, 'Offers permessage-deflate to WebSocket clients.'],
    ['upload_tmp_dir', 'string', '/tmp', 'Directory of uploaded files; made when it does not exist.'],
    [
      'upload_max_filesize',
      'size',
      0,
      'The most bytes of one uploaded file; 0 leaves it to package_max_length.',
    ],
    [
      'enable_static_handler',
      'bool',
      false,
      'Answers requests for files below document_root before the program sees them.',
    ],
    [
      'static_handler_locations',
      'array',
      [],
      'Beginnings of the paths that the static handler looks at; empty for all.',
    ],
    ['http_autoindex', 'bool', false, 'Lists directories that have no index file.'],
    ['http_index_files', 'array', [], 'Names of the files that stand for their directory.'],
  ]),
  ...rows('works', 'port', [
    [
      'heartbeat_idle_time',
      'int',
      0,
      'Seconds without a byte from the client after which its connection is closed; 0 for never.',
    ],
    [
      'package_max_length',
      'size',
      2097152,
      'The most bytes of one request or message, head included; at least 65536.',
    ],
    ['socket_buffer_size', 'size', 8388608, 'The most bytes waiting for one slow client.'],
    [
      'buffer_high_watermark',
      'size',
      0,
      'Waiting bytes that raise bufferFull; 0 for 80 % of socket_buffer_size.',
    ],
    ['buffer_low_watermark', 'size', 0, 'Waiting bytes at which bufferEmpty follows.'],
    [
      'open_http_protocol',
      'bool',
      false,
      'Speaks HTTP on the port. On by itself for Http.Server and WebSocket.Server.',
    ],
    [
      'open_websocket_protocol',
      'bool',
      false,
      'Speaks HTTP and WebSocket on the port. On by itself for WebSocket.Server.',
    ],
    ['websocket_subprotocol', 'string', '', 'The subprotocol that handshakes are answered with.'],
    ['open_websocket_close_frame', 'bool', false, 'Gives close frames to the message event.'],
    [
      'open_websocket_ping_frame',
      'bool',
      false,
      'Gives ping frames to the message event, and answers none by itself.',
    ],
    ['open_websocket_pong_frame', 'bool', false, 'Gives pong frames to the message event.'],
    ['ssl_cert_file', 'string', '', 'Certificate of a port with SWOOLE_SSL, in PEM.'],
    ['ssl_key_file', 'string', '', 'Private key of the certificate, in PEM.'],
    [
      'ssl_ciphers',
      'string',
      'EECDH+AESGCM:EDH+AESGCM:AES256+EECDH:AES256+EDH',
      'Ciphers, as OpenSSL writes them.',
    ],
    ['ssl_dhparam', 'string', '', 'File of Diffie-Hellman parameters.'],
  ]),
  ...rows('differs', 'port', [
    [
      'ssl_client_cert_file',
      'string',
      '',
      'Authorities of client certificates. A client that shows one of another authority is refused, one that shows none is not.',
    ],
    [
      'ssl_verify_peer',
      'bool',
      false,
      'Demands a client certificate. The server refuses to start with it: uWebSockets.js cannot demand one.',
    ],
  ]),
  ...rows('works', 'server', [
    ['enable_delay_receive', 'bool', false, 'Reads from a new connection only after confirm().'],
  ]),
  ...rows('works', 'port', [
    ['tcp_keepidle', 'int', 3600, 'Seconds of silence before TCP asks, with open_tcp_keepalive.'],
    ['open_eof_check', 'bool', false, 'Cuts TCP data into packets that end with package_eof.'],
    ['open_eof_split', 'bool', false, 'Looks for package_eof inside of packets too.'],
    ['package_eof', 'string', '\r\n\r\n', 'The end of a packet, 1 to 8 bytes: text or bytes.'],
    ['open_length_check', 'bool', false, 'Cuts TCP data into packets that tell their length.'],
    [
      'package_length_type',
      'string',
      'N',
      'How the length is written, as pack() names it: one of c C s S n v l L N V q Q J P.',
    ],
    ['package_length_offset', 'int', 0, 'Where the length stands in a packet, at most 8192.'],
    ['package_body_offset', 'int', 4, 'Where the bytes begin that the length counts, at most 8192.'],
    [
      'package_length_func',
      'callable',
      null,
      'Function that gets the beginning of a packet and tells its length: 0 when more bytes are needed, negative for no packet.',
    ],
    ['open_mqtt_protocol', 'bool', false, 'Cuts TCP data into MQTT packets.'],
  ]),
  ...rows('differs', 'port', [
    [
      'backlog',
      'int',
      512,
      'The most connections that wait to be accepted, on ports that speak neither HTTP nor WebSocket; 512 on those.',
    ],
    [
      'max_idle_time',
      'float',
      0,
      'Seconds that a raw connection may be idle in both directions; 0 for ever. HTTP and WebSocket ports have heartbeat_idle_time.',
    ],
    [
      'open_tcp_keepalive',
      'bool',
      false,
      'Asks silent clients on the level of TCP whether they are there; on ports that speak neither HTTP nor WebSocket.',
    ],
    ['open_tcp_nodelay', 'bool', true, 'Sends small packets at once. Always on for HTTP and WebSocket.'],
  ]),
  ...rows('works', 'port', [['ssl_passphrase', 'string', '', 'Passphrase of the private key.']]).map(added),
  ...rows('works', 'server', [
    ['allowed_origins', 'array', [], 'Origins that WebSocket handshakes are accepted from; empty for any.'],
    ['trusted_proxies', 'array', [], 'Addresses and networks whose forwarded-for headers are believed.'],
    [
      'engine',
      'string',
      '',
      'What owns the sockets: `uws` (uWebSockets.js) or `node` (the sockets of Node). Empty for uws where it loads, else node.',
    ],
  ]).map(added),
];

function added(row: SettingRow): SettingRow {
  return { ...row, added: true };
}
