import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { fold } from "../fold.ts";

const roles = [
  "cues",
  "weak",
  "fill",
  "fail",
  "deny",
  "units",
  "elsewhere",
  "systems",
  "parts",
  "well",
  "web",
  "address",
  "topic",
] as const;

/** What a word does to the numbers near it; see the lists in knowledge/locales/<language>/code-words.json. */
export type WordRole = (typeof roles)[number];

/** A phrase that names a component, by its last word; `words` in order, lower case without accents. */
export type ContextPhrase = { words: string[]; components: string[] };

/** A word near a number: its roles, and the context phrases that end with it. */
export type Cue = { roles: ReadonlySet<WordRole>; phrases: readonly ContextPhrase[] };

/**
 * The words around numbers, of all languages together, in lower case; "make:" is one with its colon. `ours` are folded
 * phrases for what belongs to Windows although another system may stand beside it ("rdp", "domain").
 */
export type Cues = { words: ReadonlyMap<string, Cue>; ours: readonly string[] };

const list = z.array(z.string().min(1));
const schema = z.strictObject({
  context: z.record(z.string(), list),
  cues: list,
  weak: list,
  fill: list,
  fail: list,
  deny: list,
  units: list,
  elsewhere: list,
  systems: list,
  parts: list,
  well: list,
  ours: list,
  web: list,
  address: list,
  topic: list,
});

/** Reads code-words.json of every language below a locales folder; throws when one is malformed. */
export function loadCues(locales: string): Cues {
  const words: Words = new Map();
  const ours: string[] = [];
  for (const language of readdirSync(locales).sort()) {
    const file = join(locales, language, "code-words.json");
    const data = schema.parse(JSON.parse(readFileSync(file, "utf8")));
    ours.push(...data.ours.map(fold));
    for (const role of roles) for (const word of data[role]) at(words, word).roles.add(role);
    for (const [component, texts] of Object.entries(data.context)) {
      for (const text of texts) addPhrase(words, text.split(/[ -]/), component);
    }
  }
  return { words, ours };
}

type Words = Map<string, { roles: Set<WordRole>; phrases: ContextPhrase[] }>;

function at(words: Words, word: string) {
  const known = words.get(word) ?? { roles: new Set<WordRole>(), phrases: [] };
  words.set(word, known);
  return known;
}

function addPhrase(all: Words, words: string[], component: string): void {
  const { phrases } = at(all, words.at(-1) as string);
  const same = phrases.find((phrase) => phrase.words.join(" ") === words.join(" "));
  if (same) same.components.push(component);
  else phrases.push({ words, components: [component] });
}
