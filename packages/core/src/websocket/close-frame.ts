/** Lives beside Frame: the two and the codec refer to each other, and a subclass needs its parent at load. */
export { CloseFrame } from './frame.js';
