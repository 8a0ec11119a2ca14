import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { renderSlack } from "../../adapters/slack/render.ts";
import { renderTeams } from "../../adapters/teams/render.ts";
import { hasBrowser, openBrowser, type Visit, visit } from "./browser.ts";
import { type Rig, startRig } from "./rig.ts";
import { fullCard, outgoingOf } from "./script.ts";
import { storyCore } from "./story.ts";

const wide = { width: 1280, height: 800 };
const core = storyCore();
let browser: Browser;
let rig: Rig & { close(): Promise<void> };
const visits: Visit[] = [];

describe.runIf(hasBrowser)("the page", () => {
  beforeAll(async () => {
    rig = await startRig(core, {
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
  });

  async function open(options: Parameters<typeof visit>[2] = {}): Promise<Page> {
    const opened = await visit(browser, rig.url, { viewport: wide, ...options });
    visits.push(opened);
    return opened.page;
  }

  async function ask(page: Page, text: string): Promise<void> {
    await page.fill("#question", text);
    await page.keyboard.press("Enter");
  }

  test("can be used with the keyboard alone, in a sensible order", async () => {
    const page = await open();
    const order: string[] = [];
    for (let i = 0; i < 11; i++) {
      await page.keyboard.press("Tab");
      order.push(
        await page.evaluate(`(() => {
          const at = document.activeElement;
          return at.id || at.name || at.className;
        })()`),
      );
      const outlined = await page.evaluate(`(() => {
        const at = document.activeElement;
        const shown = at.type === "radio" ? at.nextElementSibling : at.closest(".box") ?? at;
        return getComputedStyle(shown).outlineStyle;
      })()`);
      expect([order.at(-1), outlined]).toEqual([order.at(-1), "solid"]);
      if (order.at(-1) === "question") break;
    }
    expect(order).toEqual([
      "skip",
      "new",
      "write",
      "role",
      "theme",
      "language",
      "example",
      "example",
      "example",
      "question",
    ]);
    await page.keyboard.type("0x80090311");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".post");
    expect(await page.evaluate("document.activeElement.id")).toBe("question");
    await page.locator("[data-action]").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-action*='worked']");
    expect(await page.evaluate("document.activeElement.className")).toBe("card");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("It worked");
  });

  test("says each answer to a screen reader", async () => {
    const page = await open();
    await ask(page, "0x80090311");
    await page.waitForSelector(".post");
    const status = page.locator("#status");
    expect(await status.getAttribute("aria-live")).toBe("polite");
    expect(await status.textContent()).toContain("No domain controller could be reached");
    await page.click("[data-action*='failed']");
    await expect.poll(() => status.textContent()).toContain("Step 2");
  });

  test("keeps language, appearance, role and conversations over a reload", async () => {
    const page = await open();
    await ask(page, "0x80090311");
    await page.waitForSelector(".post");
    await page.click("#languages label:last-child");
    await page.click("#themes label:last-child");
    await page.click("#roles label:last-child");
    expect(await page.textContent("#new")).toContain("Nueva pregunta");
    await page.reload();
    await page.waitForSelector("body.ready");
    expect(await page.getAttribute("html", "lang")).toBe("es");
    expect(await page.getAttribute("html", "data-theme")).toBe("dark");
    expect(await page.textContent(".bubble")).toBe("0x80090311");
    expect(await page.getAttribute("#question", "placeholder")).toBe(
      "Responde en esta conversación",
    );
    await page.click("[data-action*='failed']");
    await page.waitForSelector("[data-action*='worked']");
    const message = core.asked.at(-1);
    expect(message?.from).toMatchObject({ locale: "es", role: "admin" });
    expect(message?.address.thread).toBe(core.asked.at(-2)?.address.thread);
  });

  test("starts a conversation with each new question and keeps replies in theirs", async () => {
    const page = await open();
    await ask(page, "first");
    await page.waitForSelector(".post");
    await ask(page, "a reply");
    await expect.poll(() => page.locator(".post").count()).toBe(2);
    await page.click("#new");
    expect(await page.locator("#welcome").isVisible()).toBe(true);
    await ask(page, "second");
    await page.waitForSelector(".post");
    const [first, reply, second] = core.asked.slice(-3).map((message) => message.address.thread);
    expect(reply).toBe(first);
    expect(second).not.toBe(first);
    expect(await page.locator(".thread").allTextContents()).toEqual(["second", "first"]);
    await page.click(".thread >> text=first");
    expect(await page.locator(".bubble").allTextContents()).toEqual(["first", "a reply"]);
  });

  test("opens a private conversation of its own and leads there", async () => {
    const page = await open();
    await ask(page, "0x80090311");
    await page.click("[data-action*='person']");
    await page.click("text=Continued in a private conversation");
    expect(await page.textContent(".place")).toBe("Private conversation");
    expect(await page.textContent(".card-title")).toBe("Private");
    await ask(page, "more about it");
    await expect.poll(() => page.locator(".post").count()).toBe(2);
    expect(core.asked.at(-1)?.address.thread).toBe(core.delivered.at(-2)?.thread);
  });

  test("shows what comes later without a request", async () => {
    const page = await open();
    await ask(page, "0x80090311");
    await page.waitForSelector(".post");
    const message = core.asked.at(-1);
    if (!message) throw new Error("nothing was asked");
    const card = { ...fullCard(), title: "From the helpdesk" };
    await rig.platform.send(outgoingOf(message, { card }, "later-on-page"));
    await page.waitForSelector("text=From the helpdesk");
    expect(await page.locator(".post").count()).toBe(2);
  });

  test("says when the bot stays silent", async () => {
    const page = await open();
    await ask(page, "thanks");
    await page.waitForSelector(".turn.line");
    expect(await page.textContent(".turn.line")).toContain("nothing to add");
  });

  test("the buttons of both previews act like those of the conversation", async () => {
    const page = await open();
    await ask(page, "0x80090311");
    await page.click(".preview-button");
    await page.click(".slack-button >> text=Sources");
    await page.waitForSelector("#log .at-note");
    expect(await page.textContent("#log .at-note .card-title")).toBe("Note");
    await page.locator(".preview-button").first().click();
    await page.click("#kinds label:last-child");
    await page.click(".teams-card .ac-pushButton >> text=It fails");
    await page.waitForSelector("#log [data-action*='worked']");
    await page.waitForSelector(".teams-card >> text=It worked");
  });

  test("hands out the JSON of the preview", async () => {
    const page = await open({ permissions: ["clipboard-read", "clipboard-write"] });
    await ask(page, "0x80090311");
    await page.click(".preview-button");
    await page.click(".json summary");
    await page.click(".json .copy");
    await expect.poll(() => page.textContent(".json .copy")).toBe("Copied");
    const blocks = JSON.parse(await page.evaluate("navigator.clipboard.readText()")).blocks;
    expect(blocks[0]).toMatchObject({ type: "header" });
    expect(await page.locator(".slack-unknown").count()).toBe(0);
    await page.click("#kinds label:last-child");
    await expect.poll(() => page.textContent("#json")).toContain('"AdaptiveCard"');
  });

  test("hostile text does nothing in the page or in a preview", async () => {
    const page = await open();
    const attack = `"><img src=x onerror=alert(1)><script>alert(1)</script>[x](javascript:alert(1))<!channel>`;
    await ask(page, attack);
    await page.waitForSelector(".post");
    expect(await page.textContent(".bubble")).toBe(attack);
    await page.click("[data-action*='failed']");
    const message = core.asked.at(-2);
    if (!message) throw new Error("nothing was asked");
    const card = {
      ...fullCard(),
      title: attack,
      blocks: [{ type: "text" as const, inlines: [attack, { bold: attack }] }],
    };
    await rig.platform.send(outgoingOf(message, { card }, "hostile-on-page"));
    await page.locator(".post").last().locator(".preview-button").click();
    await page.waitForSelector(".slack-message");
    await page.click("#kinds label:last-child");
    await page.waitForSelector(".teams-card .ac-adaptiveCard");
    expect(await page.locator("main img, main script, #panel img, #panel script").count()).toBe(0);
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
  });
});
