import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Entry } from "../../src/knowledge/entry.ts";
import type { Language } from "../../src/language.ts";
import { knowledge } from "../fixtures/knowledge.ts";

/** One claim of the article that this project started from, and what became of it. */
type Claim = {
  number: number;
  verdict: string;
  claim: string;
  handling: string;
  /** Said or corrected: "entry field" or "entry field.id". Left out: the reason. */
  place: string;
  /** Words that the place holds in English. */
  words: string;
};

const claims = readClaims();
const placed = claims.filter((claim) => claim.handling !== "left-out");
const leftOut = claims.filter((claim) => claim.handling === "left-out");

describe("the 96 claims of the article", () => {
  it("are all decided, once each, with the verdicts of the check", () => {
    expect(claims.map((claim) => claim.number)).toEqual(
      Array.from({ length: 96 }, (_, i) => i + 1),
    );
    expect(count(claims.map((claim) => claim.verdict))).toEqual({
      true: 30,
      false: 25,
      misleading: 25,
      dangerous: 5,
      unverifiable: 11,
    });
  });

  it("are repeated as facts only where they are true", () => {
    const said = claims.filter((claim) => claim.handling === "said");
    expect(said.filter((claim) => claim.verdict !== "true")).toEqual([]);
    expect(placed.filter((claim) => claim.verdict === "unverifiable")).toEqual([]);
  });

  it.each(placed)("$number stands where the table says: $claim", ({ place, words }) => {
    expect(words).not.toBe("");
    expect(textAt(place, "en")).toContain(words);
    expect(textAt(place, "es")).not.toBe("");
  });

  it("warn whoever pastes a dangerous one", () => {
    const dangerous = claims.filter((claim) => claim.verdict === "dangerous");
    const warned = dangerous.filter(({ place }) => {
      const [entry = "", field = ""] = place.split(" ");
      const myth = knowledge.entry(entry, "en")?.myths.find((m) => `myths.${m.id}` === field);
      return myth?.danger === true;
    });
    expect(warned.map((claim) => claim.number)).toEqual([65, 69, 70, 71, 73]);
  });

  it("are left out for a reason that exists", () => {
    const reasons = new Set(["off-topic", "unverifiable", "dangerous", "opinion"]);
    const twins = new Set(placed.map((claim) => `duplicate-of-${claim.number}`));
    expect(leftOut.filter(({ place }) => !reasons.has(place) && !twins.has(place))).toEqual([]);
  });

  it.each([
    ["Stop-Service -Name lsass -Force; Start-Service lsass", "stop-lsass"],
    ["puedo reiniciar lsass.exe para arreglarlo?", "stop-lsass"],
    ["do it in safe mode, because lsass is needed", "lsass-safe-mode"],
    ["Set-ItemProperty -Name EnabledSecurityProviders -Value Schannel", "security-providers"],
    ["haz un volcado de memoria de lsass.exe", "lsass-dump"],
    ["netsh int ip reset and reboot", "int-ip-reset"],
    ["Set-Item WSMan:\\localhost\\Client\\TrustedHosts -Value * -Force", "trusted-hosts-star"],
  ])("recognise the dangerous advice %s", (text, myth) => {
    for (const language of ["en", "es"] as const) {
      const warned = knowledge.mythsIn(text, language).filter((hit) => hit.myth.danger);
      expect(warned.map((hit) => `${hit.entry} ${hit.myth.id}`)).toContain(`0x80090311 ${myth}`);
    }
  });

  it.each([
    "the system process lsass.exe terminated unexpectedly and windows restarts",
    "lsass stopped responding on the sql server",
    "Windows se reinicia porque lsass.exe se ha detenido",
    "Set-Item WSMan:\\localhost\\Client\\TrustedHosts -Value 'srv07' -Concatenate",
  ])("leave alone who only describes: %s", (text) => {
    expect(knowledge.mythsIn(text, "en").filter((hit) => hit.myth.danger)).toEqual([]);
  });
});

/** The plain text at "entry field" or "entry field.id"; empty when there is nothing. */
function textAt(place: string, language: Language): string {
  const [id = "", field = ""] = place.split(" ");
  const entry = knowledge.entry(id, language);
  if (entry?.language !== language) return "";
  const [key = "", part] = field.split(".");
  const value: unknown = entry[key as keyof Entry];
  if (part === undefined) return plain(value);
  const found = Array.isArray(value)
    ? value.find((item: { id?: string; value?: string }) => (item.id ?? item.value) === part)
    : (value as Record<string, unknown> | undefined)?.[part];
  return plain(found);
}

/** Every string below a value, marks taken away, in order. */
function plain(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(plain).join("");
  if (typeof value !== "object" || value === null) return "";
  return Object.values(value).map(plain).join("");
}

function count(words: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function readClaims(): Claim[] {
  const file = new URL("claims.tsv", import.meta.url);
  const [head, ...rows] = readFileSync(file, "utf8").trimEnd().split("\n");
  expect(head).toBe("number\tverdict\tclaim\thandling\tplace\twords");
  return rows.map((row) => {
    const [number, verdict = "", claim = "", handling = "", place = "", words = ""] =
      row.split("\t");
    return { number: Number(number), verdict, claim, handling, place, words };
  });
}
