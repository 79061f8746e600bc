import { StartedDeviceSignIn } from "@sentinal/contract";
import type { TestHub } from "../hub.ts";
import { answered, type AuditedActs, newAccount, send } from "./act.ts";

async function start(hub: TestHub): Promise<StartedDeviceSignIn> {
  return StartedDeviceSignIn.parse(await answered(send("POST", `${hub.url}/api/auth/device/start`, null, { client_name: "a program" })));
}

export const deviceSignInActs: AuditedActs = {
  "POST /api/auth/device/start": {
    noEntry: "anybody may do it, so it is counted, one entry a minute and address; the decision and the session that follow have their entries",
  },
  "POST /api/auth/device/find": { noEntry: "it reads: a POST only because the code must stand in no address; wrong guesses are counted as refusals" },
  "POST /api/auth/device/decide": {
    entries: ["device_sign_in.approved"],
    async prepare(hub) {
      const { user_code } = await start(hub);
      const account = await newAccount(hub);
      return () => send("POST", `${hub.url}/api/auth/device/decide`, account.bearer, { user_code, decision: "approve" });
    },
  },
  "POST /api/auth/device/token": {
    entries: ["session.opened"],
    async prepare(hub) {
      const { user_code, device_code } = await start(hub);
      const account = await newAccount(hub);
      await answered(send("POST", `${hub.url}/api/auth/device/decide`, account.bearer, { user_code, decision: "approve" }));
      return () => send("POST", `${hub.url}/api/auth/device/token`, null, { device_code });
    },
  },
};
