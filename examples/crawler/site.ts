// The site that is crawled: numbered pages with links to each other, and some to pages that are not there.

export const PAGES = 60;

/** What is at a path, and how long it takes; null where there is nothing. */
export function page_at(path: string): { html: string; seconds: number } | null {
  const found = /^\/site\/([1-9][0-9]{0,2})$/.exec(path);
  if (found === null) {
    return null;
  }
  const number = Number(found[1]);
  if (number > PAGES) {
    return null;
  }
  let html = `<h1>Page ${number}</h1>`;
  for (const link of linked_from(number)) {
    html += `<a href="${link}">${link}</a>`;
  }
  return { html: html, seconds: 0.005 * (1 + (number % 3)) };
}

/** Each page links to the next one, to two further ones, to another site, and every tenth to a page that was taken away. */
export function linked_from(number: number): string[] {
  const links = ['https://example.com/'];
  for (const next of [number + 1, number * 2, number * 2 + 1]) {
    if (next <= PAGES) {
      links.push(`/site/${next}`);
    }
  }
  if (number % 10 === 0) {
    links.push(`/site/gone-${number}`);
  }
  return links;
}
