import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");

/** The libraries of the core: they know neither platforms nor storage. */
const CORE_LIBRARIES = ["js-yaml", "minisearch", "zod"];

/** Node's modules that reach a network or another process; the core has no use for them. */
const OUTSIDE =
  /^node:(child_process|cluster|dgram|dns|http|http2|https|inspector|net|sqlite|tls|worker_threads)(\/|$)/;

/** The only files that put several adapters together. */
const COMPOSITION_ROOTS = [
  "adapters/main.ts",
  "adapters/terminal/main.ts",
  "adapters/data/main.ts",
  "adapters/report/main.ts",
];

/** Pure files of an adapter: no vendor library at run time. */
const PURE = /^adapters\/[a-z]+\/(render|limits)\.ts$/;

type Import = { from: string; to: string; typeOnly: boolean };

describe("imports", () => {
  const imports = files("src").concat(files("adapters")).flatMap(importsOf);

  test("are found at all", () => {
    expect(imports.length).toBeGreaterThan(200);
    expect(imports).toContainEqual({
      from: "adapters/state/sqlite.ts",
      to: "node:sqlite",
      typeOnly: true,
    });
    expect(imports).toContainEqual({
      from: "adapters/main.ts",
      to: "adapters/slack/start.ts",
      typeOnly: false,
    });
  });

  test("keep to the rule", () => {
    expect(imports.filter((each) => breaks(each) !== undefined).map(sentence)).toEqual([]);
  });
});

describe("the rule refuses", () => {
  const broken: [string, Import, string][] = [
    ["an adapter in the core", edge("src/bot.ts", "adapters/slack/start.ts"), "core"],
    ["a vendor's library in the core", edge("src/bot.ts", "@slack/bolt"), "core"],
    [
      "a vendor's type in the core",
      { ...edge("src/card.ts", "botbuilder"), typeOnly: true },
      "core",
    ],
    ["a script of the knowledge in the core", edge("src/bot.ts", "knowledge/new.ts"), "core"],
    ["the network in the core", edge("src/bot.ts", "node:https"), "core"],
    ["the database in the core", edge("src/state.ts", "node:sqlite"), "core"],
    ["one adapter in another", edge("adapters/web/post.ts", "adapters/slack/render.ts"), "another"],
    ["two adapters in a shared file", edge("adapters/http.ts", "adapters/web/guard.ts"), "another"],
    ["a vendor's library in a renderer", edge("adapters/teams/render.ts", "botbuilder"), "pure"],
    [
      "a vendor's library of another adapter",
      edge("adapters/web/start.ts", "@slack/bolt"),
      "its own",
    ],
  ];
  test.each(broken)("%s", (_name, each, reason) => {
    expect(breaks(each)).toContain(reason);
  });

  const fine: [string, Import][] = [
    ["the core in the core", edge("src/bot.ts", "src/case.ts")],
    [
      "the types of requests in the core",
      { ...edge("src/platform.ts", "node:http"), typeOnly: true },
    ],
    ["data in the core", edge("src/codes/rules.ts", "knowledge/codes/reading.json")],
    ["the core in an adapter", edge("adapters/slack/render.ts", "src/card.ts")],
    ["an adapter in a composition root", edge("adapters/main.ts", "adapters/teams/start.ts")],
    ["an adapter's own library", edge("adapters/teams/start.ts", "botbuilder")],
    [
      "an adapter's own library's types in its renderer",
      { ...edge("adapters/slack/render.ts", "@slack/bolt"), typeOnly: true },
    ],
  ];
  test.each(fine)("but not %s", (_name, each) => {
    expect(breaks(each)).toBeUndefined();
  });
});

/** Which vendor's library belongs to which adapter; what is not listed may be used by every adapter. */
const OWNERS: [RegExp, string][] = [
  [/^@slack\//, "slack"],
  [/^(botbuilder|botframework-)/, "teams"],
  [/^adaptivecards/, "web"],
  [/^(kysely|pg)(\/|$)/, "state"],
];

function breaks({ from, to, typeOnly }: Import): string | undefined {
  const library = !to.startsWith("src/") && !to.startsWith("adapters/") && !to.startsWith("node:");
  if (from.startsWith("src/")) {
    if (to.startsWith("adapters/")) return "the core knows no adapter";
    if (/^knowledge\/.*\.json$/.test(to)) return undefined;
    if (library && !CORE_LIBRARIES.includes(to)) return "the core knows no such library";
    if (OUTSIDE.test(to) && !typeOnly) return "the core reaches nothing outside";
    return undefined;
  }
  if (COMPOSITION_ROOTS.includes(from)) return undefined;
  const own = dirname(from);
  if (to.startsWith("adapters/") && dirname(to) !== "adapters" && !inside(own, to)) {
    return "an adapter does not know another";
  }
  if (library && !typeOnly && PURE.test(from)) return "renderers and limits are pure";
  const owner = OWNERS.find(([pattern]) => pattern.test(to))?.[1];
  if (owner !== undefined && !from.startsWith(`adapters/${owner}/`))
    return "an adapter uses its own library";
  return undefined;
}

function inside(folder: string, path: string): boolean {
  return folder !== "adapters" && path.startsWith(`${folder.split("/").slice(0, 2).join("/")}/`);
}

function edge(from: string, to: string): Import {
  return { from, to, typeOnly: false };
}

function sentence(each: Import): string {
  return `${each.from} imports ${each.to}: ${breaks(each)}`;
}

function files(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const found = text.matchAll(
    /^(?:import|export)\s+(type\s)?[^"';]*?from\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport(?:\.meta\.resolve)?\("([^"]+)"\)/gm,
  );
  return [...found].map(([, type, from, bare, dynamic]) => {
    const to = from ?? bare ?? dynamic ?? "";
    const path = to.startsWith(".") ? relative(ROOT, join(ROOT, dirname(file), to)) : to;
    return { from: file, to: path, typeOnly: type !== undefined };
  });
}
