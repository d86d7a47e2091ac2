import type { Finding } from '../types.js';
import type { Report, UsedApi } from './report.js';

/** `1 place`, `3 places`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** The whole report in one sentence. */
export function inShort({ total }: Report): string {
  const needs =
    total.person === 0
      ? 'nothing needs a person'
      : `${counted(total.person, 'place needs', 'places need')} a person, on ${counted(total.personLines, 'line')}`;
  const broken = total.syntax === 0 ? '' : `, ${counted(total.syntax, 'syntax error')}`;
  return `${total.ported} of ${counted(total.files, 'file')} ported (${counted(total.lines, 'line')} of PHP): ${needs}${broken}, ${counted(total.notes, 'note')}.`;
}

export const KINDS: Readonly<Record<Finding['kind'], string>> = {
  person: 'needs a person',
  syntax: 'syntax error',
  note: 'note',
};

/** The order in which kinds of findings are told. */
export const KIND_ORDER: readonly Finding['kind'][] = ['syntax', 'person', 'note'];

/** The names of Swoole that do not simply work. */
export const doubtful = (uses: readonly UsedApi[]): UsedApi[] =>
  uses.filter(({ verdict }) => verdict !== 'works');

export const VERDICTS: Readonly<Record<UsedApi['verdict'], string>> = {
  works: 'works',
  differs: 'differs',
  none: 'is not here',
  unknown: 'is unknown',
};
