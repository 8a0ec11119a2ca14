import { describe, expect, test } from "vitest";
import { readCodes } from "../../src/codes/read.ts";
import { knowledge } from "../fixtures/knowledge.ts";
import { createTalk } from "../talk.ts";

const firstOf = (text: string) => readCodes(text, knowledge.catalog).codes[0]?.readings[0];

describe("a number of Visual Basic", () => {
  test.each([
    "excel 1004 error in my macro",
    "excel error 1004",
    "Run-time error '1004': Application-defined or object-defined error",
    "error 1004 when the macro runs, it prints to the printer",
    "error en tiempo de ejecución 1004",
  ])("is the error of Excel that an entry is about: %s", async (text) => {
    const heard = await createTalk(knowledge).say(text);
    expect(heard.answers).toMatchObject([{ code: "0x800A03EC", entry: "0x800A03EC" }]);
  });

  test.each([
    ["run-time error 429", "429"],
    ["runtime error 13 type mismatch", "13"],
    ["run-time error '9': subscript out of range", "9"],
    ["vba error 91", "91"],
    ["error '91' en la macro", "91"],
  ])("is said to be one, with no name of Windows: %s", async (text, number) => {
    const heard = await createTalk(knowledge).say(text);
    expect(heard.answers).toMatchObject([{ symbol: null, entry: null }]);
    expect(heard.text).toMatch(
      new RegExp(`(?:number|número de error) ${number} (?:of|de) Visual Basic`),
    );
  });

  test("has the name of its HRESULT where the Windows SDK has one", () => {
    expect(firstOf("run-time error 70: permission denied")?.symbol).toBe("CTL_E_PERMISSIONDENIED");
    expect(firstOf("run-time error 3021")?.symbol).toBe("adErrNoCurrentRecord");
  });

  test("is known inside its HRESULT", () => {
    expect(firstOf("0x800A01AD")).toMatchObject({ symbol: null, why: { params: { code: "429" } } });
    expect(firstOf("0x800A7FFF")).toBeUndefined();
  });

  test("is told from its neighbour in one message", async () => {
    const { text } = await createTalk(knowledge).say("run-time error 91, then run-time error 13");
    expect(text).toContain("number 91 of Visual Basic");
    expect(text).toContain("number 13 of Visual Basic");
  });
});

describe("a message number of SQL Server", () => {
  test.each(["sql server error 18456", "error 1205 sql deadlock", "SQL Server error: 4060"])(
    "is said to be one: %s",
    async (text) => {
      const heard = await createTalk(knowledge).say(text);
      expect(heard.answers).toMatchObject([{ symbol: null, entry: null }]);
      expect(heard.text).toContain("of SQL Server itself");
    },
  );
});

describe("a number of Windows beside such a program stays one", () => {
  test.each([
    ["error 5 in excel when I save", "ERROR_ACCESS_DENIED"],
    ["error 1603 while installing excel", "ERROR_INSTALL_FAILURE"],
    ["the macro starts msiexec, exit code 1603", "ERROR_INSTALL_FAILURE"],
    ["macro stops with system error 5", "ERROR_ACCESS_DENIED"],
    ["error 67 in a logon script (vbs)", "ERROR_BAD_NET_NAME"],
    ["the vbs script maps the drive and fails with error 85", "ERROR_ALREADY_ASSIGNED"],
    ["un script vbs conecta la unidad de red y da el error 85", "ERROR_ALREADY_ASSIGNED"],
    ["java runtime error 1603", "ERROR_INSTALL_FAILURE"],
    ["SQL Server error 53, network path not found", "ERROR_BAD_NETPATH"],
    ["installing sql server fails with error 1603", "ERROR_INSTALL_FAILURE"],
    ["error 1004", "ERROR_INVALID_FLAGS"],
  ])("%s", (text, symbol) => {
    expect(firstOf(text)?.symbol).toBe(symbol);
  });

  test("an HTTP status beside Excel is still none of Windows", () => {
    expect(firstOf("excel error 404")).toBeUndefined();
  });
});
