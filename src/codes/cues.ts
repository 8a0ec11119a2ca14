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

/**
 * The words around numbers, of all languages together: a word's roles, and context phrases by their last word. `ours` are
 * folded phrases for what belongs to Windows although another system may stand beside it ("rdp", "domain").
 */
export type Cues = {
  roles: ReadonlyMap<string, ReadonlySet<WordRole>>;
  phrases: ReadonlyMap<string, readonly ContextPhrase[]>;
  ours: readonly string[];
};

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
  const words = new Map<string, Set<WordRole>>();
  const phrases = new Map<string, ContextPhrase[]>();
  const ours: string[] = [];
  for (const language of readdirSync(locales).sort()) {
    const file = join(locales, language, "code-words.json");
    const data = schema.parse(JSON.parse(readFileSync(file, "utf8")));
    ours.push(...data.ours.map(fold));
    for (const role of roles) for (const word of data[role]) add(words, word, role);
    for (const [component, texts] of Object.entries(data.context)) {
      for (const text of texts) addPhrase(phrases, text.split(/[ -]/), component);
    }
  }
  return { roles: words, phrases, ours };
}

function add(words: Map<string, Set<WordRole>>, word: string, role: WordRole): void {
  const known = words.get(word);
  if (known) known.add(role);
  else words.set(word, new Set([role]));
}

function addPhrase(
  phrases: Map<string, ContextPhrase[]>,
  words: string[],
  component: string,
): void {
  const last = words.at(-1) as string;
  const known = phrases.get(last) ?? [];
  const same = known.find((phrase) => phrase.words.join(" ") === words.join(" "));
  if (same) same.components.push(component);
  else known.push({ words, components: [component] });
  phrases.set(last, known);
}
