import { noteCard, verifyButtons } from "./answers/notes.ts";
import { mayRun, stepButtons } from "./answers/step.ts";
import type { Writer } from "./answers/writer.ts";
import type { Button } from "./card.ts";
import { hint } from "./follow.ts";
import type { Step } from "./knowledge/entry.ts";
import { type CaseTurn, changed, type Decision, decided, post, silent, writerFor } from "./turn.ts";

/**
 * "Done" and "ok" name no result: one line asks which it is, with the buttons of the open step, which keeps its own. Asked
 * once a step; after that whoever addresses the bot is shown the step again. Silent where nothing is open.
 */
export function askResult(turn: CaseTurn): Decision {
  const { at, entry } = turn;
  const { position } = at;
  const step = position.at === "step" ? entry?.steps[position.step] : undefined;
  if (!entry || at.status !== "open") return silent(turn);
  if (!step && position.at !== "verify") return silent(turn);
  const mark = `result:${step?.id ?? "verify"}`;
  if (at.hinted.includes(mark)) return turn.message.addressed ? hint(turn) : silent(turn);
  const next = changed(turn, at, { hinted: [...at.hinted, mark] });
  const writer = writerFor(turn, { ...next, version: at.asked ?? at.version });
  const { line, buttons } = step
    ? aboutStep(writer, turn, step)
    : { line: writer.say("verify.question"), buttons: verifyButtons(writer, entry) };
  const delivery = post(turn, noteCard(writer, line, [], buttons));
  const kind = step ? "step" : "case";
  return decided(turn, { kind, at: { ...next, card: delivery.id }, deliveries: [delivery] });
}

function aboutStep(
  writer: Writer,
  { at, entry }: CaseTurn,
  step: Step,
): { line: string; buttons: Button[] } {
  const isWarning = at.options.some((option) => option.do === "confirm");
  const buttons = entry ? stepButtons(writer, entry, step, !isWarning) : [];
  if (!mayRun(writer.role, step))
    return { line: writer.say(`step.not-yours.${step.who}`), buttons };
  if (isWarning) return { line: writer.say("step.confirm"), buttons };
  const key = step.results.length > 0 ? "hint.what" : "hint.did-it-help";
  return { line: writer.say(key), buttons };
}
