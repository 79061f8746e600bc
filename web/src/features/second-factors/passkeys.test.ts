import { expect, test } from "vitest";
import { ApiProblem } from "../../api/problem.ts";
import { isBareAddress, passkeyProblem } from "./passkeys.ts";

test.each([
  ["127.0.0.1", true],
  ["192.168.1.20", true],
  ["[::1]", true],
  ["localhost", false],
  ["hub.example.org", false],
  ["1password.example", false],
])("%s is a bare address: %s", (hostname, isBare) => {
  expect(isBareAddress(hostname)).toBe(isBare);
});

test.each([
  ["NotAllowedError", "passkey_not_given"],
  ["AbortError", "passkey_not_given"],
  ["InvalidStateError", "passkey_known"],
  ["SecurityError", "passkey_address"],
  ["NotSupportedError", "passkey_unsupported"],
  ["UnknownError", "passkey_failed"],
])("a browser's %s is told in our own words, as %s", (name, code) => {
  const problem = passkeyProblem(new DOMException("The operation either timed out or was not allowed.", name));
  expect(problem).toMatchObject({ status: 0, code });
  expect(problem.message).toMatch(/\.$/);
});

test("what the hub said stays as it is", () => {
  const problem = new ApiProblem({ status: 403, code: "passkey_refused", title: "x", detail: "y" });
  expect(passkeyProblem(problem)).toBe(problem);
});
