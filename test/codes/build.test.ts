import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { evaluate } from "../../knowledge/codes/source/expression.ts";
import type { Fact, HeaderRule } from "../../knowledge/codes/source/fact.ts";
import { headerFacts } from "../../knowledge/codes/source/header-facts.ts";
import { bugCheckFacts, goFacts, zigPairs } from "../../knowledge/codes/source/other-facts.ts";
import { reconcile } from "../../knowledge/codes/source/reconcile.ts";
import { rustFacts } from "../../knowledge/codes/source/rust-facts.ts";

const rule = (header: string, component: string, names?: RegExp): HeaderRule => {
  return { header, component, family: component, names };
};

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "headers-"));
  mkdirSync(join(folder, "shared"));
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, "shared", name), text);
  return folder;
}

function valuesOf(facts: Fact[]): Record<string, number> {
  return Object.fromEntries(facts.map((fact) => [fact.symbol, fact.value]));
}

describe("constant expressions", () => {
  const none = () => undefined;
  test.each([
    ["((NTSTATUS)0xC0000022L)", 0xc0000022],
    ["_HRESULT_TYPEDEF_(__MSABI_LONG(0x80090311))", 0x80090311],
    ["(DWORD)(5)", 5],
    ["-1018", 0xfffffc06],
    ["0x4000 + (2 << 4)", 0x4020],
    ["(1 | 4) & ~1", 4],
    ["HRESULT_FROM_WIN32(5L)", 0x80070005],
    ["077", 63],
  ])("%s", (text, value) => expect(evaluate(text, none)).toBe(value));

  test.each(["", '"text"', "0x8009G311", "UNKNOWN + 1", "f(1)", "1 +"])("%s is none", (text) => {
    expect(evaluate(text, none)).toBeUndefined();
  });
});

describe("a C header", () => {
  test("is read with its wrappers, bases, casts, aliases, enums and cpp_quote", () => {
    const folder = folderOf({
      "winerror.h": `
#define NTSTATUS LONG /* erases casts when expanded */
#define MAKE_HRESULT(sev,fac,code) ((HRESULT)(((unsigned long)(sev)<<31)|((unsigned long)(fac)<<16)|((unsigned long)(code))))
#define MINE(n) MAKE_HRESULT(1, 4, n)
#define ERROR_BASE 600
#define ERROR_ONE (ERROR_BASE + 1)
#define ERROR_TWO ERROR_ONE
#define ERROR_KERNEL ((NTSTATUS)0xC0000001L)
#define MY_E_FAIL MINE(0x200)
#define E_TWICE _HRESULT_TYPEDEF_(0x80004001L)
#define E_TWICE _HRESULT_TYPEDEF_(0x80000001L)
#define ERROR_LONG \\
  7
typedef enum { MY_E_A = 0x80041001, MY_E_B, } X;
cpp_quote("#define MY_E_QUOTED 0x800CCC0E") //* odd comment
#define FACILITY_X 9
#define ERROR_RANGE_FIRST 1
`,
    });
    const { facts, unread } = headerFacts(folder, "mingw", [
      rule("winerror.h", "win32", /^(ERROR_|MY_E|E_)/),
    ]);
    expect(unread).toEqual([]);
    expect(valuesOf(facts)).toEqual({
      ERROR_ONE: 601,
      ERROR_TWO: 601,
      ERROR_KERNEL: 0xc0000001,
      MY_E_FAIL: 0x80040200,
      E_TWICE: 0x80004001,
      ERROR_LONG: 7,
      MY_E_A: 0x80041001,
      MY_E_B: 0x80041002,
      MY_E_QUOTED: 0x800ccc0e,
    });
    expect(facts.find((fact) => fact.symbol === "MY_E_FAIL")?.component).toBe("hresult");
  });

  test("with an unreadable line is left out as a whole and the line is reported", () => {
    const folder = folderOf({
      "my.h": "#define ERROR_GOOD 1\n\n#define ERROR_BAD (NOWHERE + 1)\n",
    });
    const { facts, unread } = headerFacts(folder, "mingw", [rule("my.h", "win32", /^ERROR_/)]);
    expect(facts).toEqual([]);
    expect(unread).toEqual([{ source: "mingw:my.h", line: 3, text: "ERROR_BAD (NOWHERE + 1)" }]);
  });

  test("in UTF-16 is read too", () => {
    const folder = folderOf({});
    writeFileSync(join(folder, "my.h"), Buffer.from("\ufeff#define ERROR_WIDE 9\n", "utf16le"));
    const { facts } = headerFacts(folder, "sdk", [rule("my.h", "win32", /^ERROR_/)]);
    expect(valuesOf(facts)).toEqual({ ERROR_WIDE: 9 });
  });
});

