import { onTestFinished } from 'vitest';
import * as Swoole from '../../src/index.js';

export type Settings = Swoole.ServerSettings;
export type WebSocketServer = Swoole.WebSocket.Server;

/** A WebSocket server on a port of the system's choice that logs nothing. */
export function webSocketServer(settings: Settings = {}): WebSocketServer {
  const server = new Swoole.WebSocket.Server('127.0.0.1', 0);
  server.set({ log_level: Swoole.SWOOLE_LOG_NONE, ...settings });
  server.on('message', () => {});
  return server;
}

/** An HTTP server on a port of the system's choice that logs nothing. */
export function httpServer(settings: Settings = {}): Swoole.Http.Server {
  const server = new Swoole.Http.Server('127.0.0.1', 0);
  server.set({ log_level: Swoole.SWOOLE_LOG_NONE, ...settings });
  server.on('request', (_request: Swoole.Http.Request, response: Swoole.Http.Response) =>
    response.end('fine'),
  );
  return server;
}

/** Starts a server, waits until it listens, and ends it with the test. `ended` is start()'s promise. */
export async function start(server: Swoole.Server): Promise<{ ended: Promise<boolean> }> {
  const own = server.getCallback('start') as ((server: Swoole.Server) => unknown) | null;
  const listening = new Promise<void>((resolve) => {
    server.on('start', (started: Swoole.Server) => {
      resolve();
      return own?.(started);
    });
  });
  const ended = server.start();
  await Promise.race([listening, ended]);
  onTestFinished(async () => {
    server.shutdown();
    await ended;
  });
  return { ended };
}

/** Takes Swoole's warnings for the length of a test. */
export function catchWarnings(): string[] {
  const warnings: string[] = [];
  const before = Swoole.setWarningHandler((level, message) => {
    warnings.push(level === Swoole.E_USER_WARNING ? `E_USER_WARNING ${message}` : message);
  });
  onTestFinished(() => {
    Swoole.setWarningHandler(before);
  });
  return warnings;
}
