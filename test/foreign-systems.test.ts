import { expect, test } from "vitest";
import { knowledge } from "./fixtures/knowledge.ts";
import { createTalk } from "./talk.ts";

test.each([
  ["My MacBook keeps asking for the keychain password", "I know Windows only"],
  ["iPhone mail app says password incorrect", "I know Windows only"],
  ["printer offline on my mac", "I know Windows only"],
  ["chromebook wifi does not connect", "I know Windows only"],
  ["error 43 on my iphone", "I know Windows only"],
  ["wifi does not work on my iphone", "I know Windows only"],
  ["outlook on my ipad keeps asking for the password", "I know Windows only"],
  ["mi mac pide la contraseña del llavero", "yo solo conozco Windows"],
  ["mi iphone dice que la contraseña del correo es incorrecta", "yo solo conozco Windows"],
])("a problem of another system is not looked for: %s", async (text, line) => {
  const heard = await createTalk(knowledge).say(text);
  expect(heard.kind).toBe("not-found");
  expect(heard.text).toContain(line);
});

test.each([
  ["macOS client to Windows print server, the printer name is not valid", "win32-1801"],
  ["SMB share from my Mac, STATUS_LOGON_FAILURE", "win32-1326"],
  ["linux server says clock skew too great when joining the domain", "0x80090324"],
  ["some files that came from a Mac cannot be copied, their names have a colon", "0x8007007B"],
  ["an old iPad still knows the earlier password and gets me locked", "win32-1909"],
  ["ubuntu vm on hyperv does not start, virtualization is off in the bios", "0x80370102"],
  ["since he has a new android his account is locked after too many wrong passwords", "win32-1909"],
  ["the share opens fine on my mac but here it says access denied", "0x80070005"],
  ["al correr el servicio no arranca a tiempo, en linux el mismo código va", "win32-1053"],
  ["iPhone hotspot: my laptop can't connect to the wifi", "wifi-cannot-connect"],
  ["no audio in Teams calls with AirPods, people cannot hear me", "no-sound"],
  ["RDP from my Mac or iPad to the PC finds no one home", "rdp-cannot-reach"],
])("what Windows has a part in is answered: %s", async (text, entry) => {
  const heard = await createTalk(knowledge).say(text);
  expect(heard.answers).toMatchObject([{ entry }]);
});

test("a text that names no other system gets the usual line", async () => {
  const { kind, text } = await createTalk(knowledge).say("the coffee machine is out of beans");
  expect(kind).toBe("not-found");
  expect(text).toContain("I would rather say so than guess");
});
