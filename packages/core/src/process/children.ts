/** How a process has ended, as `Process.wait()` tells it. */
export interface ProcessStatus {
  pid: number;
  /** The exit code. */
  code: number;
  /** Always 0: a thread gets no signals. */
  signal: number;
}

let running = 0;
const ended: ProcessStatus[] = [];
const waiting: Array<(status: ProcessStatus | false) => void> = [];

export function childStarted(): void {
  running++;
}

export function childEnded(pid: number, code: number): void {
  running--;
  ended.push({ pid, code, signal: 0 });
  while (waiting.length > 0 && (ended.length > 0 || running === 0)) waiting.shift()?.(ended.shift() ?? false);
}

/** The next process that has ended; false when there is none, and with `blocking` only when none can come. */
export async function nextEnded(blocking: boolean): Promise<ProcessStatus | false> {
  const status = ended.shift();
  if (status !== undefined) return status;
  if (!blocking || running === 0) return false;
  return new Promise((resolve) => {
    waiting.push(resolve);
  });
}
