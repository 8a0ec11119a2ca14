import type { Language } from "../language.ts";
import { type Grammar, type Phrase, phraseOf } from "./danger-grammar.ts";
import { advises, isDisowned, isNegated, type Span, spansOf, startsAt } from "./danger-match.ts";
import { type DangerToken, dangerTokens } from "./danger-tokens.ts";

/** Words that follow each other at a short distance; each slot holds alternatives, each of one word or more. */
export type Command = readonly (readonly Phrase[])[];

/** What one danger is recognised by in one language. */
export type Signs = { targets: readonly Phrase[]; commands: readonly Command[] };

/** A danger as the finder needs it. `unless`: words near it that make it harmless. */
export type Sought = {
  id: string;
  acts: ReadonlySet<string>;
  unless: ReadonlySet<string>;
  signs: Partial<Record<Language, Signs>>;
};

const NONE: readonly Candidate[] = [];
const WINDOW = 12;
const SLOT_GAP = 7;

/** Reads "reg add|delete securityproviders": slots parted by blanks, alternatives by |. */
export function readCommand(text: string): Command {
  return text.split(/\s+/u).map((slot) => slot.split("|").map(wordsOf));
}

/** Finds the ids of the dangers that a text with these words advises or asks about, in any language. */
export function findDangers(
  text: string,
  words: readonly string[],
  dangers: readonly Sought[],
  grammars: Readonly<Record<Language, Grammar>>,
): Set<string> {
  const found = new Set<string>();
  const possible = candidates(words, text.includes("*"), dangers);
  if (possible.size === 0) return found;
  const tokens = dangerTokens(text);
  const present = new Set(tokens.map((token) => token.word));
  for (const { danger, signs } of possible) {
    if (found.has(danger.id) || [...danger.unless].some((word) => present.has(word))) continue;
    const spans = spansOf(tokens, signs.targets);
    if (holdsCommand(tokens, signs.commands, grammars)) found.add(danger.id);
    else if (anyAdvises(tokens, spans, danger, grammars)) found.add(danger.id);
  }
  return found;
}

type Candidate = { danger: Sought; signs: Signs };

const indexes = new WeakMap<readonly Sought[], ReadonlyMap<string, readonly Candidate[]>>();

/** The dangers of which a sign may stand in the text, by its words in any order: most texts hold none. */
function candidates(
  words: readonly string[],
  star: boolean,
  dangers: readonly Sought[],
): Set<Candidate> {
  const index = indexes.get(dangers) ?? indexOf(dangers);
  indexes.set(dangers, index);
  const begun = new Set(NONE);
  for (const word of words) for (const one of index.get(word) ?? NONE) begun.add(one);
  for (const one of (star && index.get("*")) || NONE) begun.add(one);
  if (begun.size === 0) return begun;
  const present = new Set(words);
  if (star) present.add("*");
  const has = (phrase: Phrase) => phrase.every((word) => present.has(word));
  for (const one of begun) {
    const { targets, commands } = one.signs;
    const isPossible =
      targets.some(has) || commands.some((slots) => slots.every((s) => s.some(has)));
    if (!isPossible) begun.delete(one);
  }
  return begun;
}

function indexOf(dangers: readonly Sought[]): ReadonlyMap<string, readonly Candidate[]> {
  const index = new Map<string, Candidate[]>();
  for (const danger of dangers) {
    for (const signs of Object.values(danger.signs)) {
      const candidate = { danger, signs };
      const firsts = [...signs.targets, ...signs.commands.flatMap((command) => command[0] ?? [])];
      for (const word of new Set(firsts.map((phrase) => phrase[0] ?? ""))) {
        index.set(word, [...(index.get(word) ?? []), candidate]);
      }
    }
  }
  return index;
}

/** People mix languages: a verb of any of them counts. */
function anyAdvises(
  tokens: readonly DangerToken[],
  spans: readonly Span[],
  danger: Sought,
  grammars: Readonly<Record<Language, Grammar>>,
): boolean {
  if (spans.length === 0) return false;
  return Object.values(grammars).some((grammar) => advises(tokens, spans, danger.acts, grammar));
}

function holdsCommand(
  tokens: readonly DangerToken[],
  commands: readonly Command[],
  grammars: Readonly<Record<Language, Grammar>>,
): boolean {
  const spoken = Object.values(grammars);
  return commands.some((command) =>
    tokens.some((_, at) => {
      const end = commandEnd(tokens, at, command);
      if (end === undefined) return false;
      return !spoken.some(
        (grammar) => isNegated(tokens, at, grammar) || isDisowned(tokens, end, grammar),
      );
    }),
  );
}

/** The last token of the command that begins at `at`. */
function commandEnd(
  tokens: readonly DangerToken[],
  at: number,
  command: Command,
): number | undefined {
  let end = at - 1;
  for (const [i, slot] of command.entries()) {
    const next = slotEnd(tokens, end + 1, i === 0 ? 0 : SLOT_GAP, slot);
    if (next === undefined || next - at > WINDOW) return undefined;
    end = next;
  }
  return end;
}

function slotEnd(
  tokens: readonly DangerToken[],
  from: number,
  gap: number,
  slot: readonly Phrase[],
): number | undefined {
  for (let i = from; i <= from + gap && i < tokens.length; i += 1) {
    if (tokens[i]?.sentence !== tokens[from]?.sentence) return undefined;
    const phrase = slot.find((one) => startsAt(tokens, i, one));
    if (phrase) return i + phrase.length - 1;
  }
  return undefined;
}

function wordsOf(alternative: string): Phrase {
  return alternative === "*" ? ["*"] : phraseOf(alternative.replaceAll("-", " "));
}
