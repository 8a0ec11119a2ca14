import type { Grammar, Phrase, Verb } from "./danger-grammar.ts";
import type { DangerToken } from "./danger-tokens.ts";

/** A stretch of tokens, both ends included. */
export type Span = { from: number; to: number };

const GAP = 5;
const INSIDE = 7;
const FAR = 9;
const BACK = 8;
const REACH = 24;

/** The stretches of a text that are one of these phrases. */
export function spansOf(tokens: readonly DangerToken[], phrases: readonly Phrase[]): Span[] {
  return tokens.flatMap((_, from) => {
    const longest = phrases
      .filter((phrase) => startsAt(tokens, from, phrase))
      .reduce((most, phrase) => Math.max(most, phrase.length), 0);
    return longest > 0 ? [{ from, to: from + longest - 1 }] : [];
  });
}

/** True when a text advises one of `acts` about a target in it, as opposed to telling what happened. */
export function advises(
  tokens: readonly DangerToken[],
  targets: readonly Span[],
  acts: ReadonlySet<string>,
  grammar: Grammar,
): boolean {
  return tokens.some((_, at) =>
    verbsAt(tokens, at, acts, grammar).some((verb) =>
      targets.some((target) => isAdvice({ tokens, at, verb, target, grammar })),
    ),
  );
}

/** True when the words before `at` turn what follows round: "do not", "sin", "instead of". */
export function isNegated(tokens: readonly DangerToken[], at: number, grammar: Grammar): boolean {
  const clause = tokens[at]?.clause;
  for (let i = at - 1; i >= 0 && at - i <= BACK; i -= 1) {
    const token = tokens[i];
    if (!token || token.clause !== clause) return false;
    const negation = grammar.negations.find((phrase) => endsAt(tokens, i, phrase));
    if (negation) {
      const before = i - negation.length;
      return !grammar.despite.some((phrase) => endsAt(tokens, before, phrase));
    }
    if (!grammar.bridges.has(token.word)) return false;
  }
  return false;
}

/** True when the sentence says after `at` that this is no good, and does not ask. */
export function isDisowned(tokens: readonly DangerToken[], at: number, grammar: Grammar): boolean {
  if (tokens[at]?.asked) return false;
  return grammar.disowned.some((phrase) => follows(tokens, at, phrase));
}

/** True when the words of the phrase begin at `from`. */
export function startsAt(tokens: readonly DangerToken[], from: number, phrase: Phrase): boolean {
  return phrase.length > 0 && phrase.every((word, i) => tokens[from + i]?.word === word);
}

type Hit = {
  tokens: readonly DangerToken[];
  at: number;
  verb: Verb;
  target: Span;
  grammar: Grammar;
};

function verbsAt(
  tokens: readonly DangerToken[],
  at: number,
  acts: ReadonlySet<string>,
  grammar: Grammar,
): readonly Verb[] {
  const token = tokens[at];
  if (!token) return [];
  const verbs = (grammar.exact.get(token.exact) ?? grammar.folded.get(token.word) ?? []).filter(
    (verb) => acts.has(verb.acts),
  );
  return verbs.filter(
    (verb) => verb.rest.length === 0 || verb.gap || startsAt(tokens, at + 1, verb.rest),
  );
}

function isAdvice(hit: Hit): boolean {
  const { tokens, at, verb, target, grammar } = hit;
  if (Math.abs(target.from - at) > REACH) return false;
  const apart = (tokens[at]?.sentence ?? 0) - (tokens[target.from]?.sentence ?? 0);
  if (apart !== 0 && !(apart === 1 && isAboutIt(hit))) return false;
  const end = endOfVerb(hit);
  if (end === undefined || overlaps(hit, end)) return false;
  const place = target.from > end ? "after" : target.from > at ? "inside" : "before";
  const isNear = place === "after" ? reaches(hit, end) : place === "inside" || pointsBack(hit, end);
  if (!isNear || hasPart(hit)) return false;
  const last = Math.max(end, target.to);
  if (verb.prevents && isSpared(hit)) return false;
  if (isNoun(hit, end) || isBlamed(hit)) return false;
  if (isNegated(tokens, at, grammar) || isDisowned(tokens, last, grammar)) return false;
  return isMeant(hit, place === "before", last);
}

/** "can I kill it?", "¿lo mato?": it is what the sentence before was about. */
function isAboutIt({ tokens, at, verb, grammar }: Hit): boolean {
  const around = [tokens[at - 1], tokens[at + verb.rest.length + 1]];
  return around.some((token) => token !== undefined && grammar.its.has(token.word));
}

/** The last word of the verb; of a parted verb the word that closes it. */
function endOfVerb({ tokens, at, verb }: Hit): number | undefined {
  if (!verb.gap) return at + verb.rest.length;
  for (let i = at + 1; i <= at + INSIDE && i < tokens.length; i += 1) {
    if (tokens[i]?.clause !== tokens[at]?.clause) return undefined;
    if (startsAt(tokens, i, verb.rest)) return i + verb.rest.length - 1;
  }
  return undefined;
}

function overlaps({ at, target, verb }: Hit, end: number): boolean {
  if (verb.gap) return target.from <= at && target.to >= at;
  return target.from <= end && target.to >= at;
}

