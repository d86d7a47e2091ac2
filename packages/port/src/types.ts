/** A PHP file of the program to port. */
export interface SourceFile {
  /** Where it is in its project, with forward slashes: `src/Chat.php`. */
  path: string;
  text: string;
}

/** A TypeScript file that was made of a PHP file. */
export interface PortedFile {
  /** `src/Chat.ts` */
  path: string;
  text: string;
  /** The path of the PHP file. */
  source: string;
}

/**
 * Something to know about a place in the PHP source. `person`: it was not ported with its whole meaning, and somebody has to look.
 * `note`: it was ported, but works otherwise in a way worth knowing. `syntax`: PHP itself would not run it.
 */
export interface Finding {
  file: string;
  line: number;
  column: number;
  /** The PHP in question, on one line. */
  php: string;
  kind: 'person' | 'note' | 'syntax';
  reason: string;
  /** What to do about it. */
  advice: string;
}

/** A use of Swoole's API: `Swoole\WebSocket\Server::push`, `swoole_timer_tick`, `SWOOLE_BASE`. */
export interface ApiUse {
  file: string;
  line: number;
  name: string;
}

/** A ported program. */
export interface PortedProgram {
  files: PortedFile[];
  findings: Finding[];
  uses: ApiUse[];
  /** The npm packages that the TypeScript imports. */
  dependencies: string[];
}

export interface PortOptions {
  /** Called with each step of the work and how much of it is done, for a progress display. */
  progress?: (step: string, done: number, total: number) => void;
  /** Whether the result is checked with TypeScript, and mended where only a type stands in the way; true unless given. */
  check?: boolean;
  /**
   * Where `swoole-ts` and `swoole-ts-php` are looked up: the folder of a file that could import them. Where this package is
   * unless given.
   */
  resolveFrom?: string;
}
