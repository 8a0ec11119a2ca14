import type { Action } from "./action.ts";
import { answerEntry } from "./answer.ts";
import { noteCard, whereCard } from "./answers/notes.ts";
import { stepCard } from "./answers/step.ts";
import { chooseReading } from "./answers/writer.ts";
import { answerCodes } from "./ask.ts";
import { type Case, firstPosition } from "./case.ts";
import { readCodes } from "./codes/read.ts";
import type { Family, Reading } from "./codes/reading.ts";
import { askAgain, goOn, hint, moveTo, resolve, takeOutcome, takeResult } from "./follow.ts";
import { wasHandedOver } from "./handover/desk.ts";
import { clickHandedOver } from "./handover/handed-over.ts";
import { handOver, notNow } from "./handover/handover.ts";
import { sendHandover } from "./handover/send-handover.ts";
import type { Entry } from "./knowledge/entry.ts";
import { look, tooOld } from "./look.ts";
import { CASE_ERASED } from "./past.ts";
import { show } from "./show.ts";
import {
  type CaseTurn,
  changed,
  type Decision,
  decided,
  entryById,
  event,
  openCase,
  type Turn,
  whisper,
  writerFor,
} from "./turn.ts";
import { turnTo } from "./turn-to.ts";

/** Buttons that name another entry than the case's. */
const LEADS_ELSEWHERE: ReadonlySet<Action["do"]> = new Set(["choose", "not-mine"]);

/**
 * Answers a button. The action is a request: a card of another case, of an older version or of an entry that the case is
 * not about is "too old"; a click by somebody who is neither owner nor helper changes nothing. A button of a case that is not stored any more opens it anew.
 */
export function click(turn: Turn, action: Action): Decision {
  const looked = look(turn, action);
  if (looked) return looked;
  if (turn.env.past.some(({ what }) => what === CASE_ERASED)) return erased(turn);
  const entry = entryById(turn, action.entry);
  if (action.entry && !entry) return tooOld(turn);
  if (!turn.at) return action.case && entry ? revive(turn, action, entry) : fresh(turn, action);
  if (action.case && action.case !== turn.at.id) return tooOld(turn);
  if (!mayAct(turn, turn.at)) return notYours(turn, turn.at);
  if (action.entry && action.entry !== turn.at.entry && !LEADS_ELSEWHERE.has(action.do))
    return tooOld(turn);
  const held = wasHandedOver(turn.at)
    ? clickHandedOver({ ...turn, at: turn.at, entry }, action)
    : undefined;
  if (held) return held;
  const made = turn.at.asked ?? turn.at.version;
  if (action.rev !== undefined && action.rev !== made) return tooOld(turn);
  const { quiet: _, ...at } = turn.at;
  return act({ ...turn, at, entry: entry ?? entryById(turn, at.entry) }, action);
}

/** The truth about a card that outlived its case. */
function erased(turn: Turn): Decision {
  const writer = writerFor(turn, undefined);
  const card = noteCard(writer, writer.say("erased.title"), [[writer.say("erased.text")]]);
  return decided(turn, { kind: "case", answers: [], deliveries: [whisper(turn, card)] });
}

/** True when this person's words and clicks count in the case. */
export function mayAct(turn: Turn, at: Case): boolean {
  const id = turn.message.from.id;
  return id === at.owner.id || at.helpers.includes(id);
}

/** A private word to somebody who acts in another person's case. */
export function notYours(turn: Turn, at: Case): Decision {
  const writer = writerFor(turn, at);
  const about = at.entry ? { entry: at.entry } : {};
  const card = noteCard(
    writer,
    writer.say("not-yours.title"),
    [[writer.say("not-yours.text", { owner: at.owner.name ?? writer.say("not-yours.somebody") })]],
    [
      writer.button("button.mine", "mine", about),
      writer.button("button.helping", "helping", about),
    ],
  );
  return decided(turn, { kind: "case", deliveries: [whisper(turn, card)] });
}

function act(turn: CaseTurn, action: Action): Decision {
  const { at, entry } = turn;
  switch (action.do) {
    case "result":
    case "worked":
    case "failed":
    case "cannot": {
      if (at.position.at !== "step" || at.position.step !== action.step) return tooOld(turn);
      if (action.do !== "result") return takeOutcome(turn, action.do);
      const { result } = action;
      return result && isResult(turn, result) ? takeResult(turn, result) : tooOld(turn);
    }
    case "skip":
      return takeOutcome(turn, "skip");
    case "again":
      return askAgain(turn, "hint.which");
    case "confirm": {
      if (!entry || at.position.at !== "step") return tooOld(turn);
      const next = changed(turn, at, {});
      return show(turn, next, stepCard(writerFor(turn, next), entry, next, true), {
        kind: "step",
        events: [event(turn, "step.confirmed", at, { step: at.position.step })],
      });
    }
    case "context":
      return entry ? chooseContext(turn, entry, action.result) : tooOld(turn);
    case "choose":
      return choose(turn, action);
    case "person":
      return handOver(turn);
    case "turn-to":
      return turnTo(turn);
    case "anyway": {
      const happened = event(turn, "incident.anyway", at);
      return entry ? moveTo(turn, firstPosition(entry, at), happened) : tooOld(turn);
    }
    case "send-handover":
      return at.position.at === "handover" ? sendHandover(turn) : tooOld(turn);
    case "not-now":
      return at.position.at === "handover" ? notNow(turn) : tooOld(turn);
    case "not-mine":
      return notMine(turn, action);
    case "resolved":
      return resolve(turn);
    case "unresolved":
      return goOn(turn, "unresolved");
    case "reopen":
      return goOn(turn, "reopened");
    default:
      return hint(turn);
  }
}

