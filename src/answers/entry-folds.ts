import type { Block, Inline } from "../card.ts";
import { causesInOrder } from "../case.ts";
import type { Entry, Myth } from "../knowledge/entry.ts";
import { anatomyRows } from "./anatomy.ts";
import { keeper } from "./kept.ts";
import type { Writer } from "./writer.ts";

const MYTHS_SHOWN = 4;
const SOURCES_SHOWN = 12;

const causesOf = keeper<Block[]>();
const detailsOf = keeper<Block[]>();

/** The blocks behind a fold button: `causes` or `details`. */
export function entrySection(writer: Writer, entry: Entry, section: string): Block | undefined {
  if (section === "causes") return causesFold(writer, entry);
  if (section === "details") return detailsFold(writer, entry);
  return undefined;
}

/** The causes, likeliest first for a context, and the myths that are not `corrected` above. */
export function causesFold(
  writer: Writer,
  entry: Entry,
  context?: string,
  corrected: readonly Myth[] = [],
): Block {
  const key = `${writer.language} ${context ?? ""}`;
  const write = () => causesAndMyths(writer, entry, context, corrected);
  return {
    type: "fold",
    title: writer.say("fold.causes"),
    blocks: corrected.length > 0 ? write() : causesOf(entry, key, write),
    open: writer.action("more", { entry: entry.id, result: "causes" }),
  };
}

function causesAndMyths(
  writer: Writer,
  entry: Entry,
  context: string | undefined,
  corrected: readonly Myth[],
): Block[] {
  const causes = causesInOrder(entry, context).map((cause): Inline[] => [
    { bold: cause.title },
    ` (${writer.say(`likelihood.${cause.likelihood}`)}). `,
    ...cause.why,
  ]);
  const open = entry.myths.filter((myth) => !corrected.includes(myth));
  const never = open.filter((myth) => myth.danger).map((myth) => myth.correction);
  const wrong = open
    .filter((myth) => !myth.danger)
    .slice(0, MYTHS_SHOWN)
    .map((myth): Inline[] => [
      ...myth.claim,
      " ",
      { bold: writer.say("entry.myth") },
      " ",
      ...myth.correction,
    ]);
  return [
    { type: "list", ordered: true, items: causes },
    ...(never.length > 0 ? [heading(writer, "entry.never"), list(never)] : []),
    ...(wrong.length > 0 ? [heading(writer, "entry.myths"), list(wrong)] : []),
  ];
}

/** What only some readers want: the parts of the code (as it was asked, else the entry's first), background, sources. */
export function detailsFold(writer: Writer, entry: Entry, asked?: string): Block {
  const value = asked ?? entry.codes[0]?.value;
  const key = `${writer.language} ${value ?? ""}`;
  return {
    type: "fold",
    title: writer.say("fold.details"),
    blocks: detailsOf(entry, key, () => details(writer, entry, value)),
    open: writer.action("more", { entry: entry.id, result: "details" }),
  };
}

function details(writer: Writer, entry: Entry, value: string | undefined): Block[] {
  const rows = value ? anatomyRows(writer, Number(value) >>> 0) : [];
  const related = entry.related.map((r): Inline[] => [
    { code: r.code },
    ` ${writer.say(`relation.${r.relation}`)}`,
    ...(r.note ? [": ", ...r.note] : []),
  ]);
  const sources = entry.references
    .slice(0, SOURCES_SHOWN)
    .map((r): Inline[] => [r.url ? { link: r.title, url: r.url } : r.title]);
  const more = { n: entry.references.length, entry: entry.id };
  return [
    ...(rows.length > 0 ? [{ type: "facts", rows } as const] : []),
    ...titled(writer, "entry.background", entry.background),
    ...titled(writer, "entry.developers", entry.developers),
    ...(related.length > 0 ? [heading(writer, "entry.related"), list(related)] : []),
    heading(writer, "entry.sources"),
    list(sources),
    ...(more.n > SOURCES_SHOWN ? [text([writer.say("entry.more-sources", more)])] : []),
  ];
}

function titled(writer: Writer, key: string, inlines: Inline[] | undefined): Block[] {
  return inlines ? [heading(writer, key), text(inlines)] : [];
}

function heading(writer: Writer, key: string): Block {
  return text([{ bold: writer.say(key) }]);
}

function list(items: Inline[][]): Block {
  return { type: "list", ordered: false, items };
}

function text(inlines: Inline[]): Block {
  return { type: "text", inlines };
}
