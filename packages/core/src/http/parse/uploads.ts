import { randomInt } from 'node:crypto';
import { chmodSync, closeSync, copyFileSync, openSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { warn } from '../../errors/warnings.js';

const UPLOAD_ERR_OK = 0;
const UPLOAD_ERR_NO_TMP_DIR = 6;
const UPLOAD_ERR_CANT_WRITE = 7;

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const NAME_LENGTH = 6;
const ATTEMPTS = 100;

/** The temporary files of requests in progress, in this thread. */
const uploads = new Set<string>();

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function tryUnlink(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // gone already, or not ours to remove any more
  }
}

/** Six letters that nobody can foresee, as mkstemp makes them. */
function randomName(): string {
  let number = randomInt(LETTERS.length ** NAME_LENGTH);
  let name = '';
  for (let i = 0; i < NAME_LENGTH; i++) {
    name += LETTERS[number % LETTERS.length]!;
    number = Math.floor(number / LETTERS.length);
  }
  return name;
}

/** Opens a new file for its owner only; null when the directory takes none. */
function createTemporary(dir: string): { fd: number; path: string } | null {
  for (let i = 0; i < ATTEMPTS; i++) {
    const path = join(dir, `swoole.upfile.${randomName()}`);
    try {
      // x is O_EXCL: neither a file nor a link that waits under this name is followed.
      return { fd: openSync(path, 'wx', 0o600), path };
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') return null;
    }
  }
  return null;
}

/**
 * @internal Writes an upload to a new temporary file and registers it.
 * @returns the path, or PHP's UPLOAD_ERR_* number and an empty path
 */
export function saveUpload(dir: string, data: Uint8Array): { path: string; error: number } {
  const file = createTemporary(dir);
  if (!file) return { path: '', error: UPLOAD_ERR_NO_TMP_DIR };
  try {
    writeFileSync(file.fd, data);
  } catch {
    tryUnlink(file.path);
    return { path: '', error: UPLOAD_ERR_CANT_WRITE };
  } finally {
    closeSync(file.fd);
  }
  uploads.add(file.path);
  return { path: file.path, error: UPLOAD_ERR_OK };
}

/**
 * Deletes the temporary files of a request that are still in their place, when it is over. Paths that are no uploads
 * are left alone.
 */
export function removeUploads(files: readonly string[]): void {
  for (const file of files) {
    if (uploads.delete(file)) tryUnlink(file);
  }
}

/** Whether the path is the temporary file of an upload whose request is still in progress. */
export function is_uploaded_file(path: string): boolean {
  return uploads.has(path);
}

/**
 * Moves an uploaded file to where it shall stay.
 * @param from an entry's `tmp_name`; nothing but an upload is moved
 * @param to replaces a file of that name
 * @returns false when `from` is no upload (any more) or the file cannot be moved
 */
export function move_uploaded_file(from: string, to: string): boolean {
  if (!uploads.has(from)) return false;
  try {
    rename(from, to);
  } catch {
    warn(`move_uploaded_file(): Unable to move "${from}" to "${to}"`);
    return false;
  }
  uploads.delete(from);
  try {
    chmodSync(to, 0o666 & ~process.umask());
  } catch {
    // the file is in its place, only its mode stays the owner's
  }
  return true;
}

/** Renames, also from one file system to another. */
function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (errorCode(error) !== 'EXDEV') throw error;
    copyFileSync(from, to);
    tryUnlink(from);
  }
}
