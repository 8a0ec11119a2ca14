import { entryCard } from "../answers/entry.ts";
import { stepCard } from "../answers/step.ts";
import { createWriter } from "../answers/writer.ts";
import type { Card } from "../card.ts";
import { type Case, firstPosition } from "../case.ts";
import type { Entry } from "../knowledge/entry.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";

/** The cards of an entry that is being written, for a reader who may see everything: its answer, then each later step. */
export function entryPreview(entry: Entry, knowledge: Knowledge, now: number): Card[] {
  const at: Case = {
    id: "HD-1",
    version: 1,
    address: { platform: "preview", tenant: "", conversation: "" },
    owner: { id: "" },
    language: entry.language,
    status: "open",
    codes: entry.codes.slice(0, 1).map(({ value }) => value),
    entry: entry.id,
    position: { at: "none" },
    tried: [],
    causesDone: [],
    rejected: [],
    options: [],
    hinted: [],
    helpers: [],
    openedAt: now,
    updatedAt: now,
  };
  const first = firstPosition(entry, at);
  const asked = first.at === "escalate" ? at : { ...at, position: first };
  const { language } = entry;
  const from = { language, role: "admin", surface: "dm", now, knowledge, case: asked } as const;
  const writer = createWriter(from);
  const later = Object.keys(entry.steps).filter(
    (step) => first.at !== "step" || step !== first.step,
  );
  return [
    entryCard(writer, { entry, at: asked, myths: [] }),
    ...later.map((step) =>
      stepCard(writer, entry, { ...at, position: { at: "step", step, cause: "" } }),
    ),
  ];
}
