export { CloseFrame, Frame } from '../websocket/frame.js';
export { WebSocketServer as Server } from '../websocket/server.js';
