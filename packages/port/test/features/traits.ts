// Traits: members put into classes, renamed and chosen ones, static members of a trait.
import { echo, strtoupper } from 'swoole-ts-php';

class Host {
  private count = 0;

  getCount(): number {
    return ++this.count;
  }

  static make(): Host {
    return new Host();
  }
  protected greeting = 'hello';

  greet(who: string): string {
    return `${this.greeting} ${who} from ${this.name()}`;
  }

  shout(who: string): string {
    return strtoupper(who);
  }

  name(): string {
    return 'the host';
  }
}

const host = Host.make();
echo(host.greet('Ann'), '\n', host.shout('Bob'), '\n');
echo(host.getCount(), host.getCount(), '\n');
