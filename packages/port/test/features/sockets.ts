import {
  STREAM_PF_UNIX,
  STREAM_SOCK_STREAM,
  Socket,
  echo,
  fclose,
  feof,
  fgets_async,
  fread_async,
  fwrite,
  gettype,
  rtrim,
  stream_get_contents_async,
  stream_socket_pair,
  toStr,
} from 'swoole-ts-php';

// A pair of sockets: what is read of one has to come first, wherever it is read.
class Wire {
  private ends!: Socket[];

  async __construct(): Promise<this> {
    this.ends = await stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
    return this;
  }

  say(text: string): void {
    fwrite(this.ends[0], text);
  }

  async hear(): Promise<string> {
    return rtrim(toStr(await fgets_async(this.ends[1])));
  }

  close(): void {
    for (const end of this.ends) {
      fclose(end);
    }
  }
}

const wire = await new Wire().__construct();
wire.say('one\ntwo\n');
echo(await wire.hear(), ' ', await wire.hear(), '\n');
wire.close();

const [left, right] = await stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
fwrite(left, 'some bytes');
echo(await fread_async(right, 4), ', ', gettype(right), '\n');
fclose(left);
echo(await stream_get_contents_async(right), ' ', feof(right) ? 'end' : 'more', '\n');
fclose(right);
