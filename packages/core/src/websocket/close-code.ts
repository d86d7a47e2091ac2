/** RFC 6455 section 7.4: the codes that a close frame may carry. */
export function isWireCloseCode(code: number): boolean {
  return (
    (code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006) ||
    (code >= 3000 && code <= 4999)
  );
}

/** The code to send for what a program asked for: 0, which is a close frame without a code, for those that must not be sent. */
export function wireCloseCode(code: number): number {
  return isWireCloseCode(code) ? code : 0;
}
