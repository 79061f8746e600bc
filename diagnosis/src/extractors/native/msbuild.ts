import type { Category } from "../../categories.ts";
import { type Extractor, type Sighting, stateless } from "../../extractor.ts";
import { type Form, sighting, sightingIn } from "./forms.ts";

/** `src\a.cs(12,5): error CS0103: … [/p/a.csproj]`, `LINK : fatal error LNK1104: …`, `MSBUILD : error MSB1009: …`, `error NU1101: …`. */
const diagnostic =
  /^\s{0,12}(?:\d{1,4}(?::\d{1,4})?>)?\s{0,12}(?:(?<place>[^\s](?:[^()\r\n]|\((?!\d)){0,400}?)(?:\((?<at>[\d,-]{1,40})\))?\s{0,3}:\s{1,3})?(?:[\w.-]{1,60} )?(?:Command line )?(?<fatal>fatal )?error (?<code>[A-Z]{1,14}\d{0,6}|[A-Z][A-Za-z]{1,40}\d{1,6})\s{0,2}: ?(?<message>.{0,1000}?)(?: \[[^\]]{1,400}proj[^\]]{0,100}\])?$/;
const codeless =
  /^\s{0,12}(?:\d{1,4}(?::\d{1,4})?>)?(?<place>\S[^()]{0,300}?)(?:\([\d,]{1,20}\))? ?: error ?: (?<message>.{1,600}?)(?: \[[^\]]{1,400}proj[^\]]{0,100}\])?$/;

const codes: readonly (readonly [RegExp, Category, Sighting["strength"], string])[] = [
  // C and C++
  [/^LNK(?:1104|1181)$/, "env.missing_library", "cause", "The linker does not find a file"],
  [/^LNK(?:1120|1169)$/, "code.compile", "summary", "The linker failed"],
  [/^LNK/, "code.compile", "cause", "The linker names an error"],
  [/^C(?:1060|1002)$/, "resource.oom", "cause", "The compiler ran out of memory"],
  [/^C1001$/, "tool.crash", "cause", "The compiler itself failed"],
  [/^D\d{4}$/, "config.toolchain", "cause", "The compiler does not know an option"],
  [/^(?:C|RC|MIDL|CVT|ML|A)\d{4}$/, "code.compile", "cause", "The compiler names an error in a file"],
  // NuGet
  [/^NU190\d$/, "policy.gate", "cause", "NuGet knows of a weakness of a package"],
  [/^(?:NU\d{4}|Paket|PAKET)/, "dependency.resolution", "cause", "NuGet cannot get a package"],
  // SDK and MSBuild
  [/^NETSDK(?:1004|1064|1005)$/, "dependency.resolution", "cause", "Packages were not restored"],
  [/^NETSDK/, "config.toolchain", "cause", "The .NET SDK does not fit"],
  [/^MSB(?:3644|4019|4236|4226|8020|8036|8040|4062|3086|3091|4175|1025|3971)$/, "config.toolchain", "cause", "A part of the build tools is not there"],
  [/^MSB(?:1003|1009|1011|3202|1008|1001)$/, "config.workflow", "cause", "MSBuild does not find what to build"],
  [/^MSB(?:3073|6006|8066|3075|3077|4181)$/, "code.compile", "summary", "A program that MSBuild ran failed"],
  [/^MSB(?:4018|4166|4217|0001|6003)$/, "tool.crash", "likely", "MSBuild itself failed"],
  [/^MSB/, "code.compile", "cause", "MSBuild names an error"],
  // Tests that MSBuild runs
  [/^TESTERROR$/, "code.test", "cause", "A test failed"],
  [/^TESTRUN|^VSTEST/, "code.test", "symptom", "Tests failed"],
  // Linters
  [/^(?:WHITESPACE|FINALNEWLINE|IMPORTS|CHARSET|ENDOFLINE)$/, "code.lint", "cause", "dotnet format would change a file"],
  [
    /^(?:CA|SA|SX|IDE|S|RCS|RS|MA|VSTHRD|xUnit|NUnit|MSTEST|Meziantou|SCS|SYSLIB|ASP|BL|EF|EnableGenerateDocumentationFile|CRR|JSON|SER|FL|PH|IDISP|AD|AsyncFixer|TUnit|FAA|StyleCop|GRA|FSHARPLINT|FL)\d{0,6}$/,
    "code.lint",
    "cause",
    "An analyzer names a place in a file",
  ],
  // Compilers
  [
    /^(?:CS|FS|BC|VBC|RZ|XLS|XC|XA|XF|AVLN|WMC|MC|APT|AMM|JAVAC|JAVA|MT|MM|BTOUCH|IL|ILC|CLR|RG|E|F|IL|AXN|XDG|UWP|NETSDK|BLAZOR|CSC)\w{0,10}\d+/,
    "code.compile",
    "cause",
    "The compiler names an error in a file",
  ],
];
const ignored = /^(?:TS|TSC|AS|ORA|SQL|XSLT|HTTP|EPERM|ENOENT|E[A-Z]{3,}|AADSTS)\d*$/;

