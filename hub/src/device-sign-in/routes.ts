import {
  DecideDeviceSignInBody,
  DeviceSignIn,
  FetchDeviceTokenBody,
  FindDeviceSignInBody,
  StartDeviceSignInBody,
  StartedDeviceSignIn,
  TokenPair,
} from "@sentinal/contract";
import type { Caller } from "../accounts/index.ts";
import type { Access, CallerRequest, HttpServer } from "../http/index.ts";
import type { DeviceSignIns } from "./sign-in.ts";

/** A code and a name are all that a body holds. */
const bodyLimit = 4 * 1024;
const tags = ["Sign-in"];
const security = [{ bearer: [] }];

export function registerDeviceSignInRoutes(http: HttpServer, access: Access, signIns: DeviceSignIns): void {
  /** Who decides is known from the session alone. */
  function deciderOf(request: CallerRequest): { userId: number; family: string } {
    const principal = access.principal(request);
    if (principal.kind !== "user") throw new Error("a route for users admitted somebody else");
    return { userId: principal.id, family: principal.session };
  }

  http.post(
    "/api/auth/device/start",
    {
      bodyLimit,
      schema: {
        tags,
        summary: "Begin to sign a program in",
        description:
          "Show the person `user_code` and `verification_url`, keep `device_code`, and ask `/api/auth/device/token` every `interval` seconds until it answers.",
        body: StartDeviceSignInBody,
        response: { 200: StartedDeviceSignIn },
      },
    },
    async (request) => signIns.start(request.body.client_name, callerOf(request)),
  );

  http.post(
    "/api/auth/device/find",
    {
      onRequest: access.guard({ role: "Viewer" }),
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "What waits with a user code",
        description: "In a body, for a code in an address would be written to logs. Guesses are counted, a person, an address and a code.",
        body: FindDeviceSignInBody,
        response: { 200: DeviceSignIn },
      },
    },
    async (request) => signIns.find(request.body.user_code, deciderOf(request).userId, callerOf(request)),
  );

  http.post(
    "/api/auth/device/decide",
    {
      onRequest: access.guard({ role: "Viewer", fresh: true }),
      bodyLimit,
      schema: {
        tags,
        security,
        summary: "Let a program in as the signed-in user, or not",
        description: "With `approve` the program gets a session of its own, with the user's role. Needs a sign-in of the last minutes.",
        body: DecideDeviceSignInBody,
        response: { 200: DeviceSignIn },
      },
    },
    async (request) => signIns.decide(request.body.user_code, request.body.decision, deciderOf(request), callerOf(request)),
  );

  http.post(
    "/api/auth/device/token",
    {
      bodyLimit,
      schema: {
        tags,
        summary: "Fetch the tokens of a program that was let in",
        description:
          "400 with the code `authorization_pending` while nobody has decided, `slow_down` when it is asked too often, `denied` and `expired` when there will be no tokens. They are given once.",
        body: FetchDeviceTokenBody,
        response: { 200: TokenPair },
      },
    },
    async (request) => signIns.fetchTokens(request.body.device_code, callerOf(request)),
  );
}

function callerOf(request: Pick<CallerRequest, "ip" | "id">): Caller {
  return { address: request.ip, requestId: request.id };
}
