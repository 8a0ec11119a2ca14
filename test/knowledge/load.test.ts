import { describe, expect, test } from "vitest";
import { inlineText } from "../../src/card.ts";
import type { Reading } from "../../src/codes/reading.ts";
import { loadKnowledge } from "../../src/knowledge/load.ts";
import { catalog, ENTRY, folderOf, load, OVERLAY, problems, swap } from "./fixture.ts";

const FILE = "entries/0x80090311.yaml";
const SPANISH = "locales/es/0x80090311.yaml";
const MEANINGS = "value\tfamily\tsymbol\tmeaning\tphrases\tsource\n";

describe("an entry in a language", () => {
  test("facts come from the entry, prose from the translation, commands stand once", () => {
    const entry = load().entry("0x80090311", "es");
    expect(entry?.language).toBe("es");
    expect(entry?.title).toBe("No se pudo llegar a un controlador de dominio");
    expect(entry?.steps["find-dc"]).toMatchObject({
      title: "Pregunte a Windows qué controlador encuentra",
      who: "user",
      risk: "read-only",
      run: [
        {
          shell: "cmd",
          command: "nltest /dsgetdc:YOUR-DOMAIN",
          expect: ["Una línea con el nombre de un controlador."],
        },
      ],
      results: [
        { id: "found", title: "Nombra un controlador", next: "escalate" },
        { id: "none", title: "Falla con 1355", next: "connect-vpn" },
      ],
    });
    expect(entry?.steps["connect-vpn"]?.do).toEqual([
      ["Abra la VPN y elija ", { bold: "Conectar" }, "."],
    ]);
    expect(entry?.escalate.attach).toEqual([["La salida del primer paso."]]);
    expect(entry?.related[0]?.note).toEqual(["Se preguntó y la respuesta fue no."]);
  });

  test("marks are parsed once", () => {
    expect(load().entry("0x80090311", "en")?.summary).toEqual([
      "Windows found nobody to ask about an identity. Mostly the ",
      { bold: "VPN" },
      " is off, see ",
      { code: "nltest" },
      ".",
    ]);
  });

  test("without a translation the English entry is shown and says so", () => {
    const entry = load({ [SPANISH]: null }).entry("0x80090311", "es");
    expect(entry).toMatchObject({ language: "en", title: "No domain controller could be reached" });
  });

  test("cues of every language belong to the context", () => {
    expect(load().entry("0x80090311", "en")?.contexts[0]?.cues).toEqual([
      "winrm",
      "comunicación remota",
    ]);
  });

  test("a draft is checked and not shown, except to an author", () => {
    const draft = { [FILE]: swap(ENTRY, "status: reviewed", "status: draft") };
    expect(load(draft).entry("0x80090311", "en")).toBeUndefined();
    expect(load(draft).entryIds).toEqual([]);
    const preview = loadKnowledge({ folder: folderOf(draft), catalog, drafts: true });
    expect(preview.entry("0x80090311", "en")?.status).toBe("draft");
    const broken = swap(draft[FILE] ?? "", "area: identity\n", "");
    expect(problems({ [FILE]: broken })).not.toEqual([]);
  });

  test("a retired entry's codes lead to its successor", () => {
    const retired = swap(ENTRY, "status: reviewed", "status: retired\nreplaced_by: new-entry");
    const successor = swap(
      swap(ENTRY, 'id: "0x80090311"', "id: new-entry"),
      ENTRY.slice(ENTRY.indexOf("codes:"), ENTRY.indexOf("aliases:")),
      "",
    );
    const knowledge = load({ [FILE]: retired, "entries/new-entry.yaml": successor });
    expect(knowledge.entryIds).toEqual(["new-entry"]);
    expect(knowledge.entryFor(reading(0x80090311))).toBe("new-entry");
    expect(problems({ [FILE]: retired })).toEqual([
      expect.stringMatching(/:4: there is no entry new-entry/),
    ]);
  });
});

