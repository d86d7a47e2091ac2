import { writeFileSync } from 'node:fs';
import { unlinkQuietly } from './ports.js';

/** The setting pid_file: where the process writes its number while the server runs. */
export class PidFile {
  private path = '';

  write(path: string): void {
    this.path = path;
    if (path !== '') writeFileSync(path, String(process.pid));
  }

  remove(): void {
    if (this.path !== '') unlinkQuietly(this.path);
  }
}
