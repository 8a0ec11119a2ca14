import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createDrafts } from "../../adapters/handover/drafts.ts";
import { PLAYGROUND_DESK } from "../../adapters/handover/playground-desk.ts";
import { renderSlack } from "../../adapters/slack/render.ts";
import { createMemoryState } from "../../adapters/state/memory.ts";
import { renderTeams } from "../../adapters/teams/render.ts";
import { createBot } from "../../src/bot.ts";
import type { Clock } from "../../src/clock.ts";
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

const wide = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const drafts = mkdtempSync(join(tmpdir(), "drafts-"));
const failures: string[] = [];
const visits: Visit[] = [];
let browser: Browser;
let rig: Rig & { close(): Promise<void> };
let worker: { stop(): Promise<void> };

/** Real time, for the worker sleeps until something wakes it. */
const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};

const words = {
  en: {
    ask: "winrm from home fails with 0x80090311",
    person: "Ask a person",
    send: "Send",
    desk: "Helpdesk",
    take: "Take it",
    question: "Which VPN client do you use?",
    answer: "The new one, since Monday",
    resolve: "Resolve",
    line: "The profile of the new client lacked the company's DNS servers; it is pushed again.",
    gone: "Yes, it is gone",
    save: "Save as entry",
    taken: "Taken by Sam",
    solved: "resolved",
    closed: "Closed: solved by Sam",
    draft: "What solved HD-",
  },
  es: {
    ask: "winrm desde casa falla con 0x80090311, no encuentro la causa",
    person: "Pedir una persona",
    send: "Enviar",
    desk: "Asistencia",
    take: "Lo tomo",
    question: "¿Qué cliente de VPN usas?",
    answer: "El nuevo, desde el lunes",
    resolve: "Resolver",
    line: "Al perfil del cliente nuevo le faltaban los servidores DNS; se ha vuelto a enviar.",
    gone: "Sí, ya no ocurre",
    save: "Guardar como entrada",
    taken: "Lo lleva Sam",
    solved: "resuelto",
    closed: "Cerrado: lo resolvió Sam",
    draft: "Lo que resolvió HD-",
  },
};

describe.runIf(hasBrowser)("a hand-over in the playground", () => {
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const each of visits.splice(0)) {
      expect(each.problems).toEqual([]);
      await each.end();
    }
    await worker?.stop();
    await rig?.close();
    expect([...failures.splice(0), ...rig.errors.splice(0)]).toEqual([]);
  });

  async function start(language: "en" | "es"): Promise<void> {
    const error = (event: string, _fields?: object, cause?: unknown) =>
      void failures.push(`${event} ${cause}`);
    const bot = createBot({
      knowledge: () => knowledge,
      state: createMemoryState({ clock }),
      clock,
      ids: randomUUID,
      log: { info() {}, warn() {}, error },
      defaultLanguage: language,
      channelMode: () => "mention",
      routes: [PLAYGROUND_DESK],
      saveDraft: createDrafts(join(drafts, language), randomUUID),
    });
    rig = await startRig(bot, { slack: renderSlack, teams: (card) => renderTeams(card) });
    worker = bot.run([rig.platform]);
  }

  async function open(options: Parameters<typeof visit>[2]): Promise<Page> {
    const opened = await visit(browser, rig.url, options);
    visits.push(opened);
    return opened.page;
  }

  test.each([
    { language: "en", viewport: wide, scheme: "light" },
    { language: "es", viewport: wide, scheme: "dark" },
    { language: "en", viewport: phone, scheme: "dark" },
  ] as const)(
    "from the question to the saved entry: $language, $scheme, $viewport.width px",
    async ({ language, viewport, scheme }) => {
      await start(language);
      const say = words[language];
      const locale = language === "es" ? "es-ES" : "en-US";
      const page = await open({ viewport, colorScheme: scheme, locale });
      const isNarrow = viewport === phone;
      const newest = page.locator("#log .turn.post").last();

      async function write(text: string): Promise<void> {
        await page.fill("#question", text);
        await page.press("#question", "Enter");
      }
      async function press(label: string): Promise<void> {
        await page.locator("#log button[data-action]", { hasText: label }).last().click();
      }
      async function goTo(list: "#threads" | "#desk"): Promise<void> {
        if (isNarrow) await page.click("#open-rail");
        await page.locator(`${list} .thread`).first().click();
      }
      async function isSound(): Promise<void> {
        expect(await overflow(page)).toEqual([]);
        expect(await accessibilityProblems(page)).toEqual([]);
      }

      await write(say.ask);
      await newest.waitFor();
      for (let step = 0; step < 3; step++) {
        const before = await newest.innerHTML();
        await newest.locator('button[data-action*="\\"do\\":\\"result\\""]').nth(1).click();
        await expect.poll(() => newest.innerHTML()).not.toBe(before);
      }
      await press(say.person);
      await newest.getByRole("button", { name: say.send, exact: true }).waitFor();
      await isSound();
      await press(say.send);

      await page.locator("#desk .thread").first().waitFor({ state: "attached" });
      await goTo("#desk");
      await newest.getByText(say.ask.slice(0, 20)).first().waitFor();
      await isSound();
      await press(say.take);
      await newest.getByText(say.taken).waitFor();
      await write(say.question);

      await goTo("#threads");
      await newest.getByText(say.question).waitFor();
      await write(say.answer);
      await page.locator("#log .line").last().waitFor();
      await isSound();

      await goTo("#desk");
      await newest.getByText(say.answer).waitFor();
      await press(say.resolve);
      await expect.poll(() => page.locator("#log .turn.post").count()).toBe(3);
      await write(say.line);
      await expect.poll(() => page.locator("#log .turn.post").count()).toBe(4);

      await goTo("#threads");
      await newest.getByText(say.line).waitFor();
      await press(say.gone);
      await newest.getByText(say.solved).first().waitFor();

      await goTo("#desk");
      const card = page.locator("#log .turn.post").first();
      await card.getByText(say.closed).waitFor();
      await press(say.save);
      await card.getByText(".yaml").waitFor();
      await isSound();

      const [file = ""] = readdirSync(join(drafts, language)).filter(
        (name) => !name.startsWith("."),
      );
      const text = readFileSync(join(drafts, language, file), "utf8");
      expect(text).toContain("status: draft");
      expect(text).toContain(say.draft);
      expect(text).toContain(say.line);
    },
    60_000,
  );

  test("somebody else's page sees the helpdesk's cards too, and who took them", async () => {
    await start("en");
    const ana = await open({ viewport: wide });
    const marta = await open({ viewport: wide });
    await ana.fill("#question", words.en.ask);
    await ana.press("#question", "Enter");
    await ana.locator("#log button[data-action]", { hasText: "Ask a person" }).last().click();
    await ana.locator("#log button[data-action]", { hasText: "Send" }).last().click();
    await marta.locator("#desk .thread").first().click();
    await marta.locator("#log button[data-action]", { hasText: "Take it" }).click();
    await marta.getByText("Taken by Sam", { exact: true }).waitFor();
    await ana.locator("#log").getByText("Sam has your case now").first().waitFor();
    await ana.locator("#desk .thread").first().click();
    await ana.getByText("Taken by Sam", { exact: true }).waitFor();
  });
});
