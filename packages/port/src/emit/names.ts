import path from 'node:path/posix';

const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally ' +
    'for function if implements import in instanceof interface let new null package private protected public return static super ' +
    'switch this throw true try typeof undefined var void while with yield Swoole php Buffer Map Set Object Array Math Number String ' +
    'Boolean JSON Promise Error process async'
  ).split(' '),
);

/** A PHP name as one that TypeScript allows. */
export function safeName(name: string): string {
  const plain = name.replace(/[^\w$]/g, '_');
  return RESERVED.has(plain) || /^\d/.test(plain) ? `${plain}_` : plain;
}

/** Whether a key can be written without quotes. */
export const isPlainKey = (key: string): boolean => /^[A-Za-z_$][\w$]*$/.test(key);

/** `.key` or `['key']`. */
export function memberAccess(key: string): string {
  return isPlainKey(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** The key of an object literal. */
export const literalKeyText = (key: string): string =>
  isPlainKey(key) && key !== '__proto__' ? key : key === '__proto__' ? '["__proto__"]' : JSON.stringify(key);

/** What the default export of a file is called: `chat-room.ts` gives `chatRoom`. */
export function moduleName(target: string): string {
  return path
    .basename(target, '.ts')
    .replace(/\W+(\w)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase());
}
