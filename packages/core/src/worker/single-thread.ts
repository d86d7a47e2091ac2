import { chooseEngine } from '../engine/choose.js';
import type { Engine, EnginePort } from '../engine/engine.js';
import { isStream } from '../server/address.js';
import { bindDatagram, bindPort, bindStream } from '../server/bind.js';
import { Heartbeat } from '../server/heartbeat.js';
import { PacketListener } from '../server/packet-listener.js';
import type { Port } from '../server/port.js';
import { PortListener } from '../server/port-listener.js';
import { dropPrivileges } from '../server/process-identity.js';
import type { Runtime } from '../server/runtime.js';
import type { Server } from '../server/server.js';
import type { ResolvedSettings } from '../server/settings/settings.js';
import { ProcessSignals } from '../server/signals.js';
import { StreamListener } from '../server/stream-listener.js';
import { Timer } from '../timer/timer.js';
import type { Life } from './life.js';
import { PidFile } from './pid-file.js';
import { checkCertificates, closePorts, speaksHttp2 } from './ports.js';

const GOING_AWAY = 1001;

/** A server whose one worker is the thread that started it. */
export class SingleThread implements Life {
  private engine: Engine | null = null;
  private bound: EnginePort[] = [];
  private heartbeat: Heartbeat | null = null;
  private readonly signals = new ProcessSignals();
  private readonly pidFile = new PidFile();
  private bySignal = false;
  private finished: ((value: boolean) => void) | null = null;

  constructor(
    private readonly runtime: Runtime,
    private readonly server: Server,
  ) {}

  async run(ports: readonly Port[], settings: ResolvedSettings): Promise<boolean> {
    const over = new Promise<boolean>((resolve) => {
      this.finished = resolve;
    });
    try {
      for (const port of ports) this.bound.push(await this.open(port));
    } catch (error) {
      this.release();
      throw error;
    }
    this.began(settings);
    return over;
  }

  shutdown(): boolean {
    this.runtime.state = 'stopping';
    setImmediate(() => this.end());
    return true;
  }

  stop(worker: number): boolean {
    return worker <= 0 && this.runtime.shutdown();
  }

  kill(): boolean {
    return false;
  }

  reload(): boolean {
    return false;
  }

  reloadCertificates(): boolean {
    const { ports } = this.server;
    return checkCertificates(ports, (index) => this.bound[index]?.reloadCertificate());
  }

  private open(port: Port): Promise<EnginePort> {
    const { runtime, server } = this;
    if (!isStream(port.type)) return bindDatagram(port, new PacketListener(runtime, server, port));
    if (!port.resolved.open_http_protocol) return bindStream(port, new StreamListener(runtime, server, port));
    if (this.engine === null) {
      this.engine = chooseEngine(runtime.settings?.engine ?? '', speaksHttp2(server.ports));
      runtime.logger?.debug(this.engine.description);
    }
    return bindPort(this.engine, port, new PortListener(runtime, server, port));
  }

  private began(settings: ResolvedSettings): void {
    const { server, runtime } = this;
    runtime.counters.startTime = Math.floor(Date.now() / 1000);
    server.master_pid = process.pid;
    this.pidFile.write(settings.pid_file);
    dropPrivileges(settings, (text) => runtime.logger?.warning(text));
    this.signals.onShutdown((signal) => {
      runtime.logger?.debug(`${signal} received, shutting down`);
      this.bySignal = true;
      runtime.shutdown();
    });
    this.heartbeat = Heartbeat.start(runtime, settings);
    runtime.worker = 0;
    runtime.raise('start');
    server.worker_id = 0;
    server.worker_pid = process.pid;
    runtime.raise('workerStart', 0);
  }

  private end(): void {
    const { runtime } = this;
    runtime.raise('beforeShutdown');
    for (const port of this.bound) port.stopListening();
    runtime.closeAll(GOING_AWAY);
    runtime.raise('workerStop', 0);
    // uWebSockets.js writes the last close frames at the end of this turn.
    setImmediate(() => this.complete());
  }

  private complete(): void {
    const { runtime } = this;
    this.release();
    runtime.raise('shutdown');
    Timer.clearAll();
    this.pidFile.remove();
    runtime.state = 'over';
    if (this.bySignal)
      this.signals.exitWhenStuck(runtime.settings?.max_wait_time ?? 0, (text) =>
        runtime.logger?.warning(text),
      );
    else runtime.logger?.close();
    this.finished?.(true);
  }

  private release(): void {
    this.heartbeat?.stop();
    this.signals.remove();
    closePorts(this.server.ports, this.bound.splice(0));
  }
}
