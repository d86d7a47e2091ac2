export { AsyncClient as Client, type AsyncClientEvents as ClientEvents } from '../client/async-client.js';