/** The target follows at a short distance, and nothing between is another thing that the verb is about. */
function reaches({ tokens, target, grammar }: Hit, end: number): boolean {
  const between = tokens.slice(end + 1, target.from).map(({ word }) => word);
  const clause = tokens[target.to]?.clause;
  if (between.length > GAP || tokens[end]?.clause !== clause) return false;
  const joined = between.findLastIndex((word) => grammar.ands.has(word));
  if (joined >= 0) {
    if (tokens[target.to + 1]?.clause === clause) return false;
    if (!between.slice(joined + 1).every((word) => grammar.articles.has(word))) return false;
  }
  return between.every((word, i) => {
    if (grammar.breaks.has(word) || grammar.parts.has(word) || /^\d/.test(word)) return false;
    return !grammar.rivals.has(word) || i === between.length - 1 || i < joined;
  });
}

/** The target stands before, and the verb has no other object: "lsass, can I kill it?", "firewall disable". */
function pointsBack({ tokens, target, grammar, at, verb }: Hit, end: number): boolean {
  const between = tokens.slice(target.to + 1, at);
  if (between.length > FAR || between.some(({ word }) => grammar.rivals.has(word))) return false;
  if (isSubject(tokens, target, grammar)) return false;
  const next = tokens[end + 1];
  if (verb.gap) return true;
  return (
    next === undefined || next.clause !== tokens[end]?.clause || grammar.pronouns.has(next.word)
  );
}

/** "why did lsass stop?" */
function isSubject(tokens: readonly DangerToken[], target: Span, grammar: Grammar): boolean {
  const before = tokens
    .slice(Math.max(0, target.from - 3), target.from)
    .findLast(({ word }) => !grammar.articles.has(word));
  return before !== undefined && grammar.auxiliaries.has(before.word);
}

/** "disable the firewall rule": it is about a part. */
function hasPart({ tokens, target, grammar }: Hit): boolean {
  const next = tokens[target.to + 1];
  if (!next || next.clause !== tokens[target.to]?.clause) return false;
  return grammar.parts.has(next.word);
}

/** "stop lsass from crashing". */
function isSpared({ tokens, target, grammar }: Hit): boolean {
  const next = tokens[target.to + 1];
  if (!next || next.clause !== tokens[target.to]?.clause) return false;
  return (
    grammar.spares.has(next.word) || grammar.spareEndings.some((end) => next.word.endsWith(end))
  );
}

/** "after a restart": no advice; "a restart of lsass" is. */
function isNoun({ tokens, at, verb, grammar }: Hit, end: number): boolean {
  const before = tokens[at - 1];
  if (!before || before.clause !== tokens[at]?.clause || !grammar.articles.has(before.word))
    return false;
  if (grammar.questions.has(before.word) && tokens[at - 2]?.clause !== before.clause) return false;
  if (verb.form === "done" || grammar.of.has(verb.rest.at(-1) ?? "")) return false;
  const next = tokens[end + 1];
  return !next || !grammar.of.has(next.word);
}

/** "a virus tries to disable Defender". */
function isBlamed({ tokens, at, grammar }: Hit): boolean {
  return tokens
    .slice(Math.max(0, at - 5), at)
    .some(({ word, clause }) => clause === tokens[at]?.clause && grammar.culprits.has(word));
}

function isMeant(hit: Hit, isBefore: boolean, last: number): boolean {
  const { tokens, at, verb, grammar } = hit;
  if (verb.form === "do") return true;
  if (verb.form === "did") return !isRestored(tokens, last, grammar);
  if (verb.form === "says") return !isBefore && isImperative(hit);
  if (isObliged(hit)) return true;
  if (isRestored(tokens, last, grammar)) return false;
  if (isBefore) return isTried(hit);
  const near = tokens.slice(Math.max(0, at - 4), at);
  return near.some(({ word, clause }) => clause === tokens[at]?.clause && grammar.doers.has(word));
}

function isRestored(tokens: readonly DangerToken[], last: number, grammar: Grammar): boolean {
  return grammar.restored.some((phrase) => follows(tokens, last - 3, phrase));
}

function isImperative({ tokens, at, grammar }: Hit): boolean {
  const before = tokens[at - 1];
  if (!before || before.clause !== tokens[at]?.clause || /^\d/.test(before.word)) return true;
  return grammar.leads.some((phrase) => endsAt(tokens, at - 1, phrase));
}

/** "must be disabled". */
function isObliged({ tokens, at, grammar }: Hit): boolean {
  const near = tokens.slice(Math.max(0, at - 5), at).map(({ word }) => word);
  const be = near.findLastIndex((word) => grammar.bes.has(word));
  return be >= 0 && near.slice(0, be).some((word) => grammar.musts.has(word));
}

/** "try it with the firewall turned off". */
function isTried({ tokens, target, grammar }: Hit): boolean {
  const before = tokens.slice(Math.max(0, target.from - 8), target.from);
  const joined = before.findLastIndex(({ word }) => grammar.withs.has(word));
  return joined >= 0 && before.slice(0, joined).some(({ word }) => grammar.tries.has(word));
}

function endsAt(tokens: readonly DangerToken[], last: number, phrase: Phrase): boolean {
  const from = last - phrase.length + 1;
  return from >= 0 && startsAt(tokens, from, phrase);
}

/** The phrase stands in the rest of the text, at most three sentences on. */
function follows(tokens: readonly DangerToken[], at: number, phrase: Phrase): boolean {
  const from = Math.max(0, at);
  const sentence = tokens[from]?.sentence ?? 0;
  for (let i = from; i < tokens.length; i += 1) {
    if ((tokens[i]?.sentence ?? 0) > sentence) return false;
    if (startsAt(tokens, i, phrase)) return true;
  }
  return false;
}
