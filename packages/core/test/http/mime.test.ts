import { describe, expect, it } from 'vitest';
import { hasMimeType, mimeType } from '../../src/http/mime.js';
import { mimeTypes } from '../../src/http/mime-types.js';

describe('the media type of a file', () => {
  it.each([
    ['style.css', 'text/css'],
    ['app.js', 'application/javascript'],
    ['data.json', 'application/json'],
    ['a.b.PHOTO.JPG', 'image/jpeg'],
    ['/srv/site/index.html', 'text/html'],
    ['letters.txt', 'text/plain'],
  ])('%s is %s', (name, type) => {
    expect(mimeType(name)).toBe(type);
    expect(hasMimeType(name)).toBe(true);
  });

  it.each(['readme', 'odd.zzz', 'page.php', '.hidden', '', 'x.', '.env', 'dump.sql'])(
    '%j is unknown',
    (name) => {
      expect(mimeType(name)).toBe('application/octet-stream');
      expect(hasMimeType(name)).toBe(false);
    },
  );

  it('is one for each extension', () => {
    const extensions = mimeTypes.flatMap(([, list]) => list.split(' '));
    expect(new Set(extensions).size).toBe(extensions.length);
  });
});
