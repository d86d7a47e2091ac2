import { describe, expect, it } from 'vitest';
import { coloured } from '../../../src/report/page/colour.js';

describe('colouring a source', () => {
  it('marks what PHP is made of, and escapes it', () => {
    expect(coloured('<?php\n$a = "<b>" . 5; // no\nif', 'php')).toEqual([
      '<span class="html">&lt;?php</span>',
      '<span class="variable">$a</span> = <span class="string">&quot;&lt;b&gt;&quot;</span> . <span class="number">5</span>; <span class="comment">// no</span>',
      '<span class="keyword">if</span>',
    ]);
  });

  it('closes a comment and a text of several lines on each of them', () => {
    expect(coloured('/* a\nb */', 'ts')).toEqual([
      '<span class="comment">/* a</span>',
      '<span class="comment">b */</span>',
    ]);
    expect(coloured("<?php\n<<<X\nit's\nX;", 'php').slice(1)).toEqual([
      '<span class="string">&lt;&lt;&lt;X</span>',
      '<span class="string">it\'s</span>',
      '<span class="string">X</span>;',
    ]);
  });

  it('leaves the HTML between PHP as it is', () => {
    expect(coloured("<p>don't</p>\n<?= $x ?>\n<i>", 'php')).toEqual([
      '<span class="html">&lt;p&gt;don\'t&lt;/p&gt;</span>',
      '<span class="html">&lt;?=</span> <span class="variable">$x</span> <span class="html">?&gt;</span>',
      '<span class="html">&lt;i&gt;</span>',
    ]);
  });
});
