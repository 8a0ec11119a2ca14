import { type Candidate, choicesCard } from "./answers/choices.ts";
import { decodedCard } from "./answers/decoded.ts";
import { entryCard } from "./answers/entry.ts";
import { type noteCard, notFoundCard, warningCard } from "./answers/notes.ts";
import { type KnownCode, severalCard } from "./answers/several.ts";
import { unknownCodeCard } from "./answers/unknown-code.ts";
import { misnamedText } from "./answers/writer.ts";
import type { Block, Inline } from "./card.ts";
import { type Case, firstPosition } from "./case.ts";
import type { Extraction, FoundCode, Reading } from "./codes/reading.ts";
import { type Misnamed, settle } from "./codes/settle.ts";
import { isKnown, readContext } from "./intent.ts";
import type { Entry, Meaning, Myth } from "./knowledge/entry.ts";
import {
  codeAnswer,
  type Decision,
  decided,
  entryAnswer,
  event,
  openCase,
  post,
  type Said,
  silent,
  type Turn,
  writerFor,
} from "./turn.ts";

/** How a question is answered beside its codes: lines to put first, and a family that the asker chose. */
export type Asked = { preface?: Inline[]; family?: Reading["family"]; deliver?: typeof post };

/** Answers a message that holds codes: one problem, several codes, a choice of readings, or an unknown code. */
export function answerCodes(turn: Turn, extraction: Extraction, asked: Asked = {}): Decision {
  const { codes, misnamed } = settle(extraction.codes);
  const usable = turn.message.addressed ? codes : codes.filter(isKnown);
  const known = usable
    .filter((code) => code.readings.length > 0)
    .map((code) => chosen(code, asked));
  const first = known[0];
  if (!first) return usable[0] ? answerUnknown(turn, usable[0], extraction.more) : silent(turn);

  const entries = new Set(known.map((code) => entryOf(turn, code)?.id));
  const oneProblem = known.length === 1 || (entries.size === 1 && !entries.has(undefined));
  const notes = alsoUnknown(turn, usable);
  if (!oneProblem) return answerSeveral(turn, known, extraction.more, notes);
  if (first.close && !asked.family) return answerReadings(turn, first);
  const entry = entryOf(turn, first);
  const said = { asked, notes, ...(misnamed ? { misnamed } : {}) };
  return entry
    ? answerEntry(turn, entry, { codes: known, ...said })
    : answerDecoded(turn, first, said);
}

/** Answers a description without a code: an entry, a meaning, a choice, a warning, or an honest "not found". */
export function answerSymptom(turn: Turn, asked: Asked = {}): Decision {
  const { knowledge } = turn.env;
  const text = turn.message.text;
  const dangers = knowledge.mythsIn(text, turn.language).filter(({ myth }) => myth.danger);
  if (dangers.length > 0) return answerWarning(turn, dangers);
  const found = knowledge.search(text, turn.language);
  if (found.outcome === "none") return answerNothing(turn, asked);
  const candidates = found.hits.map((hit) => candidateOf(turn, hit)).filter((c) => c !== undefined);
  const [first] = candidates;
  if (!first) return answerNothing(turn, asked);
  if (found.outcome === "choices" && candidates.length > 1)
    return answerCandidates(turn, candidates);
  if ("entry" in first && first.entry)
    return answerEntry(turn, first.entry, { codes: [], asked, notes: [] });
  if (!("meaning" in first)) return answerNothing(turn, asked);
  const reading = readingOf(first.meaning);
  return say(turn, asked, {
    kind: "decoded",
    answers: [codeAnswer(reading, undefined)],
    at: openCase(turn, { codes: [reading.code] }),
    card: (at) => decodedCard(writerFor(turn, at), undefined, reading, first.meaning, []),
  });
}

