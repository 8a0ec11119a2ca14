import { noteCard, resolvedCard, verifyCard } from "./answers/notes.ts";
import { mayRun, stepCard } from "./answers/step.ts";
import { besideButtons, isWithPeople } from "./beside.ts";
import type { Block, Card } from "./card.ts";
import { advance, type Case, firstPosition, type Next } from "./case.ts";
import { handOver } from "./handover/handover.ts";
import type { Entry, Step } from "./knowledge/entry.ts";
import { show } from "./show.ts";
import type { CaseEvent } from "./state.ts";
import {
  type CaseTurn,
  changed,
  type Decision,
  decided,
  event,
  post,
  silent,
  type Turn,
  whisper,
  writerFor,
} from "./turn.ts";

const QUOTE = 160;

/** What an outcome is called in every step, beside the step's own results. */
export type Outcome = "worked" | "failed" | "cannot" | "skip";

/**
 * Takes an outcome said in general words: where a remedy has its own results, the one that is plainly meant. A check that
 * "worked" or "failed" is asked back with its own results, unless the step is above the role of whoever said so.
 */
export function takeOutcome(turn: CaseTurn, said: Outcome): Decision {
  const step = currentStep(turn);
  const result = step && resultOf(step, said);
  const isTheirs = step && mayRun(turn.message.from.role, step);
  if (step && !result) return reask(turn, isTheirs ? "hint.which" : "hint.again");
  return takeResult(turn, result ?? said);
}

/**
 * Records a result of the step that the case stands at and shows what comes next. `quote` is the line of pasted output
 * that was recognised.
 */
export function takeResult(turn: CaseTurn, result: string, quote?: string): Decision {
  const { at, entry, env, message } = turn;
  const step = currentStep(turn);
  if (!entry || !step) return hint(turn);
  const attempt = { entry: entry.id, step: step.id, result, by: message.from.id, at: env.now };
  const tried = [...at.tried, attempt];
  const { next, causesDone } = advance(entry, { ...at, tried }, result);
  const happened = event(turn, "step.result", at, { step: step.id, result });
  return moveTo({ ...turn, at: { ...at, tried, causesDone } }, next, happened, quote);
}

function resultOf(step: Step, said: Outcome): string | undefined {
  const isPlain = said === "cannot" || said === "skip";
  if (isPlain || step.results.length === 0) return said;
  if (step.risk === "read-only") return undefined;
  const meant = step.results.filter((r) => (r.next === "verify") === (said === "worked"));
  return meant.length === 1 ? meant[0]?.id : undefined;
}

/** Moves the case to a position and shows it: in place after a click, as a new post after a typed answer. */
export function moveTo(turn: CaseTurn, next: Next, happened: CaseEvent, quote?: string): Decision {
  const { entry } = turn;
  if (next.at === "escalate" || !entry) return handOver(turn, [happened]);
  const at = changed(turn, turn.at, { position: next, status: "open" });
  const writer = writerFor(turn, at);
  const card = next.at === "verify" ? verifyCard(writer, entry, at) : stepCard(writer, entry, at);
  const shown = quote ? withQuote(turn, card, quote) : card;
  return show(turn, at, shown, { kind: next.at === "step" ? "step" : "case", events: [happened] });
}

/** The owner says that the original problem is gone. */
export function resolve(turn: CaseTurn): Decision {
  const at = changed(turn, turn.at, { status: "resolved", position: { at: "none" } });
  const card = resolvedCard(writerFor(turn, at), turn.entry, at);
  return show(turn, at, card, { kind: "case", events: [event(turn, "case.resolved", at)] });
}

