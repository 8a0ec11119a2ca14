import type { FoundCode, Reading } from "./reading.ts";

/** A name written next to a number that belongs to another code, or to none (`code` undefined). */
export type Misnamed = { symbol: string; code: string | undefined };

const NEAR = 24;
const LETTERS = /\p{L}+/gu;
const PARTED = /[,;.\n\d]/u;

/**
 * Joins what is said twice: a symbol beside its number promotes the reading they share; a symbol beside a number that is
 * another code is reported as misnamed and dropped, since the number is what Windows printed; equal identities become one.
 * `links` are the words that equate two codes ("is", "significa"); any other word between them parts them.
 */
export function settle(
  codes: readonly FoundCode[],
  text: string,
  links: ReadonlySet<string>,
): { codes: FoundCode[]; misnamed?: Misnamed } {
  if (codes.length < 2) return { codes: [...codes] };
  let misnamed: Misnamed | undefined;
  const kept = codes.map((code) => ({ ...code, dropped: false }));
  for (const name of kept.filter(isName)) {
    const sharing = kept.find((n) => !isName(n) && shared(n, name));
    if (sharing) {
      sharing.readings = promote(sharing.readings, name.readings);
      sharing.close = false;
      name.dropped = true;
      continue;
    }
    const beside = kept.find(
      (n) => !isName(n) && n.readings.length > 0 && isNear(n, name, text, links),
    );
    if (!beside) continue;
    name.dropped = true;
    misnamed ??= { symbol: name.text, code: name.readings[0]?.code };
  }
  const seen = new Set<string>();
  const unique = kept.filter((code) => {
    const identity = code.readings[0]?.identity ?? code.text.toUpperCase();
    if (code.dropped || seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
  const settled = unique.map(({ dropped: _, ...code }) => code);
  return misnamed ? { codes: settled, misnamed } : { codes: settled };
}

function isName(code: FoundCode): boolean {
  return code.value === null || code.readings[0]?.why.id === "symbol";
}

function shared(number: FoundCode, name: FoundCode): boolean {
  return number.readings.some((r) => name.readings.some((s) => s.identity === r.identity));
}

function promote(readings: Reading[], wanted: Reading[]): Reading[] {
  const first = readings.filter((r) => wanted.some((w) => w.identity === r.identity));
  return [...first, ...readings.filter((r) => !first.includes(r))];
}

/** True when nothing stands between two codes but blanks, brackets and words that equate ("is", "significa"). */
function isNear(a: FoundCode, b: FoundCode, text: string, links: ReadonlySet<string>): boolean {
  const [first, second] = a.start < b.start ? [a, b] : [b, a];
  if (second.start - first.end > NEAR) return false;
  const gap = text.slice(first.end, second.start);
  if (PARTED.test(gap)) return false;
  return (gap.match(LETTERS) ?? []).every((word) => links.has(word.toLowerCase()));
}
