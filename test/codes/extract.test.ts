import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/codes/catalog.ts";
import { readCodes } from "../../src/codes/read.ts";

const catalog = loadCatalog(join(import.meta.dirname, "../../knowledge/codes"));

/** What a text is read as: the best name of each code, or the code as written where it has none. */
function read(text: string, bare = false): string[] {
  return readCodes(text, catalog, { bare }).codes.map(
    (code) => code.readings[0]?.symbol ?? code.text,
  );
}

const authority = "SEC_E_NO_AUTHENTICATING_AUTHORITY";

describe("forms that are read", () => {
  test.each([
    ["0x80090311", authority],
    ["it says 0x8009 0311 here", authority],
    ["0x 8009 0311", authority],
    ["0x8009_0311", authority],
    ["OX8OO9O311", authority],
    ["0x80090311L", authority],
    ["0X80090311;", authority],
    ["(0x80090311).", authority],
    ["full width ０ｘ８００９０３１１", authority],
    ["zero width 0x8009\u200d03\u200c11", authority],
    ["soft hyphen 0x8009\u00ad0311", authority],
    ["entities 0x8009&#x30;311 &amp; more", authority],
    ["“0x80090311”", authority],
    ["错误0x80090311", authority],
    ["error 80090311", authority],
    ["winrm -2146893039", authority],
    ["–2146893039 returned", authority],
    ["result 2148074257", authority],
    ["sec_e_no_authenticating_authority", authority],
    ["SEC E NO AUTHENTICATING AUTHORITY", authority],
    ["&H80090311", authority],
    ["80090311h", authority],
    ["error 1603", "ERROR_INSTALL_FAILURE"],
    ["Fehler? no: error #1603", "ERROR_INSTALL_FAILURE"],
    ["1603 error", "ERROR_INSTALL_FAILURE"],
    ["Win32 5", "ERROR_ACCESS_DENIED"],
    ["System error 5 has occurred", "ERROR_ACCESS_DENIED"],
    ["exit code 3010", "ERROR_SUCCESS_REBOOT_REQUIRED"],
    ["stop code 0x7B", "INACCESSIBLE_BOOT_DEVICE"],
    ["stop 7e at every boot", "SYSTEM_THREAD_EXCEPTION_NOT_HANDLED"],
    ["Last Run Result 0x41303", "SCHED_S_TASK_HAS_NOT_RUN"],
    ["Last Run Result 267009", "SCHED_S_TASK_RUNNING"],
    ["Resultado de última ejecución 267011", "SCHED_S_TASK_HAS_NOT_RUN"],
    ["LiveKernelEvent 141", "VIDEO_ENGINE_TIMEOUT_DETECTED"],
    ["LiveKernelEvent\nCode: 141\nParameter 1: ffffb98d", "VIDEO_ENGINE_TIMEOUT_DETECTED"],
    ["bugcheck 124", "WHEA_UNCORRECTABLE_ERROR"],
    ["Kernel-Power event 41, BugcheckCode 239", "CRITICAL_PROCESS_DIED"],
    ["pantallazo azul con irql not less or equal", "IRQL_NOT_LESS_OR_EQUAL"],
    ["WHEA UNCORRECTABLE ERROR", "WHEA_UNCORRECTABLE_ERROR"],
    ["VPN 809", "ERROR_VPN_TIMEOUT"],
    ["USB device, Code 43", "CM_PROB_FAILED_POST_START"],
    ["event 4771 with failure code 0x18", "KDC_ERR_PREAUTH_FAILED"],
    ["AADSTS50126: sign-in failed", "AADSTS50126"],
    ["tengo el 80070005 al instalar office", "E_ACCESSDENIED"],
    ["out of memory 0x8007000E", "E_OUTOFMEMORY"],
    ["WSAETIMEDOUT from the client", "WSAETIMEDOUT"],
    ["0xD0000022", "STATUS_ACCESS_DENIED"],
    ["terminated with the following error: %%1355", "ERROR_NO_SUCH_DOMAIN"],
    ["Problem signature: P1: 10.0.19041.1202 P2: 80240034", "WU_E_DOWNLOAD_FAILED"],
    ["CreateProcess failed with error 740", "ERROR_ELEVATION_REQUIRED"],
    ["slui.exe 0x2a 0xC004F211", "SL_E_HWID_CHANGED"],
    ["0xaac when joining", "NERR_AccountReuseBlockedByPolicy"],
    ["Unable to start it: 1260", "ERROR_ACCESS_DISABLED_BY_POLICY"],
  ])("%s", (text, symbol) => expect(read(text)).toEqual([symbol]));

  test("several in one message, each once", () => {
    expect(read("0x80070005, then 0xC0000022 and again 0x80070005")).toEqual([
      "E_ACCESSDENIED",
      "STATUS_ACCESS_DENIED",
    ]);
    expect(read("errors 1722, 1753 and 8453")).toEqual([
      "RPC_S_SERVER_UNAVAILABLE",
      "EPT_S_NOT_REGISTERED",
      "ERROR_DS_DRA_ACCESS_DENIED",
    ]);
  });

  test("a plain number alone counts only when the message is the code", () => {
    expect(read("1603")).toEqual([]);
    expect(read("1603", true)).toEqual(["ERROR_INSTALL_FAILURE"]);
    expect(read("7e", true)).toEqual(["SYSTEM_THREAD_EXCEPTION_NOT_HANDLED"]);
    expect(read("' OR '1'='1' --", true)).toEqual([]);
  });
});

