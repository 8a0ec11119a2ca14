import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createDrafts } from "../../adapters/handover/drafts.ts";
import { renderSlack } from "../../adapters/slack/render.ts";
import { createMemoryState } from "../../adapters/state/memory.ts";
import { renderTeams } from "../../adapters/teams/render.ts";
import { createBot } from "../../src/bot.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { knowledge } from "../fixtures/knowledge.ts";
import { accessibilityProblems, hasBrowser, openBrowser, overflow, visit } from "./browser.ts";
import { type Rig, startRig } from "./rig.ts";

const folder = mkdtempSync(join(tmpdir(), "hexdesk-write-"));
let browser: Browser;
let rig: Rig & { close(): Promise<void> };
const ends: (() => Promise<void>)[] = [];

/** Opens the page and makes a draft from the six fields. */
async function write(locale: string, known: string): Promise<Page> {
  const opened = await visit(browser, rig.url, { locale, viewport: { width: 1280, height: 900 } });
  ends.push(opened.end);
  const { page } = opened;
  await page.goto(`${rig.url}write`);
  await page.waitForSelector("body.ready");
  await page.fill("[name=title]", "The badge printer prints blank cards");
  await page.fill("[name=known]", known);
  await page.fill(
    "[name=summary]",
    "It feeds cards and prints nothing. Mostly the ribbon is used up.",
  );
  await page.fill("[name=cause]", "The ribbon is used up");
  await page.fill("[name=step]", "Look at the ribbon counter in the display");
  await page.click("#form button");
  await page.waitForSelector("#draft:not([hidden])");
  return page;
}

async function edit(page: Page, change: (text: string) => string): Promise<void> {
  await page.fill("#text", change(await page.inputValue("#text")));
}

describe.runIf(hasBrowser)("the page where entries are written", () => {
  beforeAll(async () => {
    browser = await openBrowser();
    const clock = { now: () => Date.parse("2026-11-21T10:00:00Z"), sleep: async () => {} };
    const bot = createBot({
      knowledge: () => knowledge,
      state: createMemoryState({ clock }),
      clock,
      ids: randomUUID,
      log: { info() {}, warn() {}, error() {} },
      defaultLanguage: "en",
      channelMode: () => "mention",
    });
    const previews = { slack: renderSlack, teams: renderTeams };
    const save = createDrafts(join(folder, "entries"), randomUUID);
    rig = await startRig(bot, previews, { knowledge: () => knowledge, save });
  }, 30_000);

  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  afterAll(async () => {
    await rig.close();
    await browser.close();
  });

  test("makes a valid draft of six fields, shows its cards, and keeps it in the company's folder", async () => {
    const page = await write("en-US", "blank badge cards");
    await expect.poll(() => page.textContent("#problems")).toBe("Nothing to mend.");
    expect(await page.textContent("#cards")).toContain("Look at the ribbon counter");
    for (const kind of ["slack", "teams"]) {
      await page.check(`[name=kind][value=${kind}]`, { force: true });
      await expect.poll(() => page.textContent(`#cards .preview.${kind}`)).toContain("It is so");
    }
    await page.click("#save");
    await expect.poll(() => page.textContent("#saved")).toContain("Saved as");
    const [file = ""] = readdirSync(join(folder, "entries"));
    expect(readFileSync(join(folder, "entries", file), "utf8")).toContain("status: draft");
    const built = {
      folder: join(import.meta.dirname, "../../knowledge"),
      catalog: knowledge.catalog,
    };
    const loaded = loadKnowledge({ ...built, extra: folder, drafts: true });
    expect(loaded.search("badge printer prints blank cards", "en").hits[0]).toMatchObject({
      entry: file.replace(".yaml", ""),
    });
  }, 30_000);

  test("names what is wrong by its line, jumps there, and saves nothing", async () => {
    const page = await write("es-ES", "0x80070005");
    await edit(page, (text) => text.replace("who: user", "who: boss"));
    const problem = page.locator("#problems button", { hasText: "who" });
    expect(await problem.textContent()).toMatch(/^Línea \d+: .*who/);
    await problem.click();
    const chosen = await page
      .locator("#text")
      .evaluate((area) =>
        Reflect.get(area, "value").slice(
          Reflect.get(area, "selectionStart"),
          Reflect.get(area, "selectionEnd"),
        ),
      );
    expect(chosen).toContain("who: boss");
    const before = existsSync(join(folder, "entries")) ? readdirSync(join(folder, "entries")) : [];
    await page.click("#save");
    await expect.poll(() => page.textContent("#saved")).toContain("Corrige primero");
    expect(existsSync(join(folder, "entries")) ? readdirSync(join(folder, "entries")) : []).toEqual(
      before,
    );
  }, 30_000);

  test("does not claim a code that has its entry, and reads well in both widths", async () => {
    const page = await write("en-US", "0x80070005");
    const text = await page.inputValue("#text");
    expect(text).not.toContain("codes:");
    expect(text).toContain('related:\n  - code: "0x80070005"');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await overflow(page)).toEqual([]);
  }, 30_000);
});
