import { readFileSync } from "node:fs";
import { join } from "node:path";
import { authentication } from "./authentication.ts";
import { browsersAndSockets } from "./browsers-and-sockets.ts";
import { cryptography } from "./cryptography.ts";
import { dataAndLogging } from "./data-and-logging.ts";
import type { Chapter, Evidence, Requirement } from "./requirement.ts";
import { sessionsAndTokens } from "./sessions-and-tokens.ts";

const root = join(import.meta.dirname, "..", "..");
const chapters: readonly Chapter[] = [...browsersAndSockets, ...authentication, ...sessionsAndTokens, ...cryptography, ...dataAndLogging];
const states = ["met", "not met", "does not apply"] as const;

/** Claims that no test shows; the message names them. */
export class UnfoundedClaims extends Error {}

/** The table of OWASP ASVS requirements. Throws UnfoundedClaims when a test that a claim names does not exist, or a claim names none. */
export function securityRequirementsPage(note: string): string {
  const all = chapters.flatMap((chapter) => chapter.requirements);
  const problems = [...unfounded(all), ...repeated(all)];
  if (problems.length > 0) throw new UnfoundedClaims(`scripts/security-requirements claims what no test shows:\n${problems.join("\n")}`);
  const counts = states.map((state) => `${all.filter((requirement) => requirement.state === state).length} ${state}`).join(", ");
  return `${note}# Security requirements

What Sentinal says of the requirements of OWASP ASVS 5.0 in V3.3, V4.4, V6, V7, V9, V10.4, V11, V13.3, V14.2 and V16, in our own words; the standard's text is what counts. A requirement is met where tests show it, and the table is made by a program that looks whether these tests exist. What is true but shown by no test stands as not met. Level 3 is beyond what we aim at; it is told all the same.

${all.length} requirements: ${counts}.

${chapters.map(chapterText).join("\n")}`;
}

function chapterText(chapter: Chapter): string {
  const rows = chapter.requirements.map(
    (requirement) => `| ${requirement.id} | ${requirement.level} | ${cell(requirement.words)} | ${stateText(requirement)} |`,
  );
  return `## ${chapter.name}\n\n| id | level | requirement | state |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}

function stateText(requirement: Requirement): string {
  if (requirement.state === "does not apply") return `does not apply: ${cell(requirement.reason)}`;
  const shown = (requirement.tests ?? []).map(({ file, test }) => `[${cell(test)}](../../${file})`).join("; ");
  if (requirement.state === "met") return `**met**: ${shown}${requirement.note === undefined ? "" : `. ${cell(requirement.note)}`}`;
  return `not met: ${cell(requirement.reason)}${shown === "" ? "" : ` Shown so far: ${shown}`}`;
}

/** What is wrong with claims, a sentence each. */
export function unfounded(requirements: readonly Requirement[]): string[] {
  const texts = new Map<string, string>();
  return requirements.flatMap((requirement) => {
    if (requirement.state === "does not apply") return [];
    if (requirement.state === "met" && requirement.tests.length === 0) return [`${requirement.id}: names no test`];
    return (requirement.tests ?? []).flatMap((evidence) =>
      isThere(evidence, texts) ? [] : [`${requirement.id}: ${evidence.file} has no test "${evidence.test}"`],
    );
  });
}

function repeated(requirements: readonly Requirement[]): string[] {
  const ids = requirements.map((requirement) => requirement.id);
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} stands there twice`);
}

/** Whether the file has a test of this name, by itself or of a table (`test.each(…)("…"`), and does not skip it. */
function isThere({ file, test }: Evidence, texts: Map<string, string>): boolean {
  const text = texts.get(file) ?? readOrEmpty(file);
  texts.set(file, text);
  const name = JSON.stringify(test).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?:\\btest(?:\\.skipIf\\([^\\n]*\\))?\\(|\\]\\)\\(|\\)\\()\\s*${name}`).test(text);
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(join(root, file), "utf8");
  } catch {
    return "";
  }
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
