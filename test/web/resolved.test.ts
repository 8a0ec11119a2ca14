import { randomUUID } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { renderSlack } from "../../adapters/slack/render.ts";
import { createMemoryState } from "../../adapters/state/memory.ts";
import { renderTeams } from "../../adapters/teams/render.ts";
import { createBot } from "../../src/bot.ts";
import { knowledge } from "../fixtures/knowledge.ts";
import {
  accessibilityProblems,
  hasBrowser,
  openBrowser,
  overflow,
  type Visit,
  visit,
} from "./browser.ts";
import { type Rig, startRig } from "./rig.ts";

const wide = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const failures: string[] = [];
let browser: Browser;
let rig: Rig & { close(): Promise<void> };
const visits: Visit[] = [];

function createRealBot() {
  const clock = { now: () => Date.parse("2026-11-21T10:00:00Z"), sleep: async () => {} };
  const error = (event: string, _fields?: object, cause?: unknown) =>
    void failures.push(`${event} ${cause}`);
  return createBot({
    knowledge: () => knowledge,
    state: createMemoryState({ clock }),
    clock,
    ids: randomUUID,
    log: { info() {}, warn() {}, error },
    defaultLanguage: "en",
    channelMode: () => "mention",
  });
}

/** The way through 0x80090311 of somebody at home without the VPN: step and result of each button. */
const way = [
  { step: "check-identity", result: "domain-account" },
  { step: "check-network", result: "outside" },
  { step: "connect-vpn", result: "gone" },
];

const words = {
  en: { solved: "resolved", next: "next" },
  es: { solved: "resuelto", next: "siguiente" },
};

describe.runIf(hasBrowser)("the playground with the real bot and knowledge", () => {
  beforeAll(async () => {
    rig = await startRig(createRealBot(), {
      slack: renderSlack,
      teams: (card) => renderTeams(card),
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rig?.close();
  });
  afterEach(async () => {
    for (const each of visits.splice(0)) {
      expect(each.problems).toEqual([]);
      await each.end();
    }
    expect([...failures.splice(0), ...rig.errors.splice(0)]).toEqual([]);
  });

  async function open(options: Parameters<typeof visit>[2]): Promise<Page> {
    const opened = await visit(browser, rig.url, options);
    visits.push(opened);
    return opened.page;
  }

  test.each([
    { language: "en", scheme: "light", viewport: wide },
    { language: "es", scheme: "dark", viewport: wide },
    { language: "en", scheme: "dark", viewport: phone },
    { language: "es", scheme: "light", viewport: phone },
  ] as const)(
    "leads from the question to resolved: $language $scheme $viewport.width",
    async (view) => {
      const { language, scheme, viewport } = view;
      const page = await open({ viewport, colorScheme: scheme, locale: language });
      const check = async (moment: string) => {
        expect([moment, await overflow(page)]).toEqual([moment, []]);
        expect([moment, await accessibilityProblems(page)]).toEqual([moment, []]);
      };
      expect(await page.getAttribute("html", "lang")).toBe(language);
      await check("welcome");

      await page.locator(".example").first().click();
      await page.waitForSelector(".post");
      expect(await page.textContent(".card-title")).toContain("0x80090311");
      expect(await page.getAttribute(".card", "lang")).toBe(language);
      for (const summary of await page.locator(".body > details > summary").all()) {
        await summary.click();
      }
      await check("answer");

      for (const { step, result } of way) {
        const button = `[data-action*='"step":"${step}","result":"${result}"']`;
        await page.click(button);
        await page.waitForSelector(button, { state: "detached" });
      }
      await check("verify");
      await page.click(".button:not(.quiet)[data-action*='\"resolved\"']");
      await expect
        .poll(() => page.textContent(".card-title"))
        .toMatch(new RegExp(`^HD-\\d+: ${words[language].solved}$`));
      expect(await page.locator(".post").count()).toBe(1);

      await page.click(".preview-button");
      await page.waitForSelector(".slack-message");
      expect(await page.locator(".slack-unknown").count()).toBe(0);
      await check("Slack");
      await page.click("#kinds label:last-child");
      await page.waitForSelector(".teams-card .ac-adaptiveCard");
      await check("Teams");
      await page.keyboard.press("Escape");
      expect(await page.locator("#panel").isVisible()).toBe(false);

      if (viewport === phone) {
        await page.click("#open-rail");
        await check("conversations");
      }
    },
  );

  test.each(["en", "es"] as const)("is led by typed words as well: %s", async (language) => {
    const page = await open({ viewport: wide, locale: language });
    await page.locator(".example").first().click();
    for (const { step, result } of way.slice(0, 2)) {
      await page.click(`[data-action*='"step":"${step}","result":"${result}"']`);
    }
    await page.waitForSelector(`[data-action*='"step":"connect-vpn"']`);
    const say = async (text: string, posts: number) => {
      await page.fill("#question", text);
      await page.keyboard.press("Enter");
      await expect.poll(() => page.locator(".post").count()).toBe(posts);
    };
    await say(words[language].next, 2);
    const cards = page.locator(".post");
    expect(await cards.first().locator("[data-action]").count()).toBe(0);
    expect(await cards.last().locator("[data-action]").count()).toBeGreaterThan(0);
    await say(words[language].solved, 3);
    expect(await cards.nth(1).locator("[data-action]").count()).toBe(0);
    expect(await page.locator(".card-title").last().textContent()).toContain(
      words[language].solved,
    );
  });

  test.each(["en", "es"] as const)("has examples that each find an entry: %s", async (language) => {
    const page = await open({ viewport: wide, locale: language });
    for (let i = 0; i < 3; i++) {
      await page.click("#new");
      await page.locator(".example").nth(i).click();
      await page.waitForSelector(`[data-action*='"entry":']`);
    }
    expect(await page.locator(".thread").count()).toBe(3);
  });

  test("answers empty, over-long and unprintable questions politely", async () => {
    const page = await open({ viewport: wide });
    for (const text of ["", "\u0001\u0002", `0x80090311 ${"x ".repeat(300_000)}`]) {
      await page.click("#new");
      await page.fill("#question", text);
      await page.click(".send");
      await page.waitForSelector(".post .card-title");
    }
    expect(await page.textContent(".card-title")).toContain("0x80090311");
    expect(await overflow(page)).toEqual([]);
    await page.setViewportSize(phone);
    expect(await overflow(page)).toEqual([]);
  });

  test("hides a command above the asker's role until the role is chosen", async () => {
    const page = await open({ viewport: wide });
    const denied = async () => {
      await page.click("#new");
      await page.fill("#question", "0x80070005");
      await page.keyboard.press("Enter");
      for (const result of ["elevated", "not-me"]) {
        await page.click(`[data-action*='"result":"${result}"']`);
      }
      await page.waitForSelector("[data-action*='give-permission']");
      return page.locator(".post figure.code").count();
    };
    expect(await denied()).toBe(0);
    await page.click("#roles label:last-child");
    expect(await denied()).toBeGreaterThan(0);
  });
});
