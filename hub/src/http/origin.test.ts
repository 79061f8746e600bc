import { describe, expect, test } from "vitest";
import { isOwnOrigin } from "./origin.ts";

const publicUrl = "https://sentinal.example.org/hub";

describe("a request that a cookie signs in", () => {
  test.each([
    ["from the host that it asks", { host: "127.0.0.1:8484", origin: "http://127.0.0.1:8484" }],
    ["from the public address, whatever host a proxy names", { host: "10.0.0.7:8484", origin: "https://sentinal.example.org" }],
    ["without an origin, when the browser says that it is from the same one", { host: "hub", "sec-fetch-site": "same-origin" }],
  ])("is ours %s", (_name, headers) => {
    expect(isOwnOrigin(headers, publicUrl)).toBe(true);
  });

  test.each([
    ["from another site", { host: "hub:8484", origin: "https://evil.example" }],
    ["from another port of the host", { host: "hub:8484", origin: "http://hub:8485" }],
    ["from a host that only begins or ends like ours", { host: "hub", origin: "http://hub.evil.example" }],
    ["from the public host without its https", { host: "10.0.0.7", origin: "http://sentinal.example.org" }],
    ["from the public host without its https, also where the host is the same", { host: "sentinal.example.org", origin: "http://sentinal.example.org" }],
    ["from nowhere, as a sandboxed frame says", { host: "hub", origin: "null" }],
    ["from a file or an extension", { host: "hub", origin: "chrome-extension://hub" }],
    ["with an origin that is no address", { host: "hub", origin: "hub" }],
    ["from a sister site, by the browser's word", { host: "hub", "sec-fetch-site": "same-site" }],
    ["from another site, by the browser's word", { host: "hub", "sec-fetch-site": "cross-site" }],
    ["that a person typed: it changes nothing, and needs none", { host: "hub", "sec-fetch-site": "none" }],
    ["with neither origin nor the browser's word", { host: "hub" }],
    ["with an empty origin", { host: "hub", origin: "", "sec-fetch-site": "same-origin" }],
    ["with an origin but without a host", { origin: "http://hub" }],
  ])("is refused %s", (_name, headers) => {
    expect(isOwnOrigin(headers, publicUrl)).toBe(false);
  });
});
