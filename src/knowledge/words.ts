import { z } from "zod";

const list = z.array(z.string().min(1)).max(600).default([]);

/** words.yaml of a locale: what search and the lints do with the words of a language. */
export const wordsSchema = z.strictObject({
  stop_words: list,
  synonyms: z.array(list).max(200).default([]),
  suffixes: list,
  dangers: list,
  negations: list,
  denials: list,
  changing_verbs: list,
  forbids: list,
  everyday: list,
});

/** report.yaml of a locale: how people retell what a program says. */
export const reportSchema = z.strictObject({
  says: list,
  talks: list,
  reasons: list,
  turns: list,
  people: list,
  asides: list,
  wishes: list,
  troubles: list,
  related: z.array(list).max(600).default([]),
});

/** The words of one language, ready for use. */
export type Words = {
  /** As written, lower case, and folded. */
  stopWords: ReadonlySet<string>;
  /** First stem of a synonym -> the stem sequences that begin with it, longest first, and the group's name. */
  synonyms: ReadonlyMap<string, readonly { tokens: readonly string[]; name: string }[]>;
  /** The synonyms of one word, as written, folded: a stop word is one of them only where it is listed. */
  synonymWords: ReadonlySet<string>;
  /** Groups of words that may stand for each other, but do not mean the same. */
  related: readonly (readonly string[])[];
  /** Finds what leads to the words of a program ("it says"), and what turns away from them ("but"). */
  says: RegExp;
  turns: RegExp;
  /** Finds what leads to the words of people ("told me"). */
  talks: RegExp;
  /** Those that say why, in lower case: nobody speaks there ("because"). */
  reasons: ReadonlySet<string>;
  /** Finds how somebody asks for something that is no error ("can you add me"), and what tells of trouble all the same ("not"); of a folded text. */
  wishes: RegExp;
  troubles: RegExp;
  /** Finds a person at the end of what stands before such a word ("my boss always"). */
  people: RegExp;
  /** By their last letter, longest first. */
  suffixes: ReadonlyMap<string, readonly { cut: string; put: string }[]>;
  dangers: readonly Group<string>[];
  negations: ReadonlySet<string>;
  /** Words that say that something is missing or does not go: "no", "cant", "sin". */
  denials: ReadonlySet<string>;
  changingVerbs: ReadonlySet<string>;
  /** How a warning begins, folded: "do not". */
  forbids: readonly string[];
  /** Words of many meanings, folded: none of them alone tells where an error was seen. */
  everyday: ReadonlySet<string>;
};

/** A word group, as stems, and what it stands for. */
export type Group<T> = { stems: readonly string[]; means: T };

/** One word of a text: folded, and as it was written. */
export type Token = { word: string; as: string };

