import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/codes/catalog.ts";
import { bitFields, hex } from "../../src/codes/decode.ts";
import { readCodes } from "../../src/codes/read.ts";
import type { FoundCode } from "../../src/codes/reading.ts";
import { goldens } from "./golden.ts";

const catalog = loadCatalog(join(import.meta.dirname, "../../knowledge/codes"));

describe("the worked examples", () => {
  test("there are 52", () => expect(goldens).toHaveLength(52));

  test.each(goldens)("$text", (golden) => {
    const { codes } = readCodes(golden.text, catalog, { bare: golden.bare === true });
    expect(codes).toHaveLength(1);
    const code = codes[0] as FoundCode;
    expect(code.value === null ? null : hex(code.value)).toBe(golden.value);
    const names = code.readings.map((r) => `${r.family}/${r.component} ${r.symbol}`);
    expect(names.slice(0, Math.max(golden.readings.length, names.length ? 1 : 0))).toEqual(
      golden.readings,
    );
    expect(code.readings[0]?.aliases ?? []).toEqual(
      expect.arrayContaining(golden.alsoKnownAs ?? []),
    );
    expect(code.suggestions.map((s) => s.symbol)).toEqual(golden.suggestions ?? []);
    expect(code.malformed).toBe(golden.suggestions !== undefined);
    if (golden.fields) expect(shown(code.value as number)).toBe(golden.fields);
    expect(code.extend && `${code.extend.phase} ${code.extend.operation}`).toBe(golden.extend);
  });
});

function shown(value: number): string {
  const fields = bitFields(value);
  const bits = value.toString(2).padStart(32, "0").slice(0, 5);
  return `${bits} ${fields?.facility} ${fields?.facilityName} ${fields?.code}`;
}
