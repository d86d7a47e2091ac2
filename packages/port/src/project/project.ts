import type { Finding, SourceFile } from '../types.js';
import type { Composer } from './composer.js';

/** A PHP program as it was found on the disk. */
export interface Project {
  /** The folder that all paths are relative to. */
  root: string;
  /** What composer.json calls it. */
  name: string | null;
  sources: SourceFile[];
  /** The files that are not PHP and go along: pages, styles, certificates. */
  assets: string[];
  /** Files that were left out, and why. */
  leftOut: { path: string; why: string }[];
  composer: Composer | null;
  /** What reading the files brought up. */
  findings: Finding[];
}

/** Something that the person at the terminal can put right. The message says how. */
export class ProjectError extends Error {}
