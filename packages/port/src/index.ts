export { portProgram } from './program.js';
export type {
  ApiUse,
  Finding,
  PortedFile,
  PortedProgram,
  PortOptions,
  SourceFile,
} from './types.js';
