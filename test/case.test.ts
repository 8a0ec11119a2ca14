import { describe, expect, test } from "vitest";
import { advance, type Case, causesInOrder, contextMatters, firstPosition } from "../src/case.ts";
import type { Entry, Step } from "../src/knowledge/entry.ts";

const look = (id: string, nexts: Record<string, string>): Step => ({
  id,
  title: id,
  who: "user",
  risk: "read-only",
  do: [],
  run: [],
  results: Object.entries(nexts).map(([result, next]) => ({
    id: result,
    title: result,
    seen: [],
    next,
  })),
  sources: [],
});

const change = (id: string, otherwise?: string): Step => ({
  ...look(id, {}),
  risk: "reversible",
  undo: ["undo"],
  ...(otherwise ? { otherwise } : {}),
});

const entry = {
  id: "0x80000001",
  contexts: [{ id: "vpn", title: "VPN", cues: ["vpn"], causes: ["path"], sources: [] }],
  causes: [
    {
      id: "name",
      likelihood: "common",
      title: "name",
      why: [],
      signs: [],
      steps: ["who", "rename", "rejoin"],
      sources: [],
    },
    {
      id: "path",
      likelihood: "possible",
      title: "path",
      why: [],
      signs: [],
      steps: ["find", "who", "connect"],
      sources: [],
    },
  ],
  steps: {
    who: look("who", { local: "rename", domain: "next-cause" }),
    rename: change("rename", "find"),
    rejoin: change("rejoin"),
    find: look("find", { found: "verify", none: "connect" }),
    connect: change("connect"),
  },
} as unknown as Entry;

const at = (step: string, cause: string, tried: [string, string][] = []): Case =>
  ({
    position: { at: "step", step, cause },
    tried: tried.map(([s, result]) => ({ entry: entry.id, step: s, result, by: "ana", at: 0 })),
    causesDone: [],
  }) as unknown as Case;

describe("the way through an entry", () => {
  test("a context's causes come first, the others keep their order", () => {
    expect(causesInOrder(entry, undefined).map((c) => c.id)).toEqual(["name", "path"]);
    expect(causesInOrder(entry, "vpn").map((c) => c.id)).toEqual(["path", "name"]);
    expect(contextMatters(entry)).toBe(true);
  });

  test("a result's own next wins", () => {
    expect(advance(entry, at("who", "name"), "local").next).toEqual({
      at: "step",
      step: "rename",
      cause: "name",
    });
    expect(advance(entry, at("find", "path"), "found").next).toEqual({ at: "verify" });
  });

  test("a remedy that worked leads to the check, one that did not to the following step", () => {
    expect(advance(entry, at("rename", "name"), "worked").next).toEqual({ at: "verify" });
    expect(advance(entry, at("rename", "name"), "failed").next).toEqual({
      at: "step",
      step: "rejoin",
      cause: "name",
    });
  });

  test("after the last step of a cause the next cause follows, then a person", () => {
    const onward = advance(entry, at("rejoin", "name"), "failed");
    expect(onward.next).toEqual({ at: "step", step: "find", cause: "path" });
    expect(onward.causesDone).toEqual(["name"]);
    const last = {
      ...at("connect", "path", [
        ["who", "local"],
        ["find", "none"],
      ]),
      causesDone: ["name"],
    };
    expect(advance(entry, last, "failed").next).toEqual({ at: "escalate" });
  });

  test("what cannot be run leads to its alternative, else to a person", () => {
    expect(advance(entry, at("rename", "name"), "cannot").next).toMatchObject({ step: "find" });
    expect(advance(entry, at("rejoin", "name"), "cannot").next).toEqual({ at: "escalate" });
  });

  test("a step that was tried is not asked again: its earlier result decides", () => {
    const back = at("rename", "name", [["find", "none"]]);
    expect(advance(entry, back, "cannot").next).toMatchObject({ step: "connect" });
  });

  test("a result that jumps into another cause leaves its own behind", () => {
    expect(advance(entry, at("rename", "name"), "cannot").causesDone).toEqual(["name"]);
  });

  test("a new case starts at the first untried step of the likeliest cause", () => {
    expect(
      firstPosition(entry, { tried: [], causesDone: [], context: "vpn" } as unknown as Case),
    ).toMatchObject({ step: "find" });
    expect(
      firstPosition(entry, { tried: [], causesDone: ["name", "path"] } as unknown as Case),
    ).toEqual({ at: "escalate" });
  });
});
