import type { Rule } from "./rule.ts";

/** Full-width letters, and what nobody sees: zero-width marks, soft hyphens, accents that stand on their own. */
const ODD = /[\uFF01-\uFF5E\u00AD\u200B-\u200F\u2060\uFEFF]|\p{Mn}/u;
const FULL_WIDTH = 0xfee0;

type Spelled = { text: string; places: number[] };

/** Of the newest text; undefined where it has nothing odd. */
let last: { text: string; spelled: Spelled | undefined } = { text: "", spelled: undefined };

/**
 * A rule that reads a text as people see it: full-width letters as ordinary ones, without invisible marks and accents that
 * stand on their own. What it finds is masked as it was written.
 */
export function inPlainSpelling({ find, ...rule }: Rule): Rule {
  return {
    ...rule,
    find: (text) => {
      if (last.text !== text) last = { text, spelled: ODD.test(text) ? spell(text) : undefined };
      if (!last.spelled) return find(text);
      const { text: plain, places } = last.spelled;
      return find(plain).map(({ start, end }) => ({
        start: places[start] ?? text.length,
        end: (places[end - 1] ?? text.length) + 1,
      }));
    },
  };
}

/** The text as it looks, with the place of each of its characters. */
function spell(text: string): Spelled {
  const characters: string[] = [];
  const places: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charAt(i);
    const isOdd = ODD.test(unit);
    if (isOdd && unit < "\uFF01") continue;
    characters.push(isOdd ? String.fromCharCode(unit.charCodeAt(0) - FULL_WIDTH) : unit);
    places.push(i);
  }
  return { text: characters.join(""), places };
}
