let cached = 0;
/** Changes when the time that now() gives does: whoever has asked in this turn need not ask again. */
export let turn = 0;
function forget(): void {
  cached = 0;
  turn = (turn + 1) | 0;
}

/** Milliseconds since the epoch, read once per turn of the event loop: messages of one turn have arrived together. */
export function now(): number {
  if (cached === 0) {
    cached = Date.now();
    setImmediate(forget);
  }
  return cached;
}
