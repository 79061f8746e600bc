import type { DecideDeviceSignInBody, DeviceSignIn } from "@sentinal/contract";
import { api } from "../../runtime.ts";

export async function findDeviceSignIn(userCode: string): Promise<DeviceSignIn> {
  return api.post<DeviceSignIn>("/api/auth/device/find", { user_code: userCode });
}

export async function decideDeviceSignIn(body: DecideDeviceSignInBody): Promise<DeviceSignIn> {
  return api.post<DeviceSignIn>("/api/auth/device/decide", body);
}
