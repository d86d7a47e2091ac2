// What a PHP file says of other files, as far as its text tells without running it.

/** The folder of the file itself, in front of a path. */
const HERE = String.raw`(?:__DIR__|dirname\s*\(\s*__FILE__\s*\))`;
const INCLUDE = new RegExp(
  String.raw`\b(?:require|include)(?:_once)?\b\s*\(?\s*(?:${HERE}\s*\.\s*)?(['"])([^'"$\n]+)\1`,
  'g',
);
const PATH = new RegExp(String.raw`${HERE}\s*\.\s*(['"])([^'"$\n]+)\1`, 'g');

const all = (pattern: RegExp, text: string): string[] =>
  Array.from(text.matchAll(pattern), ([, , path = '']) => path.replace(/^\//, ''));

/** The paths that a file includes, relative to its folder. */
export const includesOf = (text: string): string[] => all(INCLUDE, text);

/** The paths that a file gives relative to its folder: pages, certificates, what it includes. */
export const pathsOf = (text: string): string[] => all(PATH, text);
