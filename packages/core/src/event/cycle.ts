let immediate: NodeJS.Immediate | null = null;

/** Sets what is called in each turn of the event loop. @returns false when there is nobody to call, and was nobody */
export function setCycle(callback: (() => void) | null): boolean {
  const before = immediate;
  if (before !== null) clearImmediate(before);
  immediate = null;
  if (callback === null) return before !== null;
  // Without a reference it is called when the loop comes round, and neither keeps the loop going nor hurries it.
  const next = (): void => {
    immediate = setImmediate(again).unref();
  };
  const again = (): void => {
    next();
    callback();
  };
  next();
  return true;
}
