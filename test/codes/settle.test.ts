import { describe, expect, test } from "vitest";
import { readCodes } from "../../src/codes/read.ts";
import { settle } from "../../src/codes/settle.ts";
import { knowledge } from "../fixtures/knowledge.ts";

const links = new Set(knowledge.languages.flatMap((l) => knowledge.locale(l).links));
const settled = (text: string) => settle(readCodes(text, knowledge.catalog).codes, text, links);
const codes = (text: string) => settled(text).codes.map((code) => code.readings[0]?.code);

describe("a name beside a number", () => {
  test.each([
    "0x80090311 SEC_E_NO_AUTHENTICATING_AUTHORITY",
    "SEC_E_NO_AUTHENTICATING_AUTHORITY (0x80090311)",
    "0x80090311, -2146893039",
  ])("that is the same code is one code: %s", (text) => {
    expect(codes(text)).toEqual(["0x80090311"]);
    expect(settled(text).misnamed).toBeUndefined();
  });

  test.each([
    "SEC_E_INVALID_HANDLE 0x80090311",
    "0x80090311 is SEC_E_INVALID_HANDLE",
    "0x80090311 (SEC_E_INVALID_HANDLE)",
    "0x80090311 significa SEC_E_INVALID_HANDLE",
  ])("that is another code is corrected: %s", (text) => {
    expect(codes(text)).toEqual(["0x80090311"]);
    expect(settled(text).misnamed).toEqual({ symbol: "SEC_E_INVALID_HANDLE", code: "0x80090301" });
  });

  test.each([
    "SEC_E_INVALID_HANDLE and 0x80090311",
    "SEC_E_INVALID_HANDLE, 0x80090311",
    "pc A: SEC_E_INVALID_HANDLE pc B: 0x80090311",
  ])("that stands apart is a question of its own: %s", (text) => {
    expect(codes(text).toSorted()).toEqual(["0x80090301", "0x80090311"]);
    expect(settled(text).misnamed).toBeUndefined();
  });
});
