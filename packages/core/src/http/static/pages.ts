/** The style sheet of every page Swoole makes by itself. */
export const pageStyle =
  '<style> body { padding: 0.5em; line-height: 2; } ' +
  'h1 { font-size: 1.5em; padding-bottom: 0.3em; border-bottom: 1px solid #ccc; } ' +
  'ul { list-style-type: disc; } footer { border-top: 1px solid #ccc; } a { color: #0969da; } </style>';

export const pageFooter = '<footer><i>Powered by Swoole</i></footer>';

/** What a missing file under one of `static_handler_locations` is answered with. */
export const notFoundPage = `<html><body>${pageStyle}<h1>HTTP 404 Not Found</h1>${pageFooter}</body></html>`;
