import { hex, hitsOf, identityOf } from "./decode.ts";
import { extract } from "./extract.ts";
import { type Plain, plain } from "./plain.ts";
import { type Circumstances, isClose, isFaint, readingsOf } from "./rank.ts";
import type { Catalog, CodeName, Extraction, FoundCode, Reading } from "./reading.ts";
import type { Candidate } from "./scan.ts";

/** At most this many UTF-16 units of a text are scanned (DESIGN 5). */
const LONGEST = 1_000_000;

/** At most this many distinct codes are kept; the rest is counted. */
const MOST = 50;

const REPEATS = /\bFullyQualifiedErrorId\s{0,4}:\s{0,4}$/i;

type Span = Pick<FoundCode, "text" | "start" | "end">;

/**
 * Finds the error codes in a text and reads each: names of every identity, ranked, with reasons. `bare` is for a slash
 * command or a message that is only a code: then a plain number counts. Never throws; linear in the length of the text.
 */
export function readCodes(
  text: string,
  catalog: Catalog,
  options: { bare?: boolean } = {},
): Extraction {
  const source = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  const folded = plain(source);
  const bare = options.bare === true;
  const seen = new Set<number | string>();
  const codes: FoundCode[] = [];
  const { found: candidates, contextOf } = extract(folded.text, catalog, bare);
  for (const candidate of withoutStrays(candidates, folded.text)) {
    const key = keyOf(candidate, folded.text);
    if (seen.has(key)) continue;
    seen.add(key);
    if (codes.length === MOST) continue;
    const { notation } = candidate;
    const at = { notation, context: contextOf(candidate), bare };
    codes.push(found(candidate, spanOf(candidate, folded, source), at, catalog));
  }
  return { codes: bare ? codes : withoutFaint(codes), more: seen.size - codes.length };
}

/**
 * Names that no table knows, names of success, and the number that PowerShell repeats at the end of an error count only
 * where nothing else was found: logs are full of them.
 */
function withoutStrays(candidates: Candidate[], text: string): Candidate[] {
  const isStray = (c: Candidate) =>
    c.names !== undefined
      ? c.names.length === 0 || c.value === 0
      : text.slice(Math.max(0, c.start - 5), c.start).includes(":") &&
        REPEATS.test(text.slice(Math.max(0, c.start - 30), c.start));
  return candidates.every(isStray) ? candidates : candidates.filter((c) => !isStray(c));
}

/** A number in hexadecimal that only an unlikely table knows is mostly a flag beside a real code. */
function withoutFaint(codes: FoundCode[]): FoundCode[] {
  const isFlag = (code: FoundCode) =>
    /^0x/i.test(code.text) && code.readings.slice(0, 1).some(isFaint);
  return codes.every(isFlag) ? codes : codes.filter((code) => !isFlag(code));
}

/** Where a candidate stands in the original; a last character that was an entity counts as a whole. */
function spanOf(candidate: Candidate, folded: Plain, source: string): Span {
  const start = folded.at(candidate.start);
  const last = folded.at(candidate.end - 1);
  const end = source[last] === "&" ? folded.at(candidate.end) : last + 1;
  return { text: source.slice(start, end), start, end };
}

function keyOf(candidate: Candidate, text: string): number | string {
  if (candidate.names) return text.slice(candidate.start, candidate.end).toUpperCase();
  return candidate.value ?? text.slice(candidate.start, candidate.end);
}

function found(candidate: Candidate, span: Span, at: Circumstances, catalog: Catalog): FoundCode {
  const { value, line, extend } = candidate;
  const readings = candidate.names
    ? named(candidate.names, at, catalog)
    : value === null
      ? []
      : readingsOf(value, at, catalog, candidate.hits);
  const certain = candidate.certain && !readings.slice(0, 1).some(isFaint);
  const suggestions = (candidate.repairs ?? []).flatMap((fixed) => suggestion(fixed, at, catalog));
  return {
    ...span,
    value,
    certain,
    malformed: candidate.repairs !== undefined,
    readings,
    suggestions: suggestions.sort((a, b) => b.score - a.score).slice(0, 3),
    close: isClose(readings),
    ...(extend ? { extend } : {}),
    line,
  };
}

/** The readings of a symbol: one for each row that has it, with the other names of the same identity behind it. */
function named(names: readonly CodeName[], at: Circumstances, catalog: Catalog): Reading[] {
  const readings = new Map<string, Reading>();
  for (const row of names) {
    const identity = identityOf({ ...row, looked: row.value, via: "table" });
    if (readings.has(identity)) continue;
    const others = hitsOf(row.value, catalog).filter((hit) => identityOf(hit) === identity);
    const aliases = others.map((hit) => hit.symbol).filter((s) => s !== null && s !== row.symbol);
    readings.set(identity, {
      code: hex(row.value),
      value: row.value,
      symbol: row.symbol,
      family: row.family,
      component: row.component,
      identity,
      aliases: [...new Set(aliases)] as string[],
      why: { id: "symbol", params: {} },
      score: at.context.has(row.component) ? 140 : 100 - readings.size,
    });
  }
  return [...readings.values()].sort((a, b) => b.score - a.score);
}

function suggestion(value: number, at: Circumstances, catalog: Catalog): Reading[] {
  const best = readingsOf(value, at, catalog)[0];
  return best ? [{ ...best, why: { id: "suggestion", params: {} }, score: best.score - 80 }] : [];
}
