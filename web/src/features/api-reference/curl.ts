import type { ApiDocument, Operation } from "./document.ts";
import { exampleOf } from "./schema-words.ts";

/** Bodies that are a tool's own file cannot be told from a schema. */
const knownCalls: Readonly<Record<string, { query?: string; path?: Record<string, string>; lines: readonly string[] }>> = {
  "POST /api/cicd/reports": {
    query: "repository=owner/name&branch=main&commit_hash=$(git rev-parse HEAD)",
    lines: ["--data-binary @trivy.json"],
  },
  "POST /api/cicd/webhook/{scan_type}": {
    path: { scan_type: "trivy" },
    lines: [
      '--header "Content-Type: application/json"',
      `--data '${JSON.stringify({ repository: "owner/name", branch: "main", commit_hash: "4f2c9d1", status: "completed", results: { critical: 0, high: 2, medium: 5, low: 10, total: 17 } })}'`,
    ],
  },
};

/** A call of the operation for a shell, with the token from its environment. */
export function curlCommand(document: ApiDocument, operation: Operation, hubUrl: string): string {
  const known = knownCalls[`${operation.method} ${operation.path}`];
  const path = operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => known?.path?.[name] ?? (name === "id" ? "1" : `{${name}}`));
  const required = operation.parameters.filter((parameter) => parameter.place === "query" && parameter.isRequired);
  const query = known?.query ?? required.map((parameter) => `${parameter.name}=${String(exampleOf(document, parameter.schema, parameter.name))}`).join("&");
  const parts = [
    ...(operation.method === "GET" ? [] : [`--request ${operation.method}`]),
    ...(operation.needsSignIn ? ['--header "Authorization: Bearer $SENTINAL_API_TOKEN"'] : []),
    ...(known?.lines ?? bodyLines(document, operation)),
    `"${hubUrl}${path}${query === "" ? "" : `?${query}`}"`,
  ];
  return `curl --fail-with-body ${parts.join(" \\\n  ")}`;
}

function bodyLines(document: ApiDocument, operation: Operation): string[] {
  if (operation.body === null) return [];
  const example = exampleOf(document, operation.body);
  if (typeof example !== "object" || example === null || Object.keys(example).length === 0) return [];
  return ['--header "Content-Type: application/json"', `--data '${JSON.stringify(example).replaceAll("'", "'\\''")}'`];
}
