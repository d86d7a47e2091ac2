import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Progress } from '../../src/cli/progress.js';

describe('progress', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const stream = (isTTY: boolean) => {
    const written: string[] = [];
    return { written, isTTY, columns: 20, write: (text: string) => written.push(text) > 0 };
  };

  it('is one line on a terminal, never wider than it, and gone at the end', () => {
    const terminal = stream(true);
    const progress = new Progress(terminal);
    progress.step('reading', 1, 3);
    progress.step('a step with a long name', 2, 3);
    progress.end();
    expect(terminal.written).toEqual([
      '\r\u001b[Kreading 1/3',
      '\r\u001b[Ka step with a long ',
      '\r\u001b[K',
    ]);
  });

  it('is a line now and then in a log, once the work takes long', () => {
    const log = stream(false);
    const progress = new Progress(log);
    progress.step('reading', 1, 9);
    vi.advanceTimersByTime(6_000);
    progress.step('reading', 2, 9);
    progress.step('reading', 3, 9);
    vi.advanceTimersByTime(6_000);
    progress.step('writing', 1, 1);
    progress.end();
    expect(log.written).toEqual(['reading 2/9\n', 'writing\n']);
  });
});
