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

/** A trait that is used by its own name, and one that a class uses, too. */
class Logger {
  private static lines = 0;

  static info(what: string): void {
    echo(++Logger.lines, ` INFO ${what}\n`);
  }
}

Logger.info('first');
Logger.info('second');

class Service {
  private static lines = 0;

  static info(what: string): void {
    echo(++Service.lines, ` INFO ${what}\n`);
  }

  quiet(): string {
    return this.name();
  }

  name(): string {
    Service.info('from the service');
    return 'service';
  }
}

class LoudService extends Service {
  override quiet(): string {
    return strtoupper(super.quiet());
  }
}

echo(new LoudService().quiet(), '\n');
