import type { Action } from "./action.ts";
import { anatomyRows } from "./answers/anatomy.ts";
import { entrySection } from "./answers/entry.ts";
import { helpCard, noteCard, whereCard } from "./answers/notes.ts";
import { stepCard } from "./answers/step.ts";
import { answerCodes, answerEntry } from "./ask.ts";
import type { Block } from "./card.ts";
import { type Case, firstPosition } from "./case.ts";
import { readCodes } from "./codes/read.ts";
import type { Family, Reading } from "./codes/reading.ts";
import {
  type CaseTurn,
  current,
  goOn,
  handOver,
  hint,
  moveTo,
  resolve,
  reveal,
  show,
  skip,
  takeResult,
} from "./follow.ts";
import type { Entry } from "./knowledge/entry.ts";
import {
  changed,
  type Decision,
  decided,
  event,
  openCase,
  post,
  type Turn,
  whisper,
  writerFor,
} from "./turn.ts";

/** Actions that only look, and so need neither the owner nor the newest card. */
const LOOKING: readonly Action["do"][] = [
  "more",
  "useful",
  "not-useful",
  "help",
  "reveal",
  "post",
  "solve",
  "mine",
  "helping",
];

/**
 * Answers a button. The action is a request: a card of another case or of an older version is "too old"; a click by
 * somebody who is neither owner nor helper changes nothing. A button of a case that is not stored any more opens it anew.
 */