/** Answers with an entry and, where the surface can hold one, opens or turns the thread's case. */
export function answerEntry(
  turn: Turn,
  entry: Entry,
  about: { codes: FoundCode[]; asked: Asked; notes: Block[]; misnamed?: Misnamed },
): Decision {
  const { message, env, language } = turn;
  const context = readContext(message.text, entry);
  const found = about.codes[0];
  const reading = found?.readings[0];
  const draft = openCase(turn, {
    codes: about.codes.map((code) => code.readings[0]?.code ?? "").filter((code) => code !== ""),
    entry: entry.id,
    ...(context ? { context: context.context.id } : {}),
  });
  const next = firstPosition(entry, draft);
  const at: Case = { ...draft, position: next.at === "escalate" ? { at: "none" } : next };
  const keeps = message.surface !== "slash";
  const myths = mythsFor(turn, entry);
  const answers = about.codes.map((code) => codeAnswer(code.readings[0] as Reading, entry.id));
  return say(turn, about.asked, {
    kind: "entry",
    answers: answers.length > 0 ? answers : [entryAnswer(entry)],
    alternatives: (found?.readings.slice(1) ?? []).map((r) =>
      codeAnswer(r, env.knowledge.entryFor(r)),
    ),
    ...(keeps ? { at } : {}),
    card: (kept) =>
      entryCard(writerFor(turn, kept), {
        entry,
        at,
        myths,
        ...(found ? { found } : {}),
        ...(reading ? { reading } : {}),
        ...(context ? { seenIn: context.words } : {}),
        ...(about.misnamed ? { misnamed: about.misnamed } : {}),
        ...(about.asked.preface ? { preface: about.asked.preface } : {}),
      }),
    notes: about.notes,
    language,
  });
}

/** Answers with candidates as buttons. */
export function answerCandidates(turn: Turn, candidates: Candidate[]): Decision {
  return say(
    turn,
    {},
    {
      kind: "choices",
      answers: candidates.map(candidateAnswer),
      at: openCase(turn, { position: { at: "choice" } }),
      card: (at) => {
        const writer = writerFor(turn, at);
        return choicesCard(writer, writer.say("choices.symptom"), candidates);
      },
    },
  );
}

function answerReadings(turn: Turn, code: FoundCode): Decision {
  const candidates = code.readings.slice(0, 3).map((reading): Candidate => {
    const entry = entryById(turn, turn.env.knowledge.entryFor(reading));
    return entry ? { reading, entry } : { reading };
  });
  return say(
    turn,
    {},
    {
      kind: "choices",
      answers: candidates.map(candidateAnswer),
      at: openCase(turn, {
        position: { at: "choice" },
        codes: [code.readings[0]?.code ?? code.text],
      }),
      card: (at) => {
        const writer = writerFor(turn, at);
        return choicesCard(
          writer,
          writer.say("choices.reading", { code: code.text.slice(0, 40) }),
          candidates,
        );
      },
    },
  );
}

function answerSeveral(turn: Turn, codes: FoundCode[], more: number, notes: Block[]): Decision {
  const rows = codes.map((found): KnownCode => {
    const reading = found.readings[0];
    const entry = reading && entryOf(turn, found);
    return { found, reading, entry: entry?.id, line: reading ? lineOf(turn, reading, entry) : "" };
  });
  return say(
    turn,
    {},
    {
      kind: "several",
      answers: rows.flatMap((row) => (row.reading ? [codeAnswer(row.reading, row.entry)] : [])),
      at: openCase(turn, {
        position: { at: "choice" },
        codes: rows.flatMap((row) => (row.reading ? [row.reading.code] : [])).slice(0, 20),
      }),
      card: (at) => severalCard(writerFor(turn, at), rows, more, [...warnings(turn), ...notes]),
    },
  );
}

function answerDecoded(
  turn: Turn,
  code: FoundCode,
  about: { asked: Asked; notes: Block[]; misnamed?: Misnamed },
): Decision {
  const reading = code.readings[0] as Reading;
  const meaning = turn.env.knowledge.meaning(reading, turn.language);
  const { misnamed } = about;
  return say(turn, about.asked, {
    kind: "decoded",
    answers: [codeAnswer(reading, undefined)],
    alternatives: code.readings.slice(1).map((r) => codeAnswer(r, turn.env.knowledge.entryFor(r))),
    at: openCase(turn, { codes: [reading.code] }),
    card: (at) => {
      const writer = writerFor(turn, at);
      const notes = misnamed
        ? [...about.notes, note("info", [misnamedText(writer, misnamed, reading)])]
        : about.notes;
      return decodedCard(writer, code, reading, meaning, [...warnings(turn), ...notes]);
    },
  });
}

function answerUnknown(turn: Turn, code: FoundCode, more: number): Decision {
  const hex =
    code.value === null ? null : `0x${code.value.toString(16).toUpperCase().padStart(8, "0")}`;
  return say(
    turn,
    {},
    {
      kind: "unknown-code",
      answers: [{ code: hex, symbol: null, family: null, entry: null }],
      events: [event(turn, "gap.unknown-code", undefined, { code: hex ?? code.text.slice(0, 60) })],
      card: (at) => unknownCodeCard(writerFor(turn, at), code, more, turn.env.knowledge.catalog),
    },
  );
}