test("Windows Installer's numbers are a family of their own", () => {
  const folder = folderOf({
    "winerror.h": "#define ERROR_INSTALL_FAILURE 1603L\n#define ERROR_X 1655L\n",
  });
  const { facts } = headerFacts(folder, "sdk", [rule("winerror.h", "win32", /^ERROR_/)]);
  expect(facts.map((fact) => fact.family)).toEqual(["msi", "win32"]);
});

test("a crate's constants are read, a file with an unreadable one is left out", () => {
  const folder = folderOf({
    "winerror.rs": "pub const E_FAIL: HRESULT = 0x80004005;\npub const ERROR_A: DWORD = 5;\n",
    "my.rs": "pub const ERROR_B: DWORD = MACRO!(5);\n",
  });
  const rules = [rule("winerror.h", "win32", /./), rule("my.h", "win32", /./)];
  const { facts, unread } = rustFacts(folder, "winapi", rules);
  expect(valuesOf(facts)).toEqual({ E_FAIL: 0x80004005, ERROR_A: 5 });
  expect(unread.map((line) => `${line.source}:${line.line}`)).toEqual(["winapi:my.rs:1"]);
});

test("Go's aliases of HRESULTs that lost their wrapper are not taken", () => {
  const file = join(
    folderOf({
      "z.go":
        "\tERROR_A syscall.Errno = 5\n\tE_NOT_SET syscall.Errno = 1168\n\tE_FAIL Handle = 0x80004005\n",
    }),
    "shared/z.go",
  );
  expect(valuesOf(goFacts(file, "x-sys").facts)).toEqual({ ERROR_A: 5, E_FAIL: 0x80004005 });
});

test("the bug check reference is read with its Markdown, a broken row is reported", () => {
  const text =
    "| 0x0000009F | [**DRIVER\\_POWER\\_STATE\\_FAILURE**](a.md) |\n| 0x000000DF | I[**MP\\_X**](b.md) |\n| 0x12 broken\n";
  const { facts, unread } = bugCheckFacts(join(folderOf({ "b.md": text }), "shared/b.md"), "docs");
  expect(valuesOf(facts)).toEqual({ DRIVER_POWER_STATE_FAILURE: 0x9f, IMP_X: 0xdf });
  expect(unread.map((line) => line.line)).toEqual([3]);
});

describe("sources together", () => {
  const fact = (
    symbol: string,
    value: number,
    source: string,
    family = "win32",
    primary = true,
  ): Fact => {
    return { symbol, value, component: family, family, source, primary };
  };

  test("that contradict each other are named, unless there is a ruling", () => {
    const facts = [fact("ERROR_A", 1, "sdk:a.h"), fact("ERROR_A", 2, "mingw:a.h")];
    expect(reconcile(facts, new Set(), []).contradictions).toEqual([
      "ERROR_A: 0x00000001 in sdk:a.h but 0x00000002 in mingw:a.h",
    ]);
    const wrong = reconcile(facts, new Set(), [{ symbol: "ERROR_A", value: 2, ruling: "wrong" }]);
    expect(wrong.contradictions).toEqual([]);
    expect(wrong.rows.map((row) => row.value)).toEqual([1]);
    const both = reconcile(facts, new Set(), [
      { symbol: "ERROR_A", value: Number.NaN, ruling: "both" },
    ]);
    expect(both.contradictions).toEqual([]);
    expect(both.rows.map((row) => row.value)).toEqual([1, 2]);
  });

  test("ship a lesser SDK header's name only with a second source, a stop code never on mingw's word", () => {
    const facts = [
      fact("X_E_ALONE", 1, "sdk:x.h", "hresult", false),
      fact("X_E_SEEN", 2, "sdk:x.h", "hresult", false),
      fact("OLD_STOP", 3, "mingw:bugcodes.h", "bugcheck"),
    ];
    const confirmed = zigPairs(join(folderOf({ "a.zig": "pub const X_E_SEEN = @as(i32, 2);\n" })));
    const { rows, onlySdk } = reconcile(facts, confirmed, []);
    expect(rows.map((row) => row.symbol)).toEqual(["X_E_SEEN"]);
    expect(onlySdk.map((row) => row.symbol)).toEqual(["X_E_ALONE"]);
  });

  test("put the owning header's name first, then what more sources say", () => {
    const facts = [
      fact("ALIAS_MANY", 5, "sdk:b.h", "win32", false),
      fact("ALIAS_MANY", 5, "mingw:b.h", "win32", false),
      fact("ALIAS_ONE", 5, "mingw:b.h", "win32", false),
      fact("OWN", 5, "sdk:winerror.h"),
    ];
    expect(reconcile(facts, new Set(), []).rows.map((row) => row.symbol)).toEqual([
      "OWN",
      "ALIAS_MANY",
      "ALIAS_ONE",
    ]);
  });
});