export function click(turn: Turn, action: Action): Decision {
  if (LOOKING.includes(action.do)) return look(turn, action);
  const entry = action.entry ? turn.env.knowledge.entry(action.entry, turn.language) : undefined;
  if (action.entry && !entry) return tooOld(turn);
  if (!turn.at) return action.case && entry ? revive(turn, action, entry) : fresh(turn, action);
  if (action.case && action.case !== turn.at.id) return tooOld(turn);
  if (!mayAct(turn, turn.at)) return notYours(turn, turn.at);
  if (action.rev !== undefined && action.rev !== turn.at.version) return tooOld(turn);
  return act({ ...turn, at: turn.at, entry: entry ?? caseEntry(turn, turn.at) }, action);
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

/** A button that cannot be trusted or does not fit the case any more, and what the case asks now. */
export function tooOld(turn: Turn): Decision {
  const writer = writerFor(turn);
  const entry = turn.at && caseEntry(turn, turn.at);
  const now =
    turn.at && entry && turn.at.position.at === "step"
      ? stepCard(writer, entry, turn.at)
      : undefined;
  const card = noteCard(
    writer,
    writer.say("too-old.title"),
    [[writer.say("too-old.text")]],
    now?.buttons ?? [],
  );
  return decided(turn, {
    kind: "case",
    deliveries: [whisper(turn, now ? { ...card, blocks: [...card.blocks, ...now.blocks] } : card)],
  });
}

function act(turn: CaseTurn, action: Action): Decision {
  const { at, entry } = turn;
  switch (action.do) {
    case "result":
    case "worked":
    case "failed":
    case "cannot": {
      if (at.position.at !== "step" || at.position.step !== action.step) return tooOld(turn);
      const result = action.do === "result" ? (action.result ?? "") : action.do;
      const known = action.do !== "result" || isResult(turn, result);
      return known ? takeResult(turn, result) : tooOld(turn);
    }
    case "skip":
      return skip(turn);
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
  const entry = action.entry ? turn.env.knowledge.entry(action.entry, turn.language) : undefined;
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
  const entry = action.entry ? turn.env.knowledge.entry(action.entry, turn.language) : undefined;
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
    turn.at.version,
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
  });
  const others = otherReadings(turn, action.code);
  const next = changed(turn, at, { rejected, position: { at: "none" } });
  const writer = writerFor(turn, next);
  const buttons = others.map((reading) => ({
    label: `${reading.code} ${reading.symbol ?? ""}`.trim(),
    style: "default" as const,
    action: writer.action("choose", { code: reading.code, result: reading.family }),
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

function look(turn: Turn, action: Action): Decision {
  const writer = writerFor(turn);
  const entry = action.entry ? turn.env.knowledge.entry(action.entry, turn.language) : undefined;
  switch (action.do) {
    case "more":
      return decided(turn, { kind: "entry", deliveries: more(turn, action, entry) });
    case "useful":
    case "not-useful": {
      const card = noteCard(writer, writer.say("feedback.title"), [
        [writer.say(`feedback.${action.do}`)],
      ]);
      const detail = {
        ...(action.entry ? { entry: action.entry } : {}),
        ...(action.code ? { code: action.code } : {}),
      };
      return decided(turn, {
        kind: "feedback",
        events: [event(turn, `feedback.${action.do}`, turn.at, detail)],
        deliveries: [whisper(turn, card)],
      });
    }
    case "reveal":
      return turn.at
        ? reveal({ ...turn, at: turn.at, entry: entry ?? caseEntry(turn, turn.at) })
        : tooOld(turn);
    case "post":
    case "solve":
    case "mine":
      return elsewhere(turn, action, entry);
    case "helping":
      return helping(turn);
    default:
      return decided(turn, { kind: "help", deliveries: [whisper(turn, helpCard(writer))] });
  }
}

function more(turn: Turn, action: Action, entry: Entry | undefined) {
  const writer = writerFor(turn);
  const value = action.code ? Number(action.code) >>> 0 : 0;
  const fold: Block | undefined = entry
    ? entrySection(writer, entry, action.result ?? "")
    : {
        type: "fold",
        title: writer.say("fold.anatomy"),
        blocks: [{ type: "facts", rows: anatomyRows(writer, value) }],
        open: action,
      };
  if (fold?.type !== "fold") return [];
  return [
    whisper(turn, { title: fold.title, blocks: fold.blocks, buttons: [], language: turn.language }),
  ];
}

/** Puts an answer where it can hold a case: into the channel, or into a private conversation with the asker. */
function elsewhere(turn: Turn, action: Action, entry: Entry | undefined): Decision {
  const { message } = turn;
  const { thread: _, ...place } = message.address;
  const id = turn.env.newCaseId;
  const asked: Turn = {
    ...turn,
    at: undefined,
    message: {
      ...message,
      surface: action.do === "post" ? "channel" : "dm",
      address: { ...place, thread: `pending:${id}` },
      text: action.code ?? "",
      addressed: true,
    },
  };
  const codes = readCodes(action.code ?? "", turn.env.knowledge.catalog, { bare: true });
  const to =
    action.do === "post"
      ? ({ kind: "address", address: place } as const)
      : ({ kind: "dm" } as const);
  const deliver: typeof post = (at, card) => post(at, card, { to, opens: id });
  if (codes.codes.length > 0) return answerCodes(asked, codes, { deliver });
  return entry
    ? answerEntry(asked, entry, { codes: [], asked: { deliver }, notes: [] })
    : tooOld(turn);
}

function helping(turn: Turn): Decision {
  if (!turn.at) return tooOld(turn);
  const helpers = [...new Set([...turn.at.helpers, turn.message.from.id])];
  const at = changed(turn, turn.at, { helpers });
  const entry = caseEntry(turn, at);
  const writer = writerFor(turn, at);
  const asks = at.status === "open" && (at.position.at === "step" || at.position.at === "verify");
  const fresh =
    at.card && entry && asks
      ? [post(turn, current(turn, at, entry), { mode: { update: at.card } })]
      : [];
  const card = noteCard(writer, writer.say("helping.title"), [[writer.say("helping.text")]]);
  return decided(turn, {
    kind: "case",
    at,
    events: [event(turn, "case.helper", at)],
    deliveries: [...fresh, whisper(turn, card)],
  });
}

function isResult(turn: CaseTurn, result: string): boolean {
  const { position } = turn.at;
  const step = position.at === "step" ? turn.entry?.steps[position.step] : undefined;
  return step?.results.some((r) => r.id === result) === true;
}

function caseEntry(turn: Turn, at: Case): Entry | undefined {
  return at.entry ? turn.env.knowledge.entry(at.entry, turn.language) : undefined;
}