function answerWarning(turn: Turn, dangers: { entry: string; myth: Myth }[]): Decision {
  if (!turn.message.addressed) return silent(turn);
  const entry = entryById(turn, dangers[0]?.entry);
  return say(
    turn,
    {},
    {
      kind: "warning",
      answers: [],
      card: (at) =>
        warningCard(
          writerFor(turn, at),
          dangers.map(({ myth }) => myth),
          entry,
        ),
    },
  );
}

function answerNothing(turn: Turn, asked: Asked): Decision {
  if (!turn.message.addressed) return silent(turn);
  return say(turn, asked, {
    kind: "not-found",
    answers: [],
    events: [event(turn, "gap.not-found", undefined)],
    card: (at) => notFoundCard(writerFor(turn, at)),
  });
}

/** Makes the decision of one card: the case's current card is this delivery. */
function say(
  turn: Turn,
  asked: Asked,
  said: Omit<Said, "deliveries"> & {
    card(at: Case | undefined): ReturnType<typeof noteCard>;
    notes?: Block[];
    language?: string;
  },
): Decision {
  const { card, notes, language: _, at: opened, ...rest } = said;
  const at = turn.message.surface === "slash" ? undefined : opened;
  const body = card(at);
  const delivery = (asked.deliver ?? post)(turn, {
    ...body,
    blocks: [
      ...(asked.preface && said.kind !== "entry"
        ? [{ type: "text", inlines: asked.preface } as Block]
        : []),
      ...(notes ?? []),
      ...body.blocks,
    ],
  });
  return decided(turn, {
    ...rest,
    deliveries: [delivery],
    ...(at ? { at: { ...at, card: delivery.id } } : {}),
  });
}

function chosen(code: FoundCode, asked: Asked): FoundCode {
  const wanted = code.readings.filter((r) => r.family === asked.family);
  return asked.family && wanted.length > 0
    ? { ...code, readings: [...wanted, ...code.readings.filter((r) => r.family !== asked.family)] }
    : code;
}

function entryOf(turn: Turn, code: FoundCode): Entry | undefined {
  const reading = code.readings[0];
  return reading && entryById(turn, turn.env.knowledge.entryFor(reading));
}

function entryById(turn: Turn, id: string | undefined): Entry | undefined {
  return id ? turn.env.knowledge.entry(id, turn.language) : undefined;
}

function lineOf(turn: Turn, reading: Reading, entry: Entry | undefined): string {
  const meaning = turn.env.knowledge.meaning(reading, turn.language)?.meaning;
  return entry?.title ?? meaning ?? writerFor(turn).say(`family.${reading.family}`);
}

function mythsFor(turn: Turn, entry: Entry): Myth[] {
  return turn.env.knowledge
    .mythsIn(turn.message.text, turn.language)
    .filter((hit) => hit.entry === entry.id || hit.myth.danger)
    .map((hit) => entry.myths.find((own) => own.id === hit.myth.id) ?? hit.myth);
}

function warnings(turn: Turn): Block[] {
  return turn.env.knowledge
    .mythsIn(turn.message.text, turn.language)
    .filter(({ myth }) => myth.danger)
    .map(({ myth }) => note("danger", myth.correction));
}

function alsoUnknown(turn: Turn, codes: FoundCode[]): Block[] {
  const unknown = codes
    .filter((code) => code.readings.length === 0)
    .map((code) => code.text.slice(0, 60));
  if (unknown.length === 0) return [];
  const inlines = [
    writerFor(turn).say("several.also-unknown"),
    " ",
    { code: unknown.slice(0, 5).join(", ") },
  ];
  return [{ type: "text", quiet: true, inlines }];
}

function note(level: "info" | "danger", inlines: Inline[]): Block {
  return { type: "notice", level, inlines };
}

function candidateOf(
  turn: Turn,
  hit: { entry: string } | { meaning: Meaning },
): Candidate | undefined {
  if ("meaning" in hit) return { meaning: hit.meaning, code: readingOf(hit.meaning).code };
  const entry = entryById(turn, hit.entry);
  return entry && { entry };
}

function candidateAnswer(candidate: Candidate) {
  if ("reading" in candidate) return codeAnswer(candidate.reading, candidate.entry?.id);
  if ("meaning" in candidate) return codeAnswer(readingOf(candidate.meaning), undefined);
  return entryAnswer(candidate.entry);
}

function readingOf(meaning: Meaning): Reading {
  return {
    code: `0x${meaning.value.toString(16).toUpperCase().padStart(8, "0")}`,
    value: meaning.value,
    symbol: meaning.symbol,
    family: meaning.family,
    component: meaning.family,
    identity: `${meaning.family}:${meaning.value}`,
    aliases: [],
    why: { id: "meaning", params: {} },
    score: 0,
  };
}
