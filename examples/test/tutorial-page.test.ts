import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, executablePath, NO_BROWSER } from './browser.js';
import { commandOf, Program } from './program.js';

describe.skipIf(!executablePath)(
  `the tutorial's page${executablePath ? '' : ` (skipped: ${NO_BROWSER})`}`,
  () => {
    let browser: Browser;
    let program: Program;
    let page: Page;
    let troubles: string[];

    beforeAll(async () => {
      program = await Program.start(commandOf('tutorial/server'));
      browser = await Browser.launch();
    });
    afterAll(async () => {
      await browser.close();
      await program.stop();
    });
    beforeEach(async () => {
      page = await browser.context.newPage();
      troubles = [];
      page.on('pageerror', (error) => troubles.push(error.message));
      await page.goto(`http://127.0.0.1:${program.port}/`);
      return async () => {
        await page.close();
        expect(troubles).toEqual([]);
      };
    });

    const state = (name: string) => page.waitForSelector(`#state[data-state="${name}"]`);
    const texts = (kind: string) => page.locator(`#log .${kind} .text`).allTextContents();
    const answers = (count: number) =>
      page.waitForFunction((n) => document.querySelectorAll('#log .received').length === n, count);
    const focused = () => page.evaluate(() => document.activeElement?.id);

    it('connects, shows the greeting, sends a name and shows the answer', async () => {
      expect(await page.textContent('#state')).toBe('Not connected');
      await page.getByRole('button', { name: 'Connect', exact: true }).click();
      await state('open');
      await answers(1);
      await page.getByLabel('Message', { exact: true }).fill('bob');
      await page.getByRole('button', { name: 'Send' }).click();
      await answers(2);
      expect(await texts('received')).toEqual(['welcome to the websocket server!', 'hello, bob !']);
      expect(await texts('sent')).toEqual(['bob']);
      expect(await page.inputValue('#text')).toBe('');
    });

    it('works with the keyboard alone, and the focus is never lost', async () => {
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('connect');
      await page.keyboard.press('Enter');
      await state('open');
      expect(await focused()).toBe('text');
      await page.keyboard.type('안녕 🙂');
      await page.keyboard.press('Enter');
      await answers(2);
      expect(await texts('received')).toContain('hello, 안녕 🙂 !');
      await page.focus('#disconnect');
      await page.keyboard.press('Enter');
      await state('closed');
      expect(await focused()).toBe('connect');
    });

    it('disconnects with a code and a reason, and reconnects', async () => {
      await page.click('#connect');
      await state('open');
      await page.getByRole('button', { name: 'Disconnect' }).click();
      await state('closed');
      expect(await page.textContent('#state')).toBe('Closed, 1000 (normal end): bye');
      expect(await page.isVisible('#error')).toBe(false);
      await page.getByRole('button', { name: 'Reconnect' }).click();
      await state('open');
      await answers(2);
    });

    it('shows what others send as text, never as markup', async () => {
      await page.click('#connect');
      await state('open');
      await page.fill('#text', '<img src=x onerror="document.title=1">');
      await page.keyboard.press('Enter');
      await answers(2);
      expect(await texts('received')).toContain('hello, <img src=x onerror="document.title=1"> !');
      expect(await page.locator('#log img').count()).toBe(0);
    });

    it('says so when there is no connection to send on, or nothing to send', async () => {
      await page.focus('#text');
      await page.keyboard.type('bob');
      await page.keyboard.press('Enter');
      expect(await page.getByRole('alert').textContent()).toBe('There is no open connection. Connect first.');
      expect(await page.inputValue('#text')).toBe('bob');
      await page.fill('#text', '');
      await page.click('#connect');
      await state('open');
      await page.click('#send');
      expect(await page.getByRole('alert').textContent()).toBe('Type a message first.');
      await page.keyboard.type('a');
      expect(await page.isVisible('#error')).toBe(false);
    });

    it('tells of a server that ends, and of one that is not there', async () => {
      const other = await Program.start(commandOf('tutorial/server'));
      await page.goto(`http://127.0.0.1:${other.port}/`);
      await page.click('#connect');
      await state('open');
      await other.stop('SIGKILL');
      await state('closed');
      expect(await page.textContent('#error')).toBe('The connection ended: 1006 (the connection broke off).');
      await page.click('#connect');
      await page.waitForFunction(() =>
        document.querySelector('#error')?.textContent?.startsWith('No connection to ws://'),
      );
      expect(await page.textContent('#state')).toBe('Closed, 1006 (no connection)');
      const back = await Program.start(commandOf('tutorial/server'), other.port);
      await page.getByRole('button', { name: 'Reconnect' }).click();
      await state('open');
      expect(await page.isVisible('#error')).toBe(false);
      await back.stop();
    });

    it.each([320, 1280])('fits a window %d pixels wide', async (width) => {
      await page.setViewportSize({ width, height: 700 });
      await page.click('#connect');
      await state('open');
      await page.fill('#text', 'w'.repeat(300));
      await page.keyboard.press('Enter');
      await answers(2);
      const sizes = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
      expect(sizes[0]).toBeLessThanOrEqual(sizes[1]);
      expect(await page.locator('#send').isVisible()).toBe(true);
    });
  },
);
