import { inPlainSpelling } from "./plain-spelling.ts";
import { byPattern, type Rule, type RuleGroup, type Span } from "./rule.ts";

const RULES: readonly Rule[] = [
  { kind: "private-key", secret: true, find: privateKeys },
  token(/(?<![A-Za-z0-9-])(?:xox[abceoprs]|xapp|xwfp)(?:\.xox[bp])?-[A-Za-z0-9-]{10,}/g),
  webhook(/hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]{20,}/g),
  webhook(/(?<![\w-])[\w-]{1,63}\.webhook\.office\.com\/webhookb2\/[\w@/-]{20,}/g),
  webhook(
    /(?<![\w.-])(?:[\w-]{1,63}\.){1,6}(?:api\.powerplatform\.com|logic\.azure\.com)(?::\d{1,5})?\/[^\s"'<>]{20,}/g,
  ),
  token(/(?<![\w-])eyJ[\w-]{10,4000}\.[\w-]{10,8000}[\w.-]*/g),
  token(/(?<![\w.-])[01]\.A[\w-]{40,200}\.[\w-]{100,4000}[\w.-]*/g),
  accessKey(/(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/g),
  token(/(?<![A-Za-z0-9_])(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/g),
  accessKey(/(?<![A-Za-z0-9_])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9_])/g),
  accessKey(
    /(?<![A-Za-z0-9])(?:sig|SharedAccessSignature|AccountKey|SharedAccessKey)=(?<value>[\w%+/=.~-]{16,})/gi,
  ),
  token(/Authorization["']?[ \t]{0,3}[:=][ \t]{0,3}["']?Digest (?<value>[^\r\n]{16,2000})/gi),
  token(
    /(?<![\w-])(?:Bearer|Basic|Negotiate|NTLM|Digest) {1,3}(?<value>[\w+/=.~-]{16,12000})/gi,
    isWord,
  ),
  signIn(/(?<![A-Za-z0-9+/])TlRMTVNTUAA[A-Za-z0-9+/=]{8,}/g),
  signIn(/(?<![A-Za-z0-9+/])(?:YII|doI)[A-Za-z0-9+/]{60,}={0,2}/g),
  signIn(/(?<![A-Za-z0-9+/])AQAAANCMnd8BFdERjHoAwE[A-Za-z0-9+/=]*/g),
  {
    kind: "password-hash",
    secret: true,
    find: byPattern(/(?<![0-9a-f])[0-9a-f]{32}:[0-9a-f]{32}(?![0-9a-f])/gi),
  },
];

const CUE =
  /-----BEGIN|xox|xapp|xwfp|hooks\.slack|webhook\.office|powerplatform|logic\.azure|eyJ|[01]\.A|Q~|gh[pousr]_|github_pat|A[KS]IA|sig=|Signature=|Key=|Authorization|Bearer|Basic|Negotiate|NTLM|Digest|TlRMTV|YII|doI|AQAAANCM|[0-9a-f]{32}:/i;

/**
 * Secrets that their own shape gives away: private keys, tokens, web hooks, access keys, sign-in data, password hashes.
 * Every pattern has a fence of its own alphabet on the left and bounds, or an open end; facts of 2026-11.
 */
export const tokenRules: RuleGroup = { cue: CUE, rules: RULES.map(inPlainSpelling) };

function token(pattern: RegExp, excused?: (value: string) => boolean): Rule {
  return { kind: "token", secret: true, find: byPattern(pattern, excused) };
}

function webhook(pattern: RegExp): Rule {
  return { kind: "webhook", secret: true, find: byPattern(pattern) };
}

function accessKey(pattern: RegExp): Rule {
  return { kind: "access-key", secret: true, find: byPattern(pattern) };
}

/** Kerberos and NTLM messages and what DPAPI protects, in base64. */
function signIn(pattern: RegExp): Rule {
  return { kind: "sign-in-data", secret: true, find: byPattern(pattern) };
}

/** "Negotiate authentication-packages" and "NTLM STATUS_LOGON_FAILURE" are words and names, no tokens. */
function isWord(value: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(value) || /^[A-Z]?[a-z./_-]*$/.test(value);
}

/** From the BEGIN line of a private key to its END line, or to the end of the text; certificates stay. */
function privateKeys(text: string): Span[] {
  const spans: Span[] = [];
  for (const begin of text.matchAll(/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g)) {
    if (begin.index < (spans.at(-1)?.end ?? 0)) continue;
    const last = text.indexOf("-----END", begin.index);
    const dashes = last < 0 ? -1 : text.indexOf("-----", last + 8);
    spans.push({ start: begin.index, end: dashes < 0 ? text.length : dashes + 5 });
    if (dashes < 0) break;
  }
  return spans;
}
