import { noteCard } from "./answers/notes.ts";
import type { FollowUp } from "./follow-up.ts";
import type { Intent } from "./intent.ts";
import { show } from "./show.ts";
import { type CaseTurn, changed, type Decision, writerFor } from "./turn.ts";

const DAY_MS = 86_400_000;

/** Words that fit another problem as well. */
const VAGUE: ReadonlySet<FollowUp> = new Set([
  "yes",
  "no",
  "worked",
  "failed",
  "next",
  "cannot",
  "done",
  "okay",
]);

/** Asks whether it is still the same problem, when the last word is more than a day old and this one could mean another. */
export function askStill(turn: CaseTurn, intent: Intent): Decision | undefined {
  const { at, entry, env } = turn;
  const isOpen = at.position.at === "step" || at.position.at === "verify";
  if (!entry || !isOpen || env.now - at.updatedAt <= DAY_MS || !isVague(intent)) return undefined;
  const next = changed(turn, at, {});
  const writer = writerFor(turn, next);
  const step = at.position.at === "step" ? { step: at.position.step } : {};
  const card = noteCard(
    writer,
    writer.say("still.title"),
    [[writer.say("still.text", { title: entry.title })], [writer.say("still.other")]],
    [
      writer.button("button.still", "again", { entry: entry.id, ...step }, "primary"),
      writer.button("button.resolved", "resolved", { entry: entry.id }),
      writer.button("button.person", "person", { entry: entry.id }, "quiet"),
    ],
  );
  return show(turn, next, card, { kind: "case" });
}

function isVague(intent: Intent): boolean {
  if (intent.kind === "follow-up") return VAGUE.has(intent.act);
  return intent.kind === "own-code" || intent.kind === "context";
}
