import { Manager as ProcessManager } from '../process/manager.js';
import type { PoolSettings as ProcessPoolSettings } from '../process/pool/pool.js';
import { Pool as ProcessPool } from '../process/pool/pool.js';
import { Process as BaseProcess } from '../process/process.js';
import { standFor } from './stand-for.js';

/** Swoole\Process with the classes of its namespace as static members: Swoole.Process.Pool is Swoole\Process\Pool. */
export class Process extends BaseProcess {
  static readonly Manager = ProcessManager;
  static readonly Pool = ProcessPool;
}

// What the library makes itself is of the class without the static members.
standFor(Process, BaseProcess);

// The bundled declarations have each class under its own name: within a namespace that gives the same name to a type, it would mean itself.
type ManagerType = ProcessManager;
type PoolType = ProcessPool;
type PoolSettingsType = ProcessPoolSettings;

export namespace Process {
  export type Manager = ManagerType;
  export type Pool = PoolType;
  export type PoolSettings = PoolSettingsType;
}
