import { expect, test } from "vitest";
import { ApiProblem } from "../../api/problem.ts";
import { hubProblems, registrationProblems } from "./registration.ts";

const good = { username: "ada", email: "ada@example.org", password: "correct horse battery", setupCode: "abc" };

test("a good registration has nothing wrong with it", () => {
  expect(registrationProblems(good, true)).toEqual({});
});

test("each field says what is wrong with it", () => {
  expect(Object.keys(registrationProblems({ username: "-", email: "ada", password: "short", setupCode: " " }, true))).toEqual([
    "username",
    "email",
    "password",
    "setupCode",
  ]);
});

test("the setup code is asked for only where the hub needs one", () => {
  expect(registrationProblems({ ...good, setupCode: "" }, false)).toEqual({});
});

test("what the hub refuses stands at its field", () => {
  const refusal = (over: Partial<ConstructorParameters<typeof ApiProblem>[0]>) =>
    new ApiProblem({ status: 409, code: "conflict", title: "It exists already", detail: "d", ...over });
  expect(hubProblems(refusal({ fields: [{ field: "email", problem: "is taken", fix: "Use another." }] }))).toEqual({ email: "Is taken. Use another." });
  expect(hubProblems(refusal({ status: 403, code: "setup_code_wrong", detail: "The set-up code is wrong." }))).toEqual({
    setupCode: "The set-up code is wrong.",
  });
  expect(hubProblems(refusal({}))).toEqual({});
});
