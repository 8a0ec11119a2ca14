/**
 * What is wrong with the connection to PostgreSQL and what to do, without a password. Codes:
 * https://www.postgresql.org/docs/15/errcodes-appendix.html, read 2026-11.
 */
export function plainWords(error: unknown, name: string): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
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
