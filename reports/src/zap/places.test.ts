import { describe, expect, test } from "vitest";
import { helpPage } from "./names.ts";
import { originOf, requestKey } from "./places.ts";

describe("the key of a request", () => {
  const keyOf = (uri: string, nodeName: string | null = null) => requestKey({ method: "get", uri, nodeName, parameter: null });

  test.each([
    ["https://a.example", "GET /"],
    ["https://a.example/", "GET /"],
    ["https://a.example/users/42/orders/7", "GET /users/{n}/orders/{n}"],
    ["https://a.example/v2/users", "GET /v2/users"],
    ["https://a.example/o/123e4567-e89b-12d3-a456-426614174000", "GET /o/{uuid}"],
    ["https://a.example/main-0237c49b8601dcbec2f0f06a8078e405.js", "GET /main-{hex}.js"],
    ["https://a.example/facade/decade", "GET /facade/decade"],
    ["https://a.example/s?b=1&a=2&b=3#x", "GET /s (a,b)"],
    ["/relative/1", "GET /relative/{n}"],
  ])("of %s is %s", (uri, key) => {
    expect(keyOf(uri)).toBe(key);
  });

  test("is the same where ZAP itself names the node", () => {
    expect(keyOf("https://a.example/s?b=1&a=2", "https://a.example/s (a,b)")).toBe(keyOf("https://a.example/s?b=9&a=8"));
  });

  test("tells methods and parameters apart, and stays short", () => {
    expect(requestKey({ method: "POST", uri: "https://a.example/x", nodeName: null, parameter: "p" })).toBe("POST /x p");
    expect(requestKey({ method: null, uri: `https://a.example/${"x".repeat(5_000)}`, nodeName: null, parameter: null })).toHaveLength(32);
    expect(requestKey({ method: null, uri: null, nodeName: null, parameter: null })).toBe("/");
  });

  test("is made in a time that grows with the address alone", () => {
    for (const part of ["1/", "a1", "f", "?a&", "-0a", "("]) expect(keyOf(`https://a.example/${part.repeat(100_000)}`).length).toBeLessThan(400);
  });
});

test("an origin has no path, no default port and no capitals", () => {
  expect(originOf("HTTP://A.example:80/b?c")).toBe("http://a.example");
  expect(originOf("https://a.example:8443")).toBe("https://a.example:8443");
  expect(originOf("http://[::1]:80/")).toBe("http://[::1]");
  expect(originOf("not an address/")).toBe("not an address");
});

test("only an alert of ZAP's own has a page", () => {
  expect(helpPage("10020", "10020-1")).toBe("https://www.zaproxy.org/docs/alerts/10020-1/");
  expect(helpPage("10020", null)).toBe("https://www.zaproxy.org/docs/alerts/10020/");
  for (const plugin of ["-1", "50001", "0", "x", "../..", null]) expect(helpPage(plugin, null)).toBeNull();
});
