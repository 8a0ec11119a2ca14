import { beforeAll, describe, expect, test } from "vitest";
import type { Found, Knowledge } from "../../src/knowledge/knowledge.ts";
import { ENTRY, load, swap } from "./fixture.ts";

/** Six entries that share words, some with a Spanish side, and two meanings. */
const FILES: Record<string, string> = {
  "entries/0x80090311.yaml": ENTRY,
  ...problem("printer-offline", "The printer is shown as offline", {
    phrases: ["printer is offline", "the print spooler service is not running"],
    questions: ["my printer does not print although it is on"],
    summary: "Windows cannot reach the printer. Mostly its address changed.",
  }),
  ...problem("outlook-password-prompts", "Outlook asks for the password again and again", {
    phrases: ["outlook keeps asking for password"],
    questions: ["outlook wants my password every few minutes"],
    summary: "Outlook cannot use the saved sign-in. Mostly an old password is stored.",
  }),
  ...problem("vpn-drops", "The VPN connection is cut after some minutes", {
    phrases: [
      "vpn disconnects after a few minutes",
      "the connection was closed by the remote computer",
    ],
    questions: ["vpn keeps dropping on hotel wifi"],
    summary: "Something between the computer and the company ends the connection.",
  }),
  ...problem("account-locked", "The account is locked after wrong passwords", {
    phrases: ["this account has been locked out"],
    questions: ["i am locked out of my account"],
    summary: "Too many wrong passwords were tried. Mostly a phone has the old one.",
  }),
  ...problem("account-disabled", "The account is disabled", {
    phrases: ["this account has been disabled"],
    questions: ["a colleague came back and the account is disabled"],
    summary: "Somebody switched the account off.",
  }),
  "locales/es/printer-offline.yaml": `of: ""
title: "La impresora aparece sin conexión"
aliases:
  phrases: ["la impresora está sin conexión"]
questions:
  - "la impresora no imprime aunque está encendida"
summary: "Windows no llega a la impresora. Casi siempre cambió su dirección."
causes:
  first:
    title: "La causa"
    why: "Porque es así."
steps:
  look:
    title: "Mire cómo está"
    do:
      - "Mire la lista."
    results:
      bad:
        title: "Está mal"
verify:
  - "Funciona."
escalate:
  when: "Nada ayudó."
`,
  "meanings/en/com.tsv":
    "value\tfamily\tsymbol\tmeaning\tphrases\tsource\n0x80040154\thresult\tREGDB_E_CLASSNOTREG\tA part of a program is not registered on this computer.\tclass not registered\twinerror.h\n0x00000079\twin32\tERROR_SEM_TIMEOUT\tA device did not answer in time.\tthe semaphore timeout period has expired\twinerror.h\n",
};

let knowledge: Knowledge;
beforeAll(() => {
  knowledge = load(FILES);
});

const names = (found: Found) => found.hits.map((hit) => hit.entry ?? hit.meaning.symbol);
const en = (text: string) => knowledge.search(text, "en");
const es = (text: string) => knowledge.search(text, "es");

describe("one clear answer", () => {
  test.each([
    // the words of the screen, in a long message about other things too
    [
      "Since the move to the new floor nothing works. Excel export says class not registered and I need it today, can you help please",
      "REGDB_E_CLASSNOTREG",
    ],
    // a paraphrase: other forms of the same words
    ["outlook is asking for my passwords again", "outlook-password-prompts"],
    ["since monday the VPN disconnected after some minutes every time", "vpn-drops"],
    // a synonym (login = sign in; not reachable = offline)
    ["printer unreachable", "printer-offline"],
    // a spelling mistake
    ["the semaphor timeout period has expired", "ERROR_SEM_TIMEOUT"],
    // symbols, tabs, equals signs and bars part words
    ["status=printer|is\toffline", "printer-offline"],
    // words of a symbol
    ["somebody said: sem timeout", "ERROR_SEM_TIMEOUT"],
  ])("%s", (question, wanted) => {
    expect(names(en(question))).toEqual([wanted]);
    expect(en(question).outcome).toBe("one");
  });

  test("the words that decided are told as they were written", () => {
    expect(en("Hello, my PRINTER seems to be Offline!").words.toSorted()).toEqual([
      "Offline",
      "PRINTER",
    ]);
  });
});

describe("what a program says", () => {
  const beside = "after the printer moved to the VPN room outlook opens slowly for my account";

  test.each([
    ["behind it says", `${beside}, and it says the class is not registered`],
    ["in quotes", `"class is not registered" ${beside}`],
    ["up to where the talk goes on", `it says class is not registered here, but ${beside}`],
  ])("%s counts more than the talk beside it", (_, question) => {
    expect(names(en(question))[0]).toBe("REGDB_E_CLASSNOTREG");
    expect(
      names(en(question.replace(/class[a-z ]*registered( here)?/, "nothing at all")))[0],
    ).not.toBe("REGDB_E_CLASSNOTREG");
  });

  test("is found in words that may stand for its own", () => {
    expect(names(en("the app complains that the connection was shut by the remote peer"))).toEqual([
      "vpn-drops",
    ]);
  });

  test("is offered with what comes near it, and only where it is reported", () => {
    const retold = "the computer registered a wrong connection";
    expect(en(retold).outcome).toBe("none");
    expect(en(`a popup says ${retold}`).outcome).toBe("choices");
  });
});

