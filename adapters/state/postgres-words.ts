import type { Trouble } from "./watch.ts";

/** What an error of an open connection means; undefined for a mistake in a statement. */
export function postgresTrouble(error: unknown): Trouble | undefined {
  const code = codeOf(error);
  if (code === "53100") return "database-full";
  if (code === "25006") return "database-read-only";
  if (/^(28|3D)/.test(code)) return "database-refused";
  if (code === "" || /^(E[A-Z]|08|53|57|58|XX)/.test(code)) return "database-away";
  return undefined;
}

/** The code of an error: five characters from the server, a system's name such as ECONNREFUSED, or nothing. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/**
 * What is wrong with the connection to PostgreSQL and what to do, without a password. Codes:
 * https://www.postgresql.org/docs/15/errcodes-appendix.html, read 2026-11.
 */
export function plainWords(error: unknown, name: string): string {
  const code = codeOf(error);
  const server = `the PostgreSQL database ${name}`;
  if (code === "28P01" || code === "28000") {
    return `${server} refuses the user or the password of DATABASE_URL.`;
  }
  if (code === "3D000") {
    return `${server} does not exist. Create it (createdb), or mend the name in DATABASE_URL.`;
  }
  if (code === "42501") {
    return `${server} does not let this user create tables. Grant it: grant all on schema public to the user of DATABASE_URL.`;
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return `the host of ${server} is not known. Mend it in DATABASE_URL.`;
  }
  if (code === "ECONNREFUSED" || code === "ETIMEDOUT" || code === "") {
    return `${server} does not answer (${code || messageOf(error)}). Start it, or mend host and port in DATABASE_URL.`;
  }
  return `${server} cannot be used: ${messageOf(error)} (${code}).`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
