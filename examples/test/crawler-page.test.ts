import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, executablePath, NO_BROWSER } from './browser.js';
import { commandOf, Program } from './program.js';

describe.skipIf(!executablePath)(
  `the crawler's page${executablePath ? '' : ` (skipped: ${NO_BROWSER})`}`,
  () => {
    let browser: Browser;
    let program: Program;

    beforeAll(async () => {
      program = await Program.start(commandOf('crawler/server'));
      browser = await Browser.launch();
    });
    afterAll(async () => {
      await browser.close();
      await program.stop();
    });

    it('crawls with as many coroutines as asked for, twice, and shows every page', async () => {
      const page = await browser.context.newPage();
      const troubles: string[] = [];
      page.on('pageerror', (error) => troubles.push(error.message));
      await page.goto(`http://127.0.0.1:${program.port}/`);
      await page.getByText('connected', { exact: true }).waitFor();
      for (const coroutines of ['16', '4']) {
        await page.getByLabel('Coroutines').fill(coroutines);
        await page.keyboard.press('Enter');
        await page.getByRole('button', { name: 'Crawl', disabled: true }).waitFor();
        await page.getByText('60 pages, 6 broken links', { exact: true }).waitFor();
        expect(await page.locator('#pages li').count()).toBe(66);
        expect(await page.locator('#pages li.broken').count()).toBe(6);
        const [value, max] = await page
          .locator('progress')
          .evaluate((bar) => [(bar as HTMLProgressElement).value, (bar as HTMLProgressElement).max]);
        expect([value, max]).toEqual([66, 66]);
      }
      expect(troubles).toEqual([]);
    });
  },
);
