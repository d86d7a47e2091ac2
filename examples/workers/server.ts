import * as Swoole from 'swoole-ts';

// A chat over two workers: see README.md for what is said and answered.
const port = Number(process.env.PORT || 9503);
const server = new Swoole.WebSocket.Server('127.0.0.1', port, Swoole.SWOOLE_PROCESS);
server.set({ worker_num: 2 });

// Made before start(): the same memory in all workers, and a reload leaves it as it is.
const people = new Swoole.Table<{ name: string; worker: number; messages: number }>(1024);
people.column('name', Swoole.Table.TYPE_STRING, 80);
people.column('worker', Swoole.Table.TYPE_INT);
people.column('messages', Swoole.Table.TYPE_INT);
people.create();
const workers = new Swoole.Table<{ starts: number; messages: number }>(64);
workers.column('starts', Swoole.Table.TYPE_INT);
workers.column('messages', Swoole.Table.TYPE_INT);
workers.create();
const messages = new Swoole.Atomic(0);

/** The rows of a table, each with its key. */
function rows<Row extends object>(table: Iterable<[string, Row]>): Array<Row & { id: number }> {
  const rows: Array<Row & { id: number }> = [];
  for (const [key, row] of table) {
    rows.push({ id: Number(key), ...row });
  }
  return rows;
}

/** Tells everybody, whichever worker they are connected to. */
function broadcast(server: Swoole.WebSocket.Server, message: Record<string, unknown>): void {
  for (const fd of server.connections) {
    if (server.isEstablished(fd)) {
      server.push(fd, JSON.stringify(message));
    }
  }
}

server.on('workerStart', (server, worker_id) => {
  workers.incr(worker_id, 'starts');
  // A worker that broke off has raised no close events: what it left behind goes now.
  for (const person of rows(people)) {
    if (!server.exist(person.id)) {
      people.del(person.id);
    }
  }
});

server.on('open', (server, request) => {
  const name = request.get?.name ?? '';
  if (typeof name !== 'string' || !/^[\p{L}\p{N} ._-]{1,20}$/u.test(name)) {
    server.disconnect(request.fd, 4000, 'a name has 1 to 20 letters and digits');
    return;
  }
  people.set(request.fd, { name: name, worker: server.worker_id, messages: 0 });
  const welcome = { type: 'welcome', worker: server.worker_id, number: messages.get() };
  server.push(request.fd, JSON.stringify(welcome));
  broadcast(server, { type: 'joined', name: name, here: rows(people) });
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
  const name = people.get(fd, 'name');
  if (name === false) {
    return;
  }
  people.del(fd);
  broadcast(server, { type: 'left', name: name, here: rows(people) });
});

server.on('request', (request, response) => {
  switch (`${request.server.request_method} ${request.server.request_uri}`) {
    case 'GET /':
      response.sendfile(`${import.meta.dirname}/index.html`);
      break;
    case 'GET /stats': {
      // Whichever worker is asked, the numbers are the same.
      const stats = {
        worker: server.worker_id,
        messages: messages.get(),
        people: rows(people),
        workers: rows(workers),
      };
      response.header('Content-Type', 'application/json');
      response.end(JSON.stringify(stats));
      break;
    }
    case 'POST /reload':
      response.end('reloading');
      server.reload();
      break;
    default:
      response.status(404);
      response.end('Not found');
  }
});

// Once, and not in every worker.
if (Swoole.isMaster) console.log(`Workers: http://127.0.0.1:${port}/`);

server.start();