const forms: readonly Form[] = [
  [
    /^(?:A compatible (?:installed )?\.NET (?:Core )?SDK (?:for global\.json version: ?\[.{1,60}\] from .{1,200} )?was not found|The framework '.{1,100}', version '.{1,60}'.{0,60}was not found|It was not possible to find any compatible framework version|You must install or update \.NET to run this application|The command could not be loaded, possibly because|Requested SDK version: .{1,60}|Framework: '.{1,100}', version '.{1,60}'.{0,40})/,
    "config.toolchain",
    "cause",
    "The .NET runtime or SDK is not there",
  ],
  [/^(?<key>Unhandled [Ee]xception(?:\.|:) .{1,400})/, "crash.signal", "likely", "A .NET program ended with an exception that it did not catch"],
  [/^(?:Build FAILED\.|\s{0,4}[1-9]\d* Error\(s\)|Build failed with \d+ error|Restore failed with \d+ error)/, "code.compile", "symptom", "The build failed"],
  [/^\s{1,8}(?<key>\S{1,200})(?: \S{1,40})? failed with [1-9]\d* error\(s\)/, "code.compile", "summary", "A project could not be built"],
  [/^(?:Error|error) (?<key>(?:\.\/|\/|[A-Z]:\\)\S{1,300}) - Was not formatted\./, "code.lint", "cause", "CSharpier would change a file"],
  [/^Paket failed with/, "dependency.resolution", "summary", "Paket failed"],
  [/^An error occurred when executing task '(?<key>.{1,100})'/, "unknown", "summary", "A task of Cake failed"],
];

/** MSBuild and what writes as it does: C#, F#, VB, Microsoft's C and C++ and their linker, NuGet, analyzers. */
export const msbuild: Extractor = {
  name: "msbuild",
  title: ".NET, MSBuild and Visual C++",
  keywords: [
    "error ",
    ": error",
    "was not found",
    "compatible framework",
    "must install or update .net",
    "unhandled exception",
    "build failed",
    "error(s)",
    "was not formatted",
    "paket failed",
    "could not be loaded, possibly",
    "requested sdk version",
    "framework: '",
  ],
  open: stateless(({ line }) => {
    const { text } = line;
    const found = diagnostic.exec(text)?.groups;
    if (found !== undefined) return compilerError(found["code"] ?? "", found["message"] ?? "", found["place"] ?? "");
    const bare = codeless.exec(text)?.groups;
    if (bare !== undefined && /proj\]$|\.(?:cs|vb|fs|vc|\w{1,8})proj|\.targets|\.props|\.sln|^\s*(?:EXEC|MSBUILD|CSC|LINK|cl|Xamarin)/.test(text))
      return sighting("code.compile", /EXEC/.test(bare["place"] ?? "") ? "likely" : "cause", "MSBuild names an error", { key: bare["message"] });
    return sightingIn(forms, text);
  }),
};

function compilerError(code: string, message: string, place: string): Sighting | undefined {
  if (ignored.test(code) || /\.(?:ts|tsx|js|java|py|php|rb)$/.test(place)) return undefined;
  const known = codes.find(([pattern]) => pattern.test(code));
  if (known === undefined) return undefined;
  const [, category, strength, reason] = known;
  if (code === "TESTERROR") {
    const test = /^(?<test>\S{1,300}?)(?: \(.{1,20}\))?: /.exec(message)?.groups?.["test"];
    return sighting(category, strength, reason, { key: message, test });
  }
  const header = code === "C1083" ? /include file: ?'(?<name>[^']{1,300})'/.exec(message)?.groups?.["name"] : undefined;
  // The file that includes it tells nothing of where a header belongs; one of its own tree is named by its path there.
  if (header !== undefined && !place.split(/[\\/]/).includes(header.split(/[\\/]/)[0] ?? ""))
    return sighting("env.missing_library", "cause", "A header is not there", { key: message });
  return sighting(category, strength, reason, { key: `${code} ${message}` });
}
