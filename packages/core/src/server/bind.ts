import { lstatSync, unlinkSync } from 'node:fs';
import net from 'node:net';
import { constants } from 'node:os';
import { SWOOLE_SOCK_UDP6 } from '../constants/index.js';
import type { DatagramListener, DatagramPort } from '../engine/datagram.js';
import type {
  Engine,
  EngineAcceptor,
  EngineListener,
  EnginePort,
  Http2Options,
  ListenOptions,
} from '../engine/engine.js';
import type { StreamListener, StreamPort } from '../engine/stream.js';
import { tcpEngine } from '../engine/tcp/index.js';
import { UnixDatagramSocket, udpEngine } from '../engine/udp/index.js';
import { Exception } from '../errors/exception.js';
import { fail } from '../errors/last-error.js';
import { isUnixDatagram, isUnixSocket, listenFailure, pathTaken } from './address.js';
import type { Port } from './port.js';
import type { ResolvedSettings } from './settings/resolved-settings.js';
import { streamTlsOptions } from './stream-tls-options.js';
import { tlsOptions } from './tls-options.js';

/**
 * Opens a port for HTTP and WebSocket on an engine.
 * @throws Exception with Swoole's text and the system's number when the address cannot be bound, or when TLS lacks its files
 */
export async function bindPort(engine: Engine, port: Port, listener: EngineListener): Promise<EnginePort> {
  const enginePort = engine.createPort(listenOptions(port), listener);
  await bind(enginePort, port);
  return enginePort;
}

/** Makes a port whose connections are accepted in another thread. @throws Exception as {@link bindPort} */
export function adoptPort(engine: Engine, port: Port, listener: EngineListener): EnginePort {
  return engine.createPort(listenOptions(port), listener);
}

/** Makes what accepts connections for ports in other threads, once it is told which. @throws Exception as {@link bindPort} */
export async function reservePort(engine: Engine, port: Port): Promise<EngineAcceptor> {
  const acceptor = engine.createAcceptor(listenOptions(port));
  await attempt(port, acceptor, async () => {
    if (isUnixSocket(port.type)) await acceptor.reserveUnix(port.host);
    else port.port = await acceptor.reserve(port.host, port.port);
  });
  return acceptor;
}

function listenOptions(port: Port): ListenOptions {
  const settings = port.resolved;
  if (port.ssl && settings.ssl_verify_peer)
    throw new Exception(
      'ssl_verify_peer is not supported on HTTP and WebSocket ports: clients without a certificate could not be refused',
    );
  return {
    tls: port.ssl ? tlsOptions(port) : null,
    maxPayload: settings.package_max_length,
    compression: settings.websocket_compression,
    // push() refuses before this is reached; it only guards against a miscount.
    maxBackpressure: settings.socket_buffer_size * 2,
    answerPings: !settings.open_websocket_ping_frame,
    http2: settings.open_http2_protocol ? http2Options(settings) : null,
    reusePort: settings.enable_reuse_port,
  };
}

function http2Options(settings: ResolvedSettings): Http2Options {
  return {
    headerTableSize: settings.http2_header_table_size,
    maxConcurrentStreams: settings.http2_max_concurrent_streams,
    initialWindowSize: settings.http2_init_window_size,
    maxFrameSize: settings.http2_max_frame_size,
    maxHeaderListSize: settings.http2_max_header_list_size,
  };
}

/** Opens a port for raw connections. @throws Exception as {@link bindPort} */
export async function bindStream(port: Port, listener: StreamListener): Promise<StreamPort> {
  const settings = port.resolved;
  const enginePort = tcpEngine.createPort(
    {
      tls: port.ssl ? streamTlsOptions(port) : null,
      backlog: settings.backlog,
      noDelay: settings.open_tcp_nodelay,
      keepAlive: settings.open_tcp_keepalive ? settings.tcp_keepidle * 1000 : 0,
      paused: settings.enable_delay_receive,
      idleTimeout: Math.ceil(settings.max_idle_time * 1000),
      reusePort: settings.enable_reuse_port,
    },
    listener,
  );
  await bind(enginePort, port);
  port.socket = enginePort.socket;
  return enginePort;
}

/** Opens a port for datagrams. @throws Exception as {@link bindPort} */
export async function bindDatagram(port: Port, listener: DatagramListener): Promise<DatagramPort> {
  const settings = port.resolved;
  const enginePort = udpEngine.createPort(
    {
      family: isUnixDatagram(port.type) ? 'unix' : port.type === SWOOLE_SOCK_UDP6 ? 'udp6' : 'udp4',
      reusePort: settings.enable_reuse_port,
      maxWaiting: settings.socket_buffer_size,
    },
    listener,
  );
  await bind(enginePort, port);
  port.datagrams = enginePort;
  port.socket = enginePort.socket;
  return enginePort;
}

function bind(enginePort: EnginePort, port: Port): Promise<void> {
  return attempt(port, enginePort, async () => {
    if (isUnixSocket(port.type)) await enginePort.listenUnix(port.host);
    else port.port = await enginePort.listen(port.host, port.port);
  });
}

async function attempt(port: Port, opened: { close(): void }, open: () => Promise<void>): Promise<void> {
  try {
    if (isUnixSocket(port.type) && pathTaken(port.host)) await removeDeadSocket(port);
    await open();
  } catch (error) {
    const code = Math.abs((error as NodeJS.ErrnoException).errno ?? 0);
    fail(code);
    opened.close();
    throw new Exception(listenFailure(port.host, port.port, code), code);
  }
}

/** A socket file that nobody answers on is left over from a crash. Any other file is not ours to remove. */
async function removeDeadSocket({ host, type }: Port): Promise<void> {
  const answers = isUnixDatagram(type) ? datagramAnswer : streamAnswer;
  // Any other error is that of a socket which somebody has: one of another kind, or one that is not ours to ask.
  if (lstatSync(host).isSocket() && (await answers(host)) === constants.errno.ECONNREFUSED) unlinkSync(host);
  else throw Object.assign(new Error(`${host} is in use`), { errno: -98 });
}

/** What connecting to a Unix stream socket ends with: an error number, 0 for none. */
function streamAnswer(path: string): Promise<number> {
  return new Promise((resolve) => {
    const probe = net.connect(path, () => {
      probe.destroy();
      resolve(0);
    });
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(-(error.errno ?? 0)));
  });
}

function datagramAnswer(path: string): number {
  const probe = new UnixDatagramSocket();
  const error = probe.connect(path);
  probe.close();
  return error;
}
