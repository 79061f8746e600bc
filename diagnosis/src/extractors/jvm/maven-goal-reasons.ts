import type { Category } from "../../categories.ts";
import type { Strength } from "../../extractor.ts";

export type GoalReason = { readonly category: Category; readonly strength: Strength; readonly reason: string };

/** What the words after `on project x: ` tell, whichever plugin says them. In order. */
const byWords: readonly (readonly [RegExp, GoalReason])[] = [
  [
    /(?:invalid|wrong) (?:target|source) release|release version [\w.]+ not supported|No compiler is provided in this environment|(?:Source|Target) option [\w.]+ is no longer supported|Cannot find matching toolchain|UnsupportedClassVersionError|Unsupported class file major version|has been compiled by a more recent version|invalid flag: --release|Unable to (?:find|locate) (?:a )?javac|JAVA_HOME|requires (?:at least )?(?:JDK|Java|Maven) ?(?:version )?\d|cannot access class \S+ \(in module jdk\.|module jdk\.\S+ does not (?:"?open|export)/i,
    { category: "config.toolchain", strength: "cause", reason: "A Maven goal does not run with this Java or Maven" },
  ],
  [
    /forked VM terminated|crashed|VM crash/i,
    { category: "tool.crash", strength: "likely", reason: "The process that a Maven goal started ended without a word" },
  ],
  [/There was a timeout/, { category: "timeout.test", strength: "likely", reason: "Maven ended tests that took too long" }],
];

const unresolved =
  /Could not (?:resolve|download|find artifact|transfer artifact|collect)|could not be resolved|Failed to collect dependencies|Failed to read artifact descriptor|Failure to (?:find|transfer)|Unable to resolve (?:artifact|dependenc)|Unable to find artifact|ArtifactResolutionException|ArtifactNotFoundException|DependencyResolutionException|Failed to retrieve|Unable to get dependency information/;

/** How a server says, in a status of its own, that it does not know the credentials or their rights. */
const refused = /\b(?:401 ?-? ?Unauthori[sz]ed|403 ?-? ?Forbidden)\b/;

const resolution: GoalReason = { category: "dependency.resolution", strength: "cause", reason: "Maven could not resolve an artifact" };
const publishing: GoalReason = { category: "release.publish_rejected", strength: "cause", reason: "What Maven wanted to publish was not taken" };
const lint: GoalReason = { category: "code.lint", strength: "likely", reason: "A Maven goal found fault with the code's style" };
const gate: GoalReason = { category: "policy.gate", strength: "likely", reason: "A check that the build sets itself is not met" };
const compile: GoalReason = { category: "code.compile", strength: "summary", reason: "A Maven goal could not compile the code" };
const generate: GoalReason = { category: "code.compile", strength: "likely", reason: "A Maven goal could not make code of its sources" };
const test: GoalReason = { category: "code.test", strength: "summary", reason: "Maven says that tests failed" };
const signing: GoalReason = { category: "config.auth", strength: "cause", reason: "Maven could not sign what it built" };
const other: GoalReason = { category: "unknown", strength: "likely", reason: "A Maven goal failed" };
const below: GoalReason = { category: "unknown", strength: "summary", reason: "A program that a Maven goal ran failed" };

/** What a plugin's failure means, by its artifact's name. In order. */
const byPlugin: readonly (readonly [RegExp, GoalReason])[] = [
  [/nexus-staging|central-publishing|^maven-(?:deploy|release)-|jreleaser|^wagon-|ossrh|artifactory|deploy-file/, publishing],
  [/maven-gpg|jarsigner|sign-maven|pgpverify/, signing],
  [/surefire|failsafe|scalatest|specs2|junit-platform|karma|jasmine|cucumber|pitest|gatling|junit-vintage|tycho-surefire|spock|jqwik/, test],
  [/compiler|kotlin|scala-maven|gmaven|groovy-eclipse|aspectj|ajdt|gwt-maven|xtend|retrolambda|clojure|build-helper-compile/, compile],
  [
    /antlr|protobuf|avro|jaxb|jaxws|cxf-codegen|xjc|thrift|jooq|openapi|swagger|javacc|annotation|processor|apt-maven|jflex|axis|wsdl|jsonschema|jsonschema2pojo|querydsl|delombok|lombok|bnd-maven|maven-bundle|maven-plugin-plugin|quarkus|native-maven|graalvm|spring-boot/,
    generate,
  ],
  [
    /checkstyle|pmd|spotbugs|findbugs|spotless|fmt-maven|formatter|googleformatter|impsort|sortpom|tidy-maven|modernizer|forbiddenapis|editorconfig|xml-maven|ktlint|detekt|scalastyle|scalafmt|errorprone|javadoc|dokka|codenarc|eclipse-formatter|sevntu|qulice|todo|prettier|yaml-json|maven-dependency-plugin-analyze/,
    lint,
  ],
  [
    /enforcer|revapi|japicmp|clirr|animal-sniffer|sniffer|license|apache-rat|(?:^|-)rat-|jacoco|cobertura|clover|dependency-check|ossindex|sonar|jdeps|jqassistant|semver|duplicate-finder|banned|snyk|versions-maven|sigtest|cyclonedx|git-build-hook|buildplan|baseline|archunit|ban-|audit|dash/,
    gate,
  ],
  [
    /maven-dependency-plugin|maven-remote-resources|maven-invoker|maven-install|download-maven|p2-maven|target-platform|tycho-p2/,
    { ...resolution, strength: "likely" },
  ],
];

/**
 * What `Failed to execute goal …` means: by the plugin for what only that plugin does, else by the words it gives, else by the plugin's trade.
 * `plugin` is the artifact's name, empty where no goal is named (`Failed to execute goal on project x`); `words` are the reason's lines.
 */
export function goalReason(plugin: string, goal: string, words: string): GoalReason {
  const known = plugin === "" ? undefined : byPlugin.find(([pattern]) => pattern.test(plugin))?.[1];
  // Signing and publishing meet the network too, and are told by their own words.
  if (plugin === "maven-release-plugin" && /Maven execution failed/.test(words)) return { ...publishing, strength: "summary" };
  if (known === publishing && refused.test(words)) return { ...publishing, category: "config.auth" };
  if (known === publishing || known === signing) return known;
  const told = byWords.find(([pattern]) => pattern.test(words))?.[1];
  if (told !== undefined) return told;
  if (plugin === "" || (known !== gate && unresolved.test(words))) return unresolved.test(words) ? resolution : other;
  if (known === gate) return gateReason(plugin, words);
  if (plugin === "maven-javadoc-plugin") return javadocReason(words);
  if (plugin === "maven-dependency-plugin" && goal.startsWith("analyze")) return { ...gate, category: "code.lint" };
  if (plugin === "maven-invoker-plugin") return test;
  if (known === compile && !/Compilation fail|compil(?:e|er|ation) (?:error|fail)|There are errors|AJC|wrap:/i.test(words))
    return { ...compile, strength: "likely" };
  if (
    known === undefined &&
    /Process exited with an error|Failed to run task|Command execution failed|An Ant BuildException|exit(?:ed with)? (?:code|value)/i.test(words)
  )
    return below;
  return known ?? other;
}

function gateReason(plugin: string, words: string): GoalReason {
  if (plugin === "maven-enforcer-plugin" && /RequireJavaVersion|RequireMavenVersion|Detected (?:JDK|Maven) [Vv]ersion/.test(words))
    return { category: "config.toolchain", strength: "cause", reason: "Maven or Java is not of the version that the build asks for" };
  if (/Not authorized|not authorized/.test(words)) return { category: "config.auth", strength: "cause", reason: "A check's server refused the credentials" };
  // Checks that could not read what they compare with, or reach their data.
  return plugin !== "maven-enforcer-plugin" && unresolved.test(words) ? resolution : gate;
}

function javadocReason(words: string): GoalReason {
  const broken = /cannot find symbol|package \S+ does not exist|cannot access|module not found/.test(words);
  return { category: broken ? "code.compile" : "code.lint", strength: "likely", reason: "Javadoc found an error" };
}
