import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MultipartResult, parseMultipart } from '../../../src/http/parse/multipart.js';
import { is_uploaded_file, removeUploads } from '../../../src/http/parse/uploads.js';
import { likePhp } from './recording.js';

const B = 'xBoundaryx';
const end = `--${B}--\r\n`;
const field = (name: string, value: string, extra = '') =>
  `--${B}\r\nContent-Disposition: form-data; name="${name}"\r\n${extra}\r\n${value}\r\n`;
const file = (name: string, filename: string, content: string, type = 'text/plain') =>
  `--${B}\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n${content}\r\n`;

let uploadDir = '';
beforeAll(() => {
  uploadDir = mkdtempSync(join(tmpdir(), 'multipart-'));
});
afterAll(() => {
  rmSync(uploadDir, { recursive: true });
});

function parse(body: string | Uint8Array, boundary = B, parseFiles = false): MultipartResult {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return parseMultipart(bytes, boundary, { uploadDir, parseFiles });
}

function form(body: string | Uint8Array, parseFiles = false) {
  const result = parse(body, B, parseFiles);
  if (result.kind !== 'form') throw new Error(result.reason);
  return result;
}

/** Shows a result as the recorded server did, and removes its files. */
function report(body: string | Uint8Array): unknown {
  const { post, files, tmpfiles } = form(body);
  const walk = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(walk);
    const shown = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item)]));
    if (typeof shown.tmp_name === 'string' && shown.tmp_name !== '') {
      const path = shown.tmp_name;
      expect(dirname(path)).toBe(uploadDir);
      expect(is_uploaded_file(path)).toBe(true);
      shown.tmp_name = `${basename(path).slice(0, 14)} ${createHash('md5').update(readFileSync(path)).digest('hex')}`;
    }
    return shown;
  };
  const shown = { post: likePhp(post), files: walk(files), tmpfiles: tmpfiles.length };
  removeUploads(tmpfiles);
  expect(readdirSync(uploadDir)).toEqual([]);
  return shown;
}

const upload = (name: string, md5: string, size: number, type = 'text/plain') => ({
  type,
  tmp_name: `swoole.upfile. ${md5}`,
  size,
  name,
  error: 0,
});

