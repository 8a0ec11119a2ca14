import { expect, test } from "vitest";
import { entryCard } from "../src/answers/entry.ts";
import { stepCard } from "../src/answers/step.ts";
import { createWriter } from "../src/answers/writer.ts";
import type { Card } from "../src/card.ts";
import { type Case, firstPosition } from "../src/case.ts";
import type { Entry } from "../src/knowledge/entry.ts";
import type { Role } from "../src/message.ts";
import { knowledge } from "./fixtures/knowledge.ts";

const NOW = Date.parse("2026-11-21T10:00:00Z");
const ROLES: Role[] = ["user", "helpdesk", "admin"];

const entries = knowledge.entryIds.flatMap((id) => knowledge.entry(id, "en") ?? []);

function caseOf(entry: Entry): Case {
  const next = firstPosition(entry, { tried: [], causesDone: [] });
  return {
    id: "HD-1001",
    version: 1,
    address: { platform: "test", tenant: "t", conversation: "c" },
    owner: { id: "ana" },
    language: "en",
    status: "open",
    codes: [],
    entry: entry.id,
    position: next.at === "escalate" ? { at: "none" } : next,
    tried: [],
    causesDone: [],
    rejected: [],
    options: [],
    hinted: [],
    helpers: [],
    openedAt: NOW,
    updatedAt: NOW,
  };
}

function twice({ buttons }: Card): string[] {
  const labels = buttons.map(({ label }) => label);
  return labels.filter((label, i) => labels.indexOf(label) !== i);
}

test.each(ROLES)("no card of an entry offers a %s the same button twice", (role) => {
  const found = entries.flatMap((entry) => {
    const at = caseOf(entry);
    const writer = createWriter({
      language: "en",
      role,
      surface: "dm",
      now: NOW,
      knowledge,
      case: at,
    });
    const cards = [entryCard(writer, { entry, at, myths: [] })];
    if (at.position.at === "step") cards.push(stepCard(writer, entry, at));
    return cards.flatMap((card) => twice(card).map((label) => `${entry.id}: ${label}`));
  });
  expect(found).toEqual([]);
});

test("whoever may not run the first step is offered a person, and once", () => {
  const above = entries.filter((entry) => {
    const { position } = caseOf(entry);
    return position.at === "step" && entry.steps[position.step]?.who !== "user";
  });
  expect(above.length).toBeGreaterThan(0);
  for (const entry of above) {
    const at = caseOf(entry);
    const from = { language: "en", role: "user", now: NOW, knowledge, case: at } as const;
    for (const surface of ["dm", "slash"] as const) {
      const { buttons } = entryCard(createWriter({ ...from, surface }), { entry, at, myths: [] });
      expect(buttons.filter(({ label }) => label === "Ask a person")).toHaveLength(1);
    }
  }
});
