import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** Debian's Chromium, without a sandbox (tests run as root) and without talking to anybody. */
export async function launchChromium(): Promise<Browser> {
  if (!existsSync(executablePath)) throw new Error(`no Chromium at ${executablePath}: apt-get install chromium`);
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const desktop = { width: 1280, height: 860 };
export const phone = { width: 375, height: 720 };

/** What the page complained about: script errors and refused resources, e.g. by the content security policy. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

/** The conversation on the screen as 'name: words' lines, system lines left out. */
export async function conversationOn(page: Page): Promise<string[]> {
  return page.locator('#log .message').evaluateAll((messages) =>
    messages.map((message) => {
      const name = message.querySelector('.from')?.firstChild?.textContent ?? '';
      return `${name}: ${(message.querySelector('.words') as HTMLElement | null)?.innerText ?? ''}`;
    }),
  );
}

/** Types into the composer and presses Enter, as a person does. */
export async function typeLine(page: Page, line: string): Promise<void> {
  await page.locator('#text').fill(line);
  await page.locator('#text').press('Enter');
}
