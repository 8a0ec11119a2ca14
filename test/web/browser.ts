import { existsSync } from "node:fs";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const executablePath = "/usr/bin/chromium";

/** Browser tests run where Chromium is, and always where CI is set: a missing browser must not pass unseen there. */
export const hasBrowser = existsSync(executablePath) || process.env.CI !== undefined;

/** Starts a headless Chromium that asks nothing of the network by itself. */
export function openBrowser(): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  return chromium.launch({ executablePath, args });
}

/** A page of the playground, and everything that went wrong on it: errors, failed and foreign requests. */
export type Visit = { page: Page; problems: string[]; end(): Promise<void> };

/** Opens the playground as a new person. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    reducedMotion: "reduce",
    locale: "en-US",
    ...options,
  });
  context.setDefaultTimeout(5_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("dialog", (dialog) => {
    problems.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) problems.push(`request ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(url);
  await page.waitForSelector("body.ready");
  return { page, problems, end: () => context.close() };
}

/** What axe finds wrong with the page by WCAG 2.2 A and AA, as "rule: elements". */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await Reflect.get(globalThis, "axe").run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.map(
      (each: { id: string; nodes: { html: string }[] }) =>
        `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`,
    );
  });
}

/** How many pixels the page, or a part of it that a person reads, is wider than its room. */
export function overflow(page: Page): Promise<string[]> {
  return page.evaluate(`
    [...document.querySelectorAll("html, body, #scroll, #rail, .threads, #panel, .card, .composer")]
      .filter((part) => part.scrollWidth > part.clientWidth + 1)
      .map((part) => part.tagName + "#" + part.id + " " + part.scrollWidth + " > " + part.clientWidth)
  `);
}
