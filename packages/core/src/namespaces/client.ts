export { Client } from '../client/client.js';