/** More than four marks on a letter are no language, and thousands make normalising slow. */
const MARKS = /(\p{M}{4})\p{M}+/gu;
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}\p{N}]+)*/gu;
const ASCII = /^[\n\t\x20-\x7E]*$/;
const ASCII_WORD = /[a-z0-9]+(?:'[a-z0-9]+)*/gi;

/** Prepares a locale's word lists for the search. */
export function readWords(
  data: z.infer<typeof wordsSchema>,
  report: z.infer<typeof reportSchema>,
): Words {
  const suffixes = readSuffixes(data.suffixes);
  const synonyms = new Map<string, { tokens: string[]; name: string }[]>();
  for (const group of data.synonyms) {
    const name = wordsOf(group[0] ?? "").join("");
    for (const phrase of group) {
      const tokens = wordsOf(phrase).map((word) => stem(word, { suffixes }));
      const [first] = tokens;
      if (first) synonyms.set(first, [...(synonyms.get(first) ?? []), { tokens, name }]);
    }
  }
  for (const phrases of synonyms.values())
    phrases.sort((a, b) => b.tokens.length - a.tokens.length);
  return {
    stopWords: folded(data.stop_words),
    synonyms,
    synonymWords: folded(data.synonyms.flat()),
    related: report.related,
    says: anyWord([...report.says, ...report.reasons]),
    talks: anyWord(report.talks),
    reasons: new Set(report.reasons),
    people: new RegExp(
      `${anyWord(report.people).source}(?:\\s+${anyWord(report.asides).source})?\\s+$`,
      "iu",
    ),
    wishes: anyWord(report.wishes.map(foldText)),
    troubles: anyWord([...report.troubles, ...report.says, ...data.denials].map(foldText)),
    turns: new RegExp(`,\\s*${anyWord(report.turns).source}`, "iu"),
    suffixes,
    dangers: data.dangers.map((danger) => readGroup(danger, { suffixes }, danger)),
    negations: folded(data.negations),
    denials: folded(data.denials),
    changingVerbs: folded(data.changing_verbs),
    forbids: data.forbids.map(foldWord),
    everyday: folded(data.everyday),
  };
}

/** Any of these words or expressions, whole, in any case. */
function anyWord(list: readonly string[]): RegExp {
  const longest = list.toSorted((a, b) => b.length - a.length).map(RegExp.escape);
  return new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${longest.join("|") || "(?!)"})(?![\\p{L}\\p{N}])`,
    "giu",
  );
}

/**
 * Splits a text into folded words: without accents, lower case, parted at everything that is no letter or digit; an
 * apostrophe inside a word is dropped (can't -> cant).
 */
export function tokensOf(text: string): Token[] {
  if (ASCII.test(text)) {
    return (text.match(ASCII_WORD) ?? []).map((as) => ({ as, word: foldAscii(as) }));
  }
  const source = text.replace(MARKS, "$1").normalize("NFC");
  return (source.match(WORD) ?? []).map((as) => ({ as, word: foldWord(as) }));
}

/** The words of `tokensOf`, folded. */
export function wordsOf(text: string): string[] {
  if (!ASCII.test(text)) return tokensOf(text).map(({ word }) => word);
  const words = text.toLowerCase().match(ASCII_WORD) ?? [];
  return text.includes("'") ? words.map((word) => word.replaceAll("'", "")) : words;
}

/** The words of a text, folded, with one blank between them. */
export function foldText(text: string): string {
  return wordsOf(text).join(" ");
}

/** Turns "a b c" into a group of stems; stop words stay, since a cue is written on purpose. */
export function readGroup<T>(text: string, words: Pick<Words, "suffixes">, means: T): Group<T> {
  return { stems: [...new Set(wordsOf(text).map((word) => stem(word, words)))], means };
}

/** The stem of a folded word: a suffix less when three letters stay, no double letter at the end, no final e. */
export function stem(word: string, words: Pick<Words, "suffixes">): string {
  const suffix = words.suffixes
    .get(word.at(-1) ?? "")
    ?.find(({ cut }) => word.endsWith(cut) && word.length - cut.length >= 3);
  const root = suffix ? word.slice(0, word.length - suffix.cut.length) + suffix.put : word;
  const single = root.length > 3 && endsTwice(root) ? root.slice(0, -1) : root;
  return single.length > 3 && single.endsWith("e") ? single.slice(0, -1) : single;
}

/** True for a word that ends in a letter of a to z twice. */
function endsTwice(word: string): boolean {
  const last = word.charCodeAt(word.length - 1);
  return last === word.charCodeAt(word.length - 2) && last >= 97 && last <= 122;
}

function readSuffixes(list: readonly string[]): Words["suffixes"] {
  const suffixes = list
    .map((suffix) => suffix.split(" "))
    .map(([cut = "", put = ""]) => ({ cut, put }))
    .sort((a, b) => b.cut.length - a.cut.length);
  return Map.groupBy(suffixes, ({ cut }) => cut.at(-1) ?? "");
}

/** Lower case without accents and apostrophes. */
export function foldWord(word: string): string {
  if (ASCII.test(word)) return foldAscii(word);
  return word
    .normalize("NFD")
    .replace(/[\p{M}'’]/gu, "")
    .toLowerCase();
}

function foldAscii(word: string): string {
  const lower = word.toLowerCase();
  return lower.includes("'") ? lower.replaceAll("'", "") : lower;
}

function folded(list: readonly string[]): ReadonlySet<string> {
  return new Set(list.map(foldWord));
}
