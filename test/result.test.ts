import { describe, expect, test } from "vitest";
import { readResult } from "../src/result.ts";
import { knowledge } from "./fixtures/knowledge.ts";

const RESULTS = [
  { id: "none", title: "It fails with 1355", seen: ["1355", "0x54B"], next: "verify" },
  { id: "inside", title: "I am inside, on the VPN", seen: ["on the vpn"], next: "verify" },
];
const read = (text: string) => readResult(text, RESULTS, knowledge)?.result.id;

describe("the result that a text shows", () => {
  test.each([
    ["Getting DC name failed: Status = 1355 0x54b ERROR_NO_SUCH_DOMAIN", "none"],
    ["1355", "none"],
    ["I am inside, on the VPN", "inside"],
    ["I am on the vpn", "inside"],
  ])("is read: %s", (text, id) => {
    expect(read(text)).toBe(id);
  });

  test.each([
    "my ticket is INC0013551",
    "call me on 555-1355 please",
    "I can't get on the vpn",
    "are you on the vpn?",
    "yesterday somebody in my team was on the vpn and had lunch",
  ])("is not read into: %s", (text) => {
    expect(read(text)).toBeUndefined();
  });
});
