import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, executablePath, NO_BROWSER } from './browser.js';
import { commandOf, Program } from './program.js';

describe.skipIf(!executablePath)(
  `the task queue's page${executablePath ? '' : ` (skipped: ${NO_BROWSER})`}`,
  () => {
    let browser: Browser;
    let program: Program;

    beforeAll(async () => {
      program = await Program.start(commandOf('task-queue/server'));
      browser = await Browser.launch();
    });
    afterAll(async () => {
      await browser.close();
      await program.stop();
    });

    it('queues jobs, and shows each with its own result', async () => {
      const page = await browser.context.newPage();
      const troubles: string[] = [];
      page.on('pageerror', (error) => troubles.push(error.message));
      await page.goto(`http://127.0.0.1:${program.port}/`);
      await page.getByText('connected', { exact: true }).waitFor();
      for (const limit of ['200000', '100', '10']) {
        await page.getByLabel('Limit').fill(limit);
        await page.keyboard.press('Enter');
      }
      for (const result of ['up to 200000: 17984 primes', 'up to 100: 25 primes', 'up to 10: 4 primes'])
        await page.getByText(result, { exact: true }).waitFor();
      expect(await page.locator('#jobs li').count()).toBe(3);
      const values = await page
        .locator('progress')
        .evaluateAll((bars) => bars.map((bar) => (bar as HTMLProgressElement).value));
      expect(values).toEqual([20, 20, 20]);
      expect(troubles).toEqual([]);
    });
  },
);
