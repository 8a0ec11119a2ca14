import type { RawEntry, RawStep } from "../schema.ts";
import type { Fault } from "./fault.ts";

/** Commands that change something, whoever wrote `read-only` above them. */
const CHANGES: readonly RegExp[] = [
  /(?:^|[\s;|&({])(?!New-Object\b)(?:Set|Stop|Remove|Restart|Start|Disable|Enable|New|Add|Clear|Reset|Rename|Move|Uninstall|Install|Invoke-Expression|Repair|Update|Register|Unregister|Suspend|Resume|Grant|Revoke|Out-File|Rename)-[A-Z]\w+/i,
  /\s-(?:Repair|ResetServerAddresses|Force\s+-Confirm)\b/i,
  /\breg(?:\.exe)?\s+(?:add|delete|import|restore|load|unload|copy)\b/i,
  /\bnetsh\b[^\n|]{0,120}\b(?:reset|set|add|delete)\b/i,
  /\bnltest\b[^\n|]{0,80}\/(?:sc_reset|sc_change_pwd|server_shutdown)/i,
  /\b(?:net|sc)(?:\.exe)?\s+(?:start|stop|delete|config|create)\b/i,
  /\bnet(?:\.exe)?\s+(?:use\s+\S+\s+\/d|user\s+\S+\s+(?!\/domain\b)\S|localgroup\s+\S+\s+(?!\/domain\b)\S|share\s+\S+=)/i,
  /\bipconfig\s+\/(?:flushdns|release|renew|registerdns)/i,
  /\bklist\b[^\n|]{0,60}\bpurge\b/i,
  /\bw32tm\s+\/(?:resync|config|register|unregister)/i,
  /\b(?:sfc\s+\/scannow|dism\b[^\n|]{0,120}\/(?:RestoreHealth|StartComponentCleanup|Remove-|Add-|Enable-|Disable-)|chkdsk\b[^\n|]{0,40}\/[frxb]\b)/i,
  /\b(?:shutdown|taskkill|tskill|logoff|gpupdate|bcdedit\s+\/set|bcdboot|bootrec|wuauclt|usoclient|msiexec|wusa|pnputil\s+\/(?:add|delete|install|remove|update)|certutil\s+-(?:add|del|import|repair|setreg)\w*|cmdkey\s+\/(?:add|delete)|setspn\s+-[asdr]\b|netdom\s+(?:reset|join|remove|add|move|trust\b[^\n]{0,80}\/reset)|repadmin\s+\/(?:sync|replicate|removelinger)\w*|dsregcmd\s+\/(?:join|leave|forcerecovery)|manage-bde\s+-(?:on|off|protectors\s+-(?:add|delete))|slmgr(?:\.vbs)?\s+[/-](?:ipk|upk|ato|rearm|skms|ckms|cpky)|wsreset|winrm\s+(?:set|create|delete|quickconfig|qc))\b/i,
  /(?:^|[\n;&|(]\s*)(?:del|erase|rd|rmdir|md|mkdir|copy|xcopy|move|ren|rename|attrib\s+[+-]|icacls\s+\S+\s+\/(?:grant|deny|reset|remove|set)|takeown|format|diskpart|mklink|setx)(?![\w-])/i,
  /(?:^|[^-\d>=])>{1,2}\s*(?!\$null|nul\b|&\d)[\w%$"'.\\]/i,
];

type Denied = { pattern: RegExp; text: string };

/** Commands that no step may hold, whatever its risk. */
const DENIED: readonly Denied[] = [
  {
    pattern:
      /\b(?:taskkill|tskill|Stop-Process|Stop-Service|Restart-Service|net\s+stop|sc(?:\.exe)?\s+stop|wmic\s+process)\b[^\n]{0,80}\blsass/i,
    text: "never stop or end lsass: Windows restarts at once",
  },
  {
    pattern:
      /\b(?:procdump|MiniDump|comsvcs(?:\.dll)?|Out-Minidump|rdrleakdiag|createdump)\b[^\n]{0,120}\blsass|\blsass(?:\.exe)?\b[^\n]{0,60}\b(?:dump|\.dmp)\b|comsvcs(?:\.dll)?\s*,?\s*#?(?:24|MiniDump)/i,
    text: "never dump the memory of LSASS: it holds everybody's secrets",
  },
  {
    pattern: /TrustedHosts\b[^\n]{0,80}?(?:["'=\s])\*(?:["'\s}]|$)/i,
    text: "TrustedHosts * trusts every machine: name the one host",
  },
  {
    pattern: /\bnetsh\s+int(?:erface)?\s+ip(?:v[46])?\s+reset\b/i,
    text: "netsh int ip reset is no cure for an error code: find the cause",
  },
  {
    pattern:
      /\bnetsh\s+(?:adv)?firewall\b[^\n]{0,80}\b(?:state\s+off|opmode\s+(?:mode=)?disable)|Set-NetFirewallProfile\b[^\n]{0,120}-Enabled\s+(?:False|0|\$false)|\b(?:mpssvc|MpsSvc)\b[^\n]{0,60}\b(?:stop|disabled)|\b(?:stop|Stop-Service)\s+(?:-Name\s+)?["']?mpssvc/i,
    text: "never turn the firewall off as a fix",
  },
  {
    pattern:
      /Set-MpPreference\b[^\n]{0,160}-Disable\w+\s+(?:\$?true|1)|DisableAntiSpyware|DisableRealtimeMonitoring|\b(?:stop|Stop-Service)\s+(?:-Name\s+)?["']?(?:WinDefend|wdfilter|Sense)\b|Uninstall-WindowsFeature\s+(?:-Name\s+)?Windows-Defender/i,
    text: "never turn Defender off as a fix",
  },
  {
    pattern: /\bEnableLUA\b|\bConsentPromptBehaviorAdmin\b/i,
    text: "never turn UAC off or down as a fix",
  },
  {
    pattern:
      /\bUserAuthentication\b[^\n]{0,60}\b0\b|SetUserAuthenticationRequired\D{0,12}0|\bSecurityLayer\b[^\n]{0,40}\b0\b/i,
    text: "never turn Network Level Authentication off as a fix",
  },
  {
    pattern:
      /EnabledSecurityProviders|\bLsa\b[^\n]{0,40}Security Packages|\\SecurityProviders["']?(?:\s|$)|RunAsPPL\b[^\n]{0,40}\b0\b|\bUseLogonCredential\b[^\n]{0,40}\b1\b/i,
    text: "never edit the list of security packages or the protection of LSASS",
  },
  {
    pattern:
      /\b(?:iex|Invoke-Expression)\b|DownloadString|\s-e(?:nc|ncodedcommand)?\s+[A-Za-z0-9+/=]{16,}|\bcurl\b[^\n]{0,200}\|\s*(?:sh|bash|cmd|powershell|iex)|certutil\s+-urlcache|\bmshta\b|\bbitsadmin\s+\/transfer/i,
    text: "never run code from the network or an encoded command",
  },
  {
    pattern:
      /Set-ExecutionPolicy\s+(?:-ExecutionPolicy\s+)?(?:Unrestricted|Bypass)|-ExecutionPolicy\s+(?:Bypass|Unrestricted)/i,
    text: "never lift the execution policy",
  },
  {
    pattern:
      /(?:^|[\n;&|]\s*)(?:format\s+[a-z]:|diskpart|cipher\s+\/w|(?:rd|rmdir|del|erase)\s+(?:\/\w\s+)*["']?(?:[a-z]:\\(?:windows|users|program files)?\\?\*?|%(?:systemroot|windir|systemdrive)%\\?)["']?(?:\s|$))|Remove-Item\b[^\n]{0,60}\s["']?[a-z]:\\(?:Windows|Users)?\\?\*?["']?(?:\s|$)|Format-Volume|Clear-Disk|vssadmin\s+delete\s+shadows/i,
    text: "never delete a disk, a system folder or the shadow copies",
  },
  {
    pattern:
      /\bnet\s+localgroup\b[^\n]{0,80}S-1-5-32-544[^\n]{0,80}\/add|Add-(?:LocalGroupMember|ADGroupMember)\b[^\n]{0,120}(?:\bAdmins\b|S-1-5-32-544|-512\b|-519\b)/i,
    text: "never make somebody an administrator as a fix",
  },
  {
    pattern:
      /\b(?:bcdedit\b[^\n]{0,80}(?:testsigning|nointegritychecks)\s+(?:on|yes|true)|LmCompatibilityLevel\b[^\n]{0,40}\b[0-2]\b|SMB1\b[^\n]{0,80}\b(?:true|1)\b|Enable-WindowsOptionalFeature\b[^\n]{0,80}SMB1)/i,
    text: "never lower signing, NTLM or SMB security as a fix",
  },
];

const REGISTRY_WRITE =
  /\breg(?:\.exe)?\s+(?:add|delete|import|restore)\b|(?:Set|New|Remove|Clear|Rename)-Item(?:Property)?\b[^\n]{0,160}(?:HKLM|HKCU|HKCR|HKU|Registry::)|\.reg\b/i;
const REGISTRY_LOOK =
  /\breg(?:\.exe)?\s+(?:query|export|save)\b|Get-Item(?:Property|PropertyValue)?\b/i;
const LOCAL_NAMES =
  /\b(?:Administrators|Administradores|Everyone|Todos|Authenticated Users|Usuarios autentificados|Users group)\b|\b(?:BUILTIN|NT AUTHORITY|AUTORIDAD NT)\\/i;

/**
 * Checks the commands of every step: the deny-list, commands that change something in a read-only step, registry edits
 * without a look at the old value first, names that differ between languages of Windows, and <brackets> for placeholders.
 */
export function lintCommands(entry: Pick<RawEntry, "steps">): Fault[] {
  return Object.entries(entry.steps).flatMap(([id, step]) =>
    step.run.flatMap((run, i) =>
      lintCommand(step, run.command, i).map(
        (text): Fault => ({ at: ["steps", id, "run", i, "command"], text }),
      ),
    ),
  );
}

function lintCommand(step: RawStep, command: string, index: number): string[] {
  const faults = DENIED.filter((denied) => denied.pattern.test(command)).map(
    (denied) => denied.text,
  );
  const change = step.risk === "read-only" ? changeIn(command) : undefined;
  if (change)
    faults.push(
      `"${change}" changes something and the step says read-only: make the risk reversible or disruptive`,
    );
  if (REGISTRY_WRITE.test(command) && !looksFirst(step, index))
    faults.push(
      "a registry edit without a look at the old value: put a `reg query`, `reg export` or Get-ItemProperty before it in the same step",
    );
  const local = LOCAL_NAMES.exec(command);
  if (local)
    faults.push(
      `"${local[0]}" has another name in other languages of Windows: use its SID (S-1-5-32-544)`,
    );
  if (/<[A-Za-z][\w .-]{0,40}>|\{\{\w+\}\}/.test(command))
    faults.push("a placeholder in brackets: < is a redirection. Write it in CAPITALS: YOUR-DOMAIN");
  return faults;
}

function changeIn(command: string): string | undefined {
  for (const pattern of CHANGES) {
    const found = pattern.exec(command);
    if (found) return found[0].trim();
  }
  return undefined;
}

function looksFirst(step: RawStep, index: number): boolean {
  return step.run.slice(0, index + 1).some((run) => REGISTRY_LOOK.test(run.command));
}
