import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Peer } from './peer.js';
import { commandOf, examples, Program } from './program.js';

let program: Program;
beforeAll(async () => {
  program = await Program.start(commandOf('chat/server'));
});
afterAll(async () => {
  expect(await program.stop()).toBe('code 0');
});

const peers: Peer[] = [];
afterEach(async () => {
  for (const peer of peers) peer.close();
  await Promise.all(peers.splice(0).map((peer) => peer.closed()));
});

async function connect(port = program.port): Promise<Peer> {
  const peer = await Peer.open(port);
  peers.push(peer);
  expect(await peer.json()).toEqual({
    type: 'welcome',
    limits: { room: 30, nickname: 20, text: 500, history: 50 },
  });
  return peer;
}

let rooms = 0;
/** A room of its own for a test. */
const newRoom = () => `room ${++rooms}`;

async function join(room: string, nickname: string, others: string[] = []): Promise<Peer> {
  const peer = await connect();
  peer.say({ type: 'join', room, nickname });
  expect(await peer.json()).toMatchObject({ type: 'joined', room, nickname });
  expect(await peer.json()).toEqual({ type: 'here', room, nicknames: [...others, nickname] });
  return peer;
}

/** Two people in one room, who have heard of each other. */
async function pair(room = newRoom()): Promise<{ room: string; ada: Peer; bob: Peer }> {
  const ada = await join(room, 'ada');
  const bob = await join(room, 'bob', ['ada']);
  expect(await ada.json()).toEqual({ type: 'notice', event: 'joined', nickname: 'bob' });
  expect(await ada.json()).toEqual({ type: 'here', room, nicknames: ['ada', 'bob'] });
  return { room, ada, bob };
}

const said = (nickname: string, text: string) => ({ type: 'said', nickname, text, time: expect.any(Number) });

describe('join', () => {
  it('answers with the room, the name and an empty history, and tells who is here', async () => {
    const peer = await connect();
    peer.say({ type: 'join', room: 'first', nickname: 'ada' });
    expect(await peer.json()).toEqual({ type: 'joined', room: 'first', nickname: 'ada', history: [] });
    expect(await peer.json()).toEqual({ type: 'here', room: 'first', nicknames: ['ada'] });
  });

  it('takes the spaces around names off', async () => {
    const peer = await connect();
    peer.say({ type: 'join', room: '  garden ', nickname: '\u00a0ada ' });
    expect(await peer.json()).toEqual({ type: 'joined', room: 'garden', nickname: 'ada', history: [] });
  });

  it('gives a newcomer what was said before, oldest first', async () => {
    const { room, ada, bob } = await pair();
    ada.say({ type: 'say', text: 'one' });
    await bob.json();
    bob.say({ type: 'say', text: 'two' });
    await bob.json();
    const eve = await connect();
    eve.say({ type: 'join', room, nickname: 'eve' });
    expect(await eve.json()).toMatchObject({
      type: 'joined',
      history: [said('ada', 'one'), said('bob', 'two')],
    });
  });

  it('gives no more history than the last 50 messages', async () => {
    const room = newRoom();
    const ada = await join(room, 'ada');
    for (let i = 1; i <= 53; i++) ada.say({ type: 'say', text: `message ${i}` });
    for (let i = 1; i <= 53; i++) expect(await ada.json()).toEqual(said('ada', `message ${i}`));
    const bob = await connect();
    bob.say({ type: 'join', room, nickname: 'bob' });
    const { history } = (await bob.json()) as { history: { text: string }[] };
    expect(history.map(({ text }) => text)).toEqual(Array.from({ length: 50 }, (_, i) => `message ${i + 4}`));
  });

  it('forgets a room that everybody has left', async () => {
    const room = newRoom();
    const ada = await join(room, 'ada');
    ada.say({ type: 'say', text: 'nobody will read this' });
    await ada.json();
    ada.say({ type: 'leave' });
    expect(await ada.json()).toEqual({ type: 'left', room });
    ada.say({ type: 'join', room, nickname: 'ada' });
    expect(await ada.json()).toEqual({ type: 'joined', room, nickname: 'ada', history: [] });
  });

  it('lets the same nickname be in two rooms', async () => {
    await join(newRoom(), 'ada');
    await join(newRoom(), 'ada');
  });
});

