/** What the event loop waits for (bits). */

export const SWOOLE_EVENT_READ = 512;
export const SWOOLE_EVENT_WRITE = 1024;
