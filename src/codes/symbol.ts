import type { Catalog } from "./reading.ts";

/** At most this many words make a symbol that was written with blanks. */
const LONGEST = 8;

/** True for a run that could be a symbol: with an underscore, WSAE…, AADSTS and digits. */
export function isSymbolLike(run: string): boolean {
  if (run.length < 4) return false;
  if (/^AADSTS\d{5,7}$/i.test(run) || /^WSAE[A-Z]{3,}$/i.test(run)) return true;
  const at = run.indexOf("_");
  if (at < 1 || at === run.length - 1) return false;
  if (run === run.toUpperCase()) return true;
  return run.indexOf("_", at + 1) > 0 || /^(?:e|error|status|nerr|jet|rpc|ept)_/i.test(run);
}

/**
 * A symbol written with blanks from `start` on (`WHEA UNCORRECTABLE ERROR`): in capitals and of two words or more, or, near
 * words about blue screens, in any case and a stop code; four words or more of a stop code need neither.
 */
export function spacedSymbol(
  text: string,
  start: number,
  end: number,
  catalog: Catalog,
  bugcheck: boolean,
): { symbol: string; end: number } | undefined {
  if (text[end] !== " " || end - start < 2) return undefined;
  const first = text.slice(start, end);
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(first)) return undefined;
  const stops = stopStarts(catalog);
  const capitals = first === first.toUpperCase();
  if (!capitals && !stops.has(first.toUpperCase())) return undefined;
  const words = following(text, end);
  if (words.length === 0) return undefined;
  const key = `${first}_${words[0]?.text}`.toUpperCase();
  if (!capitals && !stops.has(key)) return undefined;
  for (let n = words.length; n >= 1; n--) {
    const part = words.slice(0, n);
    const symbol = [first, ...part.map((word) => word.text)].join("_").toUpperCase();
    if (symbol.length < 8) continue;
    const rows = catalog.bySymbol(symbol);
    if (rows.length === 0) continue;
    const loud = capitals && part.every((word) => word.text === word.text.toUpperCase());
    const stop = rows.some((row) => row.family === "bugcheck");
    if (loud ? n >= 2 || stop : stop && (bugcheck || n >= 3)) {
      return { symbol, end: part[n - 1]?.end ?? end };
    }
  }
  return undefined;
}

function following(text: string, from: number): { text: string; end: number }[] {
  const words: { text: string; end: number }[] = [];
  const piece = text.slice(from, from + 90);
  const next = / ([A-Za-z0-9]+)/y;
  while (words.length < LONGEST) {
    const match = next.exec(piece);
    if (!match) break;
    words.push({ text: match[1] as string, end: from + next.lastIndex });
  }
  return words;
}

const starts = new WeakMap<Catalog, Set<string>>();

/** The first word, and the first two joined by an underscore, of every stop code's name. */
function stopStarts(catalog: Catalog): Set<string> {
  const known = starts.get(catalog);
  if (known) return known;
  const made = new Set<string>();
  for (const row of catalog.stopCodes()) {
    const [one, two] = row.symbol.toUpperCase().split("_");
    if (one && two) made.add(one).add(`${one}_${two}`);
  }
  starts.set(catalog, made);
  return made;
}
