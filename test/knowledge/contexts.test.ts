import { describe, expect, it } from "vitest";
import { readContext } from "../../src/intent.ts";
import { knowledge } from "../fixtures/knowledge.ts";
import { ENTRY, OVERLAY, problems, swap } from "./fixture.ts";

describe("where an error was seen", () => {
  it.each([
    ["0x80090311", "away", "0x80090311 when I work from home"],
    ["0x80090311", "away", "it works in the office, at home I get 0x80090311"],
    ["0x80090311", "away", "on the VPN I get this"],
    ["0x80090311", "away", "0x80090311 on the hotel wifi"],
    ["0x80090311", "away", "me sale desde casa"],
    ["0x80090311", "away", "estoy de viaje y sale 0x80090311"],
    ["0x80090311", "away", "con teletrabajo no entra"],
    ["0x80090311", "winrm", "Enter-PSSession fails with 0x80090311"],
    ["0x80090311", "ldap", "the LDAP bind fails, data 51f"],
    ["0x80090311", "ldap", "a simple bind gives 80090311"],
    ["0x80090311", "other-domain", "an account of another domain cannot sign in"],
    ["0x80090311", "other-domain", "over a forest trust"],
    ["0x80090311", "other-domain", "la relación de confianza con otro dominio"],
    ["0x80090311", "entra-hybrid-join", "joining to Entra ID gives 0x80090311"],
    ["0x80090311", "entra-hybrid-join", "unir el dispositivo a Microsoft Entra"],
    ["0x80090311", "rdp", "Escritorio remoto dice 0x80090311"],
    ["0x80070005", "file-or-folder", "0x80070005 when I delete a file"],
    ["0x80070005", "file-or-folder", "no puedo abrir la carpeta, 0x80070005"],
    ["0x80070005", "share", "0x80070005 on the file server"],
    ["0x80070005", "windows-update", "Windows Update ends with 0x80070005"],
    ["0x80070005", "command", "0x80070005 while installing Office"],
    ["0x80072F8F", "windows-update", "Microsoft Store 0x80072F8F"],
    ["0x80072F8F", "activation", "cannot activate Windows, 0x80072F8F"],
    ["0x80072F8F", "device-join", "0x80072F8F in dsregcmd"],
    ["0x80090301", "own-code", "my code calls AcceptSecurityContext, 0x80090301"],
    ["0x80090301", "application", "the app shows 0x80090301"],
    ["0x80090308", "ldap", "LDAP: error code 49 - 80090308"],
    ["0x80090308", "tls", "curl says 0x80090308"],
    ["0x8009030E", "tls-program", "the private key cannot be read"],
    ["0x80090322", "dc-replication", "repadmin shows 0x80090322"],
    ["0x80090322", "sql-server", "cannot generate SSPI context"],
  ])("%s %s: %s", (entry, context, text) => {
    expect(seen(entry, text)).toBe(context);
  });

  it.each([
    ["0x80090311", "when I open my home folder"],
    ["0x80090311", "on my home drive H:"],
    ["0x80090311", "on the home page of the intranet"],
    ["0x80090311", "the road runner app says 0x80090311"],
    ["0x80090311", "my travel expenses tool shows it"],
    ["0x80090311", "the hotel booking system shows it"],
    ["0x80090311", "it went away"],
    ["0x80090311", "I don't trust this message"],
    ["0x80090311", "cannot bind to the port"],
    ["0x80090311", "in the forest of errors"],
    ["0x80090311", "no me entra en la red"],
    ["0x80090311", "cuando el usuario entra en su sesión sale eso"],
    ["0x80090311", "me lo voy a llevar a casa"],
    ["0x80090311", "no confío, no hay confianza"],
    ["0x80090311", "el viaje no se guarda en la aplicación de gastos"],
    ["0x80090311", "se conecta desde fuera de la lista"],
    ["0x80070005", "since the update Outlook says 0x80070005"],
    ["0x80070005", "desde la actualización Outlook dice 0x80070005"],
    ["0x80070005", "when I open Outlook"],
    ["0x80070005", "see the attached log file"],
    ["0x80070005", "400 KB free"],
    ["0x80070005", "our service desk said access denied"],
    ["0x80070005", "cuando quiero abrir Outlook"],
    ["0x80072F8F", "the certificate store is empty"],
    ["0x80072F8F", "cuando entra en la red sale"],
    ["0x80090301", "the error code is 0x80090301"],
    ["0x80090301", "drive C is full"],
    ["0x80090301", "el código es 0x80090301"],
    ["0x80090308", "I got a mail about room 401"],
    ["0x80090308", "cannot bind to the port"],
    ["0x8009030E", "on my virtual machine"],
    ["0x80090322", "the domain controllers are up"],
  ])("is not guessed for %s: %s", (entry, text) => {
    expect(seen(entry, text)).toBeUndefined();
  });

  it.each([
    ["entries/0x80090311.yaml", swap(ENTRY, "cues: [winrm]", "cues: [winrm, home]"), "home"],
    ["entries/0x80090311.yaml", swap(ENTRY, "cues: [winrm]", "cues: [entra]"), "entra"],
    ["entries/0x80090311.yaml", swap(ENTRY, "cues: [winrm]", 'cues: ["c++"]'), "c\\+\\+"],
    [
      "locales/es/0x80090311.yaml",
      swap(OVERLAY, "cues: [comunicación remota]", "cues: [casa]"),
      "casa",
    ],
  ])("%s may not take an everyday word for a cue (%#)", (file, text, cue) => {
    expect(problems({ [file]: text })).toEqual([
      expect.stringMatching(new RegExp(`${file}:\\d+: "${cue}" is in many sentences`)),
    ]);
  });
});

function seen(id: string, text: string): string | undefined {
  const entry = knowledge.entry(id, "en");
  return entry && readContext(text, entry)?.context.id;
}
