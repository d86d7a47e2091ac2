import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { setWarningHandler } from '../../../src/errors/warnings.js';
import {
  is_uploaded_file,
  move_uploaded_file,
  removeUploads,
  saveUpload,
} from '../../../src/http/parse/uploads.js';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'uploads-'));
});
afterEach(() => {
  setWarningHandler(null);
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

it('moves an upload once', () => {
  const { path, error } = saveUpload(dir, Buffer.from('move me'));
  expect(error).toBe(0);
  const to = join(dir, 'kept');
  expect(move_uploaded_file(path, to)).toBe(true);
  expect(readFileSync(to, 'utf8')).toBe('move me');
  expect(existsSync(path)).toBe(false);
  expect(is_uploaded_file(path)).toBe(false);
  expect(move_uploaded_file(path, to)).toBe(false);
});

it('gives a moved file the mode that any new file gets', () => {
  const { path } = saveUpload(dir, Buffer.from('x'));
  const to = join(dir, 'mode');
  move_uploaded_file(path, to);
  expect(statSync(to).mode & 0o777).toBe(0o666 & ~process.umask());
});

const shared = '/dev/shm';
const otherSystem = existsSync(shared) && statSync(shared).dev !== statSync(tmpdir()).dev;
it.skipIf(!otherSystem)('moves an upload to another file system', () => {
  const there = mkdtempSync(join(shared, 'uploads-'));
  const { path } = saveUpload(dir, Buffer.from('far'));
  expect(move_uploaded_file(path, join(there, 'kept'))).toBe(true);
  expect(readFileSync(join(there, 'kept'), 'utf8')).toBe('far');
  expect(existsSync(path)).toBe(false);
  rmSync(there, { recursive: true });
});

it('moves nothing that is no upload', () => {
  const path = join(dir, 'private');
  writeFileSync(path, 'secret');
  expect(is_uploaded_file(path)).toBe(false);
  expect(move_uploaded_file(path, join(dir, 'stolen'))).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('secret');
});

it('warns and keeps the upload when it cannot be moved', () => {
  const warnings: string[] = [];
  setWarningHandler((_level, message) => warnings.push(message));
  const { path } = saveUpload(dir, Buffer.from('x'));
  const to = join(dir, 'no', 'such', 'place');
  expect(move_uploaded_file(path, to)).toBe(false);
  expect(warnings).toEqual([`move_uploaded_file(): Unable to move "${path}" to "${to}"`]);
  expect(is_uploaded_file(path)).toBe(true);
  removeUploads([path]);
});

it('removes what is left, and only uploads', () => {
  const other = join(dir, 'other');
  writeFileSync(other, 'not an upload');
  const { path } = saveUpload(dir, Buffer.from('x'));
  removeUploads([path, other, join(dir, 'missing')]);
  expect(existsSync(path)).toBe(false);
  expect(existsSync(other)).toBe(true);
  expect(is_uploaded_file(path)).toBe(false);
  removeUploads([path]);
});
