import { limits } from "../limits.ts";

const noAttributes: ReadonlyMap<string, string> = new Map();
/** What an attribute takes beside its characters. */
const overheadCharacters = 32;

/** Gathers the attributes of one tag after the other, within the bounds of a tag. */
export class XmlAttributes {
  #plain: Map<string, string> | null = null;
  #prefixed: Map<string, string> | null = null;
  #left: number = limits.xmlTag;

  /** Keeps an attribute, and says what is wrong with it. */
  keep(name: string, value: string): "too_many" | "twice" | null {
    const cut = value.length > limits.xmlText ? value.slice(0, limits.xmlText) : value;
    const left = this.#left - name.length - cut.length - overheadCharacters;
    this.#left = Math.max(0, left);
    if (left < 0) return "too_many";
    const colon = name.indexOf(":");
    if (colon === -1) {
      this.#plain ??= new Map();
      if (this.#plain.has(name)) return "twice";
      this.#plain.set(name, cut);
    } else if (!name.startsWith("xmlns:")) {
      this.#prefixed ??= new Map();
      this.#prefixed.set(name.slice(colon + 1), cut);
    }
    return null;
  }

  /** Those of the tag that ends here, by local name; one without a prefix goes before one with. */
  take(): ReadonlyMap<string, string> {
    const plain = this.#plain;
    const prefixed = this.#prefixed;
    this.#plain = null;
    this.#prefixed = null;
    this.#left = limits.xmlTag;
    if (prefixed === null) return plain ?? noAttributes;
    return new Map([...prefixed, ...(plain ?? noAttributes)]);
  }
}
