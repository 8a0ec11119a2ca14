import type { Block, Card, Inline } from "../card.ts";
import { type Case, contextMatters } from "../case.ts";
import type { FoundCode, Reading } from "../codes/reading.ts";
import type { Misnamed } from "../codes/settle.ts";
import type { Entry, Myth } from "../knowledge/entry.ts";
import { causesFold, detailsFold } from "./entry-folds.ts";
import { keeper } from "./kept.ts";
import { personButton, stepBlocks, stepButtons } from "./step.ts";
import { feedbackButtons, misnamedText, titleCode, type Writer } from "./writer.ts";

const OUTDATED_AFTER = 365 * 24 * 3600_000;

/** What is the same in every answer: the question where it was seen (empty where that changes nothing), and the review. */
type Frame = { places: Block[]; reviewed: string; reviewedAt: number };

const frames = keeper<Frame>();

/** What an entry's card is written from: the code as found (if any), the case at its first step, and what was corrected. */
export type EntryAnswer = {
  entry: Entry;
  found?: FoundCode;
  reading?: Reading;
  at?: Case;
  /** The asker's words that name the context. */
  seenIn?: string;
  myths: Myth[];
  /** A name in the question that belongs to another code, or to none. */
  misnamed?: Misnamed;
  /** An incident is open: the steps wait until the asker wants them all the same. */
  waits?: boolean;
  /** First lines, e.g. which message of the thread was taken. */
  preface?: Inline[];
};

/** The answer to a known problem: what it is, why, the first safe step, and the rest folded. */
export function entryCard(writer: Writer, answer: EntryAnswer): Card {
  const { entry, at } = answer;
  const step = at?.position.at === "step" ? entry.steps[at.position.step] : undefined;
  const about = { entry: entry.id };
  const frame = frameOf(writer, entry);
  const stepOnes = step ? stepButtons(writer, entry, step, false) : [];
  return {
    title: entryTitle(answer),
    blocks: [
      ...(answer.preface ? [text(answer.preface)] : []),
      ...corrections(writer, answer),
      text(entry.summary),
      ...identity(writer, answer),
      ...order(writer, answer, frame),
      ...(step ? [{ type: "divider" } as const, ...stepBlocks(writer, step, 1, false)] : []),
      causesFold(writer, entry, at?.context, answer.myths),
      detailsFold(writer, entry, answer.reading?.code),
      { type: "text", quiet: true, inlines: [footer(writer, answer, frame)] },
    ],
    buttons: [
      ...stepOnes,
      ...(answer.waits && writer.keepsCase
        ? [writer.button("button.anyway", "anyway", about, "default")]
        : []),
      ...(writer.keepsCase
        ? []
        : [
            writer.button("button.solve", "solve", { ...about, ...codeOf(answer) }, "primary"),
            writer.button("button.post", "post", { ...about, ...codeOf(answer) }),
          ]),
      ...(writer.keepsCase && !answer.waits && !answer.seenIn && frame.places.length > 0
        ? [writer.button("button.where", "context", about, "quiet")]
        : []),
      ...personButton(writer, entry, stepOnes),
      writer.button("button.not-mine", "not-mine", { ...about, ...codeOf(answer) }, "quiet"),
      ...feedbackButtons(writer, about),
    ],
    language: writer.language,
  };
}

function entryTitle({ entry, found, reading }: EntryAnswer): string {
  const code = reading ? titleCode(reading, found) : entry.codes[0]?.value;
  if (!code || (!found && !isAboutItsCode(entry))) return entry.title;
  return `${code} · ${entry.title}`;
}

/** True for an entry that is named by its code: told in words alone it is still that code; others have several, or none. */
function isAboutItsCode(entry: Entry): boolean {
  return entry.id.startsWith("0x");
}

function codeOf({ reading }: EntryAnswer): { code?: string } {
  return reading ? { code: reading.code } : {};
}

function corrections(writer: Writer, { myths, misnamed, reading }: EntryAnswer): Block[] {
  const blocks: Block[] = myths.map((myth) => ({
    type: "notice",
    level: myth.danger ? "danger" : "caution",
    inlines: myth.correction,
  }));
  if (misnamed && reading && myths.length === 0) {
    blocks.push({
      type: "notice",
      level: "info",
      inlines: [misnamedText(writer, misnamed, reading)],
    });
  }
  return blocks;
}

function identity(writer: Writer, { entry, found, reading }: EntryAnswer): Block[] {
  if (!reading && !isAboutItsCode(entry)) return [];
  const own = reading ? entry.codes.find(({ value }) => value === reading.code) : entry.codes[0];
  const symbol = reading?.symbol ?? own?.symbol;
  const symbolName: Inline | undefined = symbol ? { code: symbol } : undefined;
  const name = own?.symbol === null ? own.label : symbolName;
  const rows: { label: string; value: Inline[] }[] = [];
  if (name) rows.push({ label: writer.say("entry.name"), value: [name] });
  if (found && reading && found.text.toUpperCase() !== reading.code.toUpperCase()) {
    rows.push({
      label: writer.say("entry.read-as"),
      value: [
        { code: reading.code },
        ` (${writer.say(`why.${reading.why.id}`, reading.why.params)})`,
      ],
    });
  }
  return rows.length > 0 ? [{ type: "facts", rows }] : [];
}

function frameOf(writer: Writer, entry: Entry): Frame {
  return frames(entry, writer.language, () => {
    const places = entry.contexts.map((c) => c.title).join(", ");
    const where: Block = {
      type: "text",
      quiet: true,
      inlines: [writer.say("entry.where", { places })],
    };
    return {
      places: contextMatters(entry) ? [where] : [],
      reviewed: writer.say("footer.reviewed", { date: entry.reviewed }),
      reviewedAt: Date.parse(entry.reviewed),
    };
  });
}

function order(
  writer: Writer,
  { entry, at, seenIn, waits }: EntryAnswer,
  { places }: Frame,
): Block[] {
  const context = entry.contexts.find((c) => c.id === at?.context);
  if (context && seenIn) {
    const note = context.note ? [" ", ...context.note] : [];
    return [text([writer.say("entry.seen-in", { words: seenIn, place: context.title }), ...note])];
  }
  return waits || !writer.keepsCase ? [] : places;
}

function footer(writer: Writer, { entry, at }: EntryAnswer, frame: Frame): string {
  const old = writer.now - frame.reviewedAt > OUTDATED_AFTER;
  return [
    at && writer.keepsCase ? at.id : "",
    frame.reviewed,
    old ? writer.say("footer.outdated") : "",
    entry.language === writer.language ? "" : writer.say("footer.untranslated"),
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

function text(inlines: Inline[]): Block {
  return { type: "text", inlines };
}
