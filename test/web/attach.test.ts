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
const log = "2026-11-21 started\n2026-11-21 logon failed: 0x80090311\n";
const failures: string[] = [];
let browser: Browser;
let rig: Rig & { close(): Promise<void> };
const visits: Visit[] = [];

/** A file as a browser hands it over. */
function file(name: string, content: string | Buffer) {
  return { name, mimeType: "text/plain", buffer: Buffer.from(content) };
}

describe.runIf(hasBrowser)("attached files", () => {
  beforeAll(async () => {
    const clock = { now: () => Date.parse("2026-11-21T10:00:00Z"), sleep: async () => {} };
    const bot = createBot({
      knowledge: () => knowledge,
      state: createMemoryState({ clock }),
      clock,
      ids: randomUUID,
      log: { info() {}, warn() {}, error: (event, _, cause) => failures.push(`${event} ${cause}`) },
      defaultLanguage: "en",
      channelMode: () => "mention",
    });
    rig = await startRig(bot, { slack: renderSlack, teams: (card) => renderTeams(card) });
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
    expect([...failures, ...rig.errors]).toEqual([]);
  });

  async function open(options: Parameters<typeof visit>[2] = {}): Promise<Visit> {
    const opened = await visit(browser, rig.url, { viewport: wide, ...options });
    visits.push(opened);
    return opened;
  }

  /** Puts files on the page as a drop or a paste does. */
  function hand(page: Page, how: "drop" | "paste", files: [string, string][]): Promise<void> {
    return page.evaluate(
      `((how, files) => {
        const data = new DataTransfer();
        for (const [name, text] of files) data.items.add(new File([text], name));
        const at = document.getElementById("question");
        const init = { bubbles: true, cancelable: true };
        if (how === "paste") at.dispatchEvent(new ClipboardEvent("paste", { ...init, clipboardData: data }));
        else {
          at.dispatchEvent(new DragEvent("dragover", { ...init, dataTransfer: data }));
          if (document.getElementById("drop").hidden) throw new Error("no sign");
          at.dispatchEvent(new DragEvent("drop", { ...init, dataTransfer: data }));
        }
      })(${JSON.stringify(how)}, ${JSON.stringify(files)})`,
    );
  }

  const chips = (page: Page) => page.locator("#files .file-name").allTextContents();
  const problem = (page: Page) => page.locator("#attach-problem").textContent();

  test("a log alone is a question: its codes come with file and line", async () => {
    const { page } = await open();
    await page.setInputFiles("#file", file("logon.log", log));
    await expect.poll(() => chips(page)).toEqual(["logon.log"]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".post");
    expect(await page.textContent(".card-title")).toContain("0x80090311");
    expect(await page.textContent(".post")).toContain("(logon.log, line 2)");
    expect(await page.locator(".turn.you .file-name").allTextContents()).toEqual(["logon.log"]);
    expect(await page.textContent("#title")).toBe("logon.log");
    expect(await chips(page)).toEqual([]);
    await page.reload();
    await page.waitForSelector(".turn.you .file-name");
  });

  test("several are dropped and pasted, sent with words, and each code has its line", async () => {
    const { page } = await open();
    await hand(page, "drop", [["setup.log", "a\nb\nerror 0x80070005\n"]]);
    await hand(page, "paste", [["logon.txt", log]]);
    await expect.poll(() => chips(page)).toEqual(["setup.log", "logon.txt"]);
    expect(await page.locator("#drop").isHidden()).toBe(true);
    await page.fill("#question", "what is wrong here?");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".post");
    const answer = await page.textContent(".post");
    expect(answer).toContain("(setup.log, line 3)");
    expect(answer).toContain("(logon.txt, line 2)");
    expect(await page.textContent(".bubble")).toBe("what is wrong here?");
  });

  test("one is taken off again with the keyboard", async () => {
    const { page } = await open();
    const choosers: boolean[] = [];
    page.on("filechooser", (chooser) => choosers.push(chooser.isMultiple()));
    await page.setInputFiles("#file", [file("one.log", log), file("two.log", "0x80070005")]);
    await expect.poll(() => chips(page)).toEqual(["one.log", "two.log"]);
    await page.focus("#question");
    for (const expected of ["Remove two.log", "Remove one.log"]) {
      await page.keyboard.press("Shift+Tab");
      expect(await page.evaluate("document.activeElement.textContent")).toBe(expected);
    }
    await page.keyboard.press("Enter");
    expect(await chips(page)).toEqual(["two.log"]);
    expect(await page.evaluate("document.activeElement.id")).toBe("question");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.id")).toBe("attach");
    await page.keyboard.press("Enter");
    await expect.poll(() => choosers).toEqual([true]);
    await page.focus("#question");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".post");
    expect(await page.textContent(".post")).toContain("(two.log, line 1)");
    expect(await page.textContent(".post")).not.toContain("one.log");
  });

  test.each([
    ["en", "larger than 5 MB", "holds no plain text", "Three files"],
    ["es", "más de 5 MB", "no contiene texto", "tres archivos"],
  ])("what is not taken is said in %s, and the question stays", async (locale, ...reasons) => {
    const { page, problems } = await open({ locale });
    await page.fill("#question", "0x80090311");
    await page.setInputFiles("#file", file("cbs.log", Buffer.alloc(5 * 1024 * 1024 + 1, "x\n")));
    await expect.poll(() => problem(page)).toContain(reasons[0]);
    await page.setInputFiles("#file", file("zip.log", Buffer.from([80, 75, 3, 4, 0, 0, 1, 2, 3])));
    await expect.poll(() => problem(page)).toContain(reasons[1]);
    expect(problems.splice(0).every((each) => each.includes("415"))).toBe(true);
    expect(await page.locator("#files").isHidden()).toBe(true);
    await page.setInputFiles(
      "#file",
      ["1.log", "2.log", "3.log", "4.log"].map((name) => file(name, log)),
    );
    await expect.poll(() => problem(page)).toContain(reasons[2]);
    expect((await chips(page)).length).toBe(3);
    expect(await page.getAttribute("#attach-problem", "role")).toBe("alert");
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.inputValue("#question")).toBe("0x80090311");
  });

  test("a name is shown as text, short, and nothing becomes wider than a phone", async () => {
    const { page } = await open({ viewport: phone, hasTouch: true });
    const name = `<img src=x onerror=alert(1)>${"long".repeat(30)}\u202E.log`;
    await hand(page, "drop", [
      [name, log],
      ["second.log", log],
    ]);
    await expect.poll(async () => (await chips(page))[0]).toMatch(/^<img src=x.*…/);
    expect(await overflow(page)).toEqual([]);
    await page.click(".send");
    await page.waitForSelector(".post");
    expect(await overflow(page)).toEqual([]);
    expect(await page.locator("main img").count()).toBe(0);
  });

  test("text that is pasted stays text, even when a picture of it comes along", async () => {
    const { page } = await open();
    const kept = await page.evaluate(`(() => {
      const data = new DataTransfer();
      data.setData("text/plain", "0x80090311");
      data.items.add(new File(["x"], "cells.png", { type: "image/png" }));
      const paste = new ClipboardEvent("paste", { clipboardData: data, cancelable: true });
      return document.getElementById("question").dispatchEvent(paste);
    })()`);
    expect(kept).toBe(true);
    expect(await chips(page)).toEqual([]);
  });
});
