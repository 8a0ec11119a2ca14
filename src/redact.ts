import { keyRules } from "./redact/keys.ts";
import { passwordRules } from "./redact/passwords.ts";
import { peopleRules } from "./redact/people.ts";
import { placeRules } from "./redact/places.ts";
import { plainSpelling } from "./redact/plain-spelling.ts";
import type { Rule, RuleGroup } from "./redact/rule.ts";
import { tokenRules } from "./redact/tokens.ts";
import type { PrivacyWords } from "./redact/words.ts";

/** A text with masks such as "[password]" and "[user 1]", and what was masked, a kind a passage. */
export type Redacted = { text: string; found: { kind: string; secret: boolean }[] };

/** Masks personal data and secrets, in time linear to the text; codes, symbols and KB numbers stay. */
export type Redact = (text: string) => Redacted;

/** What a redactor goes by: the words of the locales, how the company names computers ("FIN-*"), and what a symbol is. */
export type RedactOptions = {
  words: PrivacyWords;
  hosts?: readonly string[];
  isSymbol?(word: string): boolean;
};

/**
 * Makes the function through which every text goes before it is stored, logged or handed over. Not found by shape: people's
 * names, telephone numbers, computers' free names, and passwords without a cue. One message asks several times about the same
 * text: the last answer is kept.
 */
export function createRedactor({ words, hosts = [], isSymbol }: RedactOptions): Redact {
  const isCode = (word: string) => CODE.test(word) || isSymbol?.(word) === true;
  const groups: RuleGroup[] = [
    tokenRules,
    keyRules,
    passwordRules(words, isCode),
    peopleRules,
    ...placeRules(words, hosts, isCode),
  ];
  let last: { text: string; masked: Redacted } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, masked: maskAll(text) };
    return last.masked;
  };

  function maskAll(text: string): Redacted {
    const found: Redacted["found"] = [];
    const numbers: Numbers = new Map();
    let masked = text;
    for (const { cue, rules } of groups) {
      if (cue && !isIn(cue, masked)) continue;
      for (const rule of rules) masked = mask(masked, rule, found, numbers);
    }
    return { text: masked, found };
  }
}

/** A code as people write it, or an update's number; short bare numbers are as likely a password. */
const CODE =
  /^(?:0x[0-9a-f_']{1,18}|[8c]0[0-9a-f]{6}h?|-[12]\d{9}|(?:2[2-9]|3\d|4[0-2])\d{8}|214[7-9]\d{6}|21[5-9]\d{7}|KB\d{6,8}|AADSTS\d{5,7})$/i;

/** As it is written, or as people see it: some rules read the one, some the other. */
function isIn(cue: RegExp, text: string): boolean {
  const plain = plainSpelling(text);
  return cue.test(text) || (plain !== text && cue.test(plain));
}

type Numbers = Map<string, Map<string, number>>;

/** Same passage, same number: `numbers` is kept over all rules of one text. */
function mask(text: string, rule: Rule, found: Redacted["found"], numbers: Numbers): string {
  const spans = rule.find(text);
  if (spans.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of spans) {
    const shown = rule.identity ? numbered(rule.kind, text.slice(start, end), numbers) : rule.kind;
    parts.push(text.slice(from, start), `[${shown}]`);
    found.push({ kind: rule.kind, secret: rule.secret });
    from = end;
  }
  return parts.join("") + text.slice(from);
}

function numbered(kind: string, value: string, numbers: Numbers): string {
  const known = numbers.get(kind) ?? new Map<string, number>();
  numbers.set(kind, known);
  const key = value.toLowerCase();
  const n = known.get(key) ?? known.size + 1;
  known.set(key, n);
  return `${kind} ${n}`;
}
