import type { ClassInfo, FunctionInfo } from './program-model.js';
import type { Symbols } from './symbols.js';
import * as types from './type.js';

/** Gives methods that override each other one name in TypeScript, and one that none of their properties has. */
export function nameMembers(symbols: Symbols): void {
  const related = relatives(symbols);
  const seen = new Set<FunctionInfo>();
  for (const info of symbols.classes.values()) {
    nameProperties(info);
    for (const method of info.methods.values()) {
      if (seen.has(method)) continue;
      const family = familyOf(method);
      for (const each of family) seen.add(each);
      const classes = new Set([...family].flatMap(({ owner }) => [...((owner && related.get(owner)) ?? [])]));
      const name = freeName(spelling(symbols, family), isStatic(method), classes);
      for (const each of family) each.jsName = name;
    }
  }
}

/** A constant and a static property may have one name in PHP, and `constructor` is none that JavaScript leaves free. */
function nameProperties(info: ClassInfo): void {
  for (const property of info.properties.values()) {
    if ((property.isStatic && info.constants.has(property.name)) || property.name === 'constructor')
      property.jsName = `${property.name}_`;
  }
}

/** Each class with those above and below it. */
function relatives(symbols: Symbols): Map<ClassInfo, Set<ClassInfo>> {
  const all = new Map<ClassInfo, Set<ClassInfo>>();
  for (const info of symbols.classes.values()) all.set(info, new Set([info]));
  for (const info of symbols.classes.values()) {
    for (const base of symbols.ancestors(info)) {
      all.get(info)?.add(base);
      all.get(base)?.add(info);
    }
  }
  return all;
}

/** The methods that a method overrides, those that override it, and all that are tied to it by these. */
function familyOf(method: FunctionInfo): Set<FunctionInfo> {
  const family = new Set([method]);
  for (const each of family) for (const other of each.kin) family.add(other);
  return family;
}

/** PHP takes names of methods in any letter case: the uppermost class says how it is written. */
function spelling(symbols: Symbols, family: ReadonlySet<FunctionInfo>): string {
  const [first, ...rest] = family;
  const name = first?.name ?? '';
  if (rest.every((each) => each.name === name)) return MAGIC.get(name.toLowerCase()) ?? name;
  const owners = new Set([...family].map(({ owner }) => owner));
  const top = [...family].find(
    ({ owner }) => owner && ![...symbols.ancestors(owner)].some((base) => owners.has(base)),
  );
  return top?.name ?? name;
}

const isStatic = ({ node }: FunctionInfo): boolean => node?.kind === 'method' && node.isStatic;

/** The name, or another one where a property has it: JavaScript keeps both in one place. */
function freeName(name: string, ofClass: boolean, classes: ReadonlySet<ClassInfo>): string {
  const isProperty = (candidate: string): boolean =>
    [...classes].some(({ properties, constants }) => {
      const property = properties.get(candidate);
      const isDeclared = property && (property.node !== null || property.type !== types.NOTHING);
      return (isDeclared && property.isStatic === ofClass) || (ofClass && constants.has(candidate));
    });
  if (!isProperty(name) && name !== 'constructor') return name;
  const isFree = (candidate: string): boolean =>
    !isProperty(candidate) && ![...classes].some(({ methods }) => methods.has(candidate.toLowerCase()));
  let other = `get${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;
  if (!isFree(other) || name === 'constructor') other = `${name}_`;
  while (!isFree(other)) other += '_';
  return other;
}

/** What JavaScript or swoole-ts-php calls is written as they write it. */
const MAGIC = new Map(
  ['__toString', '__invoke', '__call', '__get', '__set', '__destruct'].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);