describe('say', () => {
  it('reaches everybody in the room, the speaker too, and the time is now', async () => {
    const { ada, bob } = await pair();
    const before = Date.now();
    ada.say({ type: 'say', text: ' hello, 안녕 🙂 <b> ' });
    const heard = await bob.json();
    expect(heard).toEqual(said('ada', 'hello, 안녕 🙂 <b>'));
    expect(await ada.json()).toEqual(heard);
    expect(heard.time).toBeGreaterThanOrEqual(before);
    expect(heard.time).toBeLessThanOrEqual(Date.now());
  });

  it('does not reach another room', async () => {
    const { ada, bob } = await pair();
    const eve = await join(newRoom(), 'eve');
    ada.say({ type: 'say', text: 'between us' });
    await bob.json();
    eve.say({ type: 'say', text: 'alone' });
    expect(await eve.json()).toEqual(said('eve', 'alone'));
  });

  it('takes as many characters as it promises, emoji counted as one', async () => {
    const ada = await join(newRoom(), 'ada');
    ada.say({ type: 'say', text: '🙂'.repeat(500) });
    expect(await ada.json()).toEqual(said('ada', '🙂'.repeat(500)));
  });
});

describe('nick', () => {
  it('tells everybody the new name and the old one, then who is here', async () => {
    const { room, ada, bob } = await pair();
    bob.say({ type: 'nick', nickname: 'grace' });
    for (const peer of [ada, bob]) {
      expect(await peer.json()).toEqual({ type: 'notice', event: 'renamed', nickname: 'grace', was: 'bob' });
      expect(await peer.json()).toEqual({ type: 'here', room, nicknames: ['ada', 'grace'] });
    }
    bob.say({ type: 'say', text: 'it is me' });
    expect(await ada.json()).toEqual(said('grace', 'it is me'));
  });

  it('lets one change the case of their own name', async () => {
    const ada = await join(newRoom(), 'ada');
    ada.say({ type: 'nick', nickname: 'Ada' });
    expect(await ada.json()).toEqual({ type: 'notice', event: 'renamed', nickname: 'Ada', was: 'ada' });
  });

  it('frees the old name', async () => {
    const { ada, bob } = await pair();
    ada.say({ type: 'nick', nickname: 'eve' });
    for (const peer of [ada, bob]) for (let i = 0; i < 2; i++) await peer.json();
    bob.say({ type: 'nick', nickname: 'ada' });
    expect(await bob.json()).toEqual({ type: 'notice', event: 'renamed', nickname: 'ada', was: 'bob' });
  });
});

describe('who', () => {
  it('answers the sender only, in the order in which they came', async () => {
    const { room, ada, bob } = await pair();
    ada.say({ type: 'who' });
    expect(await ada.json()).toEqual({ type: 'here', room, nicknames: ['ada', 'bob'] });
    ada.say({ type: 'say', text: 'next' });
    expect(await bob.json()).toEqual(said('ada', 'next'));
  });
});

describe('leave', () => {
  it('answers the leaver and tells the others', async () => {
    const { room, ada, bob } = await pair();
    bob.say({ type: 'leave' });
    expect(await bob.json()).toEqual({ type: 'left', room });
    expect(await ada.json()).toEqual({ type: 'notice', event: 'left', nickname: 'bob' });
    expect(await ada.json()).toEqual({ type: 'here', room, nicknames: ['ada'] });
  });

  it.each([
    ['closes the connection', (peer: Peer) => peer.close()],
    ['vanishes', (peer: Peer) => peer.vanish()],
  ])('happens by itself when somebody %s', async (_, go) => {
    const { room, ada, bob } = await pair();
    go(bob);
    expect(await ada.json()).toEqual({ type: 'notice', event: 'left', nickname: 'bob' });
    expect(await ada.json()).toEqual({ type: 'here', room, nicknames: ['ada'] });
    await join(newRoom(), 'bob');
  });
});

