import type { Inline } from "../card.ts";
import type { Case } from "../case.ts";
import { readCodes } from "../codes/read.ts";
import type { Reading } from "../codes/reading.ts";
import type { HandedOver } from "../handover/desk.ts";
import type { Entry, Step } from "../knowledge/entry.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { ENTRY_ID } from "../knowledge/schema.ts";
import { clip, codeLines, oneLine, quoted, relatedLines } from "./entry-text.ts";

/** An entry to be written: its wished id, and its text under the id that was free. */
export type Draft = { id: string; text(id: string): string };

/**
 * A solved case as the draft of an entry, in the asker's language: code, question, the checks that were made, and the
 * agent's line as cause and remedy. It is valid and never shown; a person completes it. `today` is 2026-11-21.
 */
export function draftOf(at: HandedOver, knowledge: Knowledge, today: string): Draft {
  const say = (key: string, params: Record<string, string> = {}) =>
    knowledge.phrases(at.language, `draft.${key}`, { case: at.id, ...params });
  const entry = at.entry ? knowledge.entry(at.entry, at.language) : undefined;
  const reading = readCodes(at.codes[0] ?? "", knowledge.catalog, { bare: true }).codes[0]
    ?.readings[0];
  const question = oneLine(at.question ?? "") || say("no-question");
  const solution = oneLine(at.handover.resolution ?? "") || say("no-solution");
  const checks = checksOf(at, entry);
  const signs = triedOf(at, entry, (result) => knowledge.phrases(at.language, `tried.${result}`));
  const text = (id: string) =>
    [
      `# ${say("head", { date: today })}`,
      ...(entry ? [`# ${say("known", { entry: entry.id })}`] : []),
      `id: ${quoted(id)}`,
      `language: ${at.language}`,
      `title: ${quoted(clip(question, 160))}`,
      "status: draft",
      `reviewed: ${today}`,
      `area: ${entry?.area ?? "apps"}`,
      ...(entry ? [] : codeLines(reading ? [reading] : [])),
      "questions:",
      `  - ${quoted(clip(question, 200))}`,
      `summary: ${quoted(question)}`,
      "causes:",
      "  - id: solved-here",
      "    likelihood: possible",
      `    title: ${quoted(say("cause"))}`,
      `    why: ${quoted(solution)}`,
      ...(signs.length > 0
        ? ["    signs:", ...signs.map((sign) => `      - ${quoted(sign)}`)]
        : []),
      `    steps: [${[...checks.map(({ step }) => step.id), "solved-it"].join(", ")}]`,
      "    sources: [own-experience]",
      "steps:",
      ...checks.flatMap(({ step, result }, i) =>
        checkLines(step, result, {
          next: checks[i + 1]?.step.id ?? "solved-it",
          other: say("other"),
        }),
      ),
      "  solved-it:",
      `    title: ${quoted(say("remedy"))}`,
      "    who: helpdesk",
      "    risk: reversible",
      "    do:",
      `      - ${quoted(solution)}`,
      `    undo: ${quoted(say("undo"))}`,
      "    sources: [own-experience]",
      "verify:",
      `  - ${quoted(say("verify"))}`,
      "escalate:",
      `  when: ${quoted(say("escalate"))}`,
      ...(entry && reading ? relatedLines(reading.code) : []),
      "references:",
      "  - id: own-experience",
      `    by: ${quoted(clip(oneLine(at.handover.agent?.name ?? at.id), 100))}`,
      `    date: ${today}`,
      "",
    ].join("\n");
  return { id: idOf(at, reading, entry), text };
}

/** The code's own id where no entry has it yet, else the case's. */
function idOf(at: Case, reading: Reading | undefined, entry: Entry | undefined): string {
  const own = reading && reading.family !== "bugcheck" && !entry ? reading.code : "";
  return ENTRY_ID.test(own) ? own : at.id.toLowerCase();
}

/** The read-only steps that were tried, each with the result that was seen. */
function checksOf(at: Case, entry: Entry | undefined): { step: Step; result: string }[] {
  const seen = new Map<string, { step: Step; result: string }>();
  for (const { step: id, result, entry: of } of at.tried) {
    const step = of === entry?.id ? entry.steps[id] : undefined;
    const title = step?.results.find((each) => each.id === result)?.title;
    if (step?.risk === "read-only" && title) seen.set(id, { step, result: title });
  }
  return [...seen.values()];
}

function triedOf(at: Case, entry: Entry | undefined, word: (result: string) => string): string[] {
  return at.tried
    .filter((tried) => tried.entry === entry?.id)
    .map(({ step: id, result }) => {
      const step = entry?.steps[id];
      const own = step?.results.find((each) => each.id === result)?.title;
      return `${step?.title ?? id}: ${own ?? word(result)}`;
    })
    .slice(0, 40);
}

function checkLines(
  step: Step,
  result: string,
  { next, other }: { next: string; other: string },
): string[] {
  return [
    `  ${step.id}:`,
    `    title: ${quoted(step.title)}`,
    `    who: ${step.who}`,
    "    risk: read-only",
    ...(step.do.length > 0 ? ["    do:"] : []),
    ...step.do.map((line) => `      - ${quoted(proseText(line))}`),
    ...(step.run.length > 0 ? ["    run:"] : []),
    ...step.run.flatMap(({ shell, command, expect }) => [
      `      - shell: ${shell}`,
      "        command: |-",
      ...command.split("\n").map((line) => `          ${line}`),
      `        expect: ${quoted(proseText(expect))}`,
    ]),
    "    results:",
    "      - id: as-here",
    `        title: ${quoted(result)}`,
    `        next: ${next}`,
    "      - id: other",
    `        title: ${quoted(other)}`,
    "        next: escalate",
    "    sources: [own-experience]",
  ];
}

/** Prose as an author writes it. */
function proseText(inlines: Inline[]): string {
  return inlines
    .map((part) => {
      if (typeof part === "string") return part;
      if ("bold" in part) return `**${part.bold}**`;
      return "code" in part ? `\`${part.code}\`` : part.link;
    })
    .join("");
}