describe("what is no code", () => {
  test.each([
    "tenant {80070005-1234-4abc-9def-0123456789ab}",
    "80070005-1234-4abc-9def-0123456789ab",
    "commit 80070005c3d9e1f2a4b6c8d0e2f4a6b8c0d2e4f6",
    "sha 8007000e",
    "MAC 80:07:00:05:3A:1F or 80-07-00-05-3A-1F",
    "server 10.0.0.5 and fe80::8009:311",
    "The instruction at 0x7c9105f8 referenced memory at 0x00000010",
    "crash at 0x00007FF712345678",
    "0x00007ff6`12345678",
    "KB5034441 and KB 5034441",
    "version 10.0.19045.3803 error",
    "meeting on 20240311 at 02:00",
    "ticket 80070005, order 80090311, invoice 80070490",
    "call me at 2147942405 or +34 911 80 07 05",
    "dial 80070005 if you have a problem with your pc",
    "color #80070005; background: #C0000005",
    "0xc0000005ee8f1d2b3c4a5968778695a4b3c2d1e0f9e8d7c6b5a4938271605f4e",
    "wallet 0xdAC17F958D2ee523a2206206994597C13D831ec7",
    "0x80070005abcdef0123",
    "PCI\\VEN_8086&DEV_A0EF&SUBSYS_80070005&REV_20",
    "<@U80070005> can you look",
    "S-1-5-21-2147024891-1004",
    "Event ID: 1000, line 36, char:47, port 443",
    "we had 5 errors and 3 warnings",
    "error 5 times a day",
    "exit code 0",
    "process exited with code 1",
    "exit status 0xffffffff",
    "MySQL says ERROR 1062 (23000)",
    "bash on debian: exit status 127",
    "the page gives HTTP 500 error",
    "StartSector: 0x000000d1, nSectors: 0x1, SectorSize: 0x20000",
    "CreateFileW(\\\\?\\C:\\x,0x80000000,0x00000003)",
    "the console shows CE-108255-1, the car P0420",
    "postal code 28013",
    "vendor code 80090311, bar code 80070005",
    "status 200 from the api, exit code 137 in docker",
    "0xFF is 255, set the value to 0x1",
    "Error: 18456, Severity: 14, State: 8.",
    "we closed 1603 tickets in room 305",
    "__proto__ constructor toString",
    "",
    " \t\n\u00a0\u200b\u200d\ufeff ",
  ])("%s", (text) => expect(read(text)).toEqual([]));

  test("the parameters behind a stop code are not codes", () => {
    const text = "STOP: 0x0000007B (0xF78D2524, 0xC0000034, 0x00000000, 0x00000000)";
    expect(read(text)).toEqual(["INACCESSIBLE_BOOT_DEVICE"]);
  });
});

describe("unknown and malformed codes", () => {
  test("a well-formed unknown code is reported without a name", () => {
    const { codes } = readCodes("error 0x8009A7F1", catalog);
    expect(codes[0]).toMatchObject({
      value: 0x8009a7f1,
      readings: [],
      malformed: false,
      certain: true,
    });
  });

  test("it is never rounded to a neighbour", () => {
    expect(
      readCodes("0x80090372 0x8007F0F3 0xC0000FFF", catalog).codes.map((c) => c.readings),
    ).toEqual([[], [], []]);
  });

  test("an unknown symbol of a known family has no value", () => {
    const { codes } = readCodes("what is SEC_E_PURPLE_ELEPHANT?", catalog);
    expect(codes[0]).toMatchObject({ text: "SEC_E_PURPLE_ELEPHANT", value: null, readings: [] });
  });

  test("names nobody knows and names of success give way to real codes", () => {
    expect(read("ERROR_IN_MY_SCRIPT, S_OK before, then E_FAIL")).toEqual(["E_FAIL"]);
    expect(read("what is S_OK")).toEqual(["S_OK"]);
  });

  test("seven digits are only asked back", () => {
    const { codes } = readCodes("error 0x8007005", catalog);
    expect(codes[0]).toMatchObject({ malformed: true, readings: [], value: null });
    expect(codes[0]?.suggestions[0]?.code).toBe("0x80070005");
  });
});

