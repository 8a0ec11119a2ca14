import type { Catalog } from "../codes/reading.ts";
import type { Language } from "../language.ts";
import { byLanguage } from "./languages.ts";
import { lintAdvice } from "./lint/advice.ts";
import { lintCodes } from "./lint/codes.ts";
import { lintCommands } from "./lint/commands.ts";
import { lintCues } from "./lint/cues.ts";
import type { Fault } from "./lint/fault.ts";
import { lintFirstLook } from "./lint/first-look.ts";
import { lintGraph } from "./lint/graph.ts";
import { lintLanguage } from "./lint/language.ts";
import { lintProse } from "./lint/prose.ts";
import { lintSources } from "./lint/sources.ts";
import { textsIn } from "./lint/texts.ts";
import { lintWarnings } from "./lint/warnings.ts";
import type { RawEntry } from "./schema.ts";
import type { Words } from "./words.ts";

/** What the lints need to know beside the entry. */
export type LintContext = {
  catalog: Catalog;
  placeholders: ReadonlySet<string>;
  words: Record<Language, Words>;
  room: "built-in" | "company";
};

/** Every lint of an entry in the language it is written in; company entries are held to the same rules. */
export function lintEntry(entry: RawEntry, language: Language, context: LintContext): Fault[] {
  const texts = textsIn(entry);
  return [
    ...lintGraph(entry),
    ...lintCodes(entry, context.catalog),
    ...lintCommands(entry),
    ...lintSources(entry, context.room),
    ...lintProse(texts, context.placeholders),
    ...lintAdvice(texts, context.words[language], readOnlySteps(entry)),
    ...lintLanguage(texts, language, functionWords(context)),
    ...lintWarnings(corrections(entry), context.words[language]),
    ...(context.room === "built-in"
      ? [...lintCues(texts, context.words), ...lintFirstLook(entry)]
      : []),
    ...lintRetired(entry),
  ];
}

/** The lints of a translation or of a company's additions: prose, advice and language. */
export function lintOverlay(
  overlay: unknown,
  entry: RawEntry,
  language: Language,
  context: LintContext,
): Fault[] {
  const texts = textsIn(overlay);
  return [
    ...lintProse(texts, context.placeholders),
    ...lintAdvice(texts, context.words[language], readOnlySteps(entry)),
    ...lintLanguage(texts, language, functionWords(context)),
    ...(context.room === "built-in" ? lintCues(texts, context.words) : []),
  ];
}

/** The corrections of an entry's dangerous myths. */
function corrections(entry: RawEntry) {
  return entry.myths.flatMap(({ danger, correction }, i) =>
    danger === "yes" ? [{ at: ["myths", i, "correction"], text: correction }] : [],
  );
}

function lintRetired(entry: RawEntry): Fault[] {
  if (entry.status === "retired" && !entry.replaced_by)
    return [
      { at: ["status"], text: "a retired entry names its successor: replaced_by: another id" },
    ];
  if (entry.status !== "retired" && entry.replaced_by)
    return [{ at: ["replaced_by"], text: "only an entry with status: retired is replaced" }];
  return [];
}

function readOnlySteps(entry: RawEntry): ReadonlySet<string> {
  const steps = Object.entries(entry.steps).filter(([, step]) => step.risk === "read-only");
  return new Set(steps.map(([id]) => id));
}

function functionWords(context: LintContext): Record<Language, ReadonlySet<string>> {
  return byLanguage((language) => context.words[language].stopWords);
}
