/** A language of the interface, as its folder in knowledge/locales is named. */
export type Language = "en" | "es";

/** The bot's own words: a phrase by its dotted key, with `{name}` parameters filled in. */
export type Phrases = (
  language: Language,
  key: string,
  params?: Record<string, string | number>,
) => string;

/** What tells a language from the others, and how people ask for it: data of knowledge/locales/<language>/talk.yaml. */
export type Markers = {
  language: Language;
  /** Words that only this language uses among those offered (1), and those that others borrow (0.5). */
  weights: ReadonlyMap<string, number>;
  endings: readonly string[];
  letters: string;
  /** " in english ", " en inglés ": a wish for this language, in any language, between blanks. */
  wishes: readonly string[];
  /** True for a word that the knowledge of this language uses and that of no other does. */
  isOwn(word: string): boolean;
};

/** What is known about a person's language besides the text in hand, in falling order of weight. */
export type LanguageHints = {
  case: Language | undefined;
  person: Language | undefined;
  locale: string | undefined;
  fallback: Language;
};

const QUOTED =
  /```[\s\S]{0,8000}?```|`[^`\n]{0,300}`|"[^"\n]{0,300}"|“[^”\n]{0,300}”|«[^»\n]{0,300}»/gu;
const ASCII = /^[\0-\x7F]*$/;
const PLAIN = /^[a-z]+$/i;
const WORD = /^\p{L}[\p{L}'’]*$/u;
const LOUD = /^\p{Lu}{4,}$/u;
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const MIN_WORDS = 3;
const MIN_WORDS_IN_CASE = 4;

/**
 * The language to answer in: an explicit wish, then this text (three natural words or more, in a case four, and a clear
 * margin), the case, the person, the platform's locale, what little the text says (of two languages that are even, the one
 * that begins; where nothing marks one, the one whose knowledge alone has its words), the default. `wish` is set when it was asked for.
 */
export function pickLanguage(
  text: string,
  markers: readonly Markers[],
  hints: LanguageHints,
): { language: Language; wish?: Language } {
  const words = naturalWords(text);
  const wish = wishedLanguage(words, markers);
  if (wish) return { language: wish, wish };
  const read = readLanguage(words, markers, hints.case ? MIN_WORDS_IN_CASE : MIN_WORDS);
  if (read?.clear) return { language: read.language };
  const locale = markers.find((m) => hints.locale?.toLowerCase().startsWith(m.language))?.language;
  return {
    language:
      hints.case ??
      hints.person ??
      locale ??
      read?.language ??
      knownLanguage(words, markers) ??
      hints.fallback,
  };
}

let lastRead: { text: string; words: readonly string[] } | undefined;

/**
 * The words of a text that are prose: codes, symbols, paths, commands and quoted passages are left out. One message asks
 * several times about the same text: the last answer is kept.
 */
export function naturalWords(text: string): readonly string[] {
  if (lastRead?.text !== text) lastRead = { text, words: readWords(text) };
  return lastRead.words;
}

function readWords(text: string): string[] {
  const words: string[] = [];
  for (const token of text.slice(0, 16_000).replace(QUOTED, " ").split(/\s+/u)) {
    const isPlain = PLAIN.test(token);
    const word = isPlain ? token : token.replace(EDGES, "");
    const lower = word.toLowerCase();
    const isWord = isPlain || WORD.test(word);
    if (isWord && (word === lower || !LOUD.test(word))) words.push(lower);
  }
  return words;
}

function readLanguage(
  words: readonly string[],
  markers: readonly Markers[],
  minWords: number,
): { language: Language; clear: boolean } | undefined {
  const [first, second] = markers
    .map((m) => scoreIn(m, words))
    .sort((a, b) => b.score - a.score || a.from - b.from);
  if (!first || first.score === 0) return undefined;
  const clear = words.length >= minWords && first.score - (second?.score ?? 0) >= 1;
  return { language: first.language, clear };
}

/** What the words weigh in a language together; `from` is the place of the first that weighs anything, -1 for none. */
function scoreIn(markers: Markers, words: readonly string[]) {
  const { language } = markers;
  let from = -1;
  let score = 0;
  for (let at = 0; at < words.length; at++) {
    const more = weight(words[at] as string, markers);
    if (more > 0 && from < 0) from = at;
    score += more;
  }
  return { language, from, score };
}

/** The only language whose knowledge has words of a text to itself. */
function knownLanguage(
  words: readonly string[],
  markers: readonly Markers[],
): Language | undefined {
  const [first, second] = markers.filter((m) => words.some((word) => m.isOwn(word)));
  return second ? undefined : first?.language;
}

function weight(word: string, markers: Markers): number {
  const known = markers.weights.get(word);
  if (known !== undefined) return known;
  const { endings, letters } = markers;
  if (letters !== "" && !ASCII.test(word) && [...word].some((one) => letters.includes(one)))
    return 1;
  for (const ending of endings) {
    if (word.endsWith(ending) && word.length > ending.length + 2) return 0.5;
  }
  return 0;
}

function wishedLanguage(
  words: readonly string[],
  markers: readonly Markers[],
): Language | undefined {
  const plain = ` ${words.join(" ")} `;
  return markers.find((m) => m.wishes.some((wish) => plain.includes(wish)))?.language;
}
