import { describe, expect, test } from "vitest";
import { readCodes } from "../../src/codes/read.ts";
import type { FoundCode } from "../../src/codes/reading.ts";
import { isKnown } from "../../src/intent.ts";
import { knowledge } from "../fixtures/knowledge.ts";

const { catalog } = knowledge;

function codesOf(text: string, bare = false): FoundCode[] {
  return readCodes(text, catalog, { bare }).codes;
}

function namesOf(text: string, bare = false): (string | null)[][] {
  return codesOf(text, bare).map((code) => code.readings.map((reading) => reading.symbol));
}

describe("a number that only an unlikely table knows", () => {
  test.each([
    ["50126", "AADSTS50126"],
    ["0x0000C3CE", "AADSTS50126"],
    ["0x00009C48", "AADSTS40008"],
    ["700016", "AADSTS700016"],
    ["0x00000400", "MIXERR_INVALLINE"],
    ["0x1001", "PDERR_SETUPFAILURE"],
  ])("%s is offered, not chosen", (text, symbol) => {
    const [code] = codesOf(text, true);
    expect(code?.readings[0]?.symbol).toBe(symbol);
    expect(code?.close).toBe(true);
    expect(code && isKnown(code)).toBe(false);
  });

  test("says what it is known as", () => {
    expect(codesOf("50126", true)[0]?.readings[0]?.why.id).toBe("aadsts");
    expect(codesOf("0x1001", true)[0]?.readings[0]?.why).toEqual({
      id: "only",
      params: { component: "commdlg" },
    });
  });

  test("gives way to a likelier meaning of the same number", () => {
    expect(namesOf("1603", true)[0]?.[0]).toBe("ERROR_INSTALL_FAILURE");
    expect(namesOf("0x5", true)[0]).not.toContain("VFW_E_NOT_CONNECTED");
    expect(namesOf("0x00004E21", true)).toEqual([["ERROR_DHCP_DATABASE_INIT_FAILED"]]);
  });

  test("is offered beside the digits read as hexadecimal", () => {
    const [code] = codesOf("40008", true);
    expect(code?.readings.map((reading) => reading.symbol).slice(0, 3)).toContain("AADSTS40008");
    expect(code?.close).toBe(true);
  });

  test("is not taken for a code of a text that has a real one", () => {
    expect(namesOf("it fails with 0x80090311, flags 0x00001003")).toEqual([
      ["SEC_E_NO_AUTHENTICATING_AUTHORITY"],
    ]);
  });

  test("stays unread in chatter", () => {
    expect(codesOf("we have 50126 items and 16000 users")).toEqual([]);
    expect(codesOf("el pedido 50126 ya salió")).toEqual([]);
  });
});

describe("a sign-in error of Microsoft Entra", () => {
  test.each([
    "AADSTS 50126 when she signs in",
    "the Microsoft Entra sign-in log has error code 50126",
    "Azure AD error 50126",
    "error 50126 en Entra ID",
  ])("is known where it is named: %s", (text) => {
    const [code, ...rest] = codesOf(text);
    expect(rest).toEqual([]);
    expect(code?.readings[0]?.symbol).toBe("AADSTS50126");
    expect(code?.readings[0]?.why.id).toBe("context");
    expect(code?.close).toBe(false);
  });

  test("is not read into the Spanish word for entering", () => {
    const [code] = codesOf("cuando entra en su cuenta sale el error 50126");
    expect(code?.readings.map((reading) => reading.why.id)).not.toContain("context");
  });
});

describe("-1 and the other numbers just below zero", () => {
  test.each(["-1", "0xFFFFFFFF", "4294967295", "-5", "-42"])("%s is no name of its own", (text) => {
    const [code] = codesOf(text, true);
    expect(code?.readings[0]).toMatchObject({ symbol: null, why: { id: "program", params: {} } });
    expect(code?.close).toBe(false);
    expect(code && isKnown(code)).toBe(false);
  });

  test("keeps the names that it has behind that", () => {
    expect(namesOf("-1", true)[0]?.slice(1)).toContain("JET_wrnNyi");
  });

  test("is the name that the words beside it ask for", () => {
    const [code] = codesOf("-1 esent", true);
    expect(code?.readings[0]).toMatchObject({ symbol: "JET_wrnNyi", why: { id: "context" } });
  });

  test.each([
    ["-1018", "JET_errReadVerifyFailure"],
    ["-1216", "JET_errAttachedDatabaseMismatch"],
  ])("%s is still the error of the database", (text, symbol) => {
    expect(codesOf(text, true)[0]?.readings[0]?.symbol).toBe(symbol);
  });

  test("stays unread in a sentence", () => {
    expect(codesOf("the script returned -1")).toEqual([]);
    expect(codesOf("exit status 0xffffffff")).toEqual([]);
  });
});
