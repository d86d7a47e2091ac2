import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { docs, nameOf, pages, read, sitePages, withoutCode } from './pages.ts';

/** The anchors of a page, as VitePress and GitHub make them of headings. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of text
    .replaceAll(/^(`{3,}).*\n[\s\S]*?^\1.*$/gm, '')
    .matchAll(/^#{1,6} (.+)$/gm)) {
    const own = /\{#([\w-]+)\}\s*$/.exec(heading);
    if (own?.[1]) anchors.add(own[1]);
    else
      anchors.add(
        heading
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
          .trim()
          .replaceAll(/\s+/g, '-'),
      );
  }
  return anchors;
}

const linksOf = (text: string): string[] =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

/** The file that a link leads to: a page of the site may be named with or without its ending. */
function fileOf(page: string, target: string): string | undefined {
  const [place = ''] = target.split('#');
  if (place === '') return page;
  const base = place.startsWith('/') ? path.join(docs, place) : path.join(path.dirname(page), place);
  return (
    [base, `${base}.md`, path.join(base, 'index.md')].find(
      (file) => existsSync(file) && statSync(file).isFile(),
    ) ?? (existsSync(base) ? base : undefined)
  );
}

describe.each(pages.map((page) => [nameOf(page), page]))('%s', (_name, page) => {
  const text = read(page);

  it('has only links that lead somewhere', () => {
    const broken = linksOf(text).filter((target) => {
      const file = fileOf(page, target);
      if (file === undefined) return true;
      const anchor = target.split('#')[1];
      return anchor !== undefined && file.endsWith('.md') && !anchorsOf(read(file)).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('includes only code that is there', () => {
    const missing = [...text.matchAll(/^<<< (\S+)/gm)]
      .map(([, target = '']) => target)
      .filter((target) => {
        const [place = '', region] = target.replace(/\{.*$/, '').split('#');
        const file = place.startsWith('@/')
          ? path.join(docs, place.slice(2))
          : path.join(path.dirname(page), place);
        if (!existsSync(file)) return true;
        return region !== undefined && !new RegExp(`#region ${region}\\s`).test(read(file));
      });
    expect(missing).toEqual([]);
  });
});

describe('the sidebar', () => {
  const config = read(path.join(docs, '.vitepress/config.mts'));
  const linked = [...config.matchAll(/link: '(\/[^']*)'/g)].map(([, link = '']) => link);

  it('leads to pages', () => {
    expect(linked.filter((link) => fileOf(path.join(docs, 'index.md'), link) === undefined)).toEqual([]);
  });

  it('names every page but the first', () => {
    const named = new Set(linked.map((link) => fileOf(path.join(docs, 'index.md'), link)));
    const left = sitePages.filter((page) => !named.has(page)).map(nameOf);
    expect(left).toEqual(['docs/index.md']);
  });
});
