import { describe, expect, test } from "vitest";
import { readingsOf } from "../../src/codes/rank.ts";
import { readCodes } from "../../src/codes/read.ts";
import type { Reading } from "../../src/codes/reading.ts";
import { knowledge } from "../fixtures/knowledge.ts";

const { catalog } = knowledge;
const notations = ["hex8", "hex", "dec", "neg", "short"] as const;
const none = new Map<string, string>();
const everything = new Map(
  ["print", "aadsts", ...new Set(allValues().flatMap((v) => componentsOf(v)))].map((c) => [c, c]),
);

function allValues(): number[] {
  return [...catalog.values()];
}

function componentsOf(value: number): string[] {
  return catalog.byValue(value).map((row) => row.component);
}

/** Every reason that the values give, once for each id and set of parameters. */
function reasonsOf(values: Iterable<number>): Map<string, Reading> {
  const reasons = new Map<string, Reading>();
  for (const value of values) {
    for (const notation of notations) {
      for (const context of [none, everything]) {
        for (const reading of readingsOf(value, { notation, context, bare: true }, catalog)) {
          const { id, params } = reading.why;
          reasons.set(`${id} ${Object.keys(params).sort().join()}`, reading);
        }
      }
    }
  }
  return reasons;
}

/** The reasons that cannot be said. */
function mute(reasons: Iterable<Reading>): string[] {
  return [...reasons].flatMap(({ why, code }) =>
    knowledge.languages.flatMap((language) => {
      try {
        const said = knowledge.phrases(language, `why.${why.id}`, why.params);
        return said.length > 3 && !/[{}]|undefined/.test(said) ? [] : [`${code}: "${said}"`];
      } catch (error) {
        return [`${code}: ${String(error)}`];
      }
    }),
  );
}

describe("the reason of every reading can be said in every language", () => {
  test("for every value up to 0x1FFFF", { timeout: 60_000 }, () => {
    const values = Array.from({ length: 0x20000 }, (_, value) => value);
    expect(mute(reasonsOf(values).values())).toEqual([]);
  });

  test("for every value of the name table", { timeout: 60_000 }, () => {
    const reasons = reasonsOf(allValues());
    expect(mute(reasons.values())).toEqual([]);
    const ids = new Set([...reasons.values()].map(({ why }) => why.id));
    const expected =
      "hresult win32 ntstatus bugcheck wininet msi ras component context rehex aadsts only program";
    expect([...ids]).toEqual(expect.arrayContaining(expected.split(" ")));
  });

  test("for 32-bit values of every facility", { timeout: 60_000 }, () => {
    let seed = 0x9e3779b9;
    const values = Array.from({ length: 60_000 }, () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed;
    });
    const wrapped = values.flatMap((value) => {
      const low = value >>> 16;
      return [0x80070000, 0xc0070000, 0xcaa80000, 0x800f0000, 0x80190000, 0xd0000000].map(
        (high) => (high | low) >>> 0,
      );
    });
    const reasons = reasonsOf([...values, ...wrapped]);
    expect(mute(reasons.values())).toEqual([]);
    const derived = "from-win32 nt-win32 wam setupapi http from-nt".split(" ");
    const ids = new Set([...reasons.values()].map(({ why }) => why.id));
    expect([...ids]).toEqual(expect.arrayContaining(derived));
  });

  test("for names and for numbers with a digit too few", () => {
    const texts = ["what is E_ACCESSDENIED", "AADSTS50126", "error 0x8007005", "printer 0x11b"];
    const readings = texts.flatMap((text) =>
      readCodes(text, catalog).codes.flatMap((code) => [...code.readings, ...code.suggestions]),
    );
    expect(mute(readings)).toEqual([]);
    const ids = readings.map(({ why }) => why.id);
    expect(ids).toEqual(expect.arrayContaining(["symbol", "suggestion", "context"]));
  });
});

describe("a value of the name table", () => {
  test("is never said to be in no table", { timeout: 60_000 }, () => {
    const lost = allValues().filter((value) => {
      const hex = `0x${value.toString(16).toUpperCase().padStart(8, "0")}`;
      const decimal = String(value);
      const [one] = readCodes(hex, catalog, { bare: true }).codes;
      const [two] = readCodes(decimal, catalog, { bare: true }).codes;
      const readAsHex = two?.value !== value;
      return one?.readings.length === 0 || (!readAsHex && two?.readings.length === 0);
    });
    expect(lost.map((value) => value.toString(16))).toEqual([]);
  });
});
