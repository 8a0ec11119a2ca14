import { CAPS } from "./thresholds.ts";
import { stem, type Token, tokensOf, type Words } from "./words.ts";

/** A search term and the words of the text that it came from. */
export type Term = { term: string; as: string };

const CODE = /(?<![\w])-?(?:0x[0-9a-f]{1,16}|\d+)(?![\w])/gi;
const SYMBOL = /(?<![\w])(?!ERR_|DNS_PROBE_)[A-Z][A-Z0-9]{0,30}(?:_[A-Z0-9]{1,40}){1,12}(?![\w])/g;

/**
 * The terms of a text: folded, stemmed, synonyms as one, without stop words, numbers and one-letter words. Codes and
 * symbols are left out: they are looked up in the name table, which has none of the browsers' names (ERR_, DNS_PROBE_).
 */
export function termsOf(text: string, words: Words): Term[] {
  const tokens = tokensOf(text.slice(0, CAPS.text).replace(SYMBOL, " ").replace(CODE, " "));
  const stems = tokens.map((token) => stem(token.word, words));
  const terms: Term[] = [];
  for (let at = 0; at < tokens.length; ) {
    const word = tokens[at]?.word ?? "";
    const stops = words.stopWords.has(word) && !words.synonymWords.has(word);
    const synonym = words.synonyms
      .get(stems[at] ?? "")
      ?.find(
        ({ tokens: wanted }) =>
          (wanted.length > 1 || !stops) && wanted.every((word, i) => stems[at + i] === word),
      );
    if (synonym) {
      const end = at + synonym.tokens.length;
      terms.push({
        term: synonym.name,
        as: tokens
          .slice(at, end)
          .map((t) => t.as)
          .join(" "),
      });
      at = end;
      continue;
    }
    const token = tokens[at];
    const term = stems[at];
    if (token && term && counts(token, term, words)) terms.push({ term, as: token.as });
    at++;
  }
  return terms;
}

/** True for a text with a number or a symbol, which its terms leave out. */
export function holdsNumber(text: string): boolean {
  return text.search(SYMBOL) >= 0 || text.search(CODE) >= 0;
}

/** True for a text with a code that cannot be meant otherwise: 0x and digits, or a symbol. */
export function holdsCode(text: string): boolean {
  return text.search(SYMBOL) >= 0 || /0x[0-9a-f]/i.test(text);
}

function counts(token: Token, term: string, words: Words): boolean {
  if (token.word.length < 2 || term.length > CAPS.termLength) return false;
  return !words.stopWords.has(token.word) && !/^\d+$/.test(token.word);
}
