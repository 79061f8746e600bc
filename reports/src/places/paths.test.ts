import { expect, test } from "vitest";
import { baseName, repositoryPath } from "./paths.ts";

test.each([
  ["/home/runner/work/shop/shop/lib/a.js", "lib/a.js"],
  ["/__w/shop/shop/lib/a.js", "lib/a.js"],
  ["D:\\a\\shop\\shop\\lib\\a.js", "lib/a.js"],
  ["/Users/runner/work/shop/shop/lib/a.js", "lib/a.js"],
  ["C:/actions-runner/_work/shop/shop/lib/a.js", "lib/a.js"],
  ["/opt/runner/_work/shop/shop/work/shop/shop/a.js", "work/shop/shop/a.js"],
  ["/github/workspace/lib/a.js", "lib/a.js"],
  ["/builds/acme/shop/lib/a.js", "lib/a.js"],
  ["/agent/_work/1/s/lib/a.cs", "lib/a.cs"],
  ["file:///home/runner/work/shop/shop/lib/a%20b.js", "lib/a b.js"],
  ["file:///D:/a/shop/shop/lib/a.js", "lib/a.js"],
  ["file:///C:/elsewhere/a.js", "C:/elsewhere/a.js"],
  ["file:///lib/%zz.js", "/lib/%zz.js"],
  ["./lib/../src//a.js", "src/a.js"],
  ["lib\\win\\a.js", "lib/win/a.js"],
  ["../outside/a.js", "../outside/a.js"],
  ["/../etc/passwd", "/etc/passwd"],
  ["/srv/build-17/lib/a.js", "/srv/build-17/lib/a.js"],
  ["lib/work/shop/a.js", "lib/work/shop/a.js"],
  ["", ""],
])("%s is %s in the repository", (raw, path) => {
  expect(repositoryPath(raw)).toBe(path);
});

test("a workspace that the sender tells is taken away, however it is written", () => {
  expect(repositoryPath("/srv/build-17/lib/a.js", "/srv/build-17")).toBe("lib/a.js");
  expect(repositoryPath("file:///srv/build-17/lib/a.js", "/srv/build-17/")).toBe("lib/a.js");
  expect(repositoryPath("c:\\build\\lib\\a.js", "C:\\build")).toBe("lib/a.js");
  expect(repositoryPath("/srv/build-171/lib/a.js", "/srv/build-17")).toBe("/srv/build-171/lib/a.js");
});

test("a path of any length is read in a time that grows with it alone", () => {
  const long = `/${"work/a/b/".repeat(50_000)}x`;
  expect(repositoryPath(long) === long).toBe(true);
});

test("the base name is what stands behind the last slash", () => {
  expect(baseName("lib/a.js")).toBe("a.js");
  expect(baseName("a.js")).toBe("a.js");
});
