import type { Extractor } from "../../extractor.ts";
import { above, extractorOf, firstBelow } from "./forms.ts";
import { missingModule } from "./module-names.ts";

/** Babel, and Metro for React Native through it. */
export const babel: Extractor = extractorOf(
  "babel",
  "Babel, Metro",
  ["syntaxerror", "[babel] ", "requires babel", "unable to resolve module", "bundling failed", "while processing: "],
  [
    {
      pattern: /^(?:error )?(?:\{ |Module build failed: |Error: )?SyntaxError: (?<key>\S{1,300}\.[\w]{1,6}: .{1,600}) \(\d{1,7}:\d{1,7}\)/,
      category: "code.syntax",
      strength: "cause",
      reason: "Babel could not read a file",
    },
    {
      pattern: /(?<key>Requires Babel ".{1,60}", but was loaded with ".{1,60}")/,
      category: "config.toolchain",
      strength: "cause",
      reason: "This Babel is not the one that is asked for",
    },
    {
      pattern: /^(?:Error: |ReferenceError: )?\[BABEL\] \S{1,300}: (?<key>.+)$/,
      category: (found) => missingModule(found[0]) ?? "config.toolchain",
      strength: "cause",
      reason: "Babel's configuration does not work",
    },
    {
      pattern: /^(?:error:? )?(?:bundling failed: )?(?:Error: )?(?<key>Unable to resolve module .+)$/,
      category: (found) => missingModule(found[0]) ?? "dependency.missing_module",
      strength: "cause",
      reason: "Metro found no such module",
    },
    { pattern: /^error:? bundling failed: (?<key>.+)$/, category: "code.compile", strength: "cause", reason: "Metro could not make the bundle" },
  ],
);

/** Languages that become JavaScript or CSS, and Flow and svelte-check beside them. */
export const typedLanguages: Extractor = extractorOf(
  "typed-languages",
  "Flow, Svelte, Sass, Elm, ReScript, PureScript, CoffeeScript",
  ["error -----", "error ┈┈", "found a bug for you", "---------- ", "error found:", ".coffee:", "svelte-check found", "error: ", 'error "', ".purs:"],
  [
    { pattern: /^Error [-┈]{5,300} (?<key>\S{1,300}):\d{1,7}:\d{1,7}$/, category: "code.typecheck", strength: "cause", reason: "Flow names an error" },
    { pattern: /^\s{0,4}(?<key>We've found a bug for you!)$/, category: "code.compile", strength: "cause", reason: "ReScript names an error" },
    { pattern: /^-- (?<key>[A-Z][A-Z ]{4,60}) -{5,300} \S{1,200}$/, category: "code.compile", strength: "cause", reason: "Elm names an error" },
    {
      pattern: /^\[(?:\d{1,4}\/\d{1,4} |ERROR )(?<key>\w{3,60})\] \S{1,300}\.purs:\d{1,7}:\d{1,7}/,
      category: "code.compile",
      strength: "cause",
      reason: "PureScript names an error",
    },
    {
      pattern: /^\S{1,300}\.(?:lit)?coffee:\d{1,7}:\d{1,7}: error: (?<key>.+)$/,
      category: "code.syntax",
      strength: "cause",
      reason: "CoffeeScript names an error",
    },
    {
      pattern: /^Error: (?<key>.{1,600} \((?:ts|js|svelte|css|plugin .{1,40})\))$/,
      category: (_, view) => (/\.svelte:\d+:\d+$|\.[jt]s:\d+:\d+$/.test(view.at(-1)?.text.trim() ?? "") ? "code.typecheck" : undefined),
      strength: "cause",
      reason: "svelte-check names an error",
    },
    {
      pattern: /^(?:Error|SassError): (?<key>\S.*)$/,
      category: (_, view) => (/^\s*╷\s*$/.test(view.at(1)?.text ?? "") ? "code.compile" : undefined),
      strength: "cause",
      reason: "Sass names an error",
    },
    {
      pattern: /^Error: (?<key>\S.*)$/,
      category: (_, view) => (/\.svelte:\d+:\d+$/.test(view.at(-1)?.text.trim() ?? "") ? "code.typecheck" : undefined),
      strength: "cause",
      reason: "svelte-check names an error",
    },
    {
      pattern: /^\d{10,14} ERROR "\S{1,300}" \d{1,7}:\d{1,7} (?<key>".+)$/,
      category: "code.typecheck",
      strength: "cause",
      reason: "svelte-check names an error",
    },
    { pattern: /^svelte-check found [1-9]\d{0,6} errors?/, category: "code.typecheck", strength: "summary", reason: "svelte-check counts its errors" },
  ],
);

/** Angular CLI, Gatsby, Docusaurus, Storybook, Ember, Electron Builder: what they say beside their bundler and their tests. */
export const frameworks: Extractor = extractorOf(
  "frameworks",
  "Angular, Gatsby, Docusaurus, Storybook, Ember, Electron Builder",
  [
    "unhandled exception occurred",
    "could not find the implementation for builder",
    "angular cli requires",
    "schema validation failed",
    " error #",
    " error  #",
    "building static html failed",
    "broken links",
    "unable to build website",
    "failed to build the preview",
    "build error (",
    "⨯ ",
    "error occurred prerendering",
    "static worker",
    "cannot prerender",
  ],
  [
    {
      pattern: /^(?:Error: )?(?<key>An unhandled exception occurred: .+)$/,
      category: (found, view) => missingModule(`${found[0]}\n${view.at(1)?.text ?? ""}`) ?? "tool.crash",
      strength: "cause",
      reason: "The Angular CLI ended with an error",
    },
    {
      pattern: /^(?<key>(?:Could not find the implementation for builder|.{0,80}The Angular CLI requires a minimum|(?:Error: )?Schema validation failed).*)$/,
      category: "config.toolchain",
      strength: "cause",
      reason: "The Angular CLI cannot work so",
    },
    {
      pattern: /^\s{0,2}ERROR {1,2}#(?<key>\d{2,6}(?: {2,4}[A-Z.]{3,30})?)\s*$/,
      category: (_, view) => missingModule(firstBelow(view)) ?? "code.compile",
      strength: "cause",
      reason: "Gatsby names an error",
    },
    { pattern: /^(?:error|ERROR) (?<key>Building static HTML failed.*)$/, category: "code.compile", strength: "cause", reason: "Gatsby could not make a page" },
    {
      pattern: /^(?:\[ERROR\] )?(?:Error: )?(?<key>(?:Docusaurus found broken links|Unable to build website for locale).*)$/,
      category: "code.compile",
      strength: "cause",
      reason: "Docusaurus could not make the site",
    },
    { pattern: /^(?<key>Error occurred prerendering page .+)$/, category: "code.compile", strength: "cause", reason: "Next.js could not make a page" },
    { pattern: /^(?:ERR! )?=> (?<key>Failed to build the preview)/, category: "code.compile", strength: "likely", reason: "Storybook could not be built" },
    {
      pattern: /^(?<key>Build Error \([\w .:-]{1,120}\).*)$/,
      category: (_, view) => missingModule(firstBelow(view)) ?? "code.compile",
      strength: "cause",
      reason: "Ember could not build",
    },
    {
      pattern: /^\s{0,4}⨯ (?<key>\S.*)$/,
      category: (found, view) => (above(view, 200).some((text) => /electron-builder/.test(text)) ? (missingModule(found[0]) ?? "tool.crash") : undefined),
      strength: "cause",
      reason: "Electron Builder ended with an error",
    },
  ],
);

/** gulp and Grunt name the task that failed. */
export const taskRunners: Extractor = extractorOf(
  "task-runners",
  "gulp, Grunt",
  ["' errored after", "error in plugin", "use --force to continue", "fatal error: ", "task never defined", "did you forget to signal"],
  [
    { pattern: /^(?<key>'.{1,100}' errored after) /, category: "tool.crash", strength: "summary", reason: "A task of gulp failed" },
    { pattern: /^(?:Error in plugin:? )(?<key>.+)$/, category: (found) => taskCategory(found[0]), strength: "summary", reason: "A plugin of gulp failed" },
    {
      pattern: /^(?<key>Task never defined: .+|The following tasks did not complete: .+)$/,
      category: "config.toolchain",
      strength: "likely",
      reason: "gulp did not run its tasks to their end",
    },
    {
      pattern: /^Warning: (?<key>.{1,600}) Use --force to continue\.?/,
      category: (found) => taskCategory(found[0]),
      strength: "likely",
      reason: "A task of Grunt failed",
    },
    {
      pattern: /^Fatal error: (?<key>.+)$/,
      category: (found) => missingModule(found[0]) ?? "tool.crash",
      strength: "likely",
      reason: "Grunt ended with an error",
    },
  ],
);

function taskCategory(words: string): "code.lint" | "code.test" | "code.compile" | "tool.crash" {
  if (/lint|jshint|jscs|jscs|standard|prettier/i.test(words)) return "code.lint";
  if (/mocha|karma|jasmine|qunit|test|jest|ava\b|\bassertions? failed/i.test(words)) return "code.test";
  return /typescript|\bts\b|sass|less|babel|webpack|browserify|uglify/i.test(words) ? "code.compile" : "tool.crash";
}
