import { type Scan, take } from "./scan.ts";

/** At most this many words make a symbol that was written with blanks. */
const LONGEST = 8;

/** First words of the names that people write with blanks, besides those of stop codes. */
const prefixes =
  /^(?:ERROR|STATUS|SEC|SL|WU|CBS|E|CO|CRYPT|CERT|CERTSRV|NTE|TRUST|FVE|TPM|TBS|RPC|EPT|WBEM|VSS|BG|MF|DXGI|HCS|APPX|STG|KDC|KRB|NERR|DNS|HTTP|WININET|SCHED|MENROLL|REGDB|SCARD|MOSETUP)$/;

const none = new Map<string, string>();

/**
 * Reads the run [start, end), or the words from it on, as a symbol, if they are one; returns where to go on. `lower` is the
 * run in lower case.
 */
export function symbolAt(
  scan: Scan,
  run: string,
  lower: string,
  start: number,
  end: number,
): number | undefined {
  const { text, catalog } = scan;
  const spaced = text[end] === " " ? spacedSymbol(scan, run, lower, end) : undefined;
  const symbol = spaced?.symbol ?? run;
  if (!spaced && !isSymbolLike(run)) return undefined;
  const stop = spaced?.end ?? end;
  const names = catalog.bySymbol(symbol);
  if (names.length === 0 && !isUnknownSymbol(run)) return undefined;
  const value = names[0]?.value ?? null;
  const { line } = scan;
  const certain = !spaced && names.length > 0;
  const after = take(scan, {
    start,
    end: stop,
    line,
    value,
    notation: "hex8",
    certain,
    context: none,
    names,
  });
  const own = /^\s?\(\s?(?:0x)?([0-9a-f]{1,8})\s?\)/i.exec(text.slice(after, after + 16));
  if (own && names.some((name) => name.value === Number.parseInt(own[1] as string, 16)))
    return after + own[0].length;
  return after;
}

/** All capitals and the prefix of a family: somebody's code, though no table has it. */
function isUnknownSymbol(run: string): boolean {
  if (run !== run.toUpperCase() || run.length < 9) return false;
  return (
    /^(?:ERROR|STATUS|SEC_E|WU_E|CBS_E|SL_E|FVE_E|TBS_E|RPC_[SE]|CO_E|VSS_E|WBEM_E|MAPI_E|NTE|CRYPT_E|CERT_E|TRUST_E|SCARD_E|BG_E|MF_E|DXGI_ERROR|HCS_E|APPX_E|E(?=_)|STG_E|KDC_ERR|AADSTS)_?[A-Z0-9_]+$/.test(
      run,
    ) && /_[A-Z]+_|^(?:AADSTS\d|E_|ERROR_|STATUS_)/.test(run)
  );
}

/** True for a run that could be a symbol: with an underscore, WSAE…, AADSTS and digits. */
function isSymbolLike(run: string): boolean {
  const at = run.indexOf("_");
  const first = run.charCodeAt(0) | 32;
  if (run.length < 4 || (at < 0 && first !== 0x61 && first !== 0x77)) return false;
  if (/^AADSTS\d{5,7}$/i.test(run) || /^WSAE[A-Z]{3,}$/i.test(run)) return true;
  if (at < 1 || at === run.length - 1) return false;
  if (run === run.toUpperCase()) return true;
  return run.indexOf("_", at + 1) > 0 || /^(?:e|error|status|nerr|jet|rpc|ept)_/i.test(run);
}

/**
 * A symbol written with blanks from `start` on (`WHEA UNCORRECTABLE ERROR`): in capitals and of two words or more, or, near
 * words about blue screens, in any case and a stop code; four words or more of a stop code need neither.
 */
function spacedSymbol(
  { text, catalog, memory, stops }: Scan,
  first: string,
  lower: string,
  end: number,
): { symbol: string; end: number } | undefined {
  if (first.length < 2) return undefined;
  const capitals = first !== lower && first === first.toUpperCase();
  const family = capitals && prefixes.test(first);
  if (!family && !stops.has(lower)) return undefined;
  const words = following(text, end);
  if (words.length === 0) return undefined;
  const key = `${first}_${words[0]?.text}`.toLowerCase();
  if (!family && !stops.has(key)) return undefined;
  for (let n = words.length; n >= 1; n--) {
    const part = words.slice(0, n);
    const symbol = [first, ...part.map((word) => word.text)].join("_").toUpperCase();
    if (symbol.length < 8) continue;
    const rows = catalog.bySymbol(symbol);
    if (rows.length === 0) continue;
    const loud = capitals && part.every((word) => word.text === word.text.toUpperCase());
    const stop = rows.some((row) => row.family === "bugcheck");
    if (loud ? n >= 2 || stop : stop && (memory.places.has("bugcheck") || n >= 3)) {
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
