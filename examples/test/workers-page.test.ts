import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Browser, executablePath, NO_BROWSER } from './browser.js';
import { commandOf, Program, playsPhp } from './program.js';

describe.skipIf(!executablePath)(
  `the page of the chat over two workers${executablePath ? '' : ` (skipped: ${NO_BROWSER})`}`,
  () => {
    let browser: Browser;
    let program: Program;
    const pages: Page[] = [];
    const troubles: string[] = [];

    beforeAll(async () => {
      program = await Program.start(commandOf('workers/server'));
      browser = await Browser.launch();
    });
    afterAll(async () => {
      await browser.close();
      await program.stop();
    });
    afterEach(async () => {
      await Promise.all(pages.splice(0).map((page) => page.close()));
      expect(troubles.splice(0)).toEqual([]);
    });

    async function open(port = program.port): Promise<Page> {
      const page = await browser.context.newPage();
      pages.push(page);
      page.on('pageerror', (error) => troubles.push(error.message));
      await page.goto(`http://127.0.0.1:${port}/`);
      return page;
    }

    async function join(page: Page, name: string): Promise<void> {
      await page.getByLabel('Name').fill(name);
      await page.keyboard.press('Enter');
    }

    async function inChat(name: string, port?: number): Promise<Page> {
      const page = await open(port);
      await join(page, name);
      await page.waitForSelector('#state[data-state="open"]');
      return page;
    }

    async function say(page: Page, text: string): Promise<void> {
      await page.getByLabel('Message', { exact: true }).fill(text);
      await page.keyboard.press('Enter');
    }

    const shows = (page: Page, text: string) =>
      page.locator('#log').getByText(text, { exact: true }).first().waitFor();
    const workerOf = async (page: Page) =>
      Number(/^Connected to worker (\d)$/.exec((await page.textContent('#state')) ?? '')?.[1]);

    it('shows the worker it is on, and which worker handled a message', async () => {
      const ada = await inChat('ada');
      const bob = await inChat('bob');
      const worker = await workerOf(ada);
      expect([0, 1]).toContain(worker);
      await shows(ada, 'bob has joined');
      await say(ada, 'hello 🙂');
      await shows(bob, 'hello 🙂');
      expect(await bob.locator('#log .theirs small').textContent()).toMatch(
        new RegExp(`^\\d+\\. ada, by worker ${worker}$`),
      );
      expect(await ada.locator('#log .mine .text').allTextContents()).toEqual(['hello 🙂']);
      await bob.getByText(`ada, worker ${worker}`, { exact: true }).waitFor();
      await bob.getByText('Here: 2', { exact: true }).waitFor();
    });

    it('shows what others send as text, never as markup', async () => {
      const ada = await inChat('ada');
      const eve = await inChat('eve');
      await say(eve, '<img src=x onerror="document.title=1">');
      await shows(ada, '<img src=x onerror="document.title=1">');
      expect(await ada.locator('#log img').count()).toBe(0);
    });

    it('shows a refused name at the form, and takes another one', async () => {
      const page = await open();
      await join(page, '<b>');
      await page.getByText('Refused: a name has 1 to 20 letters and digits.').waitFor();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('name');
      await page.keyboard.type('grace');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#state[data-state="open"]');
      expect(await page.isVisible('#error')).toBe(false);
    });

    it('goes on after a reload without a hand on it, and the count of messages too', async () => {
      const ada = await inChat('ada');
      const bob = await inChat('bob');
      await say(ada, 'before');
      await shows(bob, 'before');
      const total = Number(await bob.textContent('#total'));
      await ada.getByRole('button', { name: 'Reload the workers' }).click();
      // Swoole's master keeps the connections; worker threads of Node do not.
      if (!playsPhp)
        for (const page of [ada, bob]) {
          await shows(page, 'Coming back after 1012 (the worker was replaced)');
          await page.waitForSelector('#state[data-state="open"]');
        }
      await bob.getByText('Here: 2', { exact: true }).waitFor();
      await say(ada, 'after');
      await shows(bob, 'after');
      expect(Number(await bob.textContent('#total'))).toBe(total + 1);
      expect(await ada.isVisible('#error')).toBe(false);
    });

    it('tells of a server that ends, and comes back when asked to', async () => {
      const other = await Program.start(commandOf('workers/server'));
      const ada = await inChat('ada', other.port);
      await other.stop('SIGKILL');
      await ada.waitForSelector('#state[data-state="closed"]');
      expect(await ada.getByRole('alert').textContent()).toBe(
        'The connection ended: 1006 (the connection broke off).',
      );
      await say(ada, 'too late');
      expect(await ada.getByRole('alert').textContent()).toBe('There is no open connection.');
      const back = await Program.start(commandOf('workers/server'), other.port);
      await ada.getByRole('button', { name: 'Reconnect' }).click();
      await ada.waitForSelector('#state[data-state="open"]');
      expect(await ada.isVisible('#error')).toBe(false);
      await back.stop();
    });

    it.each([320, 1280])('fits a window %d pixels wide', async (width) => {
      const ada = await inChat('a'.repeat(20));
      await ada.setViewportSize({ width, height: 700 });
      await say(ada, 'w'.repeat(300));
      await shows(ada, 'w'.repeat(300));
      const sizes = await ada.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
      expect(sizes[0]).toBeLessThanOrEqual(sizes[1]);
    });
  },
);
