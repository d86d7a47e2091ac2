let cached = 0;
function forget(): void {
  cached = 0;
}

/** Milliseconds since the epoch, read once per turn of the event loop: messages of one turn have arrived together. */
export function now(): number {
  if (cached === 0) {
    cached = Date.now();
    setImmediate(forget);
  }
  return cached;
}
