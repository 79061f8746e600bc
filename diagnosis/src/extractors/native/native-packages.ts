import { type Extractor, stateless } from "../../extractor.ts";
import { type Form, sightingIn } from "./forms.ts";

const forms: readonly Form[] = [
  [
    /^(?:ERROR: )(?<key>(?:Missing (?:prebuilt package|binary)|Unable to find '|Package '[^']{1,100}' not resolved|Version conflict|Conflict|Failed requirement|Unable to connect|Error downloading|Recipe '|No remote|Can't find a '|There are invalid packages).{0,400})/,
    "dependency.resolution",
    "cause",
    "Conan cannot get a package",
  ],
  [/^ERROR: (?<key>[\w.+-]{1,80}\/[\w.+@/-]{1,80}: (?:Error in \w+\(\)|Invalid|'\w+').{0,300})/, "dependency.build", "cause", "Conan cannot build a package"],
  [/^ERROR: (?<key>conanfile\S{0,40}(?: \(.{1,120}\))?: (?:Error in|'fPIC').{0,300})/, "code.compile", "cause", "Conan cannot build a package"],
  [
    /^ERROR: (?<key>(?:Current Conan version|Invalid setting|profile|The default build profile|Conan requires|Invalid (?:ID|configuration)).{0,300})/,
    "config.toolchain",
    "cause",
    "Conan's settings do not fit",
  ],
  [
    /^(?:error|Error): (?<key>[Bb]uilding (?:package )?[\w-]{1,80}(?:\[[^\]]{0,100}\])?:[\w-]{1,60} failed with: \w+)/,
    "dependency.build",
    "cause",
    "vcpkg cannot build a package",
  ],
  [
    /^(?:error|Error): (?<key>(?:while loading|failed to load port|no version database entry|the baseline|.{0,60}port directory|Package not installed|while getting the local treeish|vcpkg was cloned as a shallow|in manifest mode).{0,300})/,
    "dependency.resolution",
    "cause",
    "vcpkg cannot get a package",
  ],
  [
    /^(?:\[DEBUG\] )?error: (?<key>Failed to download .{1,200} from mirror.{0,200}|Not (?:a git|able to).{1,200})/,
    "dependency.resolution",
    "cause",
    "vcpkg cannot get a package",
  ],
  [/^(?<key>Elapsed time to handle .{1,100}: .{0,60}failed)/, "dependency.build", "hint", "vcpkg cannot build a package"],
];

/** Conan and vcpkg. */
export const nativePackages: Extractor = {
  name: "native-packages",
  title: "Conan and vcpkg",
  keywords: ["error: "],
  open: stateless(({ line }) => sightingIn(forms, line.text.trimStart())),
};
