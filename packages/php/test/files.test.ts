import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { IncludedFiles, PhpError, set_error_handler } from '../src/index.js';

describe('IncludedFiles', () => {
  const files = new IncludedFiles('/app/src', {
    '../views/hello.php': ({ name }) => `hello ${name}`,
    'config.php': () => ({ port: 9501 }),
  });

  it('runs the file that a path means, with what it sees there', () => {
    expect(files.include('/app/src/../views/hello.php', { name: 'Ann' })).toBe('hello Ann');
    expect(files.require(path.join('/app/src', 'config.php'))).toEqual({ port: 9501 });
    expect(files.has('/app/views/hello.php')).toBe(true);
  });

  it('warns of a file that is not there, or throws where it is required', () => {
    const warnings: string[] = [];
    set_error_handler((_number: number, text: string) => {
      warnings.push(text);
      return true;
    });
    try {
      expect(files.include('/app/src/none.php')).toBe(false);
    } finally {
      set_error_handler(null);
    }
    expect(warnings[0]).toBe('include(/app/src/none.php): Failed to open stream: No such file or directory');
    expect(files.has('/app/src/none.php')).toBe(false);
    expect(() => files.require('/app/src/none.php')).toThrow(PhpError);
  });
});
