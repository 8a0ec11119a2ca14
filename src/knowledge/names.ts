import type { Catalog, CodeName } from "../codes/reading.ts";

/** The names of a value in the name table, those of its derived forms included (0x8007NNNN from Win32, 0xD... from NTSTATUS). */
export function namesOf(value: number, catalog: Catalog): readonly CodeName[] {
  const high = value >>> 16;
  const win32 = high === 0x8007 || high === 0xc007 ? catalog.byValue(value & 0xffff) : [];
  const nt = value >>> 28 === 0xd ? catalog.byValue((value & 0xefffffff) >>> 0) : [];
  return [
    ...catalog.byValue(value),
    ...win32.filter((row) => row.family !== "bugcheck" && row.family !== "other"),
    ...nt.filter((row) => row.family === "ntstatus"),
  ];
}
