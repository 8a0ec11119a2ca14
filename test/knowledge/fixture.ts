import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import type { Catalog, CodeName, Family } from "../../src/codes/reading.ts";
import { KnowledgeError } from "../../src/knowledge/error.ts";
import { type LoadedKnowledge, loadKnowledge } from "../../src/knowledge/load.ts";

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

const ROWS: [number, string, Family][] = [
  [0x80090311, "SEC_E_NO_AUTHENTICATING_AUTHORITY", "hresult"],
  [0x80090301, "SEC_E_INVALID_HANDLE", "hresult"],
  [0x80070005, "E_ACCESSDENIED", "hresult"],
  [5, "ERROR_ACCESS_DENIED", "win32"],
  [0x7b, "ERROR_INVALID_NAME", "win32"],
  [0x7b, "INACCESSIBLE_BOOT_DEVICE", "bugcheck"],
  [0x80040154, "REGDB_E_CLASSNOTREG", "hresult"],
  [0x79, "ERROR_SEM_TIMEOUT", "win32"],
  [0xc0000072, "STATUS_ACCOUNT_DISABLED", "ntstatus"],
  [0x533, "ERROR_ACCOUNT_DISABLED", "win32"],
];

/** A name table of ten codes. */
export const catalog: Catalog = {
  size: ROWS.length,
  byValue: (value) => names().filter((row) => row.value === value),
  bySymbol: (symbol) => names().filter((row) => row.symbol === symbol.toUpperCase()),
  values: () => Uint32Array.from(ROWS.map(([value]) => value)).sort(),
  stopCodes: () => names().filter((row) => row.family === "bugcheck"),
  cues: { words: new Map(), ours: [] },
};

/** A complete entry that passes every check. */
export const ENTRY = `id: "0x80090311"
title: "No domain controller could be reached"
status: reviewed
reviewed: 2026-11-21
area: identity
codes:
  - value: "0x80090311"
    family: hresult
    symbol: SEC_E_NO_AUTHENTICATING_AUTHORITY
aliases:
  names: [no logon servers]
  phrases: ["no authority could be contacted for authentication"]
questions:
  - "no domain controller answers when I sign in from home"
summary: "Windows found nobody to ask about an identity. Mostly the **VPN** is off, see \`nltest\`."
contexts:
  - id: winrm
    title: "PowerShell remoting"
    cues: [winrm]
    causes: [no-path]
causes:
  - id: no-path
    likelihood: common
    title: "No path to a domain controller"
    why: "The computer is away from the network of the company."
    signs:
      - "It works in the office."
    steps: [find-dc, connect-vpn]
    sources: [doc]
steps:
  find-dc:
    title: "Ask Windows which domain controller it finds"
    who: user
    risk: read-only
    run:
      - shell: cmd
        command: |-
          nltest /dsgetdc:YOUR-DOMAIN
        expect: "A line that names a domain controller."
    results:
      - id: found
        title: "It names a controller"
        seen: ["DC: \\\\\\\\"]
        next: escalate
      - id: none
        title: "It fails with 1355"
        seen: ["1355"]
        next: connect-vpn
    sources: [doc]
  connect-vpn:
    title: "Connect to the company"
    who: user
    risk: reversible
    do:
      - "Open the VPN and choose **Connect**."
    undo: "Choose **Disconnect**."
    sources: [doc]
verify:
  - "Do what failed once more: it works."
escalate:
  when: "The VPN is connected and it still fails."
  attach:
    - "The output of the first step."
myths:
  - id: stop-lsass
    claim: "Stop the process lsass."
    correction: "Do not stop it: Windows restarts when lsass ends."
    danger: yes
    cues: ["stop lsass"]
    sources: [doc]
related:
  - code: "0x80070005"
    relation: confused-with
    note: "Somebody was asked and said no."
references:
  - id: doc
    title: "A page"
    url: https://learn.microsoft.com/windows
`;

