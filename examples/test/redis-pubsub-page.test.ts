import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { installed, type RunningServer, startRedis } from '../../packages/core/test/database/servers.js';
import { Browser, executablePath, NO_BROWSER } from './browser.js';
import { commandOf, Program } from './program.js';

const missing = executablePath
  ? installed('redis-server') === null && 'redis-server is not installed'
  : NO_BROWSER;

describe.skipIf(missing)(
  `the page of the chat through Redis${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    let redis: RunningServer;
    let browser: Browser;
    let servers: [Program, Program];
    const pages: Page[] = [];
    const troubles: string[] = [];

    beforeAll(async () => {
      redis = await startRedis();
      process.env.REDIS_PORT = String(redis.port);
      const command = commandOf('redis-pubsub/server');
      servers = [await Program.start(command), await Program.start(command)];
      browser = await Browser.launch();
    });
    afterAll(async () => {
      await browser.close();
      for (const program of servers) await program.stop();
      delete process.env.REDIS_PORT;
      await redis.stop();
    });
    afterEach(async () => {
      await Promise.all(pages.splice(0).map((page) => page.close()));
      expect(troubles.splice(0)).toEqual([]);
    });

    async function open(server: 0 | 1, name: string): Promise<Page> {
      const page = await browser.context.newPage();
      pages.push(page);
      page.on('pageerror', (error) => troubles.push(error.message));
      await page.goto(`http://127.0.0.1:${servers[server].port}/`);
      await page.getByLabel('Name').fill(name);
      await page.keyboard.press('Enter');
      return page;
    }

    async function join(server: 0 | 1, name: string): Promise<Page> {
      const page = await open(server, name);
      await page.getByText(`Connected to server ${servers[server].port}`, { exact: true }).waitFor();
      await shows(page, `${name} has joined at ${servers[server].port}`);
      return page;
    }

    async function say(page: Page, text: string): Promise<void> {
      await page.getByLabel('Message', { exact: true }).fill(text);
      await page.keyboard.press('Enter');
    }

    const shows = (page: Page, text: string) =>
      page.locator('#log').getByText(text, { exact: true }).first().waitFor();

    it('shows what was said at the other server, where, and as text', async () => {
      const ada = await join(0, 'ada');
      const bob = await join(1, 'bob');
      await say(ada, '<img src=x onerror="document.title=1">');
      await shows(bob, '<img src=x onerror="document.title=1">');
      expect(await bob.locator('#log img').count()).toBe(0);
      expect(await bob.locator('#log .theirs small').textContent()).toBe(`1. ada, at ${servers[0].port}`);
      await bob.getByText(`${servers[0].port}: 1 messages`, { exact: true }).waitFor();
      expect(await ada.locator('#log .mine').count()).toBe(1);
    });

    it('shows a newcomer what was said before, each message once', async () => {
      const ada = await join(0, 'ada');
      await say(ada, 'before');
      await shows(ada, 'before');
      const eve = await join(1, 'eve');
      expect(await eve.locator('#log').getByText('before', { exact: true }).count()).toBe(1);
    });

    it('shows a refused name at the form', async () => {
      const page = await open(0, '<b>');
      await page.getByText('Refused: a name has 1 to 20 letters and digits.').waitFor();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('name');
    });

    it.each([320, 1280])('fits a window %d pixels wide', async (width) => {
      const ada = await join(0, 'a'.repeat(20));
      await ada.setViewportSize({ width, height: 700 });
      await say(ada, 'w'.repeat(300));
      await shows(ada, 'w'.repeat(300));
      const sizes = await ada.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
      expect(sizes[0]).toBeLessThanOrEqual(sizes[1]);
    });
  },
);