/** A button outside any case: of a private card, or of a card that held none. */
function fresh(turn: Turn, action: Action): Decision {
  if (action.do === "choose") return choose(turn, action);
  const entry = entryById(turn, action.entry);
  if (action.do === "person" || action.do === "not-mine") {
    const at = openCase(turn, {
      ...(entry ? { entry: entry.id } : {}),
      ...(action.code ? { codes: [action.code] } : {}),
    });
    const seat = { ...turn, at: { ...at, version: 0 }, entry };
    return action.do === "person" ? handOver(seat) : notMine(seat, action);
  }
  return tooOld(turn);
}

function revive(turn: Turn, action: Action, entry: Entry): Decision {
  const opened = openCase(turn, {
    entry: entry.id,
    codes: entry.codes.slice(0, 1).map((c) => c.value),
  });
  const cause =
    entry.causes.find((c) => action.step && c.steps.includes(action.step)) ?? entry.causes[0];
  const position: Case["position"] =
    action.step && entry.steps[action.step]
      ? { at: "step", step: action.step, cause: cause?.id ?? "" }
      : { at: "none" };
  return act({ ...turn, at: { ...opened, version: 0, position }, entry }, action);
}

function choose(turn: Turn, action: Action): Decision {
  if (action.code) {
    const extraction = readCodes(action.code, turn.env.knowledge.catalog, { bare: true });
    if (extraction.codes.length === 0) return tooOld(turn);
    const family = action.result as Family | undefined;
    return answerCodes(turn, extraction, family ? { family } : {});
  }
  const entry = entryById(turn, action.entry);
  return entry ? answerEntry(turn, entry, { codes: [], asked: {}, notes: [] }) : tooOld(turn);
}

function chooseContext(turn: CaseTurn, entry: Entry, context: string | undefined): Decision {
  if (!context) {
    const writer = writerFor(turn, changed(turn, turn.at, {}));
    return show(turn, changed(turn, turn.at, {}), whereCard(writer, entry), { kind: "choices" });
  }
  const known = entry.contexts.some((c) => c.id === context);
  const { context: _, ...rest } = turn.at;
  const at: Case = known ? { ...turn.at, context } : rest;
  return moveTo(
    { ...turn, at },
    firstPosition(entry, at),
    event(turn, "case.context", at, { context }),
  );
}

function notMine(turn: CaseTurn, action: Action): Decision {
  const { at, entry } = turn;
  const rejected = [
    ...new Set([
      ...at.rejected,
      ...(entry ? [entry.id] : []),
      ...(action.code ? [action.code] : []),
    ]),
  ];
  const happened = event(turn, "answer.rejected", at, {
    ...(entry ? { entry: entry.id } : {}),
    ...(action.code ? { code: action.code } : {}),
    language: turn.language,
    ...(at.question ? { text: at.question } : {}),
  });
  const others = otherReadings(turn, action.code);
  const next = changed(turn, at, { rejected, position: { at: "none" } });
  const writer = writerFor(turn, next);
  const buttons = others.map((reading) => ({
    label: `${reading.code} ${reading.symbol ?? ""}`.trim(),
    style: "default" as const,
    action: chooseReading(writer, reading),
  }));
  const card = noteCard(
    writer,
    writer.say("not-mine.title"),
    [
      [writer.say(others.length > 0 ? "not-mine.others" : "not-mine.text")],
      [writer.say("not-mine.describe")],
    ],
    [...buttons, writer.button("button.person", "person", {})],
  );
  const { entry: _, context: __, ...without } = next;
  return show(turn, without, card, { kind: "choices", answers: [], events: [happened] });
}

function otherReadings(turn: Turn, code: string | undefined): Reading[] {
  if (!code) return [];
  const found = readCodes(code, turn.env.knowledge.catalog, { bare: true }).codes[0];
  return found?.readings.slice(1, 4) ?? [];
}

function isResult(turn: CaseTurn, result: string): boolean {
  const { position } = turn.at;
  const step = position.at === "step" ? turn.entry?.steps[position.step] : undefined;
  return step?.results.some((r) => r.id === result) === true;
}
