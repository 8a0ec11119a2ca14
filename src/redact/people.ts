import { byPattern, type Rule, type RuleGroup } from "./rule.ts";

/** What stands before a backslash and is no domain: parts of Windows' own names and of registry and device paths. */
const NO_DOMAINS = new Set(
  (
    "AUTHORITY BUILTIN SERVICE APPPOOL HOST MANAGER NT HKLM HKCU HKCR HKU HKCC SYSTEM SYSTEM32 SOFTWARE MICROSOFT WINDOWS " +
    "DEVICE REGISTRY USB USBSTOR PCI ACPI HID ROOT SWD SW HDAUDIO BTH BTHENUM BTHLE BTHLEDEVICE BTHHFENUM SCSI STORAGE DISPLAY MONITOR " +
    "UMB PRINTENUM WSDPRINT OBJECT KERNEL CIMV2 CN OU DC WIN32 CURRENTVERSION DRIVERS SYSWOW64 WINNT"
  ).split(" "),
);

/** Profile folders that are nobody's. */
const NO_PERSONS =
  /^(?:public|default|default user|all users|administrator|administrador|defaultaccount|defaultuser\d*|guest|wdagutilityaccount|username|user|your-[\w-]*|%\w+%|\$.*|\{.*|\[.*)$/i;

const FILE =
  /\.(?:exe|dll|sys|txt|log|inf|cat|xml|ini|ps1|bat|cmd|msi|msu|cab|mui|evtx?|dmp|etl|reg|h|c|cpp)$/i;

const RULES: readonly Rule[] = [
  {
    kind: "user",
    secret: false,
    identity: true,
    find: byPattern(
      /(?<![\p{L}\p{N}_.%+'-])[\p{L}\p{N}_.%+'-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}_-])/gu,
    ),
  },
  {
    kind: "sid",
    secret: false,
    identity: true,
    find: byPattern(/(?<![\w-])S-1-(?:5-21|12-1)(?:-\d{1,10}){3,6}(?![\w-])/gi),
  },
  {
    kind: "user",
    secret: false,
    identity: true,
    find: byPattern(
      /[\\/]{1,2}(?:Users|Usuarios|Benutzer|Utilisateurs|Documents and Settings)[\\/]{1,2}(?<value>[^\\/:*?"<>|\r\n\t]{1,64}(?=[\\/])|[^\s\\/:*?"<>|`'(),;[\]]{1,64})/gi,
      (name) => NO_PERSONS.test(name.trim()),
    ),
  },
  {
    kind: "user",
    secret: false,
    identity: true,
    find: byPattern(
      /(?<![\p{L}\p{N}\\_./-]|(?<![A-Za-z])[A-Za-z]:)[A-Z0-9][A-Z0-9-]{1,14}\\[A-Za-z0-9][\w.-]{0,63}\$?(?![\w\\$-])/gu,
      isNoAccount,
    ),
  },
];

/** Who somebody is: addresses, account names, the ids of accounts, profile folders. */
export const peopleRules: RuleGroup = { cue: /[@\\/]|S-1-/i, rules: RULES };

function isNoAccount(account: string): boolean {
  const [domain = "", name = ""] = account.split("\\");
  return (
    NO_DOMAINS.has(domain) ||
    /^(?:HKEY|CONTROLSET\d*)/.test(domain) ||
    /^[nrt]$/.test(name) ||
    FILE.test(name)
  );
}
