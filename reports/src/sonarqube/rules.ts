/** Folders of the public catalogue of Sonar's rules, by the repository in front of a rule's key. */
const catalogues: ReadonlyMap<string, string> = new Map(
  Object.entries({
    java: "java",
    javascript: "javascript",
    typescript: "typescript",
    python: "python",
    csharpsquid: "csharp",
    vbnet: "vbnet",
    php: "php",
    kotlin: "kotlin",
    go: "go",
    c: "c",
    cpp: "cpp",
    objc: "objective-c",
    swift: "swift",
    ruby: "ruby",
    scala: "scala",
    css: "css",
    web: "html",
    xml: "xml",
    plsql: "plsql",
    tsql: "tsql",
    terraform: "terraform",
    cloudformation: "cloudformation",
    docker: "docker",
    kubernetes: "kubernetes",
    secrets: "secrets",
  }),
);

/** The public page on a rule of Sonar's own, such as `java:S2259`; null for other keys. */
export function rulePage(rule: string): string | null {
  const [, repository = "", number = ""] = /^([A-Za-z]+):S(\d{1,6})$/.exec(rule) ?? [];
  const catalogue = catalogues.get(repository.toLowerCase());
  return catalogue === undefined ? null : `https://rules.sonarsource.com/${catalogue}/RSPEC-${number}/`;
}
