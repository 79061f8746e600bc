import type { Category } from "../../categories.ts";
import { type Extractor, type Sighting, stateless } from "../../extractor.ts";
import type { View } from "../../reading/line-reader.ts";
import { below, extractorOf, firstBelow, readForms } from "./forms.ts";
import { missingModule } from "./module-names.ts";
import { textsOf } from "./package-prefix.ts";

/** What a bundler's words say that is wrong. */
export function bundlingCategory(text: string): Category {
  if (/\b(?:TS|NG)-?\d{4,8}\b|Type error: /.test(text)) return "code.typecheck";
  const missing = missingModule(text);
  if (missing !== undefined) return missing;
  if (/digital envelope routines|ERR_OSSL/.test(text)) return "config.toolchain";
  if (/\[eslint\]|eslint-loader|^\s*(?:Line )?\d+:\d+:? +(?:error +)?\S.*  [\w@/-]+\s*$/m.test(text)) return "code.lint";
  if (
    /SyntaxError|Parse error|parse failed|Parsing error|Unexpected (?:token|character|end|"|')|Expected ["';]|Syntax Error|Unterminated|UglifyJs|Terser/i.test(
      text,
    )
  )
    return "code.syntax";
  return "code.compile";
}

const readWebpackForm = readForms([
  {
    pattern: /^(?:\[webpack-cli\] )?(?<key>Invalid configuration object\. Webpack has been initiali[sz]ed)/,
    category: "config.toolchain",
    strength: "cause",
    reason: "webpack's configuration is not valid",
  },
  {
    pattern: /^(?:\[webpack-cli\] )?(?<key>Failed to load '.{1,300}' config)$/,
    category: (_, view) => missingModule(view.at(1)?.text ?? "") ?? (/SyntaxError/.test(view.at(1)?.text ?? "") ? "code.syntax" : "config.toolchain"),
    strength: "cause",
    reason: "webpack could not start",
  },
  {
    pattern: /^(?:webpack [\d.]{3,20} compiled with [1-9]\d{0,6} errors?|> Build failed because of webpack errors)/,
    category: "code.compile",
    strength: "summary",
    reason: "webpack counts its errors",
  },
  {
    pattern: /^\s{0,2}(?:ERROR\s{1,4})?Failed to compile with [1-9]\d{0,6} errors?/,
    category: "code.compile",
    strength: "summary",
    reason: "webpack counts its errors",
  },
]);

/** webpack, and what builds through it: Create React App, Vue CLI, Next.js, Angular, Gatsby, Docusaurus, Storybook. */
export const webpack: Extractor = {
  name: "webpack",
  title: "webpack",
  keywords: [
    "error in ",
    "error  in ",
    "module not found",
    "failed to compile",
    "compiled with ",
    "webpack",
    "were not found:",
    "was not found:",
    "type error: ",
  ],
  open: stateless((view) => {
    for (const text of textsOf(view.line.text)) {
      const seen = webpackError(text, view);
      if (seen !== undefined) return seen;
    }
    return readWebpackForm(view);
  }),
};

function webpackError(text: string, view: View): Sighting | undefined {
  const [, place] = /^\s{0,4}(?:✖ )?(?:ERROR|error) {1,2}in (\S.*)$/.exec(text) ?? [];
  if (place !== undefined && !/: error (?:TS|NG)/.test(text)) {
    const next = below(view, 8);
    const end = next.findIndex((line) => /^\s*(?:ERROR|WARNING|error|warning) {1,2}in /.test(line));
    const words = [text, ...(end === -1 ? next : next.slice(0, end))].join("\n");
    const key = (/\n\s*(?:TS|NG)\d+: .+/.exec(words)?.[0] ?? firstBelow(view)).trim();
    return { category: bundlingCategory(words), strength: "cause", reason: "webpack names an error", key: `${place.replace(/ \d+:\d+(?:-\d+)?$/, "")} ${key}` };
  }
  if (/^(?:Error: |\.\/.{1,300} - Error: |ERR! |ModuleNotFoundError: |\[ERROR\] )?Module not found: (?:Error: )?Can't resolve '/.test(text.trim()))
    return { category: bundlingCategory(text), strength: isBelowWarning(view) ? "hint" : "cause", reason: "webpack found no such module" };
  if (/^(?:This dependency was|These dependencies were|These relative modules were|This relative module was) not found:$/.test(text.trim())) {
    const name = /^\* (\S+) in /.exec(firstBelow(view))?.[1] ?? "";
    return {
      category: missingModule(`Can't resolve '${name}'`) ?? "dependency.missing_module",
      strength: "cause",
      reason: "webpack found no such module",
      key: firstBelow(view),
    };
  }
  if (/^\s{0,2}Type error: \S/.test(text)) return { category: "code.typecheck", strength: "cause", reason: "Next.js's type check names an error" };
  return /^(?:info {1,3}- |❌ )?Failed to compile\.?$/.test(text.trim()) ? compileFailure(view) : undefined;
}