/** The problem is still there after a remedy, or came back: the next cause is next. */
export function goOn(turn: CaseTurn, what: "unresolved" | "reopened"): Decision {
  const { at, entry } = turn;
  if (!entry) return hint(turn);
  const last = at.tried.findLast((tried) => tried.entry === entry.id);
  const cause = entry.causes.find((c) => last && c.steps.includes(last.step))?.id;
  const causesDone = cause ? [...new Set([...at.causesDone, cause])] : at.causesDone;
  const moved = { ...at, causesDone };
  return moveTo(
    { ...turn, at: moved },
    firstPosition(entry, moved),
    event(turn, `case.${what}`, at),
  );
}

/** Shows again what the owner is asked, with its buttons; `why` is the phrase key of the line above it. */
export function askAgain(turn: CaseTurn, why: string): Decision {
  const { at, entry } = turn;
  const asked = keyOf(at.position);
  if (!entry || !asked) return nothingOpen(turn);
  const next = changed(turn, at, { hinted: [...new Set([...at.hinted, asked])] });
  const card = current(turn, next, entry);
  const line: Block = { type: "text", inlines: [writerFor(turn, next).say(why)] };
  const buttons = [...card.buttons, ...besideButtons(turn, writerFor(turn, next), isWithPeople)];
  return show(turn, next, { ...card, blocks: [line, ...card.blocks], buttons }, { kind: "step" });
}

/** One hint a step after words that were not understood; always when the bot was addressed. */
export function hint(turn: CaseTurn): Decision {
  return reask(turn, "hint.text");
}

function reask(turn: CaseTurn, why: string): Decision {
  if (turn.message.addressed) return askAgain(turn, why);
  const asked = keyOf(turn.at.position);
  return asked && !turn.at.hinted.includes(asked) ? askAgain(turn, why) : silent(turn);
}

/** The card of what a case asks now. */
export function current(turn: Turn, at: Case, entry: Entry): Card {
  const writer = writerFor(turn, at);
  return at.position.at === "verify" ? verifyCard(writer, entry, at) : stepCard(writer, entry, at);
}

/** The step that the case stands at. */
function currentStep(turn: CaseTurn): Step | undefined {
  const { position } = turn.at;
  return position.at === "step" ? turn.entry?.steps[position.step] : undefined;
}

/** Shows the command of a step privately to a reader who has its role; else says whose it is. */
export function reveal(turn: CaseTurn): Decision {
  const step = currentStep(turn);
  const writer = writerFor(turn);
  if (!step || !turn.entry || !mayRun(turn.message.from.role, step)) {
    const card = noteCard(writer, writer.say("reveal.title"), [[writer.say("reveal.refused")]]);
    return decided(turn, { kind: "case", deliveries: [whisper(turn, card)] });
  }
  const card = stepCard(writer, turn.entry, turn.at);
  return decided(turn, { kind: "step", deliveries: [whisper(turn, card)] });
}

function nothingOpen(turn: CaseTurn): Decision {
  const at = changed(turn, turn.at, {});
  const writer = writerFor(turn, at);
  const about = at.codes[0] ? [[writer.say("hint.about"), " ", { code: at.codes[0] }]] : [];
  const lines = [[writer.say("hint.nothing-open")], ...about];
  const entry = at.entry ? { entry: at.entry } : undefined;
  const card = noteCard(writer, writer.say("hint.title"), lines, [
    ...(at.incident && entry ? [writer.button("button.anyway", "anyway", entry)] : []),
    ...besideButtons(turn, writer, isWithPeople),
    writer.button("button.person", "person", {}),
    writer.button("button.help", "help", {}, "quiet"),
  ]);
  return decided(turn, { kind: "help", at, deliveries: [post(turn, card)] });
}

function keyOf(position: Case["position"]): string | undefined {
  if (position.at === "step") return position.step;
  return position.at === "verify" ? "verify" : undefined;
}

function withQuote(turn: CaseTurn, card: Card, quote: string): Card {
  const line = writerFor(turn).say("step.read");
  const shown = turn.env.redact(quote).text.slice(0, QUOTE);
  return {
    ...card,
    blocks: [{ type: "text", quiet: true, inlines: [line, " ", { code: shown }] }, ...card.blocks],
  };
}