describe('a refusal', () => {
  const TYPES = 'The type is one of: join, say, nick, who, leave.';
  const outside: [what: string, sent: string | Buffer, code: string, message: string][] = [
    [
      'a binary frame',
      Buffer.from('{"type":"who"}'),
      'binary',
      'Send text frames: binary ones are not taken.',
    ],
    ['a message of 4097 bytes', 'x'.repeat(4097), 'too_large', 'A message has at most 4096 bytes.'],
    [
      'a message of 4098 bytes in fewer characters',
      '안'.repeat(1366),
      'too_large',
      'A message has at most 4096 bytes.',
    ],
    ['text that is not JSON', 'hello', 'not_json', 'This is not JSON.'],
    ['an empty message', '', 'not_json', 'This is not JSON.'],
    ['JSON that is cut off', '{"type":"who"', 'not_json', 'This is not JSON.'],
    ...['[]', '["who"]', '"who"', '1', 'true', 'null'].map((sent): (typeof outside)[number] => [
      `JSON that is no object: ${sent}`,
      sent,
      'not_an_object',
      'Send an object: {"type": "say", "text": "hello"}.',
    ]),
    ...[
      '{}',
      '{"type":"shout"}',
      '{"type":1}',
      '{"type":["who"]}',
      '{"type":"WHO"}',
      '{"type":"constructor"}',
    ].map((sent): (typeof outside)[number] => [`an unknown type: ${sent}`, sent, 'unknown_type', TYPES]),
    [
      'a join without a room',
      '{"type":"join","nickname":"ada"}',
      'missing_field',
      'The field "room" is missing.',
    ],
    [
      'a join without a name',
      '{"type":"join","room":"a"}',
      'missing_field',
      'The field "nickname" is missing.',
    ],
    ['a say without a text', '{"type":"say"}', 'missing_field', 'The field "text" is missing.'],
    ['a text that is null', '{"type":"say","text":null}', 'missing_field', 'The field "text" is missing.'],
    ['a nick without a name', '{"type":"nick"}', 'missing_field', 'The field "nickname" is missing.'],
    [
      'a name that is a number',
      '{"type":"nick","nickname":7}',
      'not_a_string',
      'The field "nickname" is a string.',
    ],
    ['a text that is a list', '{"type":"say","text":["a"]}', 'not_a_string', 'The field "text" is a string.'],
    [
      'a room of spaces',
      '{"type":"join","room":"  ","nickname":"a"}',
      'empty_field',
      'The field "room" is empty.',
    ],
    ['an empty text', '{"type":"say","text":""}', 'empty_field', 'The field "text" is empty.'],
    [
      'a room of 31 characters',
      JSON.stringify({ type: 'join', room: 'r'.repeat(31), nickname: 'a' }),
      'too_long',
      'The field "room" has at most 30 characters.',
    ],
    [
      'a name of 21 characters',
      JSON.stringify({ type: 'nick', nickname: 'n'.repeat(21) }),
      'too_long',
      'The field "nickname" has at most 20 characters.',
    ],
    [
      'a text of 501 characters',
      JSON.stringify({ type: 'say', text: 't'.repeat(501) }),
      'too_long',
      'The field "text" has at most 500 characters.',
    ],
    [
      'a text with a line break',
      JSON.stringify({ type: 'say', text: 'a\nb' }),
      'bad_characters',
      'The field "text" holds characters that cannot be shown.',
    ],
    [
      'a name with a zero-width space',
      JSON.stringify({ type: 'nick', nickname: 'a\u200bda' }),
      'bad_characters',
      'The field "nickname" holds characters that cannot be shown.',
    ],
    [
      'a name that turns the writing round',
      JSON.stringify({ type: 'nick', nickname: '\u202eada' }),
      'bad_characters',
      'The field "nickname" holds characters that cannot be shown.',
    ],
    ['say outside a room', '{"type":"say","text":"hello"}', 'not_joined', 'Join a room first.'],
    ['nick outside a room', '{"type":"nick","nickname":"ada"}', 'not_joined', 'Join a room first.'],
    ['who outside a room', '{"type":"who"}', 'not_joined', 'Join a room first.'],
    ['leave outside a room', '{"type":"leave"}', 'not_joined', 'Join a room first.'],
  ];

  it.each(outside)('answers %s, and the connection goes on', async (_, sent, code, message) => {
    const peer = await connect();
    peer.send(sent);
    expect(await peer.json()).toEqual({ type: 'error', code, message });
    peer.say({ type: 'join', room: newRoom(), nickname: 'ada' });
    expect(await peer.json()).toMatchObject({ type: 'joined' });
  });

  it('answers a second join', async () => {
    const ada = await join(newRoom(), 'ada');
    ada.say({ type: 'join', room: newRoom(), nickname: 'ada' });
    expect(await ada.json()).toMatchObject({ type: 'error', code: 'already_joined' });
  });

  it('answers a nickname that somebody in the room has, in whatever case, at join and at nick', async () => {
    const { room, ada, bob } = await pair();
    const eve = await connect();
    const taken = {
      type: 'error',
      code: 'nickname_taken',
      message: 'Somebody in this room is called "ADA" already.',
    };
    eve.say({ type: 'join', room, nickname: 'ADA' });
    expect(await eve.json()).toEqual(taken);
    bob.say({ type: 'nick', nickname: 'ADA' });
    expect(await bob.json()).toEqual(taken);
    // The others heard nothing of it.
    bob.say({ type: 'say', text: 'still bob' });
    expect(await ada.json()).toEqual(said('bob', 'still bob'));
  });

  it('is heard by the sender only', async () => {
    const { ada, bob } = await pair();
    ada.send('nonsense');
    expect(await ada.json()).toMatchObject({ type: 'error', code: 'not_json' });
    ada.say({ type: 'say', text: 'sorry' });
    expect(await bob.json()).toEqual(said('ada', 'sorry'));
  });

  it('answers the join of one room more than 100', async () => {
    const full = await Program.start(commandOf('chat/server'));
    for (let i = 1; i <= 100; i++) {
      const peer = await connect(full.port);
      peer.say({ type: 'join', room: `room ${i}`, nickname: 'ada' });
      expect(await peer.json()).toMatchObject({ type: 'joined' });
    }
    const late = await connect(full.port);
    late.say({ type: 'join', room: 'one more', nickname: 'late' });
    expect(await late.json()).toEqual({
      type: 'error',
      code: 'too_many_rooms',
      message: 'There are too many rooms: join one that exists.',
    });
    late.say({ type: 'join', room: 'room 1', nickname: 'late' });
    expect(await late.json()).toMatchObject({ type: 'joined', room: 'room 1' });
    await full.stop('SIGKILL');
  });
});

describe('a browser that asks for a page', () => {
  it('gets it at /', async () => {
    const response = await fetch(`http://127.0.0.1:${program.port}/`);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toBe(readFileSync(path.join(examples, 'chat/index.html'), 'utf8'));
  });

  it.each(['/index.html', '/server.ts', '/server.php', '/../tutorial/server.ts', '//'])(
    'gets 404 at %s',
    async (file) => {
      const response = await fetch(new URL(`http://127.0.0.1:${program.port}${file}`));
      expect(response.status).toBe(404);
    },
  );
});