describe("translations", () => {
  test("a missing text is an error with the path", () => {
    const text = swap(OVERLAY, '    undo: "Elija **Desconectar**."\n', "");
    expect(problems({ [SPANISH]: text })).toEqual([
      expect.stringMatching(`${SPANISH}:\\d+: the translation lacks steps.connect-vpn.undo`),
    ]);
  });

  test("a text too much is an error with its line", () => {
    const text = swap(
      OVERLAY,
      "  connect-vpn:\n",
      '  connect-wifi:\n    title: "Conéctese"\n  connect-vpn:\n',
    );
    const line = text.split("\n").indexOf("  connect-wifi:") + 1;
    expect(problems({ [SPANISH]: text })).toEqual([
      expect.stringMatching(`${SPANISH}:${line}: the translation has steps.connect-wifi`),
    ]);
  });

  test("a command or a risk has no place in it", () => {
    const text = swap(OVERLAY, "  connect-vpn:\n", "  connect-vpn:\n    risk: read-only\n");
    expect(problems({ [SPANISH]: text })).toEqual([expect.stringMatching(/risk` is no field/)]);
  });

  test("a list of another length is an error", () => {
    const text = swap(
      OVERLAY,
      '      - "En la oficina funciona."',
      '      - "En la oficina funciona."\n      - "En casa no."',
    );
    expect(problems({ [SPANISH]: text })).toEqual([
      expect.stringMatching(/causes\.no-path\.signs\.1.*remove/),
    ]);
  });

  test("own lists may differ in length", () => {
    const text = swap(OVERLAY, "questions:\n", 'questions:\n  - "otra pregunta"\n');
    expect(load({ [SPANISH]: text }).entry("0x80090311", "es")?.questions).toHaveLength(2);
  });

  test("an old translation is a warning, not an error, until its hash is the entry's", () => {
    const [warning] = load().warnings;
    expect(warning?.text).toMatch(/npm run translate -- es 0x80090311/);
    const stale =
      load({ [SPANISH]: swap(OVERLAY, 'of: ""', 'of: "00000000"') }).warnings[0]?.text ?? "";
    const hash = /the entry is at ([0-9a-f]{8})/.exec(stale)?.[1] ?? "none";
    const fresh = { [SPANISH]: swap(OVERLAY, 'of: ""', `of: "${hash}"`) };
    expect(load(fresh).warnings).toEqual([]);
    const changed = swap(ENTRY, "It works in the office.", "It works at the office.");
    expect(load({ ...fresh, [FILE]: changed }).warnings).toHaveLength(1);
    const facts = swap(ENTRY, "likelihood: common", "likelihood: rare");
    expect(load({ ...fresh, [FILE]: facts }).warnings).toEqual([]);
  });

  test("a translation without its entry is told", () => {
    expect(problems({ "locales/es/0x80070005.yaml": OVERLAY })).toEqual([
      expect.stringMatching(/0x80070005\.yaml:1: there is no entry/),
    ]);
  });
});

describe("meanings", () => {
  const row =
    "0x80040154\thresult\tREGDB_E_CLASSNOTREG\tA program part is not registered.\tclass not registered | class is missing\twinerror.h\n";
  const file = "meanings/en/com.tsv";

  test("a meaning is found for every form of its code, in English where there is no other", () => {
    const win32 =
      "0x00000079\twin32\tERROR_SEM_TIMEOUT\tA device did not answer in time.\t\twinerror.h\n";
    const knowledge = load({ [file]: MEANINGS + row + win32 });
    expect(knowledge.meaning(reading(0x80040154), "en")).toMatchObject({
      symbol: "REGDB_E_CLASSNOTREG",
      phrases: ["class not registered", "class is missing"],
    });
    expect(knowledge.meaning(reading(0x80070079), "en")?.symbol).toBe("ERROR_SEM_TIMEOUT");
    expect(knowledge.meaning({ ...reading(0x79), family: "bugcheck" }, "en")).toBeUndefined();
  });

  test.each([
    [
      "a wrong pair",
      row.replace("REGDB_E_CLASSNOTREG", "E_ACCESSDENIED"),
      /does not know 0x80040154 as E_ACCESSDENIED/,
    ],
    ["too long", row.replace("A program part", "x".repeat(161)), /160 are the most/],
    ["a missing column", row.replace("\twinerror.h", ""), /5 columns/],
    ["a long phrase", row.replace("class is missing", "word ".repeat(21).trim()), /20 words/],
    ["twice", row + row, /stands in another row/],
    ["lower case", row.replace("0x80040154", "0x8004015a"), /no value/],
    ["another encoding", row.replace("program part", "compa\uFFFDia"), /not UTF-8/],
    ["no source", row.replace("winerror.h", ""), /source is empty/],
  ])("%s is told with its line", (_name, text, says) => {
    const line = text === row + row ? 3 : 2;
    expect(problems({ [file]: MEANINGS + text })).toEqual([
      expect.stringMatching(new RegExp(`^meanings/en/com\\.tsv:${line}: .*${says.source}`)),
    ]);
  });
});

describe("a company's own folder", () => {
  const own = (text: string) => ({ "entries/our-printer.yaml": text });
  const printer = swap(
    swap(
      swap(ENTRY, 'id: "0x80090311"', "id: our-printer"),
      ENTRY.slice(ENTRY.indexOf("codes:"), ENTRY.indexOf("aliases:")),
      "",
    ),
    '  - id: doc\n    title: "A page"\n    url: https://learn.microsoft.com/windows',
    "  - id: own-experience\n    by: Ana Ruiz\n    date: 2026-11-21",
  ).replaceAll("sources: [doc]", "sources: [own-experience]");

  test("an entry of its own, citing own experience, needs no translation", () => {
    const knowledge = load({}, own(printer));
    expect(knowledge.entryIds).toEqual(["0x80090311", "our-printer"]);
    expect(knowledge.entry("our-printer", "es")?.references[0]?.title).toBe("Ana Ruiz, 2026-11-21");
  });

  test("own experience needs a name and a date", () => {
    expect(problems({}, own(swap(printer, "    by: Ana Ruiz\n", "")))).toEqual([
      expect.stringMatching(/`by`/),
    ]);
  });

  test("the safety lints hold for it", () => {
    const text = swap(
      printer,
      "nltest /dsgetdc:YOUR-DOMAIN",
      "netsh advfirewall set allprofiles state off",
    );
    expect(problems({}, own(text)).join()).toMatch(
      /our-printer\.yaml:\d+: never turn the firewall off/,
    );
  });

  test("an entry with a built-in id takes its place, and says so", () => {
    const knowledge = load({}, { [FILE]: ENTRY.replace(/^title: .*$/m, 'title: "Our own words"') });
    expect(knowledge.entry("0x80090311", "en")?.title).toBe("Our own words");
    expect(knowledge.entryIds).toHaveLength(1);
    expect(knowledge.warnings.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/takes the place of the built-in entry/),
    );
  });

  const extension = `extends: "0x80090311"
note: "Our VPN is called Blue."
before:
  - id: blue
    likelihood: common
    title: "Blue is not connected"
    why: "Without it nobody answers."
    steps: [see-blue]
    sources: [own-experience]
steps:
  see-blue:
    title: "Look at Blue"
    who: user
    risk: read-only
    do:
      - "Look at the icon."
    results:
      - id: off
        title: "It is grey"
        next: connect-vpn
    sources: [own-experience]
references:
  - id: own-experience
    by: Ana Ruiz
    date: 2026-11-21
hide: [stop-lsass]
`;

  test("it adds to a built-in entry in every language, and hides", () => {
    const knowledge = load({}, { "entries/blue.yaml": extension });
    const spanish = knowledge.entry("0x80090311", "es");
    expect(spanish?.causes.map((cause) => cause.title)).toEqual([
      "Blue is not connected",
      "No hay camino a un controlador de dominio",
    ]);
    expect(spanish?.steps["see-blue"]?.title).toBe("Look at Blue");
    expect(inlineText(spanish?.summary ?? [])).toMatch(
      /^Windows no encontró.*Our VPN is called Blue\.$/,
    );
    expect(knowledge.entry("0x80090311", "en")?.myths).toEqual([]);
  });

  test("hiding a cause or a step leaves no loose end that stops the start", () => {
    const hide = (ids: string) => swap(extension, "[stop-lsass]", ids);
    const withoutCause = load({}, { "entries/blue.yaml": hide("[no-path]") });
    expect(withoutCause.entry("0x80090311", "en")?.causes.map(({ id }) => id)).toEqual(["blue"]);
    const own = swap(hide("[connect-vpn]"), "next: connect-vpn", "next: escalate");
    const withoutStep = load({}, { "entries/blue.yaml": own }).entry("0x80090311", "en");
    expect(Object.keys(withoutStep?.steps ?? {})).not.toContain("connect-vpn");
    expect(withoutStep?.steps["find-dc"]?.results.map(({ next }) => next)).toContain("next-cause");
  });

  test.each([
    [
      "an unknown entry",
      swap(extension, 'extends: "0x80090311"', 'extends: "0x80070005"'),
      /:1: there is no entry 0x80070005/,
    ],
    [
      "an unknown id to hide",
      swap(extension, "[stop-lsass]", "[stop-it]"),
      /has no stop-it to hide/,
    ],
    [
      "an unknown step",
      swap(extension, "next: connect-vpn", "next: connect-blue"),
      /:20: there is no step connect-blue/,
    ],
    [
      "a step that exists",
      swap(extension, "  see-blue:", "  find-dc:"),
      /has a step find-dc already/,
    ],
    [
      "a dead source",
      swap(
        extension,
        "    steps: [see-blue]\n    sources: [own-experience]",
        "    steps: [see-blue]\n    sources: [x]",
      ),
      /:9: there is no reference x/,
    ],
  ])("%s is told in its own file", (_name, text, says) => {
    const found = problems({}, { "entries/blue.yaml": text });
    expect(found.join("\n")).toMatch(says);
    expect(found.every((one) => one.startsWith("entries/blue.yaml:"))).toBe(true);
  });

  test("company.yaml fills placeholders; what it does not fill is explained", () => {
    const company = { "company.yaml": "placeholders:\n  YOUR-DOMAIN: corp.contoso.com\n" };
    const command = (knowledge = load()) =>
      knowledge.entry("0x80090311", "en")?.steps["find-dc"]?.run[0]?.command ?? "";
    expect(command(load({}, company))).toBe("nltest /dsgetdc:corp.contoso.com");
    expect(load({}, company).placeholdersIn(command(load({}, company)), "en")).toEqual([]);
    expect(load().placeholdersIn(command(), "es")).toEqual([
      { name: "YOUR-DOMAIN", meaning: "su dominio", find: "pregunte", example: "corp.example" },
    ]);
  });

  test.each([
    [
      "a value that is more than a name",
      "placeholders:\n  YOUR-DOMAIN: a & shutdown\n",
      /letters, digits/,
    ],
    ["a value with a quote", "placeholders:\n  YOUR-DOMAIN: 'a\" b'\n", /letters, digits/],
    [
      "an unknown placeholder",
      "placeholders:\n  YOUR-HOUSE: x\n",
      /company\.yaml:2: YOUR-HOUSE is no placeholder/,
    ],
  ])("%s is refused", (_name, text, says) => {
    expect(problems({}, { "company.yaml": text }).join()).toMatch(says);
  });
});

describe("wrong advice", () => {
  test.each([
    ["try to stop the process lsass in task manager", "en"],
    ["He said I should be Stopping LSASS first", "en"],
    ["dicen que hay que detener el proceso lsass", "en"],
    ["me dicen: stop lsass", "es"],
  ] as const)("%s", (text, language) => {
    const [found] = load().mythsIn(text, language);
    expect(found).toMatchObject({ entry: "0x80090311", myth: { id: "stop-lsass", danger: true } });
  });

  test("words far from each other are no advice", () => {
    const text = `stop ${"word ".repeat(20)} lsass`;
    expect(load().mythsIn(text, "en")).toEqual([]);
  });
});

test("an unknown phrase or a missing parameter throws, so that no card shows a key", () => {
  const { phrases } = load();
  expect(phrases("es", "greet", { name: "Ana" })).toBe("Hola Ana");
  expect(() => phrases("en", "greet")).toThrow(/parameter "name"/);
  expect(() => phrases("en", "grete", { name: "Ana" })).toThrow(/no phrase "grete"/);
});

function reading(value: number): Reading {
  return {
    code: `0x${value.toString(16).toUpperCase().padStart(8, "0")}`,
    value,
    symbol: null,
    family: "hresult",
    component: "",
    identity: "",
    aliases: [],
    why: { id: "", params: {} },
    score: 1,
  };
}