/** The Spanish of ENTRY. */
export const OVERLAY = `of: ""
title: "No se pudo llegar a un controlador de dominio"
aliases:
  phrases: ["no se pudo contactar con ninguna autoridad para la autenticación"]
questions:
  - "ningún controlador de dominio responde desde casa"
summary: "Windows no encontró a quién preguntar. Casi siempre la **VPN** está apagada, vea \`nltest\`."
contexts:
  winrm:
    title: "PowerShell remoto"
    cues: [comunicación remota]
causes:
  no-path:
    title: "No hay camino a un controlador de dominio"
    why: "El equipo está fuera de la red de la empresa."
    signs:
      - "En la oficina funciona."
steps:
  find-dc:
    title: "Pregunte a Windows qué controlador encuentra"
    run:
      - expect: "Una línea con el nombre de un controlador."
    results:
      found:
        title: "Nombra un controlador"
      none:
        title: "Falla con 1355"
  connect-vpn:
    title: "Conéctese a la empresa"
    do:
      - "Abra la VPN y elija **Conectar**."
    undo: "Elija **Desconectar**."
verify:
  - "Repita lo que falló: funciona."
escalate:
  when: "La VPN está conectada y sigue fallando."
  attach:
    - "La salida del primer paso."
myths:
  stop-lsass:
    claim: "Detener el proceso lsass."
    correction: "No lo detengas: Windows se reinicia cuando termina lsass."
    cues: ["detener lsass"]
related:
  "0x80070005":
    note: "Se preguntó y la respuesta fue no."
`;

/** The least that a knowledge folder holds: two locales, placeholders, one entry and its translation. */
export const FILES: Readonly<Record<string, string>> = {
  "entries/0x80090311.yaml": ENTRY,
  "locales/es/0x80090311.yaml": OVERLAY,
  "locales/en/talk.yaml": 'name: English\ndetect:\n  letters: ""\n',
  "locales/es/talk.yaml": "name: Español\ndetect:\n  letters: ñ\n",
  "locales/en/ui.yaml": 'greet: "Hello {name}"\n',
  "locales/es/ui.yaml": 'greet: "Hola {name}"\n',
  "locales/en/words.yaml": ownFile("locales/en/words.yaml"),
  "locales/es/words.yaml": ownFile("locales/es/words.yaml"),
  "locales/en/report.yaml": ownFile("locales/en/report.yaml"),
  "locales/es/report.yaml": ownFile("locales/es/report.yaml"),
  "placeholders.yaml":
    'YOUR-DOMAIN:\n  meaning: "your domain"\n  find: "ask"\n  example: corp.example\n',
  "locales/es/placeholders.yaml": 'YOUR-DOMAIN:\n  meaning: "su dominio"\n  find: "pregunte"\n',
};

type Content = string | Uint8Array | null;
type Changes = Readonly<Record<string, Content>>;

/** Writes a knowledge folder: FILES with changes; null removes a file. Returns its path. */
export function folderOf(changes: Changes = {}, base: Changes = FILES): string {
  const folder = mkdtempSync(join(tmpdir(), "hexdesk-knowledge-"));
  made.push(folder);
  for (const [name, content] of Object.entries({ ...base, ...changes })) {
    if (content === null) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Loads FILES with changes, and a company's folder when one is given. */
export function load(changes: Changes = {}, company?: Changes): LoadedKnowledge {
  const extra = company && folderOf(company, {});
  return loadKnowledge({ folder: folderOf(changes), catalog, ...(extra ? { extra } : {}) });
}

/** The problems of FILES with changes, each as "file:line: text"; empty when it loads. */
export function problems(changes: Changes = {}, company?: Changes): string[] {
  try {
    load(changes, company);
    return [];
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    return error.problems.map(({ file, line, text }) => `${file}:${line}: ${text}`);
  }
}

/** `text` with `from` replaced; `from` must stand in it, so that no fixture breaks silently. */
export function swap(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`the fixture has no ${JSON.stringify(from)}`);
  return text.replace(from, () => to);
}

/** The 1-based line of the first line that holds `part`. */
export function lineOf(text: string, part: string): number {
  const line = text.split("\n").findIndex((one) => one.includes(part));
  if (line < 0) throw new Error(`no line has ${JSON.stringify(part)}`);
  return line + 1;
}

function names(): CodeName[] {
  return ROWS.map(([value, symbol, family]) => ({
    value,
    symbol,
    family,
    component: "",
    sources: [],
  }));
}

function ownFile(name: string): string {
  return readFileSync(new URL(`../../knowledge/${name}`, import.meta.url), "utf8");
}
