import { anyOf, byPattern, type Rule, type RuleGroup } from "./rule.ts";
import type { PrivacyWords } from "./words.ts";

/** Words before four numbers with dots that are no address, in any language. */
const VERSIONS = ["version", "ver", "v", "build", "assembly", "oid"];

/** Names after two backslashes that are no computers. */
const NO_HOSTS = /^(?:localhost|wsl(?:\.localhost)?|your-.*)$/i;

/**
 * Where something is: network addresses, computers, serial numbers. A computer's free name cannot be told from another
 * word; `hosts` are the patterns of the operator.
 */
export function placeRules(
  words: PrivacyWords,
  hosts: readonly string[],
  isCode: (word: string) => boolean,
): RuleGroup[] {
  const version = new RegExp(
    `(?:^|[^\\p{L}])${anyOf([...VERSIONS, ...words.versions])}[ :=.]{0,3}$`,
    "iu",
  );
  const places = [
    identity(
      "ip",
      byPattern(IPV6, (value) => !isIpv6(value.replace(LOOSE_COLON, ""))),
    ),
    identity(
      "ip",
      byPattern(IPV4, (value, before) => !isIpv4(value) || version.test(before)),
    ),
    identity(
      "mac",
      byPattern(
        /(?<![0-9A-Fa-f]|[0-9A-Fa-f]{2}[:-])[0-9A-Fa-f]{2}(?:(?:-[0-9A-Fa-f]{2}){5}|(?::[0-9A-Fa-f]{2}){5})(?![0-9A-Fa-f]|[-:][0-9A-Fa-f]{2})/g,
      ),
    ),
    identity(
      "host",
      byPattern(
        /(?<=^|[\s"'`(=,:;<>|])(?<!(?<![A-Za-z])[A-Za-z]:)\\\\(?:\\\\)?(?<value>[\p{L}\p{N}][\p{L}\p{N}_.-]{1,253})(?![\p{L}\p{N}$+*])/gu,
        (host) => NO_HOSTS.test(host) || isCode(host),
      ),
    ),
    identity(
      "host",
      byPattern(
        /(?<![\w-])(?:DESKTOP|LAPTOP|WIN)-[A-Z0-9]{7,11}(?![\w-])/gi,
        (host) => /[a-z]/.test(host) && !/\d/.test(host),
      ),
    ),
  ];
  const named = byPattern(NAME, (name) => isCode(name) || !hosts.some(fits(name)));
  const serial = identity(
    "serial",
    byPattern(
      new RegExp(
        `(?<![\\p{L}\\p{N}])${anyOf(words.serials)}[ \\t]{0,24}[:=#]?\\s{0,24}(?<value>[A-Z0-9][A-Z0-9-]{3,31})(?![\\p{L}\\p{N}-])`,
        "giu",
      ),
      (value) => !/\d/.test(value) || isCode(value),
    ),
  );
  const names = hosts.length > 0 ? [identity("host", named)] : [];
  return [{ cue: CUE, rules: places }, { rules: [...names, serial] }];
}

/** What an address, or the name of a computer, cannot do without. */
const CUE = /\d\.\d|:[0-9a-f]{0,4}:|-[0-9a-f]{2}-|\\{2}|(?:DESKTOP|LAPTOP|WIN)-/i;

function identity(kind: string, find: Rule["find"]): Rule {
  return { kind, secret: false, identity: true, find };
}

const IPV6 =
  /(?<![\w:.%])(?=[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f:]{2,41}(?:\.\d{1,3}){0,3}(?:%\w{1,16})?(?![\p{L}\p{N}_:]|\.\d)/gu;
const LOOSE_COLON = /^:(?!:)|(?<!:):$/g;
const IPV4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)/g;
/** A word that a computer could be named, with its domain. */
const NAME = /(?<![\p{L}\p{N}_.-])[\p{L}\p{N}][\p{L}\p{N}.-]{1,253}(?<![.-])(?![\p{L}\p{N}_-])/gu;

function isIpv6(text: string): boolean {
  const [address = ""] = text.split("%");
  const groups = address.split(":");
  if (groups.length < 3 || !groups.some((group) => group.length > 2)) return false;
  return URL.canParse(`http://[${address}]`);
}

function isIpv4(text: string): boolean {
  const octets = text.split(".").map(Number);
  return octets.every((octet) => octet <= 255) && !/^(?:0|127|255|169\.254)\./.test(text);
}

/** True when a name, or its part before the first dot, fits a pattern in which `*` stands for any characters. */
function fits(name: string): (pattern: string) => boolean {
  const lower = name.toLowerCase();
  const [short = ""] = lower.split(".");
  return (pattern) => matches(lower, pattern) || matches(short, pattern);
}

function matches(name: string, pattern: string): boolean {
  const [first = "", ...parts] = pattern.toLowerCase().split("*");
  const last = parts.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let from = first.length;
  for (const part of parts) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return name.length - last.length >= from && name.endsWith(last);
}