function isBelowWarning({ at }: View): boolean {
  return [-1, -2, -3].some((offset) => /warning/i.test(at(offset)?.text ?? ""));
}

/** Below `Failed to compile.` stands a file, and then what is wrong with it. */
function compileFailure(view: View): Sighting {
  const next = below(view, 14);
  const said = next.map((text, index) => ({ text: text.trim(), offset: index + 1 })).filter(({ text }) => text !== "");
  const [first, second] = said;
  const isFile =
    first !== undefined &&
    /^(?:\.{0,2}[\\/]|src[\\/]|\[eslint\]|[\w@./\\-]+\.(?:[cm]?[jt]sx?|s?css|less|vue|mdx?|svg|json)\b)/.test(first.text) &&
    !first.text.includes(": ");
  const typeError = said.slice(0, 4).find(({ text }) => text.startsWith("Type error: "));
  const lint = said.slice(0, 4).find(({ text }) => /^Line \d+:\d+: |^\d+:\d+ +Error: /.test(text));
  const told = typeError ?? lint ?? (isFile ? second : first);
  const all = next.join("\n");
  const isLint = lint !== undefined || /\[eslint\]/.test(all);
  return {
    category: isLint ? "code.lint" : bundlingCategory(all),
    strength: "cause",
    reason: "The bundle could not be made",
    offset: told?.offset ?? 0,
    key: told === undefined ? all : `${first?.text ?? ""} ${told.text}`,
  };
}

/** Rollup, Vite, esbuild, tsup, Parcel. */
export const bundlers: Extractor = extractorOf(
  "bundlers",
  "Rollup, Vite, esbuild, Parcel",
  [
    "[!] ",
    "error during build",
    "[error] ",
    ": error: ",
    "build failed",
    "@parcel/",
    "🚨",
    "rolluperror",
    "failed to resolve import",
    "failed to load config",
    "rollup failed to resolve",
  ],
  [
    {
      pattern: /^\[!\] (?<key>\S.*)$/,
      category: (found, view) => bundlingCategory(`${found[0]}\n${firstBelow(view)}`),
      strength: "cause",
      reason: "Rollup names an error",
    },
    {
      pattern: /^(?:✗ Build failed in .{1,20}|error during build:?)$/,
      category: (_, view) => bundlingCategory(below(view, 4).join("\n")),
      strength: "summary",
      reason: "Vite could not build",
    },
    {
      pattern: /^(?:Error|RollupError|SyntaxError|TypeError|ReferenceError): (?<key>\S.*)$|^(?<place>\[[\w:.-]{1,80}\] .*)$/,
      category: (found, view) => (/^error during build:?$/.test(view.at(-1)?.text.trim() ?? "") ? bundlingCategory(found[0]) : undefined),
      strength: "cause",
      reason: "Vite names an error",
    },
    {
      pattern: /^(?:\[vite\]: )?(?<key>Rollup failed to resolve import .+|failed to load config from .+)$/,
      category: (found, view) => missingModule(`${found[0]}\n${view.at(1)?.text ?? ""}`) ?? "config.toolchain",
      strength: "cause",
      reason: "Vite names an error",
    },
    {
      pattern: /^\s{0,2}[✘X×] \[ERROR\] (?<key>\S.*)$/,
      category: (found, view) => wranglerCategory(`${found[0]}\n${below(view, 3).join("\n")}`) ?? bundlingCategory(found[0]),
      strength: "cause",
      reason: "esbuild, or Wrangler, names an error",
    },
    {
      pattern: /^ ?> \S.{0,300}:\d{1,7}:\d{1,7}: error: (?<key>.+)$/,
      category: (found) => bundlingCategory(found[0]),
      strength: "cause",
      reason: "esbuild names an error",
    },
    {
      pattern: /^\S.{0,300}:\d{1,7}:\d{1,7}: ERROR: (?<key>.+)$/,
      category: (found) => bundlingCategory(found[0]),
      strength: "likely",
      reason: "esbuild names an error",
    },
    { pattern: /^@parcel\/[\w-]{2,60}: (?<key>.+)$/, category: (found) => bundlingCategory(found[0]), strength: "cause", reason: "Parcel names an error" },
    {
      pattern: /^🚨\s{1,3}(?!Build failed)(?<key>\S.*)$/u,
      category: (found) => bundlingCategory(found[0]),
      strength: "cause",
      reason: "Parcel names an error",
    },
  ],
);

/** Wrangler's errors of its own, which it prints as those of the esbuild inside it. */
function wranglerCategory(words: string): Category | undefined {
  if (/CLOUDFLARE_(?:API_TOKEN|ACCOUNT_ID)|Cloudflare API [\s\S]{0,600}(?:Authentication error|\[code: (?:10000|9109|6111)\])/.test(words))
    return "config.auth";
  return /A request to the Cloudflare API/.test(words) ? "release.publish_rejected" : undefined;
}
