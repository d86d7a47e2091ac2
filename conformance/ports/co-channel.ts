// Channel: capacity, order, waiting producers and consumers, timeouts with errCode, close(), what is left after it, null and false
// as values, the lengths and stats.
import { Coroutine, SWOOLE_CHANNEL_CLOSED } from 'swoole-ts';
import { echo, jsonEncode, printf, sprintf } from '../lib/php.ts';

const { Channel, go, run } = Coroutine;

function state(channel: Coroutine.Channel): string {
  const stats = channel.stats();
  return sprintf(
    'length %d empty %s full %s errCode %d consumers %d producers %d queue %d',
    channel.length(),
    jsonEncode(channel.isEmpty()),
    jsonEncode(channel.isFull()),
    channel.errCode,
    stats.consumer_num,
    stats.producer_num,
    stats.queue_num,
  );
}

await run(async () => {
  let channel = new Channel(2);
  printf('capacity %d, %s\n', channel.capacity, state(channel));
  printf(
    'push %s %s, third with timeout %s, errCode %d\n',
    jsonEncode(await channel.push('a')),
    jsonEncode(await channel.push({ b: 1 })),
    jsonEncode(await channel.push('c', 0.02)),
    channel.errCode,
  );
  echo(state(channel), '\n');
  printf(
    'pop %s %s, third with timeout %s, errCode %d\n',
    jsonEncode(await channel.pop()),
    jsonEncode(await channel.pop()),
    jsonEncode(await channel.pop(0.02)),
    channel.errCode,
  );
  for (const value of [null, false, 0, '', []]) {
    await channel.push(value);
    printf('value %s errCode %d\n', jsonEncode(await channel.pop(0.01)), channel.errCode);
  }

  // a producer faster than the consumer waits for room
  const jobs = new Channel(1);
  go(async () => {
    for (let i = 1; i <= 4; i++) {
      echo(`push ${i}\n`);
      await jobs.push(i);
    }
    echo('producer done, closes\n');
    await jobs.close();
  });
  echo(state(jobs), '\n');
  go(async () => {
    for (let job = await jobs.pop(); job !== false; job = await jobs.pop()) {
      echo(`work on ${job}\n`);
      await Coroutine.sleep(0.005);
    }
    printf('consumer done, errCode is CLOSED %s\n', jsonEncode(jobs.errCode === SWOOLE_CHANNEL_CLOSED));
  });
  await Coroutine.sleep(0.06);
  printf(
    'push after close %s errCode %d, pop %s errCode %d, close again %s\n',
    jsonEncode(await jobs.push(1)),
    jobs.errCode,
    jsonEncode(await jobs.pop()),
    jobs.errCode,
    jsonEncode(await jobs.close()),
  );

  // several consumers: the first that waited gets the first value
  channel = new Channel();
  for (const name of ['one', 'two', 'three']) {
    go(async () => {
      const value = await channel.pop(0.1);
      printf('%s got %s\n', name, jsonEncode(value));
    });
  }
  echo(state(channel), '\n');
  await channel.push('x');
  await channel.push('y');
  echo('pushed two\n');
  await Coroutine.sleep(0.12);

  // close wakes everybody; values that were in the channel stay readable
  const left = new Channel(3);
  await left.push('still');
  await left.push('here');
  await left.close();
  printf(
    'after close: %s %s %s errCode %d\n',
    jsonEncode(await left.pop()),
    jsonEncode(await left.pop()),
    jsonEncode(await left.pop()),
    left.errCode,
  );
  const full = new Channel(1);
  await full.push('in');
  go(async () => {
    printf('waiting push: %s errCode %d\n', jsonEncode(await full.push('out')), full.errCode);
  });
  await full.close();
  printf('capacity of Channel(0) %d, of Channel(-3) %d\n', new Channel(0).capacity, new Channel(-3).capacity);
});
