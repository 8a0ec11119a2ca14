import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/codes/catalog.ts";
import { describeValue } from "../../src/codes/describe.ts";
import { readCodes } from "../../src/codes/read.ts";

const folder = join(import.meta.dirname, "../../knowledge/codes");
const locales = join(folder, "../locales");
const catalog = loadCatalog(folder);
const files = readdirSync(folder).filter((name) => name.endsWith(".tsv"));
const rows = files.flatMap((file) =>
  readFileSync(join(folder, file), "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [value = "", symbol = "", family = "", component = "", source = ""] = line.split("\t");
      return { file, line, value, symbol, family, component, source };
    }),
);

/** Fewest rows that a component may have: what the sources of THIRD-PARTY-NOTICES.md gave on 2026-11-21. */
const floors: Record<string, number> = {
  hresult: 10_900,
  win32: 3_450,
  ntstatus: 2_980,
  bugcheck: 545,
  wu: 477,
  sl: 418,
  winrm: 510,
  esent: 420,
  lan: 336,
  ras: 277,
  wmi: 190,
  vss: 81,
  bits: 140,
  wininet: 115,
  winhttp: 54,
  ldap: 60,
  kerberos: 65,
  cbs: 110,
  mosetup: 71,
  winget: 200,
  defender: 34,
  outlook: 180,
  aadsts: 500,
  do: 80,
  devprob: 57,
  msi: 55,
};

describe("the files", () => {
  test("hold 24,000 pairs and more, each component its share", () => {
    expect(rows.length).toBeGreaterThan(24_000);
    expect(catalog.size).toBe(rows.length);
    const counts = Map.groupBy(rows, (row) => row.component);
    for (const [component, floor] of Object.entries(floors)) {
      expect(counts.get(component)?.length ?? 0, component).toBeGreaterThanOrEqual(floor);
    }
  });

  test("have well-formed rows in ascending order", () => {
    for (const row of rows) {
      expect(row.line).toMatch(/^0x[0-9A-F]{8}\t\w+\t[a-z0-9]+\t[a-z0-9-]+\t[\x21-\x7e]+$/);
    }
    for (const [file, list] of Map.groupBy(rows, (row) => row.file)) {
      const values = list.map((row) => row.value);
      expect(values, file).toEqual([...values].sort());
      if (file !== "extra.tsv")
        expect(new Set(list.map((row) => `${row.family}.tsv`))).toEqual(new Set([file]));
    }
  });

  test("give no symbol two values in one component, but for the known ones", () => {
    const several = [...Map.groupBy(rows, (row) => `${row.component} ${row.symbol}`)]
      .filter(([, list]) => new Set(list.map((row) => row.value)).size > 1)
      .map(([name]) => name.split(" ")[1]);
    const known = [
      "E_MTS_COREQCOMPINSTALLED",
      "E_NOTFOUND",
      "ERROR_MONITOR_NO_DESCRIPTOR",
      "ERROR_MONITOR_UNKNOWN_DESCRIPTOR_FORMAT",
    ];
    expect(several.filter((symbol) => !known.includes(symbol ?? "") && !isEntra(symbol))).toEqual(
      [],
    );
  });

  test("name a source for every row, for stop codes never mingw alone", () => {
    for (const row of rows.filter((r) => r.family === "bugcheck")) {
      expect(
        row.source.split(",").some((source) => !source.startsWith("mingw:")),
        row.line,
      ).toBe(true);
    }
  });
});

/** Entra's error names are shared by several numbers. */
function isEntra(symbol: string | undefined): boolean {
  return rows.some((row) => row.component === "aadsts" && row.symbol === symbol);
}

