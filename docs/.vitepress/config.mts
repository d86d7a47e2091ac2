import { defineConfig } from 'vitepress';

export default defineConfig({
  title: 'swoole-ts',
  description: "Swoole's server API for Node and TypeScript, on uWebSockets.js",
  lang: 'en',
  cleanUrls: true,
  srcExclude: ['node_modules/**', 'snippets/**', 'test/**', 'generate/**'],
  lastUpdated: false,
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guide', link: '/guide/getting-started' },
      { text: 'Migration', link: '/guide/migration/' },
      { text: 'Reference', link: '/reference/methods' },
    ],
    sidebar: [
      {
        text: 'Guide',
        items: [
          { text: 'Getting started', link: '/guide/getting-started' },
          { text: 'WebSocket', link: '/guide/websocket' },
          { text: 'HTTP', link: '/guide/http' },
          { text: 'TCP', link: '/guide/tcp' },
          { text: 'UDP and Unix sockets', link: '/guide/udp-and-unix-sockets' },
          { text: 'Several ports and TLS', link: '/guide/several-ports-and-tls' },
          { text: 'Coroutines', link: '/guide/coroutines' },
          { text: 'Clients', link: '/guide/clients' },
          { text: 'Pools', link: '/guide/pools' },
          { text: 'Choosing an engine', link: '/guide/engines' },
          { text: 'State and workers', link: '/guide/workers' },
          { text: 'Tasks and messages', link: '/guide/tasks' },
          { text: 'Processes', link: '/guide/processes' },
          { text: 'Shared memory', link: '/guide/shared-memory' },
          { text: 'Reload', link: '/guide/reload' },
          { text: 'Common errors', link: '/guide/common-errors' },
        ],
      },
      {
        text: 'Migrating from PHP',
        items: [
          { text: 'Step by step', link: '/guide/migration/' },
          { text: 'Porting with the tool', link: '/guide/porting' },
          { text: 'PHP and TypeScript side by side', link: '/guide/migration/php-to-typescript' },
          { text: 'Callbacks, await and state', link: '/guide/migration/callbacks-and-state' },
          { text: 'Deployment', link: '/guide/migration/deployment' },
        ],
      },
      {
        text: 'Reference',
        items: [
          { text: 'Classes and methods', link: '/reference/methods' },
          { text: 'Events', link: '/reference/events' },
          { text: 'Settings', link: '/reference/settings' },
          { text: 'Error numbers', link: '/reference/errors' },
          { text: 'Compatibility', link: '/reference/compatibility' },
          { text: 'Differences from Swoole', link: '/reference/differences' },
          { text: 'Beyond Swoole', link: '/reference/beyond-swoole' },
        ],
      },
      { text: 'Architecture', link: '/architecture' },
    ],
  },
});
