/** What a report says of its version: read as 2.1.0, read so with a warning, or refused. */
export type VersionVerdict = { shape: string; problem: { severity: "warning" | "refused"; code: string; message: string } | null };

const readAs = "2.1.0";

/**
 * By the member `version`, else by the address in `$schema`. `isOldShape`: a run names its tool as it was done before
 * 2.1.0, which decides when the report tells no version at all.
 */
export function versionVerdict(version: string | null, schema: string | null, isOldShape: boolean): VersionVerdict {
  const word = version ?? versionInSchema(schema);
  if (word === null && isOldShape) return refusal("before 2.1.0");
  if (word === null) return warning(readAs, "version_missing", `The report tells no version of SARIF; it was read as ${readAs}`);
  const [, major, minor] = /^\s*v?(\d{1,5})\.(\d{1,5})(?!\d)/.exec(word) ?? [];
  if (major === undefined || minor === undefined) return warning(word, "version_unknown", `The version of SARIF is "${word}"; it was read as ${readAs}`);
  const isOld = Number(major) < 2 || (major === "2" && minor === "0");
  if (isOld) return refusal(word);
  if (major === "2" && minor === "1") return { shape: word, problem: null };
  return warning(word, "version_unknown", `The report is SARIF ${word}; it was read as ${readAs}`);
}

/** True when the address is that of a schema of SARIF. */
export function isSarifSchema(schema: string | null): boolean {
  return schema !== null && /\bsarif\b/i.test(schema);
}

/** `https://json.schemastore.org/sarif-2.1.0-rtm.5.json` tells 2.1.0. */
function versionInSchema(schema: string | null): string | null {
  return schema === null ? null : (/\bsarif\D{0,200}?(\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)/i.exec(schema)?.[1] ?? null);
}

function refusal(word: string): VersionVerdict {
  const what = `The report is SARIF ${word}, and only ${readAs} can be read`;
  const remedy = `Let the tool write ${readAs}, or convert it: npx @microsoft/sarif-multitool transform --sarif-output-version Current`;
  return { shape: word, problem: { severity: "refused", code: "sarif_version", message: `${what}. ${remedy}` } };
}

function warning(shape: string, code: string, message: string): VersionVerdict {
  return { shape, problem: { severity: "warning", code, message } };
}
