import { printable } from "./printable.ts";

/** A line that GitHub's runner shows at the run as a warning or an error. The text may be anybody's. */
export function annotation(level: "warning" | "error" | "notice", text: string): string {
  return `::${level} title=Sentinal::${printable(text).replaceAll("%", "%25")}`;
}
