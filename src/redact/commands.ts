import { byPattern, type Rule } from "./rule.ts";

const WORD = "(?<value>\"[^\"\\r\\n]{1,128}\"|'[^'\\r\\n]{1,128}'|[^\\s\"']{1,256})";

/**
 * Options behind which a command takes a password, in the usage that each tool prints: curl, psexec, plink and pscp, sqlcmd
 * and bcp, sshpass, mysql, smbclient, and the long option that most others share. Bounded, one line.
 */
const OPTIONS: readonly RegExp[] = [
  /\bcurl(?:\.exe)?\b[^\r\n]{0,200}?[ \t](?:-u|--user|-U|--proxy-user)[ \t=]{0,3}["']?[^\s:"'/]{1,64}:(?<value>[^\s"']{1,256})/gi,
  new RegExp(
    `\\b(?:psexec(?:64)?|paexec|sshpass)(?:\\.exe)?\\b[^\\r\\n]{0,200}?[ \\t]-p[ \\t]{0,3}${WORD}`,
    "gi",
  ),
  new RegExp(
    `\\b(?:plink|pscp|psftp|putty)(?:\\.exe)?\\b[^\\r\\n]{0,200}?[ \\t]-pw[ \\t]{1,3}${WORD}`,
    "gi",
  ),
  new RegExp(
    `\\b(?:sqlcmd|bcp|osql|isql)(?:\\.exe)?\\b[^\\r\\n]{0,200}?[ \\t]-P[ \\t]{0,3}${WORD}`,
    "g",
  ),
  /\bmysql(?:dump|admin)?(?:\.exe)?\b[^\r\n]{0,200}?[ \t]-p(?<value>[^\s"']{1,128})/g,
  /\bsmbclient\b[^\r\n]{0,200}?[ \t]-U[ \t]{0,3}["']?[^\s%"']{1,64}%(?<value>[^\s"']{1,128})/g,
  new RegExp(
    `(?<=\\s|^)--(?:password|passwd|pass|pw|pwd|http-password|proxy-password|token|secret)(?:=|[ \\t]{1,3})${WORD}`,
    "gim",
  ),
];

/** What one of these commands or options cannot do without. */
export const COMMAND_CUE =
  "curl|psexec|paexec|sshpass|plink|pscp|psftp|putty|sqlcmd|bcp|osql|isql|mysql|smbclient|--(?:http-|proxy-)?(?:p|token|secret)";

/** Passwords that stand behind an option of a known command. */
export function commandRules(isNone: (value: string) => boolean): Rule[] {
  return OPTIONS.map((pattern) => ({
    kind: "password",
    secret: true,
    find: byPattern(pattern, (value) => /^["']?[-<$%{[*]/.test(value) || isNone(value)),
  }));
}
