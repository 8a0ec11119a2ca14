import { expect, test } from "vitest";
import { hasBrowser, openBrowser, visit } from "./browser.ts";
import { startRig } from "./rig.ts";
import { storyCore } from "./story.ts";

const wide = { width: 1280, height: 800 };

test.runIf(hasBrowser)(
  "a lost connection is said, and the question can be sent again",
  async () => {
    const own = await startRig(storyCore());
    const opened = await openBrowser();
    const { page } = await visit(opened, own.url, { viewport: wide });
    await page.route("**/playground/questions", (route) => route.abort());
    await page.fill("#question", "0x80090311");
    await page.click(".send");
    await page.waitForSelector(".failure[role=alert]");
    expect(await page.textContent(".failure")).toContain("Is Hexdesk still running?");
    await page.unroute("**/playground/questions");
    await page.click(".failure button");
    await page.waitForSelector(".post");
    expect(await page.locator(".failure").count()).toBe(0);
    expect(await page.locator(".bubble").count()).toBe(1);
    await opened.close();
    await own.close();
  },
);

test.runIf(hasBrowser)("a text of more than 1 MB is refused in plain words", async () => {
  const own = await startRig(storyCore());
  const opened = await openBrowser();
  const { page } = await visit(opened, own.url, { viewport: wide, locale: "es" });
  await page.fill("#question", "y".repeat(1_200_000));
  await page.click(".send");
  await page.waitForSelector(".failure[role=alert]");
  expect(await page.textContent(".failure p")).toContain("más de 1 MB");
  await opened.close();
  await own.close();
});
