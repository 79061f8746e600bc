import { expect, test } from "vitest";
import { cliSnippet, curlSnippet, workflowSnippet } from "./snippets.ts";

const subject = { hubUrl: "https://hub.acme.test", token: "sent_abc", repository: "acme/shop" };

test("the commands carry the token that was just made, and the hub's own address", () => {
  expect(curlSnippet(subject)).toContain("export SENTINAL_API_TOKEN=sent_abc\n");
  expect(curlSnippet(subject)).toContain('"https://hub.acme.test/api/cicd/reports?scan_type=trivy&repository=acme/shop&');
  expect(cliSnippet(subject)).toContain("export SENTINAL_API_URL=https://hub.acme.test\n");
});

test("without a token at hand they say where it goes", () => {
  expect(curlSnippet({ ...subject, token: null, repository: null })).toContain("SENTINAL_API_TOKEN=sent_…");
});

test("the workflow step takes the token from the repository's secrets, never from the page", () => {
  const step = workflowSnippet(subject);
  expect(step).toContain("SENTINAL_API_TOKEN: ${{ secrets.SENTINAL_API_TOKEN }}");
  expect(step).not.toContain("sent_");
});

test("the workflow step puts nothing that others choose into the shell's text", () => {
  const script = workflowSnippet(subject).split("run: |")[1] ?? "";
  expect(script).not.toContain("${{");
});

test("the workflow step sends the file and the type it is asked for", () => {
  const step = workflowSnippet(subject, { file: "junit.xml", scanType: "test", words: "the test results" });
  expect(step).toContain("- name: Send the test results to Sentinal\n");
  expect(step).toContain("--data-binary @junit.xml ");
  expect(step).toContain('--url-query "scan_type=test"');
  expect(step).not.toContain("trivy");
});