describe('what Swoole made of it when it was recorded', () => {
  it('fields', () => {
    const body =
      field('a', '1') +
      field('b[]', 'x') +
      field('b[]', 'y') +
      field('c[k][l]', 'z') +
      field('empty', '') +
      end;
    expect(report(body)).toEqual({
      post: { a: '1', b: ['x', 'y'], c: { k: { l: 'z' } }, empty: '' },
      files: null,
      tmpfiles: 0,
    });
  });

  it('odd names', () => {
    const body = field('a.b', '1') + field('c d', '2') + field('ünï', '漢字') + field('', 'nameless') + end;
    expect(report(body)).toEqual({ post: { a_b: '1', c_d: '2', ünï: '漢字' }, files: null, tmpfiles: 0 });
  });

  it('a value with line breaks', () => {
    const value = 'one\r\ntwo\r\n--not-the-boundary\r\n';
    expect(report(field('t', value) + end)).toEqual({ post: { t: value }, files: null, tmpfiles: 0 });
  });

  it('a field with a type', () => {
    const body = field('j', '{"x":1}', 'Content-Type: application/json\r\n') + end;
    expect(report(body)).toEqual({ post: { j: '{"x":1}' }, files: null, tmpfiles: 0 });
  });

  it('one file', () => {
    expect(report(file('f', 'notes.txt', 'hello file') + field('title', 'mine') + end)).toEqual({
      post: { title: 'mine' },
      files: { f: upload('notes.txt', 'cf0be5077e7ed25a944c353d77df0f10', 10) },
      tmpfiles: 1,
    });
  });

  it('a binary file', () => {
    const body = Buffer.concat([
      Buffer.from(
        `--${B}\r\nContent-Disposition: form-data; name="f"; filename="b.bin"\r\nContent-Type: application/octet-stream\r\n\r\n`,
      ),
      Buffer.from([0, 1, 2, 13, 10, 255]),
      Buffer.from(`\r\n${end}`),
    ]);
    expect(report(body)).toEqual({
      post: null,
      files: { f: upload('b.bin', 'ff5d9d231db13a8a49bd1fd22bedfb85', 6, 'application/octet-stream') },
      tmpfiles: 1,
    });
  });

  it('an empty file', () => {
    expect(report(file('f', 'empty.txt', '') + end)).toEqual({
      post: null,
      files: { f: upload('empty.txt', 'd41d8cd98f00b204e9800998ecf8427e', 0) },
      tmpfiles: 1,
    });
  });

  it('no file chosen', () => {
    expect(report(file('f', '', '', 'application/octet-stream') + end)).toEqual({
      post: null,
      files: { f: { type: '', tmp_name: '', size: 0, name: '', error: 4 } },
      tmpfiles: 0,
    });
  });

  it('no content type', () => {
    expect(report(file('f', 'x', 'abc', '') + end)).toEqual({
      post: null,
      files: { f: upload('x', '900150983cd24fb0d6963f7d28e17f72', 3, '') },
      tmpfiles: 1,
    });
  });

  it('file names', () => {
    const body =
      file('a', '../../etc/passwd', 'p') +
      file('b', 'C:\\dir\\c.txt', 'q') +
      file('c', 'späß ☃.txt', 'r') +
      file('d', 'semi;colon.txt', 's');
    expect(report(body + end)).toEqual({
      post: null,
      files: {
        a: upload('../../etc/passwd', '83878c91171338902e0fe0fb97a8c47a', 1),
        b: upload('C:\\dir\\c.txt', '7694f4a66316e53c8cdd9d9954bd611d', 1),
        c: upload('späß ☃.txt', '4b43b0aee35624cd95b910189b3dc231', 1),
        d: upload('semi', '03c7c0ace395d80182db07ae2c30f034', 1),
      },
      tmpfiles: 4,
    });
  });

  it('two files with one name', () => {
    expect(report(file('f', '1.txt', 'first') + file('f', '2.txt', 'second') + end)).toEqual({
      post: null,
      files: { f: upload('2.txt', 'a9f0e61a137d86aa9db53465e0801612', 6) },
      tmpfiles: 2,
    });
  });

  it('f[] twice', () => {
    expect(report(file('f[]', '1.txt', 'first') + file('f[]', '2.txt', 'second') + end)).toEqual({
      post: null,
      files: {
        f: [
          upload('1.txt', '8b04d5e3775d298e78455efc5ca404d5', 5),
          upload('2.txt', 'a9f0e61a137d86aa9db53465e0801612', 6),
        ],
      },
      tmpfiles: 2,
    });
  });

  it('f[a][b]', () => {
    expect(report(file('f[a][b]', 'deep.txt', 'deep') + end)).toEqual({
      post: null,
      files: { f: { a: { b: upload('deep.txt', '6627415e807ee33c7302917216e7da68', 4) } } },
      tmpfiles: 1,
    });
  });

  it('line ends before the first boundary', () => {
    expect(report(`\r\n${field('a', '1')}${end}`)).toEqual({ post: { a: '1' }, files: null, tmpfiles: 0 });
  });

  it('an unquoted name', () => {
    const body = `--${B}\r\nContent-Disposition: form-data; name=plain\r\n\r\nv\r\n${end}`;
    expect(report(body)).toEqual({ post: { plain: 'v' }, files: null, tmpfiles: 0 });
  });

  it('no end', () => {
    expect(report(field('a', '1'))).toEqual({ post: null, files: null, tmpfiles: 0 });
  });

  it('another boundary', () => {
    expect(parse(field('a', '1') + end, 'other').kind).toBe('malformed');
  });

  it('the keys of an entry, in their order', () => {
    const { files, tmpfiles } = form(file('f', 'n', 'x') + end);
    removeUploads(tmpfiles);
    expect(Object.keys(files?.f as object)).toEqual(['type', 'tmp_name', 'size', 'name', 'error']);
  });

  it('http_parse_files: array names arranged as PHP does', () => {
    const body =
      file('f[]', '1.txt', 'first') + file('f[]', '2.txt', 'second') + file('g[x][y]', '3.txt', 'deep');
    const { files, tmpfiles } = form(body + end, true);
    expect(likePhp(files)).toEqual({
      f: {
        name: ['1.txt', '2.txt'],
        type: ['text/plain', 'text/plain'],
        tmp_name: tmpfiles.slice(0, 2),
        error: [0, 0],
        size: [5, 6],
      },
      g: {
        name: { x: { y: '3.txt' } },
        type: { x: { y: 'text/plain' } },
        tmp_name: { x: { y: tmpfiles[2] } },
        error: { x: { y: 0 } },
        size: { x: { y: 4 } },
      },
    });
    expect(Object.keys(files?.f as object)).toEqual(['name', 'type', 'tmp_name', 'error', 'size']);
    removeUploads(tmpfiles);
  });

  it('http_parse_files: plain names as without it', () => {
    const { files, tmpfiles } = form(file('f', 'one.txt', 'one file') + end, true);
    expect(files?.f).toEqual({
      type: 'text/plain',
      tmp_name: tmpfiles[0],
      size: 8,
      name: 'one.txt',
      error: 0,
    });
    removeUploads(tmpfiles);
  });
});

