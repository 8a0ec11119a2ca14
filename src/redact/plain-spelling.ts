import type { Rule } from "./rule.ts";

/** What nobody sees: zero-width marks, marks of direction, soft hyphens, accents that stand on their own. */
const UNSEEN = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]|\p{Mn}/u;
/** Blanks of other kinds, such as those that a chat or a web page puts beside a word so that no line breaks there. */
const BLANK = /[^\P{Zs} ]/u;
const WIDE = /[\uFF01-\uFF5E]/;
const ODD = new RegExp(`${UNSEEN.source}|${BLANK.source}|${WIDE.source}`, "u");
const FULL_WIDTH = 0xfee0;

type Spelled = { text: string; places: number[] };

/** Of the newest text; undefined where it has nothing odd. */
let last: { text: string; spelled: Spelled | undefined } = { text: "", spelled: undefined };

/** A text as people see it. */
export function plainSpelling(text: string): string {
  return spelledOf(text)?.text ?? text;
}

/**
 * A rule that reads a text as people see it: full-width letters and blanks of any kind as ordinary ones, without invisible marks
 * and accents that stand on their own. What it finds is masked as it was written.
 */
export function inPlainSpelling({ find, ...rule }: Rule): Rule {
  return {
    ...rule,
    find: (text) => {
      const spelled = spelledOf(text);
      if (!spelled) return find(text);
      const { text: plain, places } = spelled;
      return find(plain).map(({ start, end }) => ({
        start: places[start] ?? text.length,
        end: (places[end - 1] ?? text.length) + 1,
      }));
    },
  };
}

function spelledOf(text: string): Spelled | undefined {
  if (last.text !== text) last = { text, spelled: ODD.test(text) ? spell(text) : undefined };
  return last.spelled;
}

/** The text as it looks, with the place of each of its characters. */
function spell(text: string): Spelled {
  const characters: string[] = [];
  const places: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charAt(i);
    if (UNSEEN.test(unit)) continue;
    characters.push(plain(unit));
    places.push(i);
  }
  return { text: characters.join(""), places };
}

function plain(unit: string): string {
  if (BLANK.test(unit)) return " ";
  return WIDE.test(unit) ? String.fromCharCode(unit.charCodeAt(0) - FULL_WIDTH) : unit;
}