describe("choices", () => {
  test("two entries that fit about equally are both offered", () => {
    const found = en("my account has been disabled or locked out");
    expect(found.outcome).toBe("choices");
    expect(names(found).toSorted()).toEqual(["account-disabled", "account-locked"]);
  });

  test("they are also when a code without an entry ranks between them", () => {
    const table = FILES["meanings/en/com.tsv"];
    const between =
      "0x00000533\twin32\tERROR_ACCOUNT_DISABLED\tIt is said elsewhere.\tthe account was locked out elsewhere\twinerror.h\n";
    const richer = load({ ...FILES, "meanings/en/com.tsv": `${table}${between}` });
    const found = richer.search("my account has been disabled or locked out", "en");
    expect(found.outcome).toBe("choices");
    expect(names(found)).toEqual(expect.arrayContaining(["account-disabled", "account-locked"]));
  });
});

describe("no answer", () => {
  test.each([
    "thanks a lot, that did it",
    "can you add me to the finance channel?",
    "lunch at twelve?",
    "my chair is broken and the window does not close",
    "the printer on the second floor needs paper and the coffee machine is dirty",
    "password",
    "0x80090311",
    "SEC_E_NO_AUTHENTICATING_AUTHORITY",
    "",
    "¿?!!",
  ])("%j", (question) => {
    expect(en(question)).toMatchObject({ outcome: "none", hits: [], words: [] });
  });

  test("words of one entry that are scattered over a long text are no match", () => {
    const filler = "we moved the big desks to the other side of the building yesterday evening ";
    const text = `the printer ${filler.repeat(3)} and the cinema was offline`;
    expect(en(text).outcome).toBe("none");
  });

  test("an entry stuffed with words does not answer everything", () => {
    const all =
      "printer vpn outlook password account locked disabled connection offline minutes hotel spooler";
    const stuffed = problem("stuffed", "Everything about everything", {
      phrases: [all],
      questions: [`how do I ${all}`],
      summary: `It is about ${all}.`,
    });
    const richer = load({ ...FILES, ...stuffed });
    for (const question of [
      "my printer does not print although it is on",
      "vpn keeps dropping on hotel wifi",
      "the referenced account is currently locked out",
    ]) {
      expect(names(richer.search(question, "en"))[0]).toBe(names(en(question))[0]);
    }
    expect(richer.search("thanks for the printer paper and the hotel booking", "en").outcome).toBe(
      "none",
    );
  });
});

describe("languages", () => {
  test("accents do not matter", () => {
    expect(names(es("la impresora esta sin conexion"))).toEqual(["printer-offline"]);
    expect(es("la impresora está sin conexión").searched).toBe("es");
  });

  test("what has no Spanish text is found by its English one", () => {
    expect(es("dice class not registered").searched).toBe("es");
    expect(names(es("dice class not registered"))).toEqual(["REGDB_E_CLASSNOTREG"]);
  });

  test("the other language is asked when the first abstains", () => {
    const found = en("la impresora está sin conexión");
    expect(found).toMatchObject({ outcome: "one", searched: "es" });
    expect(names(found)).toEqual(["printer-offline"]);
  });
});

describe("caps", () => {
  test.each([
    ["20,000 one-letter words", "a ".repeat(20_000)],
    ["40,000 letters in a row", "x".repeat(40_000)],
    ["100,000 digits", "7".repeat(100_000)],
    ["5,000 words", Array.from({ length: 5000 }, (_, i) => `w${i.toString(36)}q`).join(" ")],
    ["40,000 marks on one letter", `e${"\u0301".repeat(40_000)}`],
    ["40,000 alternating marks", `e${"\u0301\u0327".repeat(20_000)}`],
    ["one word 8,000 times", "dc ".repeat(8000)],
    ["symbols only", "<[(|=_".repeat(7000)],
  ])("%s is answered", (_name, text) => {
    expect(en(text).outcome).toBe("none");
    expect(names(en(`printer is offline ${text}`))).toEqual(["printer-offline"]);
  });

  test("a question behind 16,000 characters is not read", () => {
    expect(en(`${"zzz ".repeat(4100)} printer is offline`).outcome).toBe("none");
  });
});

function problem(
  id: string,
  title: string,
  texts: { phrases: string[]; questions: string[]; summary: string },
): Record<string, string> {
  const list = (items: string[]) => items.map((item) => `    - "${item}"`).join("\n");
  const steps = ENTRY.slice(ENTRY.indexOf("references:"));
  return {
    [`entries/${id}.yaml`]: swap(
      `id: ${id}
title: "${title}"
status: reviewed
reviewed: 2026-11-21
area: apps
aliases:
  phrases:
${list(texts.phrases)}
questions:
${list(texts.questions).replaceAll("    - ", "  - ")}
summary: "${texts.summary}"
causes:
  - id: first
    likelihood: common
    title: "Some reason"
    why: "It is so."
    steps: [look]
    sources: [doc]
steps:
  look:
    title: "See how it is"
    who: user
    risk: read-only
    do:
      - "Look at the list."
    results:
      - id: bad
        title: "It is bad"
        next: escalate
verify:
  - "It works."
escalate:
  when: "Nothing helped."
REFERENCES`,
      "REFERENCES",
      steps,
    ),
  };
}
