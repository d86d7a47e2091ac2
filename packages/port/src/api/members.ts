import type { Type } from '../analyse/type.js';

/** A parameter of a function of swoole-ts or swoole-ts-php. */
export interface ApiParameter {
  name: string;
  type: Type;
  optional: boolean;
  rest: boolean;
  /** It is a `Ref`: PHP's parameter by reference. */
  isRef: boolean;
  /** A function is expected. */
  isCallback: boolean;
  /** Exactly this function is expected, for the types of its parameters. */
  callback: ApiFunction | null;
  /** Plain objects are expected: settings, rows. */
  takesRecord: boolean;
}

/** A function or method of swoole-ts or swoole-ts-php. */
export interface ApiFunction {
  parameters: ApiParameter[];
  /** With how many arguments it can be called at least. */
  required: number;
  returns: Type;
  /** It gives a promise: its callers wait. */
  waits: boolean;
}

/** A property, method or constant of a class. */
export interface ApiMember {
  name: string;
  type: Type;
  call: ApiFunction | null;
}

/** A class of swoole-ts. */
export interface ApiClass {
  /** `Swoole\WebSocket\Server` */
  name: string;
  /** `WebSocket.Server` */
  path: string;
  member: (name: string) => ApiMember | null;
  staticMember: (name: string) => ApiMember | null;
  construct: ApiFunction | null;
}
