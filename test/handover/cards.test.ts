import { describe, expect, test } from "vitest";
import { renderSlack } from "../../adapters/slack/render.ts";
import { TEAMS_LIMITS } from "../../adapters/teams/limits.ts";
import { renderTeams } from "../../adapters/teams/render.ts";
import { readAction } from "../../src/action.ts";
import { agentCard } from "../../src/answers/agent.ts";
import { previewCard, statusCard } from "../../src/answers/handover.ts";
import { createWriter } from "../../src/answers/writer.ts";
import type { Card } from "../../src/card.ts";
import type { Case, Handover } from "../../src/case.ts";
import type { Route } from "../../src/handover/routes.ts";
import type { Language } from "../../src/language.ts";
import { blockFaults } from "../fakes/slack-blocks.ts";
import { knowledge } from "../fixtures/knowledge.ts";

const route: Route = {
  name: "desk",
  title: "IT helpdesk",
  place: { platform: "teams", tenant: "t", conversation: "c" },
  areas: ["*"],
};

/** A case in which everything was tried and written that a case can hold, at its longest step. */
function fullCase(id: string, language: Language): Case & { handover: Handover } {
  const entry = knowledge.entry(id, language);
  const steps = Object.values(entry?.steps ?? {});
  const longest = steps.toSorted((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)[0];
  return {
    id: "HD-1001",
    version: 9,
    address: { platform: "slack", tenant: "T1", conversation: "C1", thread: "1" },
    owner: { id: "U1", name: "Ana" },
    language,
    status: "handed-over",
    codes: entry?.codes.slice(0, 3).map(({ value }) => value) ?? [],
    entry: id,
    position: { at: "handover", note: "Since yesterday, after the update." },
    tried: steps.slice(0, 6).map(({ id: step, results }) => ({
      entry: id,
      step,
      result: results[0]?.id ?? "failed",
      by: "U1",
      at: 1,
    })),
    causesDone: [],
    rejected: [],
    options: [],
    hinted: [],
    helpers: [],
    question: "q".repeat(480),
    handover: {
      at: 1,
      status: "waiting",
      cards: [{ route: "desk", delivery: "d1" }],
      notes: ["It also happens at home."],
      link: "https://example.slack.com/archives/C1/p1",
      ...(longest ? { step: longest.id } : {}),
    },
    openedAt: 1,
    updatedAt: 1,
  };
}

function cardsOf(id: string, language: Language): Record<string, Card> {
  const at = fullCase(id, language);
  const entry = knowledge.entry(id, language);
  const write = (role: "user" | "admin") =>
    createWriter({ language, role, surface: "channel", now: 1, knowledge, case: at });
  return {
    preview: previewCard(write("user"), { at, entry, routes: [route] }),
    status: statusCard(write("user"), { at, entry, routes: [route] }),
    agent: agentCard(write("admin"), { at, entry, route }),
  };
}

describe.each(["en", "es"] as const)("the cards of a hand-over in %s", (language) => {
  test.each(knowledge.entryIds.map((id) => [id]))("%s: taken whole by both platforms", (id) => {
    for (const card of Object.values(cardsOf(id, language))) {
      const slack = renderSlack(card);
      expect(blockFaults(slack)).toEqual([]);
      for (const button of card.buttons) {
        if ("action" in button) expect(readAction(JSON.stringify(button.action))).toBeDefined();
        expect(button.label.length).toBeLessThanOrEqual(30);
      }
      const teams = JSON.stringify(renderTeams(card, { cut: "CUT-HERE" }));
      expect(Buffer.byteLength(teams)).toBeLessThanOrEqual(TEAMS_LIMITS.cardBytes);
      expect(teams).not.toContain("CUT-HERE");
    }
  });
});

test("no command that the asker may not run stands in the asker's cards", () => {
  let hidden = 0;
  for (const id of knowledge.entryIds) {
    const entry = knowledge.entry(id, "en");
    const { preview, status, agent } = cardsOf(id, "en");
    const step = entry?.steps[fullCase(id, "en").handover.step ?? ""];
    for (const { command } of step?.run ?? []) {
      expect(commandsIn(agent)).toContain(command);
      if (step?.who === "user" || !command.includes(" ")) continue;
      hidden += 1;
      for (const card of [preview, status]) expect(commandsIn(card)).not.toContain(command);
    }
  }
  expect(hidden).toBeGreaterThan(5);
});

function commandsIn(card: Card | undefined): string[] {
  return card?.blocks.flatMap((block) => (block.type === "code" ? [block.text] : [])) ?? [];
}
