import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** One statement of one source: this symbol has this value. `space` separates numbers that mean different things. */
export type Fact = {
  symbol: string;
  value: number;
  component: string;
  family: string;
  source: string;
  /** True for the header that owns the codes (winerror.h, ntstatus.h): its names come first and need no second source. */
  primary: boolean;
};

/** A line that should hold a code and could not be read. */
export type Unread = { source: string; line: number; text: string };

/** What the table of headers says about one header. `names` is a pattern, or undefined for "any HRESULT". */
export type HeaderRule = {
  header: string;
  component: string;
  family: string;
  names: RegExp | undefined;
};

/** Names that mark a range, a mask or a facility, not a code. */
export const notCodes =
  /^FACILITY_|^SEVERITY_|^STATUS_SEVERITY_|_(FIRST|LAST|MIN|MAX)(_ERROR|_ERR)?$|(?<!_NOT_AT|_DIFFERENT|SOAPCLIENT|_IMAGE)_BASE$|(?<!NET)_MASK$|BASEERR$|^JET_errcat|^_|FACILITY|^MAKE_|^RASBASE|_BASE_ERROR$/;
/** Names that a header without a pattern of its own gives to HRESULTs. */
export const hresultName = /(^|_)[ESW]_|ERR|^(RPC|EPT|CERT|DV|NS|MF|SP|DB)_/;
const primaryHeaders =
  /^(winerror|ntstatus|bugcodes|wuerror|lmerr|raserror|slerror|wsmerror|wininet|winhttp|imnxport|mimeole|deliveryoptimizationerrors|mdmregistration)\./;

/** Reads headers.tsv. */
export function readRules(file: string): HeaderRule[] {
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [header = "", component = "", family = "", names = "*"] = line.split("\t");
      return { header, component, family, names: names === "*" ? undefined : new RegExp(names) };
    });
}

/** The fact that a constant of a header states, or undefined when it is no code. */
export function classify(
  symbol: string,
  value: number,
  rule: HeaderRule,
  isHresult: boolean,
): Omit<Fact, "source"> | undefined {
  if (notCodes.test(symbol)) return undefined;
  const primary = primaryHeaders.test(rule.header);
  if (rule.header === "winerror.h") {
    const component = isHresult || value > 0xffff ? "hresult" : "win32";
    return { symbol, value, ...placed(component, value), primary };
  }
  if (rule.names === undefined) {
    if (value <= 0xffff || value >= 0xffff0000 || (value < 0x80000000 && !isHresult))
      return undefined;
  }
  return { symbol, value, ...placed(rule.component, value, rule.family), primary };
}

/** Component and family of a number. Windows Installer's numbers (1601 to 1654 and 3010) are a family of their own. */
export function placed(
  component: string,
  value: number,
  family = component,
): { component: string; family: string } {
  const installer = component === "win32" && ((value >= 1601 && value <= 1654) || value === 3010);
  return installer ? { component: "msi", family: "msi" } : { component, family };
}

/** Paths of all files below a folder, by lower-case name; the first of a name wins. */
export function filesBelow(root: string, found = new Map<string, string>()): Map<string, string> {
  for (const name of readdirSync(root).sort()) {
    const path = join(root, name);
    if (statSync(path).isDirectory()) filesBelow(path, found);
    else if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), path);
  }
  return found;
}
