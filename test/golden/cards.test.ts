import { describe, expect, test } from "vitest";
import { renderSlack } from "../../adapters/slack/render.ts";
import { renderTeams } from "../../adapters/teams/render.ts";
import { renderCard as renderWeb } from "../../adapters/web/render.ts";
import { cardWords } from "../../adapters/web/words.ts";
import { type Card, toPlainText } from "../../src/card.ts";
import { knowledge } from "../fixtures/knowledge.ts";
import { createTalk, type Heard, type Talk } from "../talk.ts";

/** One kind of answer: how a conversation gets there, and the kind that must come out. */
type Golden = { name: string; kind: string; language: string; go(talk: Talk): Promise<Heard>; surface?: "dm" | "slash" | "channel" };

const GOLDEN: Golden[] = [
  { name: "entry-en", kind: "entry", language: "en", go: (t) => t.say("what is 0x80090311?") },
  { name: "entry-es", kind: "entry", language: "es", go: (t) => t.say("¿qué significa el error 0x80090311 en mi equipo?") },
  { name: "entry-context", kind: "entry", language: "en", go: (t) => t.say("Enter-PSSession says WinRM cannot process the request, error code -2146893039 occurred") },
  { name: "entry-corrected", kind: "entry", language: "en", go: (t) => t.say("how do I fix SEC_E_INVALID_HANDLE 0x80090311") },
  { name: "entry-slash", kind: "entry", language: "en", surface: "slash", go: (t) => t.say("0x80090311") },
  { name: "decoded", kind: "decoded", language: "en", go: (t) => t.say("what does 0x80090317 mean") },
  { name: "unknown-code", kind: "unknown-code", language: "en", go: (t) => t.say("what does 0x80F70001 mean") },
  { name: "several", kind: "several", language: "en", go: (t) => t.say("the log has 0x80090311 and later 0x80070005, what is wrong") },
  { name: "not-found", kind: "not-found", language: "en", go: (t) => t.say("my bicycle makes a strange noise when it rains") },
  { name: "help", kind: "help", language: "en", go: (t) => t.say("hello") },
  { name: "warning-es", kind: "warning", language: "es", go: (t) => t.say("he leído que hay que parar lsass con Stop-Service -Name lsass -Force, ¿lo hago?") },
  {
    name: "step",
    kind: "step",
    language: "en",
    go: async (t) => {
      const { cards } = await t.say("0x80090311");
      return t.clickOn(cards[0] as Card, cards[0]?.buttons[1]?.label ?? "");
    },
  },
  {
    name: "hand-over",
    kind: "handover",
    language: "en",
    go: async (t) => {
      await t.say("0x80090311");
      return t.say("I want to talk to a human");
    },
  },
  {
    name: "resolved",
    kind: "case",
    language: "en",
    go: async (t) => {
      await t.say("0x80090311");
      return t.say("resolved");
    },
  },
  {
    name: "feedback-es",
    kind: "feedback",
    language: "es",
    go: async (t) => {
      const { cards } = await t.say("¿qué significa el error 0x80090311 en mi equipo?");
      return t.clickOn(cards[0] as Card, "No es útil");
    },
  },
  {
    name: "incident",
    kind: "entry",
    language: "en",
    go: async (t) => {
      await t.say('incident 0x80090311 "VPN is down, we are on it"', { id: "eva", role: "helpdesk", thread: "ops" });
      return t.say("0x80090311");
    },
  },
  {
    name: "report",
    kind: "case",
    language: "en",
    go: async (t) => {
      await t.say("0x80090311", { thread: "a" });
      await t.click("Not useful", { thread: "a" });
      await t.say("my bicycle makes a strange noise when it rains", { thread: "b" });
      return t.say("report week", { id: "eva", role: "helpdesk", thread: "c" });
    },
  },
];

describe("golden cards", () => {
  test.each(GOLDEN)("$name", async ({ name, kind, language, go, surface }) => {
    const heard = await go(createTalk(knowledge, surface ?? "dm"));
    expect(heard.kind).toBe(kind);
    expect(heard.language).toBe(language);
    const card = heard.cards.at(-1) as Card;
    await expect(`${toPlainText(card)}\n`).toMatchFileSnapshot(`${name}/card.txt`);
    await expect(json(renderSlack(card))).toMatchFileSnapshot(`${name}/slack.json`);
    await expect(json(renderTeams(card))).toMatchFileSnapshot(`${name}/teams.json`);
    await expect(`${renderWeb(card, cardWords(knowledge.phrases, card.language))}\n`).toMatchFileSnapshot(`${name}/web.html`);
  });
});

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
