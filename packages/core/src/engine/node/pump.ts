/** Where a body goes. */
export interface Outlet {
  readonly open: boolean;
  /** @returns false when the peer is slow */
  push(piece: Uint8Array): boolean;
  /** Resolves when the peer has read what was sent, or is gone. */
  writable(): Promise<void>;
}

/** Sends `length` bytes of a body, no faster than the peer reads. Rejects when the body is shorter or the peer goes away. */
export async function pump(length: number, body: AsyncIterable<Uint8Array>, outlet: Outlet): Promise<void> {
  let sent = 0;
  for await (const piece of body) {
    if (!outlet.open) throw gone();
    const rest = piece.length > length - sent ? piece.subarray(0, length - sent) : piece;
    sent += rest.length;
    const room = outlet.push(rest);
    if (sent === length) return;
    if (!room) await outlet.writable();
  }
  if (!outlet.open) throw gone();
  throw new Error(`the body ended after ${sent} of ${length} bytes`);
}

function gone(): Error {
  return new Error('the peer closed the connection before the whole body was sent');
}
