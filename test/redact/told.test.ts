import { describe, expect, test } from "vitest";
import { createRedactor } from "../../src/redact.ts";
import { knowledge } from "../fixtures/knowledge.ts";

const redact = createRedactor({
  words: knowledge.privacy,
  isSymbol: (word) => knowledge.catalog.bySymbol(word).length > 0,
});

/** Stands for the secret in the sentences below; put together here, so that it is written nowhere. */
const SECRET = ["Wint", "er20", "26!"].join("");
const PLAIN = ["hun", "ter", "42"].join("");
const PIN = [48, 15].join("");

const WITH_SECRET = [
  "pass: SECRET",
  "Pass = SECRET",
  "pw: SECRET",
  "psw: SECRET",
  "pasword: SECRET",
  "password:\nSECRET",
  "Password:\r\n  SECRET\r\nit fails",
  "contraseña:\nSECRET",
  "contrasen\u0303a: SECRET",
  "*password:* SECRET",
  "*password*: SECRET",
  "**Password:** SECRET",
  "_clave_: SECRET",
  "`password`: `SECRET`",
  "password：SECRET",
  "ｐａｓｓｗｏｒｄ: SECRET",
  "ｐａｓｓｗｏｒｄ：ＳＥＣＲＥＴ",
  "pass\u200bword: SECRET",
  "pa\u017fsword: SECRET",
  "networ\u212a \u212aey: SECRET",
  "pass\u00adword is SECRET",
  "p\u200ba\u200bs\u200bs\u200bw\u200bo\u200br\u200bd SECRET",
  "password - SECRET",
  "password -> SECRET",
  "password → SECRET",
  "| password | SECRET |",
  'the password "SECRET" is refused',
  "password (SECRET) is refused",
  "new password SECRET is not accepted",
  "my password SECRET does not work",
  "I use password SECRET and get 0x80090311",
  "temp password SECRET",
  "user anna pass SECRET",
  "login anna / pw SECRET",
  "wifi password SECRET",
  "wifi key: SECRET",
  "the password for the vpn is SECRET",
  "password for anna: SECRET",
  "I changed my password to SECRET",
  "set the password to SECRET",
  "I changed the password from SECRET to something else",
  "changed the password from Old1234x to SECRET",
  "SECRET is my password",
  "I typed SECRET as the password",
  "username and password: anna SECRET",
  "user/pass: anna/SECRET",
  "curl -u anna:SECRET https://srv/x",
  "curl --user 'anna:SECRET' https://srv/x",
  "curl -s -k -u anna:SECRET https://srv/x",
  "psexec \\\\srv -u anna -p SECRET cmd",
  "plink -ssh anna@srv -pw SECRET",
  "sqlcmd -S srv -U sa -P SECRET",
  "sshpass -p SECRET ssh srv",
  "tool --password SECRET --force",
  "tool --pass=SECRET",
  "clave SECRET",
  "mi clave SECRET no entra",
  "la clave de acceso SECRET no entra",
  "nueva contraseña SECRET",
  "contraseña temporal: SECRET",
  "contraseña temporal SECRET",
  "la contraseña del wifi es SECRET",
  "la contraseña de la VPN: SECRET",
  "la password es SECRET",
  "el pass es SECRET",
  "cambié la contraseña a SECRET",
  "he cambiado la clave a SECRET",
  "puse SECRET como contraseña",
  "SECRET es mi clave",
  "usuario y contraseña: anna SECRET",
  "usuario anna clave SECRET",
  "con la contraseña SECRET me da 0x80070005",
];

const WITH_PIN = [
  "my pin is 4815",
  "pin 4815",
  "PIN: 4815",
  "*PIN:* 4815",
  "the pin code is 4815",
  "mi pin es 4815",
  "el PIN 4815 no entra",
  "código pin: 4815",
  "my password 4815",
  "mi clave 4815",
  "mi clave es 4815",
  "verification code 4815",
  "código de verificación: 4815",
  "OTP 4815",
  "clave de recuperación 4815",
  "recovery key is 4815",
].map((text) => text.replace("4815", PIN));

