import type { Category } from "../../categories.ts";
import type { Strength } from "../../extractor.ts";

export type BuildReason = { readonly pattern: RegExp; readonly category: Category; readonly strength: Strength; readonly reason: string };

/**
 * What Gradle says went wrong, line by line. In order: the first row that fits any line counts, and names the line.
 * `summary` where the output above says more.
 */
export const buildReasons: readonly BuildReason[] = [
  row(
    "code.test",
    "summary",
    "Gradle says that tests failed",
    /There (?:were|was a) failing tests?|^> (?:No tests found for given includes|Test failed)|Multiple test failures|test failures? in/,
  ),
  row("timeout.test", "likely", "Gradle ended tests that took too long", /Timeout has been exceeded/),
  row(
    "code.lint",
    "likely",
    "A Gradle task names files that are not formatted as asked",
    /had format violations|not formatted properly|files? (?:are|is) not formatted|need(?:s|ed)? (?:re)?formatting/,
  ),
  row(
    "code.lint",
    "summary",
    "A Gradle task found fault with the code's style",
    /(?:Checkstyle|PMD|CPD|CodeNarc) (?:rule )?violations|FindBugs rule violations|SpotBugs (?:violation|ended|rule)|Lint found |weighted issues|KtLint found|[Ll]int(?:er)? (?:error|failed)|Kotlin source failed lint|detekt|Found \d+ CPD|[Jj]avadoc generation failed/,
  ),
  row(
    "policy.gate",
    "likely",
    "A check that the build sets itself is not met",
    /Rule violated for|API check failed|Detected binary changes|[Aa]nimal ?[Ss]niffer|JApiCmp|japicmp|License violations|license headers? (?:is|are|was|were)? ?(?:missing|found)|CVSS|vulnerabilit|Quality [Gg]ate|Rule '?\S+'? (?:is )?violated|coverage|Found breaking|revapi|configuration cache problems? found|[Dd]ependency analysis|unused dependenc|Deprecated Gradle features|baseline/,
  ),
  row(
    "config.toolchain",
    "cause",
    "The build does not run with this Java, Gradle or SDK",
    /invalid (?:target|source) release|release version \d+ not supported|Unsupported class file major version|Unsupported major\.minor|No matching toolchains|Cannot find a Java installation|No locally installed toolchains|(?:[Cc]ould not|Unable to) (?:find|determine|detect) (?:a )?(?:tools\.jar|java version|JDK|Java)|requires (?:at least )?(?:Java|JDK|JVM|Gradle)|compatible with Java \d|Incompatible because this component declares .{0,200}(?:Java|JVM)|[Dd]ependency requires at least JVM|Minimum supported Gradle version|SDK location not found|licen[cs]es? .{0,80}not (?:been )?accepted|Failed to find (?:Build Tools|Platform SDK|target with hash)|NDK (?:is )?(?:not|at)|No version of NDK|org\.gradle\.java\.home|Inconsistent JVM|jvm target compatibility|Could not target platform|UnsupportedClassVersionError|Gradle version \S+ is required|Value '.{0,200}' given for|does not support (?:Java|JDK)|Unknown JVM target|Kotlin could not find the required JDK|Toolchain installation|is only supported by JDK|option --release/,
  ),
  row(
    "code.syntax",
    "cause",
    "A build script cannot be read",
    /Could not compile (?:build|settings|initialization|script)|Could not open cp_proj|unexpected token|Unexpected input:|startup failed:/,
  ),
  row(
    "code.compile",
    "cause",
    "A build script asks for something that is not there",
    /Script compilation errors?|Could not find method |Could not (?:get|set) unknown property|No signature of method|Cannot get property|Cannot set the value|Cannot (?:add|create) .{0,80}already exists|Extension (?:with name|of type) .{0,100}does not exist|MissingPropertyException|Unresolved reference/,
  ),
  row(
    "config.workflow",
    "cause",
    "Gradle was called for something that is not there",
    /^(?:> )?Task '.{1,200}' (?:is ambiguous|not found)|Cannot locate (?:tasks|matching tasks) that match|Cannot locate a task|^(?:> )?[Pp]roject '.{1,200}' not found|Unknown command-line option|Unrecognized option|Problem configuring task|does not contain a Gradle build|No tests? (?:found )?for given includes/,
  ),
  row(
    "release.publish_rejected",
    "cause",
    "What Gradle wanted to publish was not taken",
    /Failed to publish|Could not (?:PUT|write to resource|upload)|[Uu]pload(?:ing)? .{0,80}failed|staging|Failed to deploy|Remote staging|closeAndRelease|Deployment .{0,80}(?:failed|FAILED)|publishing .{0,60}failed/,
  ),
  row(
    "config.auth",
    "cause",
    "Gradle could not sign what it built",
    /signing task|no configured signatory|PGP (?:secret|signing) key|Keystore (?:file|was)|keystore password|[Ss]torePassword/,
  ),
  row(
    "resource.oom",
    "cause",
    "Memory ran out",
    /Java heap space|GC overhead limit|OutOfMemoryError|Metaspace|Could not reserve enough space|exit value 137\b/,
  ),
  row("crash.signal", "cause", "A process that Gradle started crashed", /finished with non-zero exit value (?:13[2-69]|-1073741819)\b/),
  row(
    "tool.crash",
    "cause",
    "The process that ran the tests ended without a word",
    /Process 'Gradle Test Executor \d+' finished with non-zero exit value|[Cc]ould not (?:complete|write) .{0,40}(?:execution|event)|Test process encountered an unexpected problem/,
  ),
  row(
    "tool.crash",
    "cause",
    "Gradle's own process failed",
    /[Dd]aemon (?:disappeared|has disappeared|has been stopped|stopped)|Unable to start the daemon|Timeout waiting (?:to lock|to connect)|daemon process has (?:disappeared|exited)|Could not (?:create|connect to) (?:service|the Gradle daemon|the daemon)/,
  ),
  row(
    "code.compile",
    "likely",
    "Android's tools do not take the app's resources or classes",
    /Android resource (?:linking|compilation) failed|Manifest merger failed|Duplicate class|defined multiple times|[Dd]ex(?:ing|Archive)|Missing class|R8|D8|AAPT|more than one file (?:was found )?with OS independent path|resource .{0,200}not found/,
  ),
  row(
    "code.compile",
    "summary",
    "Gradle says that the code does not compile",
    /Compilation (?:failed|error)|Compilation finished with|compiler output|Compile failed|compileKotlin|KaptWithoutKotlincTask|Kapt(?:Execution|WithoutKotlinc)|KotlinCompil|KspTask|Annotation processor|Error while evaluating property 'compil/,
  ),
  row(
    "dependency.resolution",
    "cause",
    "Gradle could not find or fetch a dependency",
    /Could not (?:find (?!(?:or load|method|property|tools))\S|download|GET|HEAD|get resource|resolve (?!all|the)\S|parse POM|transfer)|was not found in any of the following sources|No matching (?:variant|configuration) of|Could not select (?:a )?variant|Cannot (?:choose between|find a version of)|Dependency verification failed|No cached (?:version|resource)|Conflict(?:\(s\))? found for|[Cc]onflict on|Unable to resolve|Unable to find a matching variant|Module '.{1,200}' has been rejected|Plugin with id '.{1,200}' not found|Plugin \[id: .{1,200}was not found|does not exist in any of the|Skipped due to earlier error|no repositories are defined|Unable to load Maven meta-data/,
  ),
  row("dependency.resolution", "likely", "Gradle could not resolve what a task needs", /Could not resolve (?:all|the)|Could not determine the dependencies/),
];

function row(category: Category, strength: Strength, reason: string, pattern: RegExp): BuildReason {
  return { pattern, category, strength, reason };
}

const trades: readonly (readonly [RegExp, Category])[] = [
  [
    /checkstyle|pmd|spotbugs|findbugs|spotless|ktlint|lint(?!er)|detekt|codenarc|scalafmt|scalafix|javadoc|dokka|verifyGoogleJavaFormat|formatting|checkFormat|licensee?Check|forbiddenApis|errorprone|eslint|prettier|rewriteDryRun|sortPom/i,
    "code.lint",
  ],
  [
    /jacoco.*verif|koververify|coverage|apiCheck|japicmp|animalsniffer|revapi|dependencyCheck|sonar|license|rat$|metalava|dependencyGuard|buildHealth|projectHealth/i,
    "policy.gate",
  ],
  [/publish|upload|closeAndRelease|closeRepository|releaseRepository|deploy|bintray|artifactory|staging/i, "release.publish_rejected"],
  [
    /compile|kapt|ksp|dex|desugar|minify|R8|proguard|process\w*(?:Resources|Manifest)|merge\w*(?:Resources|Assets|Classes|JavaResource)|link\w*Resources|generate\w*(?:Proto|Sources)|shadowJar|classes$/i,
    "code.compile",
  ],
  [/test|spec\b|cucumber|integ/i, "code.test"],
];

/** What a task's name says of its trade: `:core:checkstyleMain` is a linter. */
export function categoryOfTask(task: string): Category {
  const name = task.slice(task.lastIndexOf(":") + 1);
  return trades.find(([pattern]) => pattern.test(name))?.[1] ?? "unknown";
}
