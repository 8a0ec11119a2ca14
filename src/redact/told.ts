import { anyOf, byPattern, type Rule } from "./rule.ts";
import type { PrivacyWords } from "./words.ts";

/** What Markdown and Slack put around a word. */
const MARKS = "[*_~`]{0,3}";
const BLANKS = "[ \\t]{1,3}";
/** A dash, an arrow, a column's border, a bracket, or nothing; a colon may end its line. */
const JOINT = `(?:[ \\t]{0,3}(?:[-=–—]?>|[-–—→|(:=])[ \\t]{0,3}|[ \\t]{0,24}[:=]${MARKS}[ \\t]{0,3}\\r?\\n[ \\t]{0,24}|${BLANKS})`;
const VALUE = '(?<value>[^\\s"“”«»;,<>|]{5,128}|["\'“«][^"\'”»\\s]{4,128}["\'”»])';

/** Names with digits that stand beside "password" and are none. */
const TECHNICAL = new RegExp(
  `^(?:${[
    "wow6432node",
    "(?:smb|tls|ssl|ntlm|rc|md|sha|aes|wpa|ipv|pkcs|x|utf|base|oauth|pbkdf|wep|ms-?chap|chap)-?v?\\d[\\d.v-]*",
    "(?:windows|win|office|outlook|exchange|sharepoint|server|sql|teams|microsoft|project|visio|word|excel|access|o|m)-?\\d+(?:h\\d)?",
    "\\d+(?:st|nd|rd|th|x|h|m|s|min|days?|d[ií]as?|chars?|caracteres|[gmkt]b|bits?)",
    "(?:arg|param|parameter|value|test|item|u?int|string|field|step|event|error|code|port|line|option|level|v|kb|node|attempt)s?[-_]?\\d[\\d.]*",
    "\\d{1,2}:\\d{2}.*",
  ].join("|")})$`,
  "i",
);

/** Devices that people number; behind "password from" one is where the password was kept. A year is no such number. */
const DEVICE =
  /^(?![\w-]+(?:19|20)\d\d)(?:iphone|ipad|ipod|macbook|imac|galaxy|pixel|redmi|thinkpad|latitude|elitebook|probook|surface)[-_]?\d{1,4}(?:pro|max|mini|plus|ultra|se|s|e)*[.!?]*$/i;
/** A year alone; the groups of a recovery key have six digits. */
const YEAR = /^(?:19|20)\d\d$/;

/**
 * Secrets that people tell in a sentence ("my new password Xy12", "la clave del wifi es …", "… is my PIN"). Where nothing
 * but a word stands before it a value must look like a secret: "password expired" and "clave Run" are talk. `isNone` keeps
 * codes, paths and placeholders.
 */
export function toldRules(
  labels: string,
  words: PrivacyWords,
  isNone: (value: string) => boolean,
): Rule[] {
  const isWord = (value: string) => isNone(value) || !looksSecret(value);
  const fenced = `(?<![\\p{L}\\p{N}])${MARKS}`;
  const isDevice = isDeviceBehind(words);
  const released = new RegExp(`^${BLANKS}${anyOf(words.releases)}(?![\\p{L}\\p{N}])`, "iu");
  const find = (pattern: string, excused: Parameters<typeof byPattern>[1]) =>
    password(byPattern(new RegExp(pattern, "giu"), excused));
  const linked = `(?:${BLANKS}${anyOf(words.links)})?`;
  const place = `${BLANKS}${anyOf(words.belongs)}(?:${BLANKS}[^\\s:=]{1,24}){1,4}?`;
  const digits = "(?<value>\\d{4,12})(?![\\p{L}\\p{N}]|[.,]\\d)";
  return [
    find(
      `${fenced}${anyOf(words.accounts)}${MARKS}(?:[ \\t]{0,3}[:=]|${linked})${MARKS}[ \\t]{0,3}(?<value>[^\\s/:,|]{1,64}[ \\t]{0,3}[ \\t/:,|][ \\t]{0,3}[^\\s;,]{4,128})`,
      (value) => !value.split(/[\s/:,|]+/u).some((part) => !isWord(part)),
    ),
    find(
      `${fenced}${labels}${MARKS}${linked}${MARKS}${JOINT}${VALUE}`,
      (value, before, after) => isWord(value) || isDevice(value, before, after),
    ),
    find(
      `${fenced}${labels}${BLANKS}${anyOf(words.links)}${BLANKS}\\S{4,128}${BLANKS}${anyOf(words.belongs)}${BLANKS}${VALUE}`,
      isWord,
    ),
    find(
      `${fenced}${labels}${place}(?:${BLANKS}${anyOf(words.links)}|[ \\t]{0,3}[:=]${MARKS})${BLANKS}${VALUE}`,
      isWord,
    ),
    find(
      `(?<=^|[\\s"'(])(?<value>[^\\s"'();,<>]{5,64})(?=["']?${BLANKS}${anyOf(words.as)}${BLANKS}${labels}(?![\\p{L}\\p{N}]|${BLANKS}${anyOf(words.compounds)}(?![\\p{L}\\p{N}])))`,
      isWord,
    ),
    find(`${fenced}${anyOf(words.own)}${BLANKS}${labels}${linked}${BLANKS}${digits}`, isNone),
    find(
      `${fenced}${anyOf(words.pins)}${MARKS}${linked}(?:${BLANKS}|[ \\t]{0,3}[:=#]${MARKS}\\s{0,3})${digits}`,
      isNone,
    ),
    {
      ...find(
        `${fenced}${anyOf(words.recoveryKeys)}${MARKS}${linked}(?:${BLANKS}|[ \\t]{0,3}[:=]${MARKS}\\s{0,3})(?<value>\\d{4,8}(?:[- ]{1,3}\\d{4,8}){0,9})(?![\\p{L}\\p{N}])`,
        (value, _, after) => isNone(value) || (YEAR.test(value) && released.test(after)),
      ),
      kind: "recovery-key",
    },
  ];
}

/** "The password from iPhone14", but not "changed the password from iPhone14 to …". */
function isDeviceBehind(words: PrivacyWords) {
  const source = new RegExp(`(?<![\\p{L}\\p{N}])${anyOf(words.sources)}[ \\t]+$`, "iu");
  const leads = new RegExp(`^${BLANKS}${anyOf(words.belongs)}(?![\\p{L}\\p{N}])`, "iu");
  return (value: string, before: string, after: string) =>
    DEVICE.test(value) && source.test(before) && !leads.test(after);
}

function password(find: Rule["find"]): Rule {
  return { kind: "password", secret: true, find };
}

/** Letters mixed with digits, or a mark inside: no word, no path, no address, no name of a technique. */
function looksSecret(value: string): boolean {
  const word = value.replace(/^["'“«(*_~`]{1,4}|["'”»)*_~`.:]{1,4}$/gu, "");
  if (word.length < 5 || /[\\/]|^[-$%{[]|@[\w-]+\.\w/.test(word) || TECHNICAL.test(word))
    return false;
  if (/^[{(]?[0-9a-f]{8}-[0-9a-f]{4}/i.test(word)) return false;
  const hasDigit = /\d/.test(word);
  if (/[\p{L}\d][!#$%&*+?@^~][\p{L}\d]/u.test(word)) return true;
  if (hasDigit && /\p{Ll}/u.test(word)) return true;
  return (
    hasDigit && word.length >= 8 && /^[\p{Lu}\d!#$%&*+?]+$/u.test(word) && /\p{Lu}/u.test(word)
  );
}
