import * as Swoole from 'swoole-ts';

const server = new Swoole.Http.Server('127.0.0.1', Number(process.env.PORT || 9501));

// #region static
server.set({
  enable_static_handler: true,
  document_root: `${import.meta.dirname}/public`,
  static_handler_locations: ['/assets'],
  http_index_files: ['index.html'],
});

// Called for what the static handler does not answer.
server.on('request', (_request, response) => {
  response.end('from the program');
});
// #endregion static

server.start();