describe("context", () => {
  test.each([
    ["error 5 from robocopy", "win32"],
    ["blue screen, error 0x50", "bugcheck"],
    ["pantalla azul 0x50", "bugcheck"],
    ["printer error 0x0000011b", "print"],
    ["VPN connection fails with error 691", "ras"],
    ["LDAP bind error 49", "ldap"],
    ["ESENT reports -1018", "esent"],
  ])("%s is a number of %s", (text, component) => {
    const reading = readCodes(text, catalog).codes[0]?.readings[0];
    expect(reading?.component).toBe(component);
  });

  test("a decided code is not asked back, an undecided one is", () => {
    expect(readCodes("stop code 0x7B", catalog).codes[0]?.close).toBe(false);
    expect(readCodes("0x5", catalog, { bare: true }).codes[0]?.close).toBe(true);
  });

  test("the forms of one code share an identity", () => {
    const of = (text: string) =>
      readCodes(text, catalog, { bare: true }).codes[0]?.readings[0]?.identity;
    expect([of("0x80070005"), of("0xC0070005"), of("5"), of("E_ACCESSDENIED")]).toEqual(
      Array(4).fill("win32:00000005"),
    );
    expect([of("0xD0000022"), of("0xC0000022")]).toEqual(Array(2).fill("ntstatus:C0000022"));
    expect(of("0x7B")).not.toBe(of("123"));
  });
});

describe("bounds", () => {
  test("50 codes are kept and the rest counted", () => {
    const text = Array.from({ length: 200 }, (_, i) => `0x${(0x80f70000 + i).toString(16)}`).join(
      " ",
    );
    const { codes, more } = readCodes(text, catalog);
    expect([codes.length, more]).toEqual([50, 150]);
  });

  test("a code behind 900,000 characters is found, one behind a million is not read", () => {
    expect(read(`${"x ".repeat(450_000)} error 0x80070035`)).toEqual(["ERROR_BAD_NETPATH"]);
    expect(read(`${"x ".repeat(500_000)} error 0x80070035`)).toEqual([]);
  });

  test("lines are counted from 1", () => {
    const { codes } = readCodes("first\nsecond 0x80070005\r\nthird\n0xC0000022", catalog);
    expect(codes.map((code) => code.line)).toEqual([2, 4]);
  });
});

describe("any text", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "0x",
      "0x8009 0311",
      "error ",
      "stop ",
      " (",
      ", ",
      "&#x30;",
      "\u200b",
      "\n",
      "E_FAIL",
      "-",
    ),
    fc.integer().map(String),
    fc.nat(0xffffffff).map((n) => `0x${n.toString(16)}`),
  );
  const text = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(""));

  test("is read without throwing, and every span is the text it names", () => {
    fc.assert(
      fc.property(text, fc.boolean(), (input, bare) => {
        let last = 0;
        for (const code of readCodes(input, catalog, { bare }).codes) {
          expect(input.slice(code.start, code.end)).toBe(code.text);
          expect(code.text).not.toBe("");
          expect(code.start).toBeGreaterThanOrEqual(last);
          last = code.end;
          const scores = code.readings.map((r) => r.score);
          expect(scores).toEqual([...scores].sort((a, b) => b - a));
          expect(new Set(code.readings.map((r) => r.identity)).size).toBe(code.readings.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("every known 32-bit value is found in the three sure forms", () => {
    const values = [...catalog.values()].filter((v) => v > 0x80000000 && v < 0xf0000000);
    for (let i = 0; i < values.length; i += 97) {
      const value = values[i] as number;
      if ((value & 0xfffffff) === 0) continue;
      const forms = [`0x${value.toString(16)}`, `${value - 2 ** 32}`, `error ${value}`];
      for (const form of forms) {
        expect(readCodes(`it says ${form} today`, catalog).codes[0]?.value, form).toBe(value);
      }
    }
  });
});
