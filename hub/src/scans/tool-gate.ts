import { ToolGate } from "@sentinal/contract";
import { z } from "zod";

/** As the reader of the report wrote it down. */
const Stored = ToolGate.omit({ verdict_word: true }).extend({ verdictWord: z.string() });

/** The tool's own verdict as it is stored with a scan; null where there is none, or a form that is not known. */
export function toolGateOf(stored: unknown): ToolGate | null {
  const gate = Stored.safeParse(stored);
  if (!gate.success) return null;
  const { verdictWord, ...rest } = gate.data;
  return { ...rest, verdict_word: verdictWord };
}
