import type { Import } from "@sentinal/contract";

/** "3 of 4 reports read": how much of what was received could be read; null where all of it was. */
export function importWords(imports: readonly Pick<Import, "status">[]): string | null {
  const ended = imports.filter((one) => one.status !== "queued" && one.status !== "running");
  const whole = ended.filter((one) => one.status === "completed").length;
  const inPart = ended.filter((one) => one.status === "partial").length;
  if (whole === ended.length) return null;
  const words = `${whole} of ${ended.length} ${ended.length === 1 ? "report" : "reports"} read`;
  return inPart === 0 ? words : `${words}, ${inPart} in part`;
}
