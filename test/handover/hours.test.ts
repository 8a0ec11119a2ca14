import { describe, expect, test } from "vitest";
import { type Hours, opensAt } from "../../src/handover/hours.ts";

const office: Hours = { days: [1, 2, 3, 4, 5], from: 8 * 60, to: 17 * 60, zone: "Europe/Madrid" };
const night: Hours = { days: [5], from: 22 * 60, to: 6 * 60, zone: "America/New_York" };

const at = (text: string) => Date.parse(text);

describe("office hours", () => {
  const open = ["2026-11-20T07:00:00Z", "2026-11-20T15:59:59Z", "2026-07-01T06:00:00Z"];
  test.each(open)("are open at %s", (now) => {
    expect(opensAt(office, at(now))).toBeUndefined();
  });

  const closed: [string, string, string][] = [
    ["before they begin", "2026-11-20T06:59:00Z", "2026-11-20T07:00:00Z"],
    ["at the minute they end", "2026-11-20T16:00:00Z", "2026-11-23T07:00:00Z"],
    ["on a Saturday", "2026-11-21T10:00:00Z", "2026-11-23T07:00:00Z"],
    ["over the night in which winter time begins", "2026-10-23T18:00:00Z", "2026-10-26T07:00:00Z"],
    ["over the night in which summer time begins", "2026-03-27T18:00:00Z", "2026-03-30T06:00:00Z"],
    ["over the new year", "2026-12-31T20:00:00Z", "2027-01-01T07:00:00Z"],
  ];
  test.each(closed)("are closed %s and say when they open", (_when, now, opens) => {
    expect(new Date(opensAt(office, at(now)) ?? 0).toISOString()).toBe(
      new Date(opens).toISOString(),
    );
  });
});

test("a night shift lasts until the next morning", () => {
  expect(opensAt(night, at("2026-11-21T10:59:00Z"))).toBeUndefined();
  expect(opensAt(night, at("2026-11-21T11:00:00Z"))).toBe(at("2026-11-28T03:00:00Z"));
});

test("an opening that the clocks jump over comes after the jump", () => {
  const early: Hours = { days: [0], from: 150, to: 600, zone: "Europe/Madrid" };
  expect(opensAt(early, at("2026-03-28T12:00:00Z"))).toBe(at("2026-03-29T01:30:00Z"));
});

test("no hours means always open", () => {
  expect(opensAt(undefined, 0)).toBeUndefined();
});
