import { describe, expect, it } from 'vitest';
import ledger from '../../src/report/ledger.json' with { type: 'json' };
import { statusOf } from '../../src/report/status.js';

describe('the status of a name of Swoole', () => {
  it('is that of the ledger, for classes, methods, properties, functions, constants and settings', () => {
    for (const name of [
      'Swoole\\WebSocket\\Server',
      '\\Swoole\\WebSocket\\Server::push',
      'Swoole\\Server::$worker_id',
      'swoole_timer_tick',
      'SWOOLE_BASE',
      'setting max_wait_time',
    ])
      expect(statusOf(name), name).toEqual({ verdict: 'works', why: '' });
  });

  it('is that of the class that a member comes from', () => {
    expect(statusOf('Swoole\\WebSocket\\Server::task').verdict).toBe('works');
  });

  it('has the reason when there is no such thing here', () => {
    const gone = Object.entries(ledger.names).find(
      ([name, entry]) => name.endsWith('()') && entry.startsWith('none: '),
    );
    const [name = '', entry = ''] = gone ?? [];
    const php = name.replace(/\(\)$/, '').replaceAll('.', '\\');
    expect(statusOf(php)).toEqual({ verdict: 'none', why: entry.slice('none: '.length) });
  });

  it('works for what servers had until Swoole 5, and is unknown for what Swoole never had', () => {
    expect(statusOf('Swoole\\Server::tick').verdict).toBe('works');
    expect(statusOf('Swoole\\Server::dance').verdict).toBe('unknown');
    expect(statusOf('swoole_dance').verdict).toBe('unknown');
  });
});
