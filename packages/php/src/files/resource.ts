let last = 3;

/** PHP's resource: a handle with a number. */
export class Resource {
  static readonly phpName: string = 'resource';
  readonly id: number;
  readonly type: string;
  closed = false;

  constructor(type: string, id = ++last) {
    this.type = type;
    this.id = id;
  }

  __toString(): string {
    return `Resource id #${this.id}`;
  }
}
