import { describe, expect, it } from 'vitest';
import { align } from '../../../src/report/page/align.js';

describe('laying two texts side by side', () => {
  it('puts lines with the same words beside each other', () => {
    const php = ['<?php', '$server = new Server(1);', '', '$server->on("open", function ($ws) {', '});'];
    const typescript = [
      "import { Server } from 'swoole-ts';",
      '',
      'const server = new Server(1);',
      '',
      "server.on('open', (ws) => {",
      '});',
    ];
    expect(align(php, typescript)).toEqual([
      [0, 0],
      [null, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
    ]);
  });

  it('keeps every line of both, once and in order', () => {
    const left = Array.from({ length: 60 }, (_, i) => (i % 7 === 0 ? '' : `word${i % 11} x${i}`));
    const right = Array.from({ length: 45 }, (_, i) => (i % 5 === 0 ? '}' : `word${i % 13} x${i * 2}`));
    const rows = align(left, right);
    expect(rows.flatMap(([i]) => (i === null ? [] : [i]))).toEqual(left.map((_, i) => i));
    expect(rows.flatMap(([, j]) => (j === null ? [] : [j]))).toEqual(right.map((_, j) => j));
  });

  it('shows a file that has no counterpart', () => {
    expect(align(['a', 'b'], [])).toEqual([
      [0, null],
      [1, null],
    ]);
  });
});
