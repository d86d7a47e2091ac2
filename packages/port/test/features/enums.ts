// Enums: cases, values, methods, constants, from() and tryFrom().
import {
  ValueError,
  caught,
  count,
  echo,
  get_class,
  strtolower,
  unhandledMatch,
  values,
  var_dump,
} from 'swoole-ts-php';

class Status {
  static readonly Open = new Status('Open', 'open');
  static readonly Closed = new Status('Closed', 'closed');

  private constructor(
    readonly name: string,
    readonly value: string,
  ) {}

  /** All cases, in order. */
  static cases(): Status[] {
    return [Status.Open, Status.Closed];
  }

  /** The case of this value; throws when there is none. */
  static from(value: string): Status {
    const found = Status.tryFrom(value);
    if (!found) throw new ValueError(`${JSON.stringify(value)} is not a valid backing value for enum Status`);
    return found;
  }

  /** The case of this value, null when there is none. */
  static tryFrom(value: string): Status | null {
    return Status.cases().find((one) => one.value === value) ?? null;
  }

  static readonly STANDARD = this.Open;

  static parse(text: string): Status {
    return Status.tryFrom(strtolower(text)) ?? Status.STANDARD;
  }

  label(): string {
    return this === Status.Open
      ? 'still open'
      : this === Status.Closed
        ? 'closed for good'
        : unhandledMatch(this);
  }

  isOpen(): boolean {
    return this === Status.Open;
  }
}

class Suit {
  static readonly Hearts = new Suit('Hearts');
  static readonly Spades = new Suit('Spades');

  private constructor(readonly name: string) {}

  /** All cases, in order. */
  static cases(): Suit[] {
    return [Suit.Hearts, Suit.Spades];
  }
}

echo(
  Status.from('closed').label(),
  ' ',
  Status.parse('OPEN').name,
  ' ',
  Status.parse('nonsense').value,
  '\n',
);
var_dump(Status.tryFrom('none'), Status.Open.isOpen());
for (const suit of values(Suit.cases())) {
  echo(suit.name, '\n');
}
try {
  Status.from('lost');
} catch (error) {
  if (!(error instanceof ValueError)) throw error;
  const e = caught(error);
  echo(get_class(e), '\n');
}
echo(count(Status.cases()), ' ', Status.Open === Status.parse('open') ? 'same' : 'other', '\n');
