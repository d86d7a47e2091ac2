export { ConnectionIterator as Iterator } from '../session/connection-iterator.js';
