import type { FieldProblem } from "@sentinal/contract";
import type { ApiProblem } from "../../api/problem.ts";

/** As short as the hub allows; length is what makes a password good. */
export const shortestPassword = 12;

export type Registration = { username: string; email: string; password: string; setupCode: string };

/** What the form itself can see is wrong, by field; the hub checks again. */
export function registrationProblems(given: Registration, needsCode: boolean): Partial<Record<keyof Registration, string>> {
  const problems: Partial<Record<keyof Registration, string>> = {};
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$/.test(given.username.trim()))
    problems.username = "2 to 64 letters, digits, dots, dashes or underscores, starting with a letter or digit.";
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given.email.trim())) problems.email = "An address such as ada@example.org.";
  if (given.password.length < shortestPassword) problems.password = `At least ${shortestPassword} characters; these are ${given.password.length}.`;
  if (needsCode && given.setupCode.trim() === "") problems.setupCode = "The hub printed it in its terminal.";
  return problems;
}

const fieldNames: Readonly<Record<string, keyof Registration>> = { username: "username", email: "email", password: "password", setup_code: "setupCode" };

/** What the hub found wrong, by field of the form; empty where it is not about a field. */
export function hubProblems(problem: ApiProblem): Partial<Record<keyof Registration, string>> {
  if (problem.code === "setup_code_wrong") return { setupCode: problem.message };
  const problems: Partial<Record<keyof Registration, string>> = {};
  for (const refused of problem.fields) {
    const name = fieldNames[refused.field];
    if (name !== undefined) problems[name] = sentenceOf(refused);
  }
  return problems;
}

/** What the hub found wrong with one field, to stand below it. */
export function fieldRefusal(problem: ApiProblem | null, field: string): string | undefined {
  const refused = problem?.fields.find((one) => one.field === field);
  return refused === undefined ? undefined : sentenceOf(refused);
}

function sentenceOf({ problem, fix }: FieldProblem): string {
  return `${problem.slice(0, 1).toUpperCase()}${problem.slice(1)}${problem.endsWith(".") ? "" : "."} ${fix}`;
}
