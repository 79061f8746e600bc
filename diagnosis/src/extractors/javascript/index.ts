import type { Extractor } from "../../extractor.ts";
import { bundlers, webpack } from "./bundlers.ts";
import { deno } from "./deno.ts";
import { eslint } from "./eslint.ts";
import { coverageThresholds, packageChecks, pullRequestGates } from "./gates.ts";
import { jasmine } from "./jasmine.ts";
import { jest } from "./jest.ts";
import { karma } from "./karma.ts";
import { biome, commitlint, markdownlint, olderLinters, oxlint, prettier, standard, stylelint } from "./linters.ts";
import { mocha } from "./mocha.ts";
import { node } from "./node.ts";
import { npm } from "./npm.ts";
import { bun, monorepos, nodeGyp, pnpm, yarn, yarnBerry } from "./package-managers.ts";
import { playwright } from "./playwright.ts";
import { publishing, siteHosts } from "./publishing.ts";
import { tap } from "./tap.ts";
import { ava, browserRunners, checkMarks, cypress, lab, nodeTest, smallRunners } from "./test-runners.ts";
import { babel, frameworks, taskRunners, typedLanguages } from "./transpilers.ts";
import { tsc } from "./tsc.ts";
import { vitest } from "./vitest.ts";

/** JavaScript and TypeScript. */
export const javascriptExtractors: readonly Extractor[] = [
  tsc,
  eslint,
  standard,
  stylelint,
  olderLinters,
  prettier,
  biome,
  oxlint,
  markdownlint,
  commitlint,
  jest,
  vitest,
  mocha,
  jasmine,
  karma,
  playwright,
  cypress,
  tap,
  ava,
  nodeTest,
  lab,
  smallRunners,
  browserRunners,
  checkMarks,
  webpack,
  bundlers,
  babel,
  typedLanguages,
  frameworks,
  taskRunners,
  deno,
  node,
  npm,
  yarn,
  yarnBerry,
  pnpm,
  bun,
  nodeGyp,
  monorepos,
  publishing,
  siteHosts,
  coverageThresholds,
  pullRequestGates,
  packageChecks,
];
