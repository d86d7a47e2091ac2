import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as Swoole from '../../src/index.js';
import { Raw } from '../hostile/raw.js';
import { request } from '../server/client.js';
import { Gate } from '../server/gate.js';
import { Queue } from '../server/queue.js';
import { httpServer, type Settings, start } from '../server/running.js';
import { temporary } from '../server/temporary.js';

function form(content: string, name = 'notes.txt'): Buffer {
  return Buffer.from(
    `--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nmine\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n${content}\r\n--b--\r\n`,
  );
}

const headers = { 'content-type': 'multipart/form-data; boundary=b' };

function uploading(settings: Settings = {}) {
  const directory = temporary();
  const server = httpServer({ upload_tmp_dir: directory, ...settings });
  return { server, directory, left: () => readdirSync(directory) };
}

function fileOf(asked: Swoole.Http.Request): Swoole.UploadedFile {
  return (asked.files as Record<string, Swoole.UploadedFile>).file as Swoole.UploadedFile;
}

describe('an uploaded file', () => {
  test('is there in the request event and gone afterwards', async () => {
    const { server, directory, left } = uploading();
    const seen: string[] = [];
    server.on('request', (asked: Swoole.Http.Request, response: Swoole.Http.Response) => {
      const { tmp_name, size, error } = fileOf(asked);
      seen.push(path.dirname(tmp_name), readFileSync(tmp_name, 'utf8'), `${size} ${error}`);
      response.end(String(asked.post?.title));
    });
    await start(server);
    const { body } = await request(server.port, '/', { method: 'POST', headers, body: form('hello') });
    expect(String(body)).toBe('mine');
    expect(seen).toEqual([directory, 'hello', '5 0']);
    await expect.poll(left).toEqual([]);
  });

  test('stays until an async callback has ended, also after the response', async () => {
    const { server, left } = uploading();
    const gate = new Gate();
    const late = new Queue<string>();
    server.on('request', async (asked: Swoole.Http.Request, response: Swoole.Http.Response) => {
      response.end('thanks');
      await gate.opened;
      late.put(readFileSync(fileOf(asked).tmp_name, 'utf8'));
    });
    await start(server);
    await request(server.port, '/', { method: 'POST', headers, body: form('hello') });
    expect(left()).toHaveLength(1);
    gate.open();
    expect(await late.next()).toBe('hello');
    await expect.poll(left).toEqual([]);
  });

  test('goes when the callback fails', async () => {
    const { server, left } = uploading();
    server.on('error', () => {});
    server.on('request', () => {
      throw new Error('no');
    });
    await start(server);
    expect((await request(server.port, '/', { method: 'POST', headers, body: form('x') })).status).toBe(500);
    await expect.poll(left).toEqual([]);
  });

  test('that was moved stays where it is', async () => {
    const { server, left } = uploading();
    const target = path.join(temporary(), 'kept.txt');
    server.on('request', (asked: Swoole.Http.Request, response: Swoole.Http.Response) => {
      const { tmp_name } = fileOf(asked);
      response.end(`${Swoole.is_uploaded_file(tmp_name)} ${Swoole.move_uploaded_file(tmp_name, target)}`);
    });
    await start(server);
    const { body } = await request(server.port, '/', { method: 'POST', headers, body: form('kept') });
    expect(String(body)).toBe('true true');
    await expect.poll(left).toEqual([]);
    expect(readFileSync(target, 'utf8')).toBe('kept');
  });

  test('of a client that leaves midway leaves nothing behind', async () => {
    const { server, left } = uploading({ upload_max_filesize: '10M' });
    let requests = 0;
    const closes = new Queue<number>();
    server.on('request', () => void requests++);
    server.on('close', (_server: Swoole.Server, fd: number) => closes.put(fd));
    await start(server);
    const raw = await Raw.connect(server.port);
    const body = form('x'.repeat(1_000_000));
    raw.write(
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${headers['content-type']}\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    raw.write(body.subarray(0, 700_000));
    await expect.poll(() => server.connections.count()).toBe(1);
    raw.reset();
    await closes.next();
    expect(requests).toBe(0);
    await expect.poll(left).toEqual([]);
  });

  test('of a client that leaves while the callback runs goes with the callback’s end', async () => {
    const { server, left } = uploading();
    const gate = new Gate();
    const book = new Queue<string>();
    server.on('close', () => book.put('close'));
    server.on('request', async (asked: Swoole.Http.Request, response: Swoole.Http.Response) => {
      book.put('request');
      await gate.opened;
      book.put(`file ${existsSync(fileOf(asked).tmp_name)} end ${response.end('late')}`);
    });
    await start(server);
    const raw = await Raw.connect(server.port);
    const body = form('x');
    raw.write(
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${headers['content-type']}\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    raw.write(body);
    await book.next();
    raw.reset();
    await expect.poll(() => server.exist(1)).toBe(false);
    gate.open();
    expect(await book.count(3)).toEqual(['request', 'file true end false', 'close']);
    await expect.poll(left).toEqual([]);
  });
});

describe('package_max_length', () => {
  test('is the most of a request, head and body together', async () => {
    const { server } = uploading({ package_max_length: 100_000 });
    server.on('request', (asked: Swoole.Http.Request, response: Swoole.Http.Response) => {
      response.end(String(asked.rawContent().length));
    });
    await start(server);
    const post = async (length: number) => {
      const answer = await request(server.port, '/', { method: 'POST', body: 'x'.repeat(length) });
      return `${answer.status} ${answer.body}`;
    };
    expect(await post(99_000)).toBe('200 99000');
    expect(await post(100_001)).toMatch(/^413 /);
  });

  test('is the limit of a chunked body too', async () => {
    const { server } = uploading({ package_max_length: 100_000 });
    await start(server);
    const raw = await Raw.connect(server.port);
    raw.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    for (let i = 0; i < 8; i++) raw.write(chunk);
    expect(String(await raw.take('\r\n'))).toContain(' 413 ');
    await raw.closed();
  });

  test('is not that of uploads when upload_max_filesize allows more, and fields do not profit', async () => {
    const { server, left } = uploading({ package_max_length: 100_000, upload_max_filesize: 1_000_000 });
    server.on('request', (asked: Swoole.Http.Request, response: Swoole.Http.Response) => {
      response.end(`${fileOf(asked).size} ${fileOf(asked).error}`);
    });
    await start(server);
    const post = async (body: Buffer) => {
      const answer = await request(server.port, '/', { method: 'POST', headers, body });
      return `${answer.status} ${answer.body}`;
    };
    expect(await post(form('x'.repeat(500_000)))).toBe('200 500000 0');
    expect(await post(form('x'.repeat(1_200_000)))).toMatch(/^413 /);
    const field = `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${'x'.repeat(200_000)}\r\n--b--\r\n`;
    expect(await post(Buffer.from(field))).toMatch(/^503 /);
    await expect.poll(left).toEqual([]);
  });
});
