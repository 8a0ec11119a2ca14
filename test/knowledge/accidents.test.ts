import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { KnowledgeError } from "../../src/knowledge/error.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { catalog, ENTRY, FILES, folderOf, lineOf, load, problems, swap } from "./fixture.ts";

const FILE = "entries/0x80090311.yaml";
const TITLE = 'title: "No domain controller could be reached"';

/** What an author writes by accident: the text before, the text after, and words of the message. */
const ACCIDENTS: [name: string, from: string, to: string, says: RegExp][] = [
  [
    "a comment sign in a text",
    TITLE,
    "title: Problem #5 with the domain",
    /cut off at #.*double quotes/,
  ],
  [
    "a comment sign in a list",
    '- "It works in the office."',
    "- Works #1 in the office",
    /cut off at #/,
  ],
  ["a colon in a text", TITLE, "title: Domain: not reached", /colon.*double quotes/],
  [
    "a colon in a list",
    '- "It works in the office."',
    "- Note: works in the office",
    /became a field.*double quotes/,
  ],
  ["braces", TITLE, "title: {no domain, no controller}", /braces/],
  ["a leading star", TITLE, "title: *No* domain", /begin with.*double quotes/],
  ["a leading at sign", TITLE, "title: @home no domain", /begin with @.*double quotes/],
  ["a leading percent sign", TITLE, "title: %USERNAME% fails", /begin with %.*double quotes/],
  ["a leading backtick", TITLE, "title: `nltest` fails", /begin with `.*double quotes/],
  ["a leading bracket", TITLE, "title: [VPN] is off", /double quotes|list/],
  ["a leading exclamation mark", TITLE, "title: !important", /double quotes/],
  ["an anchor", TITLE, "title: &domain away", /double quotes/],
  ["a tab", "    who: user", "\twho: user", /tab.*two blanks/],
  ["a backslash in double quotes", TITLE, 'title: "C:\\Share is away"', /\\\\/],
  ["a quotation mark without partner", TITLE, 'title: "No domain', /partner|indented/],
  ["a text behind quotes", TITLE, 'title: "No" domain', /nothing may follow|partner/],
  ["curly quotes around a text", TITLE, "title: “No domain”", /curly quotes/],
  ["a field twice", TITLE, `${TITLE}\n${TITLE}`, /twice/],
  [
    "a command that is no block",
    "command: |-\n          nltest /dsgetdc:YOUR-DOMAIN",
    "command: nltest /dsgetdc:YOUR-DOMAIN",
    /must be a block.*\|-/,
  ],
  ["a folded command", "command: |-", "command: >-", /must be a block/],
  [
    "a curly quote in a command",
    "nltest /dsgetdc:YOUR-DOMAIN",
    "nltest “/dsgetdc:YOUR-DOMAIN”",
    /“ in a command.*type "/,
  ],
  [
    "a long dash in a command",
    "nltest /dsgetdc:YOUR-DOMAIN",
    "nltest –dsgetdc:YOUR-DOMAIN",
    /– in a command.*type -/,
  ],
  [
    "a tab in a command",
    "nltest /dsgetdc:YOUR-DOMAIN",
    "nltest\t/dsgetdc:YOUR-DOMAIN",
    /tab in a command/,
  ],
  [
    "an accent in a command",
    "nltest /dsgetdc:YOUR-DOMAIN",
    "nltest /dsgetdc:ESPAÑA",
    /plain ASCII/,
  ],
  [
    "an invisible character in a command",
    "nltest /dsgetdc",
    "nltest\u200B /dsgetdc",
    /invisible.*U\+200B/,
  ],
  ["a direction mark in a text", TITLE, 'title: "No\u202E domain"', /invisible.*U\+202E/],
  ["an unknown field", "area: identity", "area: identity\nowner: Ana", /`owner`.*no field/],
  ["a missing field", "area: identity\n", "", /`area`.*missing/],
  ["a wrong word", "risk: reversible", "risk: safe", /read-only, reversible or disruptive/],
  ["a wrong date", "reviewed: 2026-11-21", "reviewed: 21.11.2026", /2026-11-21/],
  ["an unquoted mark", "see `nltest`", "see `nltest", /partner/],
  ["marks in a title", TITLE, 'title: "No **domain**"', /shown plain/],
  ["an http address", "https://learn.microsoft.com/windows", "http://example.com", /https/],
  ["a script address", "https://learn.microsoft.com/windows", '"javascript:alert(1)"', /https/],
];

describe("an author's accident is told with file, line and remedy", () => {
  test.each(ACCIDENTS)("%s", (_name, from, to, says) => {
    const text = swap(ENTRY, from, to);
    const found = problems({ [FILE]: text });
    expect(found.join("\n")).toMatch(says);
    expect(found[0]).toMatch(/^entries\/0x80090311\.yaml:\d+: /);
  });

  test("the line is the one the author wrote", () => {
    const text = swap(ENTRY, '- "It works in the office."', "- Works #1 in the office");
    expect(problems({ [FILE]: text })[0]).toMatch(`${FILE}:${lineOf(text, "#1")}:`);
    const late = swap(ENTRY, "next: connect-vpn", "next: conect-vpn");
    expect(problems({ [FILE]: late })[0]).toMatch(`${FILE}:${lineOf(late, "conect-vpn")}:`);
  });

  test("every problem is listed at once", () => {
    const text = swap(swap(ENTRY, "area: identity\n", ""), "who: user", "who: boss");
    const message = errorOf({ [FILE]: text, "locales/en/ui.yaml": "greet: @x\n" }).message;
    expect(message).toMatch(/locales\/en\/ui\.yaml:1:/);
    expect(message).toMatch(/`area`/);
    expect(message).toMatch(/user, helpdesk, admin or developer/);
  });
});

describe("files", () => {
  test("BOM and CRLF are fine", () => {
    const text = `\uFEFF${ENTRY.replaceAll("\n", "\r\n")}`;
    const entry = load({ [FILE]: text }).entry("0x80090311", "en");
    expect(entry?.steps["find-dc"]?.run[0]?.command).toBe("nltest /dsgetdc:YOUR-DOMAIN");
  });

  test("Windows-1252 is told with the line", () => {
    const text = swap(ENTRY, "The computer is away", "The compañía is away");
    const bytes = Buffer.from(text, "latin1");
    const line = lineOf(text, "compañía");
    expect(problems({ [FILE]: bytes })).toEqual([expect.stringMatching(`${FILE}:${line}:.*UTF-8`)]);
  });

  test.each([
    ["entries/0x80070005.yaml.txt", /\.txt.*rename it to 0x80070005\.yaml/],
    ["entries/0x80070005.yml", /rename it to 0x80070005\.yaml/],
    ["entries/notes.doc", /must end in \.yaml/],
  ])("%s", (name, says) => {
    expect(problems({ [name]: ENTRY })).toEqual([expect.stringMatching(says)]);
  });

  test("the id is the file's name", () => {
    const found = problems({
      [FILE]: null,
      "locales/es/0x80090311.yaml": null,
      "entries/other.yaml": ENTRY,
    });
    expect(found).toEqual([expect.stringMatching(/entries\/other\.yaml:1:.*must be the same/)]);
  });

  test("a symbolic link is refused", () => {
    const folder = folderOf();
    symlinkSync("/etc/hostname", join(folder, "entries/linked.yaml"));
    expect(() => loadKnowledge({ folder, catalog })).toThrow(/symbolic link/);
  });

  test.each([
    ["too large", `# ${"x".repeat(70_000)}\n${ENTRY}`, /65536 is the most/],
    [
      "too many fields",
      `${ENTRY}more:\n${Array.from({ length: 2100 }, (_, i) => `  k${i}: v`).join("\n")}\n`,
      /2000 are the most/,
    ],
    ["too deep", `${ENTRY}deep: ${"[".repeat(40)}${"]".repeat(40)}\n`, /deep|nest/],
    ["a bomb of aliases", `a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n`, /begin with &/],
    ["two documents", `${ENTRY}---\n${ENTRY}`, /one entry/],
    ["empty", "", /empty/],
    ["a prototype", swap(ENTRY, "steps:\n", "__proto__:\n  x: y\nsteps:\n"), /__proto__/],
  ])("%s", (_name, text, says) => {
    expect(problems({ [FILE]: text }).join("\n")).toMatch(says);
  });

  test("a duplicate-key bomb is refused in no time: it never reaches the key check", () => {
    const text = Array.from({ length: 6000 }, (_, i) => `k${i}: v`).join("\n");
    expect(problems({ [FILE]: text })).toEqual([expect.stringMatching(/6000 fields/)]);
  });

  test("numbers, dates and words like no stay the text that was written", () => {
    const text = swap(ENTRY, 'id: "0x80090311"', "id: 0x80090311");
    expect(load({ [FILE]: text }).entryIds).toEqual(["0x80090311"]);
  });

  test("a phrase that one language lacks, or whose parameter is lost, is told", () => {
    expect(problems({ "locales/es/ui.yaml": 'greet: "Hola"\n' })).toEqual([
      expect.stringMatching(/es\/ui\.yaml:1:.*\{name\}/),
    ]);
    const two = `${FILES["locales/en/ui.yaml"]}bye: "Bye"\n`;
    expect(problems({ "locales/en/ui.yaml": two })).toEqual([
      expect.stringMatching(/en\/ui\.yaml:2:.*bye is missing in locales\/es/),
    ]);
  });
});

function errorOf(changes: Record<string, string>): KnowledgeError {
  try {
    load(changes);
  } catch (error) {
    if (error instanceof KnowledgeError) return error;
  }
  throw new Error("it loaded");
}
