import type { Extractor } from "../../extractor.ts";
import { autotools } from "./autotools.ts";
import { bazel } from "./bazel.ts";
import { beam } from "./beam.ts";
import { nativeTestFrameworks } from "./c-test-frameworks.ts";
import { cargo } from "./cargo.ts";
import { cmake, meson } from "./cmake.ts";
import { crash } from "./crash.ts";
import { ctest } from "./ctest.ts";
import { dart } from "./dart.ts";
import { dotnetTest } from "./dotnet-test.ts";
import { haskell, ocaml } from "./functional.ts";
import { gcc } from "./gcc.ts";
import { goBuild } from "./go-build.ts";
import { goTest } from "./go-test.ts";
import { golangciLint } from "./golangci-lint.ts";
import { googletest } from "./googletest.ts";
import { linker } from "./linker.ts";
import { makeTools } from "./make.ts";
import { msbuild } from "./msbuild.ts";
import { nativeLinters } from "./native-linters.ts";
import { nativePackages } from "./native-packages.ts";
import { rustTest } from "./rust-test.ts";
import { rustc } from "./rustc.ts";
import { latex, lua, perl, pester, shellScripts } from "./scripting.ts";
import { crystal, fortran, installers, smallLanguages } from "./small-languages.ts";
import { julia, r } from "./statistics.ts";
import { swift } from "./swift.ts";
import { tap } from "./tap.ts";
import { testSuites } from "./test-suites.ts";

/** Compiled languages and their tools, and smaller languages. */
export const nativeExtractors: readonly Extractor[] = [
  autotools,
  bazel,
  beam,
  cargo,
  cmake,
  crash,
  crystal,
  installers,
  ctest,
  dart,
  dotnetTest,
  fortran,
  gcc,
  goBuild,
  golangciLint,
  googletest,
  goTest,
  haskell,
  julia,
  latex,
  linker,
  lua,
  makeTools,
  meson,
  msbuild,
  nativeLinters,
  nativePackages,
  nativeTestFrameworks,
  ocaml,
  perl,
  pester,
  r,
  rustc,
  rustTest,
  shellScripts,
  smallLanguages,
  swift,
  tap,
  testSuites,
];