describe('bodies that are cut or malformed', () => {
  const body = Buffer.from(field('a', '1') + file('f', 'x.txt', 'data') + field('b', '2') + end);

  it('keeps the whole parts of a body cut anywhere, and never fails', () => {
    const boundary = `\r\n--${B}`;
    const wholeFrom = (part: string) => body.indexOf(boundary, body.indexOf(part)) + boundary.length;
    for (let length = 0; length <= body.length; length++) {
      const { post, files, tmpfiles } = form(body.subarray(0, length));
      removeUploads(tmpfiles);
      expect(post?.a).toBe(length < wholeFrom('name="a"') ? undefined : '1');
      expect(post?.b).toBe(length < wholeFrom('name="b"') ? undefined : '2');
      expect(files !== null).toBe(length >= wholeFrom('name="f"'));
      expect(tmpfiles).toHaveLength(files === null ? 0 : 1);
    }
  });

  it.each([
    ['a boundary with more behind it', `--${B}\r\n\r\nx\r\n--${B}more\r\n\r\ny\r\n${end}`],
    ['a boundary with one hyphen', `--${B}\r\n\r\nx\r\n--${B}-\r\n`],
    ['a header without colon', `--${B}\r\nnocolon\r\n\r\nx\r\n${end}`],
    ['a header with a space in its name', `--${B}\r\nX A: 1\r\n\r\nx\r\n${end}`],
    ['a header without name', `--${B}\r\n: 1\r\n\r\nx\r\n${end}`],
    ['a header that ends with CR only', `--${B}\r\nX: 1\rY: 2\r\n\r\nx\r\n${end}`],
    ['two dispositions', field('a', '1', 'Content-Disposition: form-data; name="b"\r\n') + end],
    ['a name of 512 bytes', field('n'.repeat(510), '1') + end],
    ['a file name of 512 bytes', file('f', 'n'.repeat(510), '1') + end],
    ['a head of more than 8 KiB', field('a', '1', `X: ${'x'.repeat(8192)}\r\n`) + end],
    ['a head that goes on for more than 8 KiB', `--${B}\r\nX: ${'x'.repeat(9000)}`],
    ['text before the first boundary', `preamble\r\n${field('a', '1')}${end}`],
  ])('refuses %s', (_label, text) => {
    expect(parse(text).kind).toBe('malformed');
  });

  it('leaves no file behind when a later part is malformed', () => {
    expect(parse(`${file('f', 'x', 'data')}--${B}\r\nbad\r\n\r\n`).kind).toBe('malformed');
    expect(readdirSync(uploadDir)).toEqual([]);
  });

  it('takes names just under the limit', () => {
    expect(report(field('n'.repeat(509), '1') + end)).toMatchObject({ post: { ['n'.repeat(509)]: '1' } });
  });

  it('gives nothing for a form without parts', () => {
    for (const text of ['', '\r\n', end])
      expect(report(text)).toEqual({ post: null, files: null, tmpfiles: 0 });
  });

  it('leaves out parts of another kind', () => {
    const other = `--${B}\r\nContent-Disposition: inline; name="x"\r\n\r\nv\r\n--${B}\r\n\r\nno headers\r\n`;
    expect(report(other + field('a', '1') + end)).toEqual({ post: { a: '1' }, files: null, tmpfiles: 0 });
  });
});

describe('temporary files', () => {
  it('are for their owner only', () => {
    const { tmpfiles } = form(file('f', 'x', 'secret') + end);
    expect(statSync(tmpfiles[0]!).mode & 0o777).toBe(0o600);
    expect(basename(tmpfiles[0]!)).toMatch(/^swoole\.upfile\.[0-9A-Za-z]{6}$/);
    removeUploads(tmpfiles);
    expect(existsSync(tmpfiles[0]!)).toBe(false);
  });

  it('are reported as error 6 when there is no directory for them', () => {
    const body = Buffer.from(file('f', 'x', 'data') + end);
    const result = parseMultipart(body, B, { uploadDir: join(uploadDir, 'missing') });
    expect(result).toMatchObject({
      files: { f: { type: 'text/plain', tmp_name: '', size: 0, name: 'x', error: 6 } },
      tmpfiles: [],
    });
  });

  it.skipIf(process.getuid?.() === 0)('are reported as error 6 when the directory is closed to us', () => {
    chmodSync(uploadDir, 0o500);
    const { files } = form(file('f', 'x', 'data') + end);
    chmodSync(uploadDir, 0o700);
    expect(files?.f).toMatchObject({ error: 6, tmp_name: '' });
  });
});

it('takes any bytes through unchanged', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), (contents) => {
      const head = (i: number) =>
        Buffer.from(`--${B}\r\nContent-Disposition: form-data; name="f[]"; filename="${i}"\r\n\r\n`);
      const body = Buffer.concat([
        ...contents.flatMap((content, i) => [head(i), content, Buffer.from('\r\n')]),
        Buffer.from(end),
      ]);
      const { tmpfiles } = form(body);
      expect(tmpfiles.map((path) => new Uint8Array(readFileSync(path)))).toEqual(
        contents.map((content) => new Uint8Array(content)),
      );
      removeUploads(tmpfiles);
    }),
    { numRuns: 100 },
  );
});

it('takes pieces of boundaries in the data through unchanged', () => {
  const piece = fc.constantFrom(
    '\r',
    '\n',
    '\r\n',
    '--',
    `--${B.slice(0, 5)}`,
    `\r\n--${B.slice(0, 9)}`,
    B,
    'x',
    '-',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      (value) => {
        fc.pre(!`${value}\r\n`.includes(`\r\n--${B}`));
        expect(form(field('v', value) + end).post).toEqual({ v: value });
      },
    ),
  );
});
