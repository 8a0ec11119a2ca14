import type { Inline } from "../card.ts";
import { bitFields } from "../codes/decode.ts";
import type { Writer } from "./writer.ts";

/** The parts of a value: severity, customer bit, facility, code, and its signed and unsigned decimal forms. */
export function anatomyRows(writer: Writer, value: number): { label: string; value: Inline[] }[] {
  const { say } = writer;
  const fields = bitFields(value);
  const decimal = { label: say("anatomy.decimal"), value: [`${value | 0} / ${value >>> 0}`] };
  if (!fields) return [decimal];
  return [
    { label: say("anatomy.layout"), value: [say(`anatomy.${fields.layout}`)] },
    {
      label: say("anatomy.severity"),
      value: [
        fields.layout === "ntstatus"
          ? say(`anatomy.severity-${fields.severity}`)
          : say(fields.failure ? "anatomy.failure" : "anatomy.success"),
      ],
    },
    ...(fields.customer
      ? [{ label: say("anatomy.customer"), value: [say("anatomy.third-party")] }]
      : []),
    {
      label: say("anatomy.facility"),
      value: [
        fields.facilityName ? `${fields.facility} ${fields.facilityName}` : `${fields.facility}`,
      ],
    },
    {
      label: say("anatomy.code"),
      value: [`${fields.code} (0x${fields.code.toString(16).toUpperCase()})`],
    },
    decimal,
  ];
}
