export { swoole_clear_error, swoole_last_error, swoole_set_last_error } from './errors/last-error.js';
export { setWarningHandler, type WarningHandler } from './errors/warnings.js';
