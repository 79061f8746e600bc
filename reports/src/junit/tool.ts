/** What tells a tool: names that it gives to the whole report, to each suite or to their package. */
const names = new Map([
  ["jest tests", "Jest"],
  ["vitest tests", "Vitest"],
  ["mocha tests", "Mocha"],
  ["bun test", "Bun"],
  ["deno test", "Deno"],
  ["pytest tests", "pytest"],
  ["pytest", "pytest"],
  ["rspec", "RSpec"],
  ["alltests", "GoogleTest"],
  ["nextest-run", "cargo-nextest"],
  ["org.eslint", "ESLint"],
  ["stylelint.rules", "Stylelint"],
  ["rubocop", "RuboCop"],
  ["phpstan", "PHPStan"],
  ["psalm", "Psalm"],
  ["flake8", "flake8"],
  ["cfn-lint", "cfn-lint"],
  ["checkov scan", "Checkov"],
]);

/** Properties of suites; the first that begins a property's name tells. */
const properties: readonly (readonly [start: string, tool: string])[] = [
  ["surefire.", "Maven Surefire"],
  ["go.version", "go test"],
  ["random-seed", "Catch2"],
];

export function toolOfName(name: string | undefined): string | null {
  return name === undefined ? null : (names.get(name.toLowerCase()) ?? null);
}

export function toolOfProperty(name: string): string | null {
  return properties.find(([start]) => name.startsWith(start))?.[1] ?? null;
}

/** Surefire names its schema, PHPUnit the class of a case twice. */
export function toolOfAttributes(element: string, attributes: ReadonlyMap<string, string>): string | null {
  if (attributes.get("noNamespaceSchemaLocation")?.includes("surefire") === true) return "Maven Surefire";
  const isPhpUnits = element === "testcase" && attributes.has("assertions") && attributes.has("class") && attributes.has("classname");
  return isPhpUnits ? "PHPUnit" : null;
}