describe("the table", () => {
  test.each([
    ["SEC_E_NO_AUTHENTICATING_AUTHORITY", 0x80090311],
    ["SEC_E_INVALID_HANDLE", 0x80090301],
    ["E_ACCESSDENIED", 0x80070005],
    ["STATUS_ACCESS_DENIED", 0xc0000022],
    ["INACCESSIBLE_BOOT_DEVICE", 0x7b],
    ["BUGCODE_ID_DRIVER", 0xd2],
    ["CO_E_FAILEDTOIMPERSONATE", 0x80010123],
    ["JET_errReadVerifyFailure", 0xfffffc06],
    ["ERROR_INTERNET_CANNOT_CONNECT", 12029],
    ["ERROR_INSTALL_OPEN_PACKAGE_FAILED", 15600],
    ["WU_E_NO_SERVICE", 0x80240001],
    ["CBS_E_SOURCE_MISSING", 0x800f081f],
    ["MOSETUP_E_CLEANUP_PENDING", 0xc1900107],
    ["SL_E_VL_BINDING_SERVICE_UNAVAILABLE", 0xc004f074],
    ["ERROR_WSMAN_DESTINATION_UNREACHABLE", 0x80338012],
    ["NERR_AccountReuseBlockedByPolicy", 2732],
    ["HCS_E_HYPERV_NOT_INSTALLED", 0x80370102],
    ["IXP_E_FAILED_TO_CONNECT", 0x800ccc0e],
    ["STATUS_GRAPHICS_DRIVER_MISMATCH", 0xc01e0009],
  ])("%s", (symbol, value) => {
    expect(catalog.bySymbol(symbol.toLowerCase()).map((row) => row.value)).toContain(value);
    expect(catalog.byValue(value).map((row) => row.symbol)).toContain(symbol);
  });

  test("lists the header's own name before its aliases", () => {
    expect(catalog.byValue(0x80070005)[0]?.symbol).toBe("E_ACCESSDENIED");
    expect(catalog.byValue(0x80004005)[0]?.symbol).toBe("E_FAIL");
  });

  test("reads every Win32 number back from its HRESULT", () => {
    const numbers = rows.filter((row) => row.file === "win32.tsv").map((row) => Number(row.value));
    for (const number of new Set(numbers.filter((n) => n > 0 && n <= 0xffff))) {
      const text = `0x${(0x80070000 + number).toString(16)}`;
      const reading = readCodes(text, catalog, { bare: true }).codes[0]?.readings[0];
      const names = [reading?.symbol, ...(reading?.aliases ?? [])];
      expect(names, text).toEqual(
        expect.arrayContaining(
          catalog
            .byValue(number)
            .filter((row) => row.family === "win32")
            .map((row) => row.symbol),
        ),
      );
    }
  });

  test("answers for names of Object.prototype with nothing", () => {
    expect(catalog.bySymbol("__proto__")).toEqual([]);
    expect(catalog.bySymbol("constructor")).toEqual([]);
  });
});

describe("an unknown value", () => {
  test("is described by its fields and its nearest known neighbours of the same facility", () => {
    const described = describeValue(0x80090372, catalog);
    expect(described.fields).toMatchObject({
      layout: "hresult",
      failure: true,
      facility: 9,
      code: 0x372,
    });
    expect(Number(described.below?.code)).toBeLessThan(0x80090372);
    expect(Number(described.above?.code)).toBeGreaterThan(0x80090372);
    expect(described.below?.code.slice(0, 6)).toBe("0x8009");
  });

  test("has no neighbours in an empty facility, nor fields when it is small", () => {
    expect(describeValue(0x87d1041c, catalog)).toMatchObject({ below: null, above: null });
    expect(describeValue(0xf1a2, catalog)).toMatchObject({
      fields: null,
      below: null,
      above: null,
    });
  });
});

describe("a broken file", () => {
  const load = (text: string) => {
    const broken = mkdtempSync(join(tmpdir(), "codes-"));
    writeFileSync(join(broken, "win32.tsv"), text);
    return () => loadCatalog(broken, locales);
  };
  const head = "value\tsymbol\tfamily\tcomponent\tsource\n";

  test("is refused with file and line", () => {
    expect(load("value symbol\n")).toThrow("win32.tsv:1");
    expect(load(`${head}0x00000001\tERROR_A\twin32\twin32\tx\n0x2\tB\twin32\twin32\tx\n`)).toThrow(
      "win32.tsv:3",
    );
  });
});
