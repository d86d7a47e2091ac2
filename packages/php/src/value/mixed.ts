/** PHP's `mixed`: a value whose type the program knows and the compiler does not. Where nothing better is said, results have it. */
// biome-ignore lint/suspicious/noExplicitAny: ported programs go on with such a value as PHP does, without a check
export type Mixed = any;
