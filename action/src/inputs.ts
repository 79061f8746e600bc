import { type ScanType, scanTypes } from "@sentinal/contract";
import { type Environment, SendProblem } from "@sentinal/send";

/** What a workflow's step says under `with`; empty texts are null. */
export type Inputs = {
  files: readonly string[];
  scanType: ScanType | null;
  url: string | null;
  token: string | null;
  isGate: boolean;
  isStrict: boolean;
  category: string | null;
};

/** Reads the inputs as the runner sets them. Throws SendProblem for one that cannot be. */
export function readInputs(environment: Environment): Inputs {
  const scanType = input(environment, "scan-type");
  const knownType = scanTypes.find((known) => known === scanType) ?? null;
  if (scanType !== null && knownType === null)
    throw new SendProblem(`The input scan-type is ${JSON.stringify(scanType)}. It must be one of ${scanTypes.join(", ")}, or left out.`);
  const files = (input(environment, "files") ?? "").split(/\r?\n/).flatMap((line) => line.trim() || []);
  if (files.length === 0) throw new SendProblem("The input files is empty. Name the report files, one a line, such as reports/*.json.");
  return {
    files,
    scanType: knownType,
    url: input(environment, "url"),
    token: input(environment, "token"),
    isGate: isTrue(environment, "gate"),
    isStrict: isTrue(environment, "strict"),
    category: input(environment, "category"),
  };
}

/** The runner makes `INPUT_SCAN-TYPE` of `scan-type`: upper case, blanks to underscores, dashes as they are. */
export function input(environment: Environment, name: string): string | null {
  const value = environment[`INPUT_${name.toUpperCase()}`]?.trim() ?? "";
  return value === "" ? null : value;
}

function isTrue(environment: Environment, name: string): boolean {
  const value = input(environment, name) ?? "false";
  if (/^(?:true|True|TRUE)$/.test(value)) return true;
  if (/^(?:false|False|FALSE)$/.test(value)) return false;
  throw new SendProblem(`The input ${name} is ${JSON.stringify(value)}. It must be true or false.`);
}
