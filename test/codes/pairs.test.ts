import { describe, expect, test } from "vitest";
import { readCodes } from "../../src/codes/read.ts";
import { knowledge } from "../fixtures/knowledge.ts";

function read(text: string, bare = false): (string | null)[] {
  const { codes } = readCodes(text, knowledge.catalog, { bare });
  return codes.map((code) => code.readings[0]?.symbol ?? code.text);
}

describe("a code in two groups of four digits", () => {
  test.each([
    ["8009 0311", "SEC_E_NO_AUTHENTICATING_AUTHORITY"],
    ["8009_0311", "SEC_E_NO_AUTHENTICATING_AUTHORITY"],
    ["8007 0005", "E_ACCESSDENIED"],
    ["C000 0022", "STATUS_ACCESS_DENIED"],
    ["c000_0022", "STATUS_ACCESS_DENIED"],
    ["8009\u00a00311", "SEC_E_NO_AUTHENTICATING_AUTHORITY"],
    ["(8009 0311)", "SEC_E_NO_AUTHENTICATING_AUTHORITY"],
  ])("alone is one code: %s", (text, symbol) => expect(read(text, true)).toEqual([symbol]));

  test.each([
    ["it says error 8009 0311 at sign-in", "SEC_E_NO_AUTHENTICATING_AUTHORITY"],
    ["me sale el error 8009_0311", "SEC_E_NO_AUTHENTICATING_AUTHORITY"],
    ["outlook dies with C000 0005 on start", "STATUS_ACCESS_VIOLATION"],
  ])("is one code in a sentence: %s", (text, symbol) => expect(read(text)).toEqual([symbol]));

  test("keeps its place in the text", () => {
    const { codes } = readCodes("error 8009 0311, twice", knowledge.catalog);
    expect(codes[0]).toMatchObject({ text: "8009 0311", start: 6, end: 15, value: 0x80090311 });
  });

  test("that no table knows is two numbers", () => {
    expect(read("8453 1722", true)[0]).toBe("ERROR_DS_DRA_ACCESS_DENIED");
  });

  test.each([
    "call me at 8007 0005",
    "my phone is 8007 0005 if the printer fails",
    "card 4532 8009 0311 1234",
    "on my windows pc there is 8007 0005 written on the back",
    "8009 0311 8007 0005 are the last digits",
    "llámame al 8009 0311 si falla el equipo",
    "version 8009_0311 of the windows image",
  ])("is left alone in: %s", (text) => expect(read(text)).toEqual([]));
});