const LEFT_ALONE = [
  "password from iPhone14 is asked again",
  "the mail password from my old iPad, password from iPad9pro.",
  "bitlocker key 2024 update",
  "recovery key 2023 policy for laptops",
  "password expired",
  "Password Expired!",
  "your password: expired yesterday",
  "password must be changed",
  "password policy 2",
  "password reset portal",
  "password and username",
  "the password field is grey",
  "the password is on the card",
  "wrong password 1326",
  "password error 1330",
  "password 0xC000006A",
  "bad password 0xC000006A, STATUS_WRONG_PASSWORD",
  "Enter the password for 'x':\nSystem error 1326 has occurred.",
  "Password:\nOK\nCancel",
  "Contraseña:\nAceptar\nCancelar",
  "pass the test",
  "pass: 12 fail: 0",
  "pass: 12",
  "does not prove that it may pass: another proxy is used",
  "the tests pass 100%",
  "pass 0x80070005 to the caller",
  "pass param1 to it",
  "all checks pass now",
  "change my password at https://portal.example/reset",
  "password for windows11 is expired",
  "office365 password is wrong",
  "the password for the vpn is correct",
  "forgot the password to sign in",
  "is it my password or my PIN?",
  "the pin is locked",
  "PIN is four digits",
  "PIN 0x80090016",
  "my PIN fails with 0x80090016",
  "Windows Hello PIN error 0x80070490",
  "la clave del registro HKLM\\SOFTWARE\\Microsoft",
  "la clave del registro: Winlogon",
  "clave HKLM\\SYSTEM\\CurrentControlSet\\Control",
  "la clave Wow6432Node",
  "clave Run",
  "clave de registro TcpMaxDataRetransmissions",
  "clave de producto no válida 0xC004F050",
  "clave de producto",
  "clave de recuperación de BitLocker",
  "pide la clave de recuperación",
  "the recovery key is asked for at each start",
  "recovery key 0x80310000",
  "la contraseña ha caducado",
  "la contraseña no es válida, error 1326",
  "contraseña incorrecta",
  "la clave del registro es Winlogon",
  "la clave es reiniciar el equipo",
  "la clave del problema es la VPN de casa",
  "the key to this is patience",
  "la palabra clave es red",
  "la clave está en reiniciar",
  "curl -u fails with 35",
  "curl https://srv:8443/x",
  "ping -p 8080",
  "verification code 0x80070005",
  "SharePoint2019 is my password manager",
  "Bitwarden2024 is my password manager",
  "we use KeePass2 as a password manager",
  "puse Winlogon2 como clave de registro",
  "they run Passbolt4 as the password vault",
];

describe("a secret told in ordinary words is masked:", () => {
  test.each(WITH_SECRET)("%s", (text) => {
    for (const secret of [SECRET, PLAIN]) {
      const wide = [...secret].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join("");
      const whole = text.replace("SECRET", secret).replace("ＳＥＣＲＥＴ", wide);
      const masked = redact(whole);
      expect(masked.text).not.toContain(secret);
      expect(masked.text).not.toContain(wide);
      expect(masked.found.some((each) => each.secret)).toBe(true);
      if (whole.includes("0x80")) expect(masked.text).toMatch(/0x80090311|0x80070005/);
    }
  });

  test.each(WITH_PIN)("%s", (text) => {
    expect(redact(text).text).not.toContain(PIN);
    expect(redact(text).found.some((each) => each.secret)).toBe(true);
  });
});

test.each([
  ["changed the password from iPhone14 to iPhone15", "iPhone14"],
  ["my password is iPhone14", "iPhone14"],
  ["password iPhone14 is refused", "iPhone14"],
  ["password from iPhone14x!", "iPhone14x"],
  ["I changed the password from Surface2024! and am locked out", "Surface2024"],
  ["I changed the password from Surface-2024! and am locked out", "Surface-2024"],
  ["bitlocker key 2024", "2024"],
  ["bitlocker key 2024 is refused", "2024"],
  ["recovery key 202412 update", "202412"],
  ["my PIN 2023 update", "2023"],
])("what cannot be told from a secret stays masked: %s", (text, secret) => {
  expect(redact(text).text).not.toContain(secret);
});

test("a plain word that ends its line behind pass: is masked as well", () => {
  expect(redact("user: anna\npass: sunflower\n").text).toBe("user: anna\npass: [password]\n");
});

test.each([
  "password is SECRET",
  "password: SECRET",
  "my password SECRET",
  "SECRET is my password",
])("a blank of another kind hides nothing, and stays: %s", (text) => {
  for (const blank of ["\u00A0", "\u202F", "\u3000", "\u2003"]) {
    const spaced = text.replaceAll(" ", blank);
    const masked = redact(spaced.replace("SECRET", SECRET));
    expect(masked.text).toBe(spaced.replace("SECRET", "[password]"));
  }
});

test("a mark of direction hides nothing", () => {
  expect(redact(`pass\u202Aword: ${SECRET}`).text).toBe("pass\u202Aword: [password]");
});

test("what nobody sees hides no token and no key", () => {
  const token = `xoxb-${"1".repeat(12)}-${"a".repeat(24)}`;
  const key = Array.from({ length: 8 }, (_, i) => String((20_000 + i) * 11)).join("-");
  expect(redact(`${token.slice(0, 3)}\u200b${token.slice(3)}`).text).toBe("[token]");
  expect(redact(key.replace("220", "２２０")).text).toBe("[recovery-key]");
});

describe("ordinary talk is left alone:", () => {
  test.each(LEFT_ALONE)("%s", (text) => {
    expect(redact(text)).toEqual({ text, found: [] });
  });
});
