import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProject } from '../../src/project/read-project.js';
import { folder } from '../folder.js';

const sources = (source: string, out = path.join(source, 'out')) =>
  readProject(source, out).sources.map((file) => file.path);

describe('reading a program', () => {
  it('takes all PHP of a folder but what others wrote, what is hidden and what was ported before', () => {
    const dir = folder({
      'server.php': '<?php',
      'src/Chat.php': '<?php',
      'views/page.phtml': '<p>',
      'lib/old.inc': '<?php',
      'bin/serve': '#!/usr/bin/env php\n<?php',
      'bin/deploy': '#!/bin/sh',
      'vendor/a/b.php': '<?php',
      'node_modules/c.php': '<?php',
      '.git/hooks.php': '<?php',
      'out/d.php': '<?php',
    });
    expect(sources(dir)).toEqual([
      'bin/serve',
      'lib/old.inc',
      'server.php',
      'src/Chat.php',
      'views/page.phtml',
    ]);
  });

  it('takes along what is not PHP, but for what the port has its own of', () => {
    const dir = folder({
      'server.php': '<?php',
      'public/index.html': '<p>',
      'public/chat.js': '1',
      'composer.json': '{}',
      'composer.lock': '{}',
      'phpunit.xml.dist': '<x/>',
      'package.json': '{}',
      'PORTING.md': 'before',
      '.env': 'PASSWORD=1',
      'large.bin': new Uint8Array(11 * 1024 * 1024),
    });
    const { assets, leftOut } = readProject(dir, path.join(dir, 'out'));
    expect(assets).toEqual(['public/chat.js', 'public/index.html']);
    expect(leftOut).toEqual([{ path: 'large.bin', why: 'larger than 10 MB' }]);
  });

  it('follows the includes of a file, and takes the pages and folders that it names', () => {
    const dir = folder({
      'bin/server.php':
        "<?php\nrequire_once __DIR__ . '/../src/Chat.php';\nrequire 'near.php';\nrequire __DIR__ . '/../vendor/autoload.php';\n" +
        "$page = __DIR__ . '/../public';\n$cert = dirname(__FILE__) . '/server.crt';",
      'bin/near.php': '<?php',
      'bin/unrelated.php': '<?php',
      'bin/server.crt': 'x',
      'src/Chat.php': "<?php include_once(__DIR__ . '/Room.php');",
      'src/Room.php': "<?php require __DIR__ . '/Chat.php';",
      'public/index.html': '<p>',
      'vendor/autoload.php': '<?php',
    });
    const project = readProject(path.join(dir, 'bin/server.php'), path.join(dir, 'out'));
    expect(project.root).toBe(dir);
    expect(project.sources.map((file) => file.path)).toEqual([
      'bin/near.php',
      'bin/server.php',
      'src/Chat.php',
      'src/Room.php',
    ]);
    expect(project.assets).toEqual(['bin/server.crt', 'public/index.html']);
  });

  it('reads the name and the packages of a composer project', () => {
    const dir = folder({
      'server.php': '<?php',
      'composer.json': JSON.stringify({
        name: 'acme/lounge',
        require: { php: '>=8.1', 'ext-swoole': '*', 'monolog/monolog': '^3', 'swoole/ide-helper': '^6' },
        autoload: { 'psr-4': { 'Acme\\': 'src/' } },
      }),
    });
    const project = readProject(dir, path.join(dir, 'out'));
    expect(project.name).toBe('lounge');
    expect(project.composer?.packages).toEqual(['monolog/monolog']);
    expect(project.composer?.namespaces).toEqual({ 'Acme\\': 'src/' });
  });

  it('reads old encodings, and says so', () => {
    const dir = folder({
      'gb.php': Buffer.concat([Buffer.from('<?php // '), Buffer.from([0xc4, 0xe3, 0xba, 0xc3])]),
      'latin.php': Buffer.from([0x3c, 0x3f, 0x70, 0x68, 0x70, 0x20, 0x2f, 0x2f, 0x20, 0xe9, 0x0a]),
    });
    const { sources: files, findings } = readProject(dir, path.join(dir, 'out'));
    expect(files.map(({ text }) => text)).toEqual(['<?php // 你好', '<?php // é\n']);
    expect(findings.map(({ file, reason }) => [file, /read as (.*?),/.exec(reason)?.[1]])).toEqual([
      ['gb.php', 'GB 18030'],
      ['latin.php', 'Latin-1'],
    ]);
  });

  it('says what to give when there is nothing to port', () => {
    const dir = folder({ 'index.html': '<p>' });
    expect(() => sources(dir)).toThrow(/There is no PHP file in .*\. Give the folder/);
    expect(() => sources(path.join(dir, 'nowhere'))).toThrow(/There is no .*nowhere\. Give a PHP file/);
  });
});
