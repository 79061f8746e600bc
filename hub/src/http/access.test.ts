import { describe, expect, test } from "vitest";
import { type CallerRequest, checkRequirement, createAccess, type Principal, type Requirement, visibleRepository } from "./access.ts";
import { HttpError } from "./errors.ts";

const user = (role: "Viewer" | "Member" | "Admin"): Principal => ({
  kind: "user",
  id: 1,
  name: "ada",
  role,
  session: "s",
  expiresAt: new Date(0),
  subjects: ["user:1"],
});
const apiToken = (scopes: Extract<Principal, { kind: "api_token" }>["scopes"], repository: string | null = null): Principal => ({
  kind: "api_token",
  id: 2,
  name: "ci",
  scopes,
  repository,
  expiresAt: null,
  subjects: ["api_token:2"],
});

/** The code of the refusal; null when there is none. */
function refusal(principal: Principal, requirement: Requirement): string | null {
  try {
    checkRequirement(principal, requirement);
    return null;
  } catch (error) {
    if (error instanceof HttpError && error.status === 403) return error.code;
    throw error;
  }
}

describe("what a route asks of its caller", () => {
  test.each([
    ["a user of the role", user("Member"), { role: "Member" }, null],
    ["a user of a higher role", user("Admin"), { role: "Viewer" }, null],
    ["a user of a lower role", user("Viewer"), { role: "Member" }, "role_missing"],
    ["a Member where an Admin is asked", user("Member"), { role: "Admin" }, "role_missing"],
    ["a user where only a token may", user("Admin"), { scope: "webhook:write" }, "scope_missing"],
    ["a user where nobody may", user("Admin"), {}, "scope_missing"],
    ["a token with the scope", apiToken(["webhook:read"]), { scope: "webhook:read" }, null],
    ["a token with another scope", apiToken(["webhook:write"]), { scope: "webhook:read" }, "scope_missing"],
    ["a token without any scope", apiToken([]), { scope: "webhook:read" }, "scope_missing"],
    ["a token with one of several scopes", apiToken(["webhook:read"]), { scope: ["webhook:write", "webhook:read"] }, null],
    ["a token with none of several scopes", apiToken([]), { scope: ["webhook:write", "webhook:read"] }, "scope_missing"],
    ["a token where only a user may", apiToken(["webhook:read", "webhook:write"]), { role: "Viewer" }, "role_missing"],
    ["a token where either may", apiToken(["webhook:read"]), { scope: "webhook:read", role: "Admin" }, null],
  ] as const)("%s", (_name, principal, requirement, code) => {
    expect(refusal(principal, requirement)).toBe(code);
  });
});

describe("a guard", () => {
  const request = (authorization?: string): CallerRequest => ({ headers: authorization === undefined ? {} : { authorization }, ip: "192.0.2.1", id: "r1" });

  function guarded(authenticate: (bearer: string) => Principal) {
    const seen: string[] = [];
    const access = createAccess(({ bearer }, caller) => {
      seen.push(`${bearer} ${caller.address} ${caller.requestId}`);
      return authenticate(bearer);
    });
    return { access, seen };
  }

  test.each([
    ["no header", undefined],
    ["another scheme", "Basic YTpi"],
    ["a scheme without a credential", "Bearer "],
    ["two credentials", "Bearer a b"],
    ["a credential with characters that no token has", "Bearer é"],
    ["a credential of more than 8 KB", `Bearer ${"x".repeat(8_193)}`],
    ["a credential without a scheme", "sent_abc"],
  ])("with %s answers 401 and asks nobody", async (_name, authorization) => {
    const { access, seen } = guarded(() => user("Admin"));
    const refused = access.guard({ role: "Viewer" })(request(authorization));
    await expect(refused).rejects.toMatchObject({ code: "not_signed_in", headers: { "www-authenticate": "Bearer" } });
    expect(seen).toEqual([]);
  });

  test("hands the credential over as it is, with address and request id", async () => {
    const { access, seen } = guarded(() => user("Admin"));
    await access.guard({ role: "Viewer" })(request("bearer   sent_abc"));
    expect(seen).toEqual(["sent_abc 192.0.2.1 r1"]);
  });

  test("gives the route the caller that it admitted, for that request only", async () => {
    const { access } = guarded(() => user("Member"));
    const admitted = request("Bearer x");
    await access.guard({ role: "Member" })(admitted);
    expect(access.principal(admitted)).toMatchObject({ name: "ada", role: "Member" });
    expect(() => access.principal(request("Bearer x"))).toThrow("no guard");
  });

  test("that asks for a fresh proof refuses the session without one, and anybody where nobody can tell", async () => {
    const asked: string[] = [];
    const access = createAccess(
      () => user("Admin"),
      async (session) => {
        asked.push(session);
        return asked.length > 1;
      },
    );
    const fresh = access.guard({ role: "Viewer", fresh: true });
    await expect(fresh(request("Bearer x"))).rejects.toMatchObject({ code: "reauthentication_required", status: 403 });
    await fresh(request("Bearer x"));
    const admitted = user("Admin");
    expect(asked).toEqual(admitted.kind === "user" ? [admitted.session, admitted.session] : []);
    await access.guard({ role: "Viewer" })(request("Bearer x"));
    expect(asked).toHaveLength(2);
    await expect(createAccess(() => user("Admin")).guard({ role: "Viewer", fresh: true })(request("Bearer x"))).rejects.toMatchObject({
      code: "reauthentication_required",
    });
  });

  test("keeps no caller whom it refused", async () => {
    const { access } = guarded(() => user("Viewer"));
    const refused = request("Bearer x");
    await expect(access.guard({ role: "Admin" })(refused)).rejects.toMatchObject({ code: "role_missing" });
    expect(() => access.principal(refused)).toThrow("no guard");
  });

  test("passes on why a credential is no good", async () => {
    const { access } = guarded(() => {
      throw new HttpError("token_revoked");
    });
    await expect(access.guard({ scope: "webhook:write" })(request("Bearer x"))).rejects.toMatchObject({ code: "token_revoked", status: 401 });
  });
});

describe("what a caller sees", () => {
  test("a bound token one repository, everyone else all of them", () => {
    expect(visibleRepository(apiToken(["webhook:read"], "team/shop"))).toBe("team/shop");
    expect(visibleRepository(apiToken(["webhook:read"]))).toBeNull();
    expect(visibleRepository(user("Viewer"))).toBeNull();
  });
});
