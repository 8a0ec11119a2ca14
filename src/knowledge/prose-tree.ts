import { createHash } from "node:crypto";
import type { Overlay } from "./overlay.ts";
import type { RawEntry, RawStep } from "./schema.ts";

/** The prose of an entry in the language it is written in, in the shape of an overlay; absent fields are left out. */
export function proseOf(entry: RawEntry): Overlay {
  return compact({
    title: entry.title,
    aliases: entry.aliases,
    questions: entry.questions,
    summary: entry.summary,
    background: entry.background,
    developers: entry.developers,
    codes: keyed(
      entry.codes.filter((code) => code.label !== undefined),
      (code) => [code.value, { label: code.label }],
    ),
    contexts: keyed(entry.contexts, ({ id, title, cues, note }) => [id, { title, cues, note }]),
    causes: keyed(entry.causes, ({ id, title, why, signs }) => [id, { title, why, signs }]),
    steps: keyed(Object.entries(entry.steps), ([id, step]) => [id, stepProse(step)]),
    verify: entry.verify,
    escalate: entry.escalate,
    myths: keyed(entry.myths, ({ id, claim, correction, cues }) => [
      id,
      { claim, correction, cues },
    ]),
    related: keyed(
      entry.related.filter((related) => related.note !== undefined),
      (related) => [related.code, { note: related.note }],
    ),
  }) as Overlay;
}

/** The first 8 hex digits of a hash over the prose that an overlay has to translate. */
export function proseHash(entry: RawEntry): string {
  const { aliases: _aliases, questions: _questions, ...prose } = proseOf(entry);
  const own = JSON.stringify(prose, (key, value) => (key === "cues" ? undefined : value));
  return createHash("sha256").update(own).digest("hex").slice(0, 8);
}

/** A difference between the prose of an entry and its overlay: `at` is the overlay's path. */
export type Difference = { at: (string | number)[]; kind: "missing" | "extra" };

/** Every key that the overlay lacks or has too much; lists that are a language's own are not compared. */
export function compareProse(
  english: unknown,
  other: unknown,
  at: (string | number)[] = [],
): Difference[] {
  if (Array.isArray(english) && Array.isArray(other)) {
    const longest = Math.max(english.length, other.length);
    return Array.from({ length: longest }, (_, i) => i).flatMap((i) =>
      pair(english[i], other[i], [...at, i]),
    );
  }
  if (!isTree(english) || !isTree(other)) return [];
  const keys = [...new Set([...Object.keys(english), ...Object.keys(other)])];
  return keys
    .filter((key) => !OWN_LISTS.has(key))
    .flatMap((key) => pair(english[key], other[key], [...at, key]));
}

const OWN_LISTS = new Set(["of", "aliases", "questions", "cues"]);

function pair(english: unknown, other: unknown, at: (string | number)[]): Difference[] {
  if (isAbsent(english) && isAbsent(other)) return [];
  if (isAbsent(english)) return [{ at, kind: "extra" }];
  if (isAbsent(other)) return [{ at, kind: "missing" }];
  return compareProse(english, other, at);
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function stepProse(step: RawStep) {
  return {
    title: step.title,
    practice: step.practice,
    do: step.do,
    run: step.run.map(({ expect }) => ({ expect })),
    results: keyed(step.results, ({ id, title }) => [id, { title }]),
    undo: step.risk === "reversible" ? step.undo : undefined,
    warn: step.risk === "disruptive" ? step.warn : undefined,
    no_undo: step.risk === "disruptive" ? step.no_undo : undefined,
  };
}

function keyed<T, V>(items: readonly T[], entry: (item: T) => [string, V]): Record<string, V> {
  return Object.fromEntries(items.map(entry));
}

/** Drops undefined, empty lists and empty maps all the way down, so that what is absent compares equal. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact);
  if (!isTree(value)) return value;
  const kept = Object.entries(value)
    .map(([key, inner]) => [key, compact(inner)] as const)
    .filter(([, inner]) => inner !== undefined && !isEmpty(inner));
  return Object.fromEntries(kept);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || isEmpty(value);
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isTree(value) && Object.keys(value).length === 0;
}
