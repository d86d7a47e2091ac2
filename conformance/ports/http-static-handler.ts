// enable_static_handler with document_root: files and their types, missing files, directories, encoded names, attempts
// to leave the root, links, index files of the program, HEAD and POST, If-Modified-Since.
import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as Swoole from 'swoole-ts';
import { echo, getenvInt } from '../lib/php.ts';

class Site {
  readonly root: string;

  constructor() {
    this.root = `${tmpdir()}/static-${process.pid}`;
    mkdirSync(`${this.root}/public/sub dir`, { recursive: true });
    const files: Record<string, string | Buffer> = {
      'secret.txt': 'outside',
      'public/index.html': '<h1>index</h1>',
      'public/style.css': 'p{color:red}',
      'public/app.js': 'let a = 1;',
      'public/data.json': '{"a":1}',
      'public/photo.jpg': Buffer.from([0xff, 0xd8]),
      'public/readme': 'no extension',
      'public/odd.zzz': 'unknown type',
      'public/page.php': '<?php echo 1;',
      'public/empty.txt': '',
      'public/.hidden.txt': 'dot file',
      'public/sub dir/näme.txt': 'utf-8 name',
    };
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(`${this.root}/${name}`, content);
      utimesSync(`${this.root}/${name}`, 1700000000, 1700000000);
    }
    symlinkSync(`${this.root}/secret.txt`, `${this.root}/public/link.txt`);
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}

const site = new Site();
const http = new Swoole.Http.Server('127.0.0.1', getenvInt('PORT'));
http.set({
  worker_num: 1,
  log_level: Swoole.SWOOLE_LOG_NONE,
  document_root: `${site.root}/public`,
  enable_static_handler: true,
});
http.on('request', (request: Swoole.Http.Request, response: Swoole.Http.Response) => {
  echo(`dynamic ${request.server.request_method} `, request.server.request_uri.slice(0, 60), '\n');
  response.status(418);
  response.end('dynamic');
});
http.on('shutdown', () => site.remove());
http.start();
