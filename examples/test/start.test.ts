import net from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { examples, freePort, Program } from './program.js';

const start = [process.execPath, path.join(examples, '../scripts/start.mjs')];

let program: Program | undefined;
afterEach(() => program?.stop('SIGKILL'));

describe('npm start', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'serves the tutorial at the address it prints, and ends with %s',
    async (signal) => {
      program = await Program.start(start);
      const address = `http://127.0.0.1:${program.port}/`;
      await program.prints(`Tutorial server on ${address} — open it in a browser; Ctrl-C ends it\n`);
      expect(await (await fetch(address)).text()).toContain('<title>WebSocket tutorial</title>');
      expect(await program.stop(signal)).toBe('code 0');
      await expect(fetch(address)).rejects.toThrow();
    },
  );

  it('takes a free port and says so when 9501 is taken', async () => {
    const squatter = net.createServer();
    await new Promise((resolve) =>
      squatter.once('error', resolve).listen(9501, '127.0.0.1', () => resolve(null)),
    );
    program = Program.spawn(start, '');
    await program.prints('Ctrl-C ends it\n');
    const port = /^Port 9501 is taken, so this is on port (\d+)\.$/m.exec(program.stdout)?.[1];
    expect(program.stdout).toContain(`Tutorial server on http://127.0.0.1:${port}/ —`);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
    expect(await program.stop()).toBe('code 0');
    squatter.close();
  });

  it('says so when the PORT asked for is taken, or no port at all', async () => {
    const squatter = net.createServer();
    const port = await freePort();
    await new Promise((resolve) => squatter.listen(port, '127.0.0.1', () => resolve(null)));
    program = Program.spawn(start, String(port));
    expect(await program.ended).toBe('code 1');
    expect(program.stderr).toContain(`Port ${port} cannot be used`);
    squatter.close();
    program = Program.spawn(start, 'http');
    expect(await program.ended).toBe('code 1');
    expect(program.stderr).toContain('PORT is a number from 1 to 65535, not "http".');
  });
});
