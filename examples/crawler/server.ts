import * as Swoole from 'swoole-ts';
import { crawl, read_order, type Visit } from './crawler.ts';
import { page_at } from './site.ts';

// A crawler with several coroutines, and the site that it crawls: see README.md for what is said and answered.
const port = Number(process.env.PORT || 9508);
const server = new Swoole.WebSocket.Server('127.0.0.1', port);
server.set({ worker_num: 1 });
let running = 0;

// A client says how many coroutines are to crawl, and hears of every page.
server.on('message', async (server, frame) => {
  const coroutines = read_order(frame.data);
  if (coroutines === null) {
    server.push(frame.fd, JSON.stringify({ type: 'error', message: 'coroutines is a number from 1 to 16' }));
    return;
  }
  const tell = (page: Visit) => {
    return server.push(frame.fd, JSON.stringify({ type: 'page', ...page }));
  };
  running++;
  const result = await crawl(port, coroutines, tell);
  running--;
  if (result !== null) {
    server.push(frame.fd, JSON.stringify({ type: 'done', ...result }));
  }
});

// The site: every page takes a while, and some that are linked are not there.
server.on('request', async (request, response) => {
  const path = request.server.request_uri;
  if (path === '/') {
    response.sendfile(`${import.meta.dirname}/index.html`);
    return;
  }
  if (path === '/stats') {
    response.header('Content-Type', 'application/json');
    response.end(JSON.stringify({ running: running }));
    return;
  }
  const page = page_at(path);
  if (page === null) {
    response.status(404);
    response.end('Not found');
    return;
  }
  await Swoole.Coroutine.sleep(page.seconds);
  response.end(page.html);
});

server.start();
