// Event::add() on stream sockets: readable and writable callbacks, set() to change them, isset(), write(), del(), and a loop that ends
// when nothing is watched.
import { Event, SWOOLE_EVENT_READ, SWOOLE_EVENT_WRITE, Timer } from 'swoole-ts';
import { echo, jsonEncode, printf, strlen } from '../lib/php.ts';
import { fclose, fread, fwrite, streamSocketPair } from '../lib/streams.ts';

const [left, right] = await streamSocketPair();

let heard = '';
printf(
  'add is a number %s\n',
  jsonEncode(
    Number.isInteger(
      Event.add(left, (socket) => {
        const data = fread(socket, 8192);
        if (data === '') {
          echo('left: the other side is closed\n');
          printf('del %s\n', jsonEncode(Event.del(socket)));
          fclose(socket);
          return;
        }
        heard += data;
        echo('left heard ', strlen(data) > 20 ? (strlen(data) > 1000 ? 'a lot' : 'more') : data, '\n');
      }),
    ),
  ),
);
printf(
  'isset read %s, write %s\n',
  jsonEncode(Event.isset(left, SWOOLE_EVENT_READ)),
  jsonEncode(Event.isset(left, SWOOLE_EVENT_WRITE)),
);

let writable = 0;
Event.add(
  right,
  null,
  (socket) => {
    writable++;
    fwrite(socket, 'first');
    Event.del(socket);
    echo('right was writable\n');
  },
  SWOOLE_EVENT_WRITE,
);

Timer.after(30, () => {
  Event.add(right, (socket) => {
    echo('right heard ', fread(socket, 100), '\n');
  });
  printf('write %s\n', jsonEncode(Event.write(left, 'from the left')));
});
Timer.after(60, () => {
  printf(
    'set %s\n',
    jsonEncode(
      Event.set(right, (socket) => {
        echo('right heard with another callback ', fread(socket, 100), '\n');
      }),
    ),
  );
});
Timer.after(80, () => Event.write(left, 'again'));
Timer.after(110, () => {
  printf('writable once %s\n', jsonEncode(writable === 1));
  Event.del(right);
  fclose(right);
});
await Event.wait();
printf('heard %s\n', heard);
