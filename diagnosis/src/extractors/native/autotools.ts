import { type Extractor, stateless } from "../../extractor.ts";
import { type Form, sightingIn, unwrap } from "./forms.ts";

const forms: readonly Form[] = [
  [
    /^(?:\S{0,200}[\\/])?configure: error: (?<key>.{0,400}(?:compiler cannot|no acceptable|cannot run C|cannot compute|unsafe|too old|version .{1,60}(?:is )?required|compiler).{0,400})/i,
    "config.toolchain",
    "cause",
    "configure finds no fitting tool",
  ],
  [
    /^(?:\S{0,200}[\\/])?configure: error: (?<key>(?:unrecognized option|invalid|working directory|source directory|conditional).{0,400})/,
    "config.workflow",
    "cause",
    "configure refuses how it was called",
  ],
  [/^(?:\S{0,200}[\\/])?configure: error: (?:in [`'].{1,300}':|\S{1,200} failed for|\.\/configure failed)/, "env.missing_library", "likely", "configure stops"],
  [/^(?:\S{0,200}[\\/])?configure: error: (?<key>.{1,600})/, "env.missing_library", "cause", "configure misses something"],
  [
    /^(?:\S{1,200}[\\/])?configure(?:\.ac|\.in)?: ?(?:line )?\d+: (?:error: )?(?<key>(?:possibly undefined macro|syntax error|Unexpanded AX|required file|[A-Z_]+: command not found).{0,300})/,
    "config.toolchain",
    "cause",
    "The configure script cannot be made or run",
  ],
  [
    /^(?:\S{1,200}:\d+: )error: (?<key>(?:possibly undefined macro|Libtool library used but|AC_\w+|AM_\w+|required file|Unexpanded).{0,300})/,
    "config.toolchain",
    "cause",
    "A tool of the autotools is missing or too old",
  ],
  [
    /^(?:autoreconf|aclocal|autoconf|automake|autoheader|libtoolize)(?:-[\d.]+)?: (?:fatal )?error: (?:\S{1,200}[\\/])?(?:autoreconf|aclocal|autoconf|automake|autoheader|libtoolize)\b.{0,60}failed/,
    "config.toolchain",
    "symptom",
    "A tool of the autotools failed",
  ],
  [
    /^(?:autoreconf|aclocal|autoconf|automake|autoheader|libtoolize)(?:-[\d.]+)?: (?:fatal )?error: (?<key>.{1,300})/,
    "config.toolchain",
    "cause",
    "A tool of the autotools failed",
  ],
  [
    /^Can't exec "(?<key>(?:aclocal|autoconf|automake|libtoolize|autopoint|gtkdocize|intltoolize)[^"]{0,60})"/,
    "config.toolchain",
    "cause",
    "A tool of the autotools is missing",
  ],
  [
    /^Package '?(?<key>[^\s']{1,100})'?,? (?:was not found in the pkg-config search path|required by .{1,200}, not found|not found)/,
    "env.missing_library",
    "likely",
    "pkg-config does not find a library",
  ],
  [/^(?<key>No package '[^']{1,100}' found)/, "env.missing_library", "likely", "pkg-config does not find a library"],
  [/^libtool: (?:\w{1,20}: )?error: (?<key>.{1,300})/, "code.compile", "cause", "libtool names an error"],
];

/** configure scripts, the autotools that make them, and pkg-config. */
export const autotools: Extractor = {
  name: "autotools",
  title: "Autotools",
  keywords: [
    "configure: ",
    "configure.ac",
    "configure.in",
    "undefined macro",
    "autoreconf",
    "aclocal",
    "automake",
    "libtool",
    "pkg-config search path",
    "no package '",
    "required by ",
    "can't exec",
  ],
  open: stateless(({ line }) => sightingIn(forms, unwrap(line.text).text)),
};
