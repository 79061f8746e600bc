import type { Extractor } from "../extractor.ts";
import { android } from "./jvm/android.ts";
import { ant } from "./jvm/ant.ts";
import { clojure } from "./jvm/clojure.ts";
import { ecj } from "./jvm/ecj.ts";
import { gradleBuild } from "./jvm/gradle-build.ts";
import { gradleTests } from "./jvm/gradle-tests.ts";
import { groovy } from "./jvm/groovy.ts";
import { javaLint } from "./jvm/java-lint.ts";
import { javaProcess } from "./jvm/java-process.ts";
import { javascriptExtractors } from "./javascript/index.ts";
import { javac } from "./jvm/javac.ts";
import { scala, scalaTests } from "./jvm/scala.ts";
import { mavenTests } from "./jvm/maven-tests.ts";
import { mavenBuild } from "./jvm/maven-build.ts";
import { kotlinLint } from "./jvm/kotlin-lint.ts";
import { kotlin } from "./jvm/kotlin.ts";
import { junitConsoles } from "./jvm/junit-consoles.ts";
import { nativeExtractors } from "./native/index.ts";
import { commonActions } from "./platform/actions.ts";
import { docker } from "./platform/docker.ts";
import { downloads } from "./platform/downloads.ts";
import { gates } from "./platform/gates.ts";
import { git } from "./platform/git.ts";
import { infrastructure } from "./platform/infrastructure.ts";
import { jenkins } from "./platform/jenkins.ts";
import { mozilla } from "./platform/mozilla.ts";
import { network } from "./platform/network.ts";
import { otherCi } from "./platform/other-ci.ts";
import { powershell } from "./platform/powershell.ts";
import { publishing } from "./platform/publishing.ts";
import { resources } from "./platform/resources.ts";
import { shells } from "./platform/shells.ts";
import { systemPackages } from "./platform/system-packages.ts";
import { textLinters } from "./platform/text-linters.ts";
import { timeouts } from "./platform/timeouts.ts";
import { workTree } from "./platform/work-tree.ts";
import { genericErrors } from "./platform/generic.ts";
import { githubActions } from "./platform/github-actions.ts";
import { pytest } from "./python/pytest.ts";
import { php } from "./php/php.ts";
import { composer } from "./php/composer.ts";
import { phpunit } from "./php/phpunit.ts";
import { ruby } from "./ruby/ruby.ts";
import { bundler } from "./ruby/bundler.ts";
import { minitest } from "./ruby/minitest.ts";
import { rspec } from "./ruby/rspec.ts";
import { django } from "./python/django.ts";
import { pythonTraceback } from "./python/traceback.ts";
import { sphinx } from "./python/sphinx.ts";
import { preCommit } from "./python/pre-commit.ts";
import { pythonTypecheck } from "./python/typecheck.ts";
import { pythonLint } from "./python/lint.ts";
import { setuptools } from "./python/setuptools.ts";
import { conda } from "./python/conda.ts";
import { pythonPackageManagers } from "./python/package-managers.ts";
import { pip } from "./python/pip.ts";
import { tox } from "./python/tox.ts";
import { testDocuments } from "./python/test-documents.ts";
import { unittest } from "./python/unittest.ts";
import { pytestRun } from "./python/pytest-run.ts";

/** Every extractor. Their order decides nothing. */
export const extractors: readonly Extractor[] = [
  // The JVM
  javac,
  android,
  ant,
  clojure,
  ecj,
  gradleBuild,
  gradleTests,
  groovy,
  javaLint,
  javaProcess,
  junitConsoles,
  kotlin,
  kotlinLint,
  mavenBuild,
  mavenTests,
  scala,
  scalaTests,
  // Python, Ruby, PHP
  pytest,
  pytestRun,
  unittest,
  testDocuments,
  tox,
  pip,
  pythonPackageManagers,
  conda,
  setuptools,
  pythonLint,
  pythonTypecheck,
  preCommit,
  sphinx,
  pythonTraceback,
  django,
  rspec,
  minitest,
  bundler,
  ruby,
  phpunit,
  composer,
  php,
  // JavaScript and TypeScript
  ...javascriptExtractors,
  // Compiled languages
  ...nativeExtractors,
  // GitHub, other CI, operating systems
  commonActions,
  docker,
  downloads,
  gates,
  git,
  infrastructure,
  jenkins,
  mozilla,
  network,
  otherCi,
  powershell,
  publishing,
  resources,
  shells,
  systemPackages,
  textLinters,
  timeouts,
  workTree,
  githubActions,
  genericErrors,
];
