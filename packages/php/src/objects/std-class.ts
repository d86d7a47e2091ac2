/** PHP's object without a class: what `(object) [...]` and `json_decode` make. */
export class stdClass {
  static readonly phpName = 'stdClass';
  [property: string]: unknown;
}
