import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Browser, executablePath, NO_BROWSER } from './browser.js';
import { commandOf, Program } from './program.js';

describe.skipIf(!executablePath)(
  `the chat's page${executablePath ? '' : ` (skipped: ${NO_BROWSER})`}`,
  () => {
    let browser: Browser;
    let program: Program;
    const pages: Page[] = [];
    const troubles: string[] = [];

    beforeAll(async () => {
      program = await Program.start(commandOf('chat/server'));
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
      await page.waitForSelector('#state[data-state="open"]');
      return page;
    }

    async function join(page: Page, room: string, nickname: string): Promise<void> {
      await page.getByLabel('Room').fill(room);
      await page.getByLabel('Nickname', { exact: true }).fill(nickname);
      await page.keyboard.press('Enter');
    }

    async function inRoom(room: string, nickname: string, port?: number): Promise<Page> {
      const page = await open(port);
      await join(page, room, nickname);
      await page.waitForSelector('#room-view:not([hidden])');
      return page;
    }

    async function say(page: Page, text: string): Promise<void> {
      await page.getByLabel('Message', { exact: true }).fill(text);
      await page.keyboard.press('Enter');
    }

    const shows = (page: Page, text: string) =>
      page.locator('#log').getByText(text, { exact: true }).first().waitFor();
    const people = (page: Page) => page.locator('#people li').allTextContents();
    const peopleAre = async (page: Page, names: string[]) => {
      await page.waitForFunction(
        (expected) =>
          Array.from(document.querySelectorAll('#people li'), (item) => item.textContent).join() === expected,
        names.join(),
      );
      expect(await people(page)).toEqual(names);
    };

    it('lets two people talk', async () => {
      const ada = await inRoom('two', 'ada');
      const bob = await inRoom('two', 'bob');
      await shows(ada, 'bob has joined');
      await peopleAre(ada, ['ada (you)', 'bob']);
      await peopleAre(bob, ['ada', 'bob (you)']);
      await say(ada, 'hello bob');
      await shows(bob, 'hello bob');
      await say(bob, 'hello ada 🙂');
      await shows(ada, 'hello ada 🙂');
      expect(await ada.locator('#log .mine .text').allTextContents()).toEqual(['hello bob']);
      expect(await ada.locator('#log .theirs .text').allTextContents()).toEqual(['hello ada 🙂']);
    });

    it('shows names and texts of others as text, never as markup', async () => {
      const ada = await inRoom('<i>markup</i>', 'ada');
      const eve = await inRoom('<i>markup</i>', '<b>eve</b>');
      await say(eve, '<img src=x onerror="document.title=1">');
      await shows(ada, '<img src=x onerror="document.title=1">');
      await peopleAre(ada, ['ada (you)', '<b>eve</b>']);
      expect(await ada.locator('h1').textContent()).toBe('<i>markup</i>');
      expect(await ada.locator('#log img, main b, main i').count()).toBe(0);
    });

    it('shows a refused nickname at the form, and takes another one', async () => {
      await inRoom('taken', 'ada');
      const other = await open();
      await join(other, 'taken', 'Ada');
      await other.getByText('Somebody in this room is called "Ada" already.').waitFor();
      expect(await other.evaluate(() => document.activeElement?.id)).toBe('nickname');
      await other.keyboard.type('grace');
      await other.keyboard.press('Enter');
      await other.waitForSelector('#room-view:not([hidden])');
      expect(await other.isVisible('#error')).toBe(false);
    });

    it('changes the nickname and leaves', async () => {
      const ada = await inRoom('change', 'ada');
      const bob = await inRoom('change', 'bob');
      await bob.getByLabel('Your nickname').fill('robert');
      await bob.getByRole('button', { name: 'Change' }).click();
      await shows(ada, 'bob is now robert');
      await peopleAre(bob, ['ada', 'robert (you)']);
      await bob.getByRole('button', { name: 'Leave' }).click();
      await bob.waitForSelector('#join:not([hidden])');
      await shows(ada, 'robert has left');
      await peopleAre(ada, ['ada (you)']);
    });

    it('shows a newcomer what was said before', async () => {
      const ada = await inRoom('before', 'ada');
      await say(ada, 'first');
      await shows(ada, 'first');
      const bob = await inRoom('before', 'bob');
      await shows(bob, 'first');
    });

    it('tells of a server that ends, and comes back to the room', async () => {
      const other = await Program.start(commandOf('chat/server'));
      const ada = await inRoom('back', 'ada', other.port);
      await other.stop('SIGKILL');
      await ada.waitForSelector('#state[data-state="closed"]');
      expect(await ada.getByRole('alert').textContent()).toBe(
        'The connection ended: 1006 (the connection broke off).',
      );
      await say(ada, 'too late');
      expect(await ada.getByRole('alert').textContent()).toBe('There is no open connection.');
      expect(await ada.inputValue('#text')).toBe('too late');
      const back = await Program.start(commandOf('chat/server'), other.port);
      await ada.getByRole('button', { name: 'Reconnect' }).click();
      await peopleAre(ada, ['ada (you)']);
      await shows(ada, 'You are in back as ada');
      expect(await ada.isVisible('#error')).toBe(false);
      await back.stop();
    });

    it.each([320, 1280])('fits a window %d pixels wide', async (width) => {
      const ada = await inRoom(`width ${width}`, 'a'.repeat(20));
      await ada.setViewportSize({ width, height: 700 });
      await say(ada, 'w'.repeat(300));
      await shows(ada, 'w'.repeat(300));
      const sizes = await ada.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
      expect(sizes[0]).toBeLessThanOrEqual(sizes[1]);
    });
  },
);
