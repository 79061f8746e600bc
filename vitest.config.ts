import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{contract,tokens,reports,diagnosis,send,hub,cli,action,scripts,test,web}/**/*.test.ts", "web/**/*.test.tsx"],
    exclude: ["**/node_modules/**", "web/dist/**"],
    globalSetup: ["test/global-setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What a busy machine shows a moment late is no failure; what never comes still is.
    expect: { poll: { timeout: 30_000 } },
    // Two at a time: the suites start servers, databases and a browser of their own.
    maxWorkers: 2,
  },
});
