import * as Swoole from 'swoole-ts';

type People = Swoole.Table<{ name: string; worker: number; messages: number }>;
type Workers = Swoole.Table<{ starts: number; messages: number }>;
type Keyed<Row> = Row & { id: number };

// A chat over two workers: see README.md for what is said and answered.
const port = Number(process.env.PORT || 9505);
const server = new Swoole.WebSocket.Server('127.0.0.1', port, Swoole.SWOOLE_PROCESS);
server.set({ worker_num: 2 });

// Made before start(): the same memory in all workers, and a reload leaves it as it is.
const people: People = new Swoole.Table(1024);
people.column('name', Swoole.Table.TYPE_STRING, 80);
people.column('worker', Swoole.Table.TYPE_INT);
people.column('messages', Swoole.Table.TYPE_INT);
people.create();
const workers: Workers = new Swoole.Table(64);
workers.column('starts', Swoole.Table.TYPE_INT);
workers.column('messages', Swoole.Table.TYPE_INT);
workers.create();
const messages = new Swoole.Atomic(0);

/** The rows of a table, each with its key. */
function rows<Row extends object>(table: Swoole.Table<Row>): Keyed<Row>[] {
  const rows: Keyed<Row>[] = [];
  for (const [key, row] of table) {
    rows.push({ id: Number(key), ...row });
  }
  return rows;
}

/** Tells everybody, whichever worker they are connected to. */
function broadcast(server: Swoole.WebSocket.Server, message: object): void {
  const text = JSON.stringify(message);
  for (const fd of server.connections) {
    if (server.isEstablished(fd)) {
      server.push(fd, text);
    }
  }
}

/** Takes out whoever is gone, and says so once. */
function leave(server: Swoole.WebSocket.Server, people: People, fd: number): void {
  const name = people.get(fd, 'name');
  if (people.del(fd)) {
    broadcast(server, { type: 'left', id: fd, name: name });
  }
}

server.on('workerStart', (server, worker_id) => {
  workers.incr(worker_id, 'starts');
  // A worker that broke off has raised no close events: what it left behind goes now.
  for (const person of rows(people)) {
    if (!server.exist(person.id)) {
      leave(server, people, person.id);
    }
  }
});

// All old workers have ended.
server.on('afterReload', (_server) => {
  console.log('Reloaded');
});

server.on('open', (server, request) => {
  const name = request.get?.name ?? '';
  if (typeof name !== 'string' || !/^[\p{L}\p{N} ._-]{1,20}$/u.test(name)) {
    server.disconnect(request.fd, 4000, 'a name has 1 to 20 letters and digits');
    return;
  }
  people.set(request.fd, { name: name, worker: server.worker_id, messages: 0 });
  const welcome = { type: 'welcome', worker: server.worker_id, number: messages.get(), here: rows(people) };
  server.push(request.fd, JSON.stringify(welcome));
  broadcast(server, { type: 'joined', id: request.fd, name: name, worker: server.worker_id });
});

server.on('message', (server, frame) => {
  const name = people.get(frame.fd, 'name');
  if (name === false) {
    return;
  }
  if (frame.opcode !== Swoole.WEBSOCKET_OPCODE_TEXT || Buffer.byteLength(frame.data) > 2000) {
    server.disconnect(frame.fd, 4000, 'a message is a text of at most 2000 bytes');
    return;
  }
  // Numbers that several workers count at once: nothing is lost, and nobody gets the same one.
  const number = messages.add();
  people.incr(frame.fd, 'messages');
  workers.incr(server.worker_id, 'messages');
  const from = { name: name, worker: server.worker_id };
  broadcast(server, { type: 'said', text: frame.data, number: number, ...from });
});

server.on('close', (server, fd) => {
  leave(server, people, fd);
});

server.on('request', (request, response) => {
  const asked = `${request.server.request_method} ${request.server.request_uri}`;
  if (asked === 'GET /') {
    response.sendfile(`${import.meta.dirname}/index.html`);
  } else if (asked === 'GET /stats') {
    // Whichever worker is asked, the numbers are the same.
    const same = { messages: messages.get(), people: rows(people), workers: rows(workers) };
    response.header('Content-Type', 'application/json');
    response.end(JSON.stringify({ worker: server.worker_id, ...same }));
  } else if (asked === 'POST /reload') {
    response.end('reloading');
    server.reload();
  } else {
    response.status(404);
    response.end('Not found');
  }
});

// Once, and not in every worker.
if (Swoole.isMaster) console.log(`Workers: http://127.0.0.1:${port}/`);

server.start();
