/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An invented passage: `text` as somebody pastes it, `hidden` what must not be left of it. */
type Invented = { text: string; hidden: string };

type Random = () => number;

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER = UPPER.toLowerCase();
const DIGITS = "0123456789";
const WORD = UPPER + LOWER + DIGITS;
const BASE64 = `${WORD}+/`;
const URL64 = `${WORD}-_`;
const HEX = "0123456789abcdef";
const KEY = "BCDFGHJKMNPQRTVWXY2346789";

/** Everything that must be masked, invented anew at each call and never written down. */
export const GENERATORS: Record<string, (random: Random) => Invented> = {
  "recovery key": (r) => whole(recoveryKey(r, pick(r, ["-", "–", " ", "  ", " - "]))),
  "recovery key in one run": (r) => whole(recoveryKey(r, "")),
  "product key": (r) => whole(times(5, () => some(r, KEY, 5)).join("-")),
  "Slack bot token": (r) =>
    whole(`xoxb-${some(r, DIGITS, 12)}-${some(r, DIGITS, 12)}-${some(r, WORD, 24)}`),
  "Slack app token": (r) =>
    whole(`xapp-1-${some(r, UPPER, 11)}-${some(r, DIGITS, 13)}-${some(r, HEX, 64)}`),
  "rotated Slack token": (r) => whole(`xoxe.xoxp-1-${some(r, WORD, 163)}`),
  "Slack web hook": (r) =>
    tail(
      "https://hooks.slack.com/",
      `services/T${some(r, UPPER, 8)}/B${some(r, UPPER, 8)}/${some(r, WORD, 24)}`,
    ),
  "Teams web hook": (r) =>
    tail(
      "https://contoso.webhook.office.com/",
      `webhookb2/${some(r, HEX, 36)}@${some(r, HEX, 36)}`,
    ),
  "flow web hook": (r) =>
    tail(
      "https://prod-12.westeurope.logic.azure.com:443/",
      `workflows/${some(r, HEX, 32)}/triggers?sig=${some(r, URL64, 43)}`,
    ),
  JWT: (r) => whole(`eyJ${some(r, URL64, 33)}.${some(r, URL64, 200)}.${some(r, URL64, 86)}`),
  "Kerberos request": (r) => whole(`YII${some(r, BASE64, 1200)}==`),
  "Kerberos ticket file": (r) => whole(`doI${some(r, BASE64, 900)}`),
  "NTLM message": (r) => whole(`TlRMTVNTUAA${some(r, BASE64, 60)}`),
  "DPAPI data": (r) => whole(`AQAAANCMnd8BFdERjHoAwE${some(r, BASE64, 120)}`),
  "password hash": (r) => whole(`${some(r, HEX, 32)}:${some(r, HEX, 32)}`),
  "authorization header": (r) =>
    tail(
      `Authorization: ${pick(r, ["Bearer", "Basic", "Negotiate", "NTLM"])} `,
      `a1${some(r, BASE64, 40)}B`,
    ),
  "mail address": (r) =>
    whole(
      `${some(r, LOWER, 6)}.${some(r, LOWER, 8)}@${some(r, LOWER, 7)}.${pick(r, ["com", "es", "co.uk"])}`,
    ),
  "domain SID": (r) =>
    whole(`S-1-5-21-${number(r)}-${number(r)}-${number(r)}-${1000 + int(r, 9000)}`),
  "Entra SID": (r) => whole(`S-1-12-1-${number(r)}-${number(r)}-${number(r)}-${number(r)}`),
  "IPv4 address": (r) =>
    whole(`${pick(r, [10, 172, 192, 81])}.${int(r, 255)}.${int(r, 255)}.${1 + int(r, 254)}`),
  "IPv6 address": (r) => whole(times(8, () => some(r, HEX.slice(1), 4)).join(":")),
  "short IPv6 address": (r) =>
    whole(`fe80::${some(r, HEX.slice(1), 3)}:${some(r, HEX.slice(1), 4)}`),
  "MAC address": (r) => whole(times(6, () => some(r, HEX, 2)).join(pick(r, ["-", ":"]))),
  account: (r) => whole(`${some(r, UPPER, 7)}\\${some(r, LOWER, 6)}`),
  "profile folder": (r) =>
    tail(pick(r, ["C:\\Users\\", "/Users/", "C:\\\\Users\\\\"]), some(r, LOWER, 8)),
  "named computer": (r) =>
    whole(`${pick(r, ["DESKTOP", "LAPTOP", "WIN"])}-${some(r, UPPER + DIGITS, 7)}`),
  "share's computer": (r) => {
    const host = `${some(r, UPPER, 3)}-APP-${some(r, DIGITS, 2)}`;
    return { text: `\\\\${host}\\share`, hidden: host };
  },
  "assigned password": (r) =>
    tail(
      `${pick(r, ["password", "Passwort", "contraseña", "Pwd", "client_secret", "clave"])}${pick(r, [": ", "=", " = "])}`,
      invented(r),
    ),
  "password in a sentence": (r) =>
    tail(pick(r, ["my password is ", "the password was ", "la contraseña es "]), invented(r)),
  "password of a command": (r) =>
    tail(
      pick(r, [
        "cmdkey /add:srv /user:x /pass:",
        "net use Z: \\\\srv01\\s /user:x ",
        "Set-It -Password ",
      ]),
      invented(r),
    ),
  "client secret": (r) => whole(`${some(r, WORD, 3)}8Q~${some(r, WORD, 33)}`),
  "signature of a link": (r) =>
    tail("https://a.blob.core.windows.net/x?sv=2&sig=", some(r, WORD, 40)),
  "GitHub token": (r) => whole(`ghp_${some(r, WORD, 36)}`),
  "serial number": (r) =>
    tail(
      pick(r, ["Serial number: ", "Service Tag ", "S/N "]),
      `${some(r, UPPER, 4)}${some(r, DIGITS, 4)}`,
    ),
};

/** Where such a passage stands in what people paste. */
export const CONTEXTS: Record<string, (text: string) => string> = {
  bare: (text) => text,
  "in a sentence": (text) => `I get 0x80090311 with ${text} since Monday`,
  "in brackets": (text) => `(${text})`,
  "in quotes": (text) => `"${text}"`,
  "in backticks": (text) => `\`${text}\``,
  "on its own line": (text) => `Error 0x80090311\n${text}\nEnd`,
  "between colon and semicolon": (text) => `:${text};`,
  "as a value": (text) => `user=${text},x`,
};

function whole(text: string): Invented {
  return { text, hidden: text };
}

function tail(before: string, hidden: string): Invented {
  return { text: before + hidden, hidden };
}

function recoveryKey(random: Random, gap: string): string {
  return times(8, () => String((10_000 + int(random, 50_000)) * 11)).join(gap);
}

/** A password as people make them: a word, a year or number, a mark. */
function invented(random: Random): string {
  return `${some(random, UPPER, 1)}${some(random, LOWER, 6)}${some(random, DIGITS, 3)}${pick(random, ["!", "#", "?", "x"])}`;
}

function number(random: Random): number {
  return 1_000_000_000 + int(random, 2_000_000_000);
}

function some(random: Random, alphabet: string, length: number): string {
  return times(length, () => alphabet[int(random, alphabet.length)] ?? "").join("");
}

function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[int(random, choices.length)] as T;
}

function int(random: Random, below: number): number {
  return Math.floor(random() * below);
}

function times<T>(n: number, make: () => T): T[] {
  return Array.from({ length: n }, make);
}
