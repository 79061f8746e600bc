import { createRequire } from "node:module";
import { setTimeout } from "node:timers/promises";
import { Agent, request } from "node:http";
import { Agent as Agent$1, request as request$1 } from "node:https";
import { execFile } from "node:child_process";
import { appendFile, open, readFile, realpath, stat } from "node:fs/promises";
import { constants, createReadStream, globSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { Readable, Transform } from "node:stream";
import { constants as constants$1, createGunzip, createGzip } from "node:zlib";
import { hash, randomBytes, randomUUID } from "node:crypto";
import { TextDecoder as TextDecoder$1 } from "node:util";
import { text } from "node:stream/consumers";
// \0rolldown/runtime.js
var __commonJSMin = (cb, mod) => () => (mod || (cb((mod = { exports: {} }).exports, mod, mod.exports), cb = null), mod.exports);
var __require = (() => createRequire(import.meta.url))();
// send/src/printable.ts
const escapeSequences$1 = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
const invisible = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;
const ownTokens = /\b(sentr?_)[0-9A-Za-z]{20,}/g;
function printable(text) {
	return text.replace(escapeSequences$1, "").replace(invisible, " ").trim().replace(/^::/, ": :").replaceAll("##[", "# #[").replace(ownTokens, "$1[redacted]");
}
function printableLines(text) {
	return text.split("\n").map((line) => /^ */.exec(line)?.[0] + printable(line)).join("\n");
}
// send/src/annotation.ts
function annotation(level, text) {
	return `::${level} title=Sentinal::${printable(text).replaceAll("%", "%25")}`;
}
// node_modules/zod/v4/core/util.js
function getEnumValues(entries) {
	const numericValues = Object.values(entries).filter((v) => typeof v === "number");
	return Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
}
function joinValues(array, separator = "|") {
	return array.map((val) => stringifyPrimitive(val)).join(separator);
}
function jsonStringifyReplacer(_, value) {
	if (typeof value === "bigint") return value.toString();
	return value;
}
var Cached = class {
	constructor(getter) {
		this._getter = getter;
		this._value = void 0;
	}
	get value() {
		const getter = this._getter;
		if (getter !== void 0) {
			this._value = getter();
			this._getter = void 0;
		}
		return this._value;
	}
};
function cached(getter) {
	return new Cached(getter);
}
function nullish(input) {
	return input === null || input === void 0;
}
function cleanRegex(source) {
	const start = source.startsWith("^") ? 1 : 0;
	const end = source.endsWith("$") ? source.length - 1 : source.length;
	return source.slice(start, end);
}
function floatSafeRemainder(val, step) {
	const ratio = val / step;
	const roundedRatio = Math.round(ratio);
	const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
	if (Math.abs(ratio - roundedRatio) < tolerance) return 0;
	return ratio - roundedRatio;
}
function assignProp(target, prop, value) {
	Object.defineProperty(target, prop, {
		value,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
function rawShape(def) {
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
	return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target, key, getter) {
	Object.defineProperty(target, key, {
		get() {
			const value = getter();
			assignProp(this, key, value);
			return value;
		},
		enumerable: true,
		configurable: true
	});
}
function putProp(target, key, value) {
	if (key in target) assignProp(target, key, value);
	else target[key] = value;
}
function mirrorShape(target, source, keys, wrap) {
	const raw = sourceShape(source);
	for (const key of keys) {
		const desc = Object.getOwnPropertyDescriptor(raw, key);
		if (!desc.enumerable) continue;
		if (desc.get) deferProp(target, key, () => {
			const value = source._zod.def.shape[key];
			return wrap ? wrap(value, key) : value;
		});
		else putProp(target, key, wrap ? wrap(desc.value, key) : desc.value);
	}
}
function mirrorProps(target, source) {
	for (const key of Reflect.ownKeys(source)) {
		const desc = Object.getOwnPropertyDescriptor(source, key);
		if (!desc.enumerable) continue;
		if (desc.get) deferProp(target, key, () => source[key]);
		else putProp(target, key, desc.value);
	}
}
function mergeDefs(...defs) {
	const mergedDescriptors = {};
	for (const def of defs) {
		const descriptors = Object.getOwnPropertyDescriptors(def);
		Object.assign(mergedDescriptors, descriptors);
	}
	return Object.defineProperties({}, mergedDescriptors);
}
function esc(str) {
	return JSON.stringify(str);
}
function slugify(input) {
	return input.toLowerCase().trim().replace(/[^\w\s-]/g, "").replace(/[\s_-]+/g, "-").replace(/^-+|-+$/g, "");
}
const captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {};
function isObject$1(data) {
	return typeof data === "object" && data !== null && !Array.isArray(data);
}
const allowsEval = cached(() => {
	if (globalConfig.jitless) return false;
	if (typeof navigator !== "undefined" && navigator?.userAgent?.includes("Cloudflare")) return false;
	try {
		new Function("");
		return true;
	} catch (_) {
		return false;
	}
});
function isPlainObject(o) {
	if (isObject$1(o) === false) return false;
	const ctor = o.constructor;
	if (ctor === void 0) return true;
	if (typeof ctor !== "function") return true;
	const prot = ctor.prototype;
	if (isObject$1(prot) === false) return false;
	if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) return false;
	return true;
}
function shallowClone(o) {
	if (isPlainObject(o)) return { ...o };
	if (Array.isArray(o)) return [...o];
	if (o instanceof Map) return new Map(o);
	if (o instanceof Set) return new Set(o);
	return o;
}
const propertyKeyTypes = new Set([
	"string",
	"number",
	"symbol"
]);
function escapeRegex(str) {
	return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
	const cl = new inst._zod.constr(def ?? inst._zod.def);
	if (!def || params?.parent) cl._zod.parent = inst;
	return cl;
}
function normalizeParams(_params) {
	const params = _params;
	if (!params) return {};
	if (typeof params === "string") return { error: () => params };
	if (params?.message !== void 0) {
		if (params?.error !== void 0) throw new Error("Cannot specify both `message` and `error` params");
		params.error = params.message;
	}
	delete params.message;
	if (typeof params.error === "string") return {
		...params,
		error: () => params.error
	};
	return params;
}
function stringifyPrimitive(value) {
	if (typeof value === "bigint") return value.toString() + "n";
	if (typeof value === "string") return `"${value}"`;
	return `${value}`;
}
function optionalKeys(shape) {
	return Object.keys(shape).filter((k) => {
		return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
	});
}
const NUMBER_FORMAT_RANGES = (() => ({
	safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
	int32: [-2147483648, 2147483647],
	uint32: [0, 4294967295],
	float32: [-34028234663852886e22, 34028234663852886e22],
	float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
const BIGINT_FORMAT_RANGES = {
	int64: [BigInt("-9223372036854775808"), BigInt("9223372036854775807")],
	uint64: [BigInt(0), BigInt("18446744073709551615")]
};
function pick(schema, mask) {
	const currDef = schema._zod.def;
	const checks = currDef.checks;
	if (checks && checks.length > 0) throw new Error(".pick() cannot be used on object schemas containing refinements");
	const newShape = {};
	mirrorShape(newShape, schema, maskedKeys(schema, mask));
	return clone(schema, mergeDefs(currDef, {
		shape: newShape,
		checks: []
	}));
}
function maskedKeys(schema, mask) {
	const raw = sourceShape(schema);
	const keys = [];
	for (const key of Reflect.ownKeys(mask)) {
		if (!Object.getOwnPropertyDescriptor(raw, key)?.enumerable) throw new Error(`Unrecognized key: "${String(key)}"`);
		if (mask[key]) keys.push(key);
	}
	return keys;
}
function omit(schema, mask) {
	const currDef = schema._zod.def;
	const checks = currDef.checks;
	if (checks && checks.length > 0) throw new Error(".omit() cannot be used on object schemas containing refinements");
	const omitted = new Set(maskedKeys(schema, mask));
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)).filter((key) => !omitted.has(key)));
	return clone(schema, mergeDefs(currDef, {
		shape: newShape,
		checks: []
	}));
}
function extend(schema, shape) {
	if (!isPlainObject(shape)) throw new Error("Invalid input to extend: expected a plain object");
	const checks = schema._zod.def.checks;
	if (checks && checks.length > 0) {
		const existingShape = sourceShape(schema);
		for (const key of Reflect.ownKeys(shape)) if (Object.getOwnPropertyDescriptor(existingShape, key) !== void 0) throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
	}
	return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function extended(schema, shape) {
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
	mirrorProps(newShape, shape);
	return newShape;
}
function safeExtend(schema, shape) {
	if (!isPlainObject(shape)) throw new Error("Invalid input to safeExtend: expected a plain object");
	return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function merge(a, b) {
	if (!b?._zod?.def) throw new Error("Invalid input to merge: expected an object schema. To merge a plain shape, use `.extend()`.");
	if (a._zod.def.checks?.length) throw new Error(".merge() cannot be used on object schemas containing refinements. Use .safeExtend() instead.");
	const newShape = {};
	mirrorShape(newShape, a, Reflect.ownKeys(sourceShape(a)));
	mirrorShape(newShape, b, Reflect.ownKeys(sourceShape(b)));
	return clone(a, mergeDefs(a._zod.def, {
		shape: newShape,
		get catchall() {
			return b._zod.def.catchall;
		},
		checks: b._zod.def.checks ?? []
	}));
}
function partial(Class, schema, mask, name = "partial") {
	const checks = schema._zod.def.checks;
	if (checks && checks.length > 0) throw new Error(`.${name}() cannot be used on object schemas containing refinements`);
	const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), Class && ((value, key) => selected && !selected.has(key) ? value : new Class({
		type: "optional",
		innerType: value
	})));
	return clone(schema, mergeDefs(schema._zod.def, {
		shape: newShape,
		checks: []
	}));
}
function required(Class, schema, mask) {
	const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), (value, key) => selected && !selected.has(key) ? value : new Class({
		type: "nonoptional",
		innerType: value
	}));
	return clone(schema, mergeDefs(schema._zod.def, { shape: newShape }));
}
function aborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue !== true) return true;
	return false;
}
function explicitlyAborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue === false) return true;
	return false;
}
function prefixIssues(path, issues) {
	return issues.map((iss) => {
		var _a;
		(_a = iss).path ?? (_a.path = []);
		iss.path.unshift(path);
		return iss;
	});
}
function unwrapMessage(message) {
	return typeof message === "string" ? message : message?.message;
}
function sizeCaps(defChecks) {
	const caps = [];
	for (const ch of defChecks ?? []) {
		const d = ch._zod.def;
		if (!/_(length|size)$|_equals$/.test(d.check)) break;
		const max = d.maximum ?? d.length ?? d.size;
		if (max >= 0) caps.push([max, ch]);
	}
	return caps;
}
function attachSchema(issues, start, inst) {
	var _a;
	for (let i = start; i < issues.length; i++) (_a = issues[i]).schema ?? (_a.schema = inst);
}
function finalizeIssue(iss, ctx, config) {
	var _a;
	const traits = iss.inst?._zod?.traits;
	if (traits?.has("$ZodType")) {
		if (traits.has("$ZodCheck")) (_a = iss).schema ?? (_a.schema = iss.inst);
		else iss.schema = iss.inst;
	}
	const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
	const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config.customError?.(iss)) ?? unwrapMessage(config.localeError?.(iss)) ?? "Invalid input";
	const full = {};
	for (const k of Object.keys(iss)) {
		if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__") continue;
		full[k] = iss[k];
	}
	full.path ?? (full.path = []);
	full.message = message;
	if (ctx?.reportInput) full.input = iss.input;
	return full;
}
const highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
	const units = str.length;
	if (!highSurrogate.test(str)) return units;
	let count = units;
	for (let i = 0; i < units - 1; i++) if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
		count--;
		i++;
	}
	return count;
}
function getLengthableOrigin(input) {
	if (Array.isArray(input)) return "array";
	if (typeof input === "string") return "string";
	return "unknown";
}
function parsedType(data) {
	const t = typeof data;
	switch (t) {
		case "number": return Number.isNaN(data) ? "nan" : "number";
		case "object": {
			if (data === null) return "null";
			if (Array.isArray(data)) return "array";
			const obj = data;
			if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) return obj.constructor.name;
		}
	}
	return t;
}
function issue(...args) {
	const [iss, input, inst] = args;
	if (typeof iss === "string") return {
		message: iss,
		code: "custom",
		input,
		inst
	};
	return { ...iss };
}
function members(proto, table) {
	for (const key in table) {
		const desc = Object.getOwnPropertyDescriptor(table, key);
		if (desc.get) Object.defineProperty(proto, key, {
			...desc,
			enumerable: false
		});
		else defineBound(proto, key, desc.value);
	}
}
function own(inst, key, value, enumerable = true) {
	Object.defineProperty(inst, key, {
		configurable: true,
		writable: true,
		enumerable,
		value
	});
	return value;
}
function hide(inst, key, value) {
	return own(inst, key, value, false);
}
function derived(computes, table) {
	for (const key in computes) {
		const compute = computes[key];
		Object.defineProperty(table, key, {
			configurable: true,
			enumerable: true,
			get() {
				return own(this, key, compute(this));
			},
			set(value) {
				own(this, key, value);
			}
		});
	}
	return table;
}
function defineBound(proto, key, fn) {
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			return this == null ? fn : own(this, key, fn.bind(this));
		},
		set(value) {
			own(this, key, value);
		}
	});
}
function claim(inst, sentinel) {
	const proto = Object.getPrototypeOf(inst);
	return sentinel in proto ? void 0 : proto;
}
let installing;
let broke = false;
const breaker = {
	configurable: true,
	get() {
		broke = true;
	}
};
function defineLazyInternal(inst, key, compute) {
	const proto = Object.getPrototypeOf(inst._zod);
	if (key in proto && installing !== inst._zod) {
		installing = void 0;
		return;
	}
	installing = inst._zod;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			Object.defineProperty(this, key, breaker);
			const outer = broke;
			broke = false;
			try {
				const value = compute(this);
				if (broke) delete this[key];
				else Object.defineProperty(this, key, {
					configurable: true,
					writable: true,
					value
				});
				broke = broke || outer;
				return value;
			} catch (err) {
				delete this[key];
				broke = broke || outer;
				throw err;
			}
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				value
			});
		}
	});
}
function installLazyProp(inst, key, make, enumerable) {
	const proto = claim(inst, key);
	if (!proto) return;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			const desc = {
				configurable: true,
				writable: true,
				enumerable,
				value: void 0
			};
			Object.defineProperty(this, key, desc);
			desc.value = make(this);
			Object.defineProperty(this, key, desc);
			return desc.value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				enumerable,
				value
			});
		}
	});
}
const CONSTANT_CATCH = "~constantCatch";
function constantCatch(value) {
	const fn = () => value;
	fn[CONSTANT_CATCH] = true;
	return fn;
}
// node_modules/zod/v4/core/core.js
var _a$1;
const _zodDesc = {
	value: void 0,
	enumerable: false
};
let _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
	const E = _E;
	if (E) {
		const saved = E.stackTraceLimit;
		if (typeof saved === "number") {
			try {
				E.stackTraceLimit = 0;
			} catch {
				_E = null;
				return new Definition();
			}
			try {
				return new Definition();
			} finally {
				E.stackTraceLimit = saved;
			}
		}
	}
	return new Definition();
}
function $constructor(name, initializer, proto, params) {
	const zodProto = {};
	function Internals(def) {
		this.def = def;
		this.constr = _;
		this.traits = new Set();
	}
	Internals.prototype = zodProto;
	const protoMembers = proto;
	const initialized = protoMembers && new WeakSet();
	function init(inst, def) {
		if (!inst._zod) {
			_zodDesc.value = new Internals(def);
			try {
				Object.defineProperty(inst, "_zod", _zodDesc);
			} finally {
				_zodDesc.value = void 0;
			}
		} else if (inst._zod.traits.has(name)) return;
		inst._zod.traits.add(name);
		initializer(inst, def);
		if (initialized) {
			const own = Object.getPrototypeOf(inst);
			const ctorProto = inst._zod.constr.prototype;
			let up = own;
			while (up && up !== ctorProto) up = Object.getPrototypeOf(up);
			const target = up ?? own;
			if (!initialized.has(target)) {
				initialized.add(target);
				members(target, protoMembers);
			}
		}
		const proto = _.prototype;
		for (const k in proto) {
			if (!Object.prototype.hasOwnProperty.call(proto, k)) continue;
			if (!(k in inst)) inst[k] = proto[k].bind(inst);
		}
	}
	const Parent = params?.Parent ?? Object;
	class Definition extends Parent {}
	Object.defineProperty(Definition, "name", { value: name });
	function _(def) {
		const inst = params?.Parent ? newError(Definition) : this;
		init(inst, def);
		const deferred = inst._zod.deferred;
		if (deferred) {
			for (const fn of deferred) fn();
			inst._zod.deferred = void 0;
		}
		const pp = globalThis.__zod_globalConfig?.postProcessor;
		if (pp) pp(inst);
		return inst;
	}
	Object.defineProperty(_, "init", { value: init });
	Object.defineProperty(_, Symbol.hasInstance, { value: (inst) => {
		if (params?.Parent && inst instanceof params.Parent) return true;
		return inst?._zod?.traits?.has(name);
	} });
	Object.defineProperty(_, "name", { value: name });
	return _;
}
var $ZodAsyncError = class extends Error {
	constructor() {
		super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
	}
};
var $ZodEncodeError = class extends Error {
	constructor(name) {
		super(`Encountered unidirectional transform during encode: ${name}`);
		this.name = "ZodEncodeError";
	}
};
(_a$1 = globalThis).__zod_globalConfig ?? (_a$1.__zod_globalConfig = {});
const globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
	if (newConfig) Object.assign(globalConfig, newConfig);
	return globalConfig;
}
// node_modules/zod/v4/core/errors.js
function _getMessage() {
	const internals = this._zod;
	internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
	return internals.message;
}
function _setMessage(value) {
	this._zod.message = value;
}
const _messageDesc = {
	get: _getMessage,
	set: _setMessage,
	enumerable: true,
	configurable: true
};
const _issuesDesc = {
	value: void 0,
	enumerable: false
};
const _installedToString = new WeakSet([Object.prototype, Error.prototype]);
const initializer$1 = (inst, def) => {
	inst.name = "$ZodError";
	_issuesDesc.value = def;
	Object.defineProperty(inst, "issues", _issuesDesc);
	_issuesDesc.value = void 0;
	Object.defineProperty(inst, "message", _messageDesc);
	const proto = Object.getPrototypeOf(inst);
	if (!_installedToString.has(proto)) {
		_installedToString.add(proto);
		Object.defineProperty(proto, "toString", {
			configurable: true,
			enumerable: false,
			get() {
				const value = () => this.message;
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
				return value;
			},
			set(value) {
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
			}
		});
	}
};
const $ZodError = $constructor("$ZodError", initializer$1);
function node(obj, key, make) {
	if (!Object.prototype.hasOwnProperty.call(obj, key)) {
		if (key === "__proto__") Object.defineProperty(obj, key, {
			value: make(),
			writable: true,
			enumerable: true,
			configurable: true
		});
		else obj[key] = make();
	}
	return obj[key];
}
function flattenError(error, mapper = (issue) => issue.message) {
	const fieldErrors = {};
	const formErrors = [];
	for (const sub of error.issues) if (sub.path.length > 0) node(fieldErrors, sub.path[0], () => []).push(mapper(sub));
	else formErrors.push(mapper(sub));
	return {
		formErrors,
		fieldErrors
	};
}
function formatError(error, mapper = (issue) => issue.message) {
	const fieldErrors = { _errors: [] };
	const processError = (error, path = []) => {
		for (const issue of error.issues) if (issue.code === "invalid_union" && issue.errors.length) issue.errors.map((issues) => processError({ issues }, [...path, ...issue.path]));
		else if (issue.code === "invalid_key") processError({ issues: issue.issues }, [...path, ...issue.path]);
		else if (issue.code === "invalid_element") processError({ issues: issue.issues }, [...path, ...issue.path]);
		else {
			const fullpath = [...path, ...issue.path];
			if (fullpath.length === 0) fieldErrors._errors.push(mapper(issue));
			else {
				let curr = fieldErrors;
				let i = 0;
				while (i < fullpath.length) {
					const el = fullpath[i];
					const terminal = i === fullpath.length - 1;
					if (el === "_errors") {
						if (terminal) curr._errors.push(mapper(issue));
						i++;
						continue;
					}
					if (!Object.prototype.hasOwnProperty.call(curr, el)) Object.defineProperty(curr, el, {
						value: { _errors: [] },
						enumerable: true,
						writable: true,
						configurable: true
					});
					const node = curr[el];
					if (terminal) node._errors.push(mapper(issue));
					curr = node;
					i++;
				}
			}
		}
	};
	processError(error);
	return fieldErrors;
}
// node_modules/zod/v4/core/parse.js
function finalizeParams(callee, params) {
	return {
		callee: params?.callee ?? callee,
		Err: params?.Err
	};
}
const _parse = (_Err) => {
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: false
		} : { async: false };
		const result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) throw new $ZodAsyncError();
		if (result.issues.length) {
			const e = new ((_params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, _params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const _parseAsync = (_Err) => {
	const fn = async (schema, value, _ctx, params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: true
		} : { async: true };
		let result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) result = await result;
		if (result.issues.length) {
			const e = new ((params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
			captureStackTrace(e, params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const _safeParse = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: false
	} : { async: false };
	const result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
function failure(Err, issues, ctx) {
	let error;
	return {
		success: false,
		get error() {
			if (!error) {
				error = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
				issues = void 0;
				ctx = void 0;
			}
			return error;
		},
		set error(e) {
			error = e;
			issues = void 0;
			ctx = void 0;
		}
	};
}
const _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true
	} : { async: true };
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
const COMPILE_INVALID = Symbol.for("zod.compile.invalid");
const COMPILE_FALLBACK = Symbol.for("zod.compile.fallback");
const validate = ((schema, value, _ctx) => {
	const validator = schema._zod.bag.validator;
	if (validator !== void 0) {
		if (validator(value) !== COMPILE_INVALID) return true;
		if (validator.definite === true && _ctx === void 0) return false;
	}
	return validateFallback(schema, value, _ctx);
});
function validateFallback(schema, value, _ctx) {
	const ctx = _ctx ? {
		..._ctx,
		async: false,
		abortEarly: true
	} : {
		async: false,
		abortEarly: true
	};
	const fallbackRun = schema._zod.bag.fallbackRun;
	let result;
	if (fallbackRun) {
		ctx[COMPILE_FALLBACK] = true;
		result = fallbackRun({
			value,
			issues: []
		}, ctx);
	} else result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length === 0;
}
const validateAsync$1 = async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true,
		abortEarly: true
	} : {
		async: true,
		abortEarly: true
	};
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length === 0;
};
const _encode = (_Err) => {
	const parse = _parse(_Err);
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			direction: "backward"
		} : { direction: "backward" };
		return parse(schema, value, ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _decode = (_Err) => {
	const parse = _parse(_Err);
	const fn = (schema, value, _ctx, _params) => {
		return parse(schema, value, _ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _encodeAsync = (_Err) => {
	const parseAsync = _parseAsync(_Err);
	const fn = async (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			direction: "backward"
		} : { direction: "backward" };
		return await parseAsync(schema, value, ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _decodeAsync = (_Err) => {
	const parseAsync = _parseAsync(_Err);
	const fn = async (schema, value, _ctx, _params) => {
		return await parseAsync(schema, value, _ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _safeEncode = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		direction: "backward"
	} : { direction: "backward" };
	return _safeParse(_Err)(schema, value, ctx);
};
const _safeDecode = (_Err) => (schema, value, _ctx) => {
	return _safeParse(_Err)(schema, value, _ctx);
};
const _safeEncodeAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		direction: "backward"
	} : { direction: "backward" };
	return _safeParseAsync(_Err)(schema, value, ctx);
};
const _safeDecodeAsync = (_Err) => async (schema, value, _ctx) => {
	return _safeParseAsync(_Err)(schema, value, _ctx);
};
// node_modules/zod/v4/core/regexes.js
const cuid = /^[cC][0-9a-z]{6,}$/;
const cuid2 = /^[0-9a-z]+$/;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/;
const xid = /^[0-9a-vA-V]{20}$/;
const ksuid = /^[A-Za-z0-9]{27}$/;
const nanoid = /^[a-zA-Z0-9_-]{21}$/;
function nanoidOfLength(length) {
	return new RegExp(`^[a-zA-Z0-9_-]{${length}}$`);
}
const duration = /^P(?:(\d+W)|(?!.*W)(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$/;
const guid = /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$/;
const uuid$3 = (version) => {
	if (!version) return /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
	return new RegExp(`^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-${version}[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})$`);
};
const email$1 = /^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$/;
const _emoji$1 = `^(?=[\\s\\S]*[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\u20E3])[\\p{Extended_Pictographic}\\p{Emoji_Component}]+$`;
function emoji() {
	return new RegExp(_emoji$1, "u");
}
const ipv4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])$/;
const ipv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))$/;
const cidrv4 = /^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\/([0-9]|[1-2][0-9]|3[0-2])$/;
const cidrv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))\/(12[0-8]|1[01][0-9]|[1-9]?[0-9])$/;
const base64 = /^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$/;
const base64url = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/;
const httpProtocol = /^https?$/;
const e164 = /^\+[1-9]\d{6,14}$/;
const dateSource = `(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))`;
function anchor(source) {
	return new RegExp(`^${source}$`);
}
const date = anchor(dateSource);
function timeSource(args) {
	const hhmm = `(?:[01]\\d|2[0-3]):[0-5]\\d`;
	return typeof args.precision === "number" ? args.precision === -1 ? `${hhmm}` : args.precision === 0 ? `${hhmm}:[0-5]\\d` : `${hhmm}:[0-5]\\d\\.\\d{${args.precision}}` : args.seconds ? `${hhmm}:[0-5]\\d(?:\\.\\d+)?` : `${hhmm}(?::[0-5]\\d(?:\\.\\d+)?)?`;
}
function time(args) {
	return new RegExp(`^${timeSource(args)}$`);
}
function datetime$1(args) {
	const opts = ["Z"];
	if (args.offset) opts.push(`([+-](?:[01]\\d|2[0-3]):[0-5]\\d)`);
	const qualified = `${timeSource({
		precision: args.precision,
		seconds: true
	})}(?:${opts.join("|")})`;
	const timeRegex = args.local ? `${qualified}|${timeSource({ precision: args.precision })}` : qualified;
	return new RegExp(`^${dateSource}T(?:${timeRegex})$`);
}
const anyString = /^[\s\S]{0,}$/;
const integer = /^-?\d+$/;
const number$3 = /^-?\d+(?:\.\d+)?$/;
const boolean$1 = /^(?:true|false)$/i;
const _null$2 = /^null$/i;
const lowercase = /^[^A-Z]*$/;
const uppercase = /^[^a-z]*$/;
// node_modules/zod/v4/core/checks.js
const $ZodCheck = $constructor("$ZodCheck", (inst, def) => {
	var _a;
	inst._zod ?? (inst._zod = {});
	inst._zod.def = def;
	(_a = inst._zod).onattach ?? (_a.onattach = []);
});
const _whenHasLength = (payload) => {
	const val = payload.value;
	return !nullish(val) && val.length !== void 0;
};
const numericOriginMap = {
	number: "number",
	bigint: "bigint",
	object: "date"
};
const $ZodCheckLessThan = $constructor("$ZodCheckLessThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value <= def.value : payload.value < def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_big",
			maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckGreaterThan = $constructor("$ZodCheckGreaterThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value >= def.value : payload.value > def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_small",
			minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMultipleOf = $constructor("$ZodCheckMultipleOf", (inst, def) => {
	$ZodCheck.init(inst, def);
	inst._zod.check = (payload) => {
		if (typeof payload.value !== typeof def.value) throw new Error("Cannot mix number and bigint in multiple_of check.");
		if (typeof payload.value === "bigint" ? def.value !== BigInt(0) && payload.value % def.value === BigInt(0) : floatSafeRemainder(payload.value, def.value) === 0) return;
		payload.issues.push({
			origin: typeof payload.value,
			code: "not_multiple_of",
			divisor: def.value,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckNumberFormat = $constructor("$ZodCheckNumberFormat", (inst, def) => {
	$ZodCheck.init(inst, def);
	def.format = def.format || "float64";
	const isInt = def.format?.includes("int");
	const origin = isInt ? "int" : "number";
	const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
	inst._zod.check = (payload) => {
		const input = payload.value;
		if (isInt) {
			if (!Number.isInteger(input)) {
				payload.issues.push({
					expected: origin,
					format: def.format,
					code: "invalid_type",
					continue: false,
					input,
					inst
				});
				return;
			}
			if (!Number.isSafeInteger(input)) {
				if (input > 0) payload.issues.push({
					input,
					code: "too_big",
					maximum: Number.MAX_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				else payload.issues.push({
					input,
					code: "too_small",
					minimum: Number.MIN_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				return;
			}
		}
		if (input < minimum) payload.issues.push({
			origin: "number",
			input,
			code: "too_small",
			minimum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
		if (input > maximum) payload.issues.push({
			origin: "number",
			input,
			code: "too_big",
			maximum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMaxLength = $constructor("$ZodCheckMaxLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units > def.maximum ? codePointLength(input) : units) <= def.maximum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_big",
			maximum: def.maximum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMinLength = $constructor("$ZodCheckMinLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input) : units) >= def.minimum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_small",
			minimum: def.minimum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckLengthEquals = $constructor("$ZodCheckLengthEquals", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		const length = typeof input === "string" && units >= def.length && units <= def.length * 2 ? codePointLength(input) : units;
		if (length === def.length) return;
		const origin = getLengthableOrigin(input);
		const tooBig = length > def.length;
		payload.issues.push({
			origin,
			...tooBig ? {
				code: "too_big",
				maximum: def.length
			} : {
				code: "too_small",
				minimum: def.length
			},
			inclusive: true,
			exact: true,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckStringFormat = $constructor("$ZodCheckStringFormat", (inst, def) => {
	var _a, _b;
	$ZodCheck.init(inst, def);
	if (def.pattern) (_a = inst._zod).check ?? (_a.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: def.format,
			input: payload.value,
			...def.pattern ? { pattern: def.pattern.toString() } : {},
			inst,
			continue: !def.abort
		});
	});
	else (_b = inst._zod).check ?? (_b.check = () => {});
});
const $ZodCheckRegex = $constructor("$ZodCheckRegex", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "regex",
			input: payload.value,
			pattern: def.pattern.toString(),
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckLowerCase = $constructor("$ZodCheckLowerCase", (inst, def) => {
	def.pattern ?? (def.pattern = lowercase);
	$ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckUpperCase = $constructor("$ZodCheckUpperCase", (inst, def) => {
	def.pattern ?? (def.pattern = uppercase);
	$ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckIncludes = $constructor("$ZodCheckIncludes", (inst, def) => {
	$ZodCheck.init(inst, def);
	const escapedRegex = escapeRegex(def.includes);
	def.pattern = new RegExp(typeof def.position === "number" ? `^.{${def.position},}${escapedRegex}` : escapedRegex);
	inst._zod.check = (payload) => {
		if (payload.value.includes(def.includes, def.position)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "includes",
			includes: def.includes,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckStartsWith = $constructor("$ZodCheckStartsWith", (inst, def) => {
	$ZodCheck.init(inst, def);
	const pattern = new RegExp(`^${escapeRegex(def.prefix)}.*`);
	def.pattern ?? (def.pattern = pattern);
	inst._zod.check = (payload) => {
		if (payload.value.startsWith(def.prefix)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "starts_with",
			prefix: def.prefix,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckEndsWith = $constructor("$ZodCheckEndsWith", (inst, def) => {
	$ZodCheck.init(inst, def);
	const pattern = new RegExp(`.*${escapeRegex(def.suffix)}$`);
	def.pattern ?? (def.pattern = pattern);
	inst._zod.check = (payload) => {
		if (payload.value.endsWith(def.suffix)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "ends_with",
			suffix: def.suffix,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckOverwrite = $constructor("$ZodCheckOverwrite", (inst, def) => {
	$ZodCheck.init(inst, def);
	inst._zod.check = (payload) => {
		payload.value = def.tx(payload.value);
	};
});
// node_modules/zod/v4/core/doc.js
var Doc = class {
	constructor(args = [], closed = {}) {
		this.content = [];
		this.indent = 0;
		this.args = args;
		this.closed = closed;
	}
	indented(fn) {
		this.indent += 1;
		try {
			fn(this);
		} finally {
			this.indent -= 1;
		}
	}
	write(arg) {
		if (typeof arg === "function") {
			arg(this, { execution: "sync" });
			arg(this, { execution: "async" });
			return;
		}
		const lines = arg.split("\n").filter((x) => x);
		const minIndent = Math.min(...lines.map((x) => x.length - x.trimStart().length));
		const dedented = lines.map((x) => x.slice(minIndent)).map((x) => " ".repeat(this.indent * 2) + x);
		for (const line of dedented) this.content.push(line);
	}
	compile() {
		const F = Function;
		const content = this?.content ?? [``];
		return new F(...Object.keys(this.closed), `return function (${this.args.join(", ")}) {\n${content.join("\n")}\n};`)(...Object.values(this.closed));
	}
};
// node_modules/zod/v4/core/versions.js
const version$2 = {
	major: 4,
	minor: 6,
	patch: 7
};
// node_modules/zod/v4/core/schemas.js
const $ZodType = $constructor("$ZodType", (inst, def) => {
	var _a;
	inst ?? (inst = {});
	inst._zod.def = def;
	inst._zod.bag = inst._zod.bag || {};
	inst._zod.version = version$2;
	const defChecks = inst._zod.def.checks;
	const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
	for (const ch of checks) for (const fn of ch._zod.onattach) fn(inst);
	if (checks.length === 0) {
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred?.push(() => {
			inst._zod.run = inst._zod.parse;
		});
	} else {
		const runChecks = (payload, checks, ctx) => {
			if (payload.memo) return payload;
			let isAborted = aborted(payload);
			let asyncResult;
			for (const ch of checks) {
				if (ch._zod.def.when) {
					if (explicitlyAborted(payload)) continue;
					if (!ch._zod.def.when(payload)) continue;
				} else if (isAborted) continue;
				const currLen = payload.issues.length;
				const _ = ch._zod.check(payload);
				if (_ instanceof Promise && ctx?.async === false) throw new $ZodAsyncError();
				if (asyncResult || _ instanceof Promise) asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
					await _;
					if (payload.issues.length === currLen) return;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				});
				else {
					if (payload.issues.length === currLen) continue;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				}
			}
			if (asyncResult) return asyncResult.then(() => {
				return payload;
			});
			return payload;
		};
		const handleCanaryResult = (canary, payload, ctx) => {
			if (aborted(canary)) {
				canary.aborted = true;
				return canary;
			}
			const checkResult = runChecks(payload, checks, ctx);
			if (checkResult instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return checkResult.then((checkResult) => inst._zod.parse(checkResult, ctx));
			}
			return inst._zod.parse(checkResult, ctx);
		};
		inst._zod.run = (payload, ctx) => {
			if (ctx.skipChecks) return inst._zod.parse(payload, ctx);
			if (ctx.direction === "backward") {
				const canary = inst._zod.parse({
					value: payload.value,
					issues: []
				}, {
					...ctx,
					skipChecks: true
				});
				if (canary instanceof Promise) return canary.then((canary) => {
					return handleCanaryResult(canary, payload, ctx);
				});
				return handleCanaryResult(canary, payload, ctx);
			}
			const result = inst._zod.parse(payload, ctx);
			if (result instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return result.then((result) => runChecks(result, checks, ctx));
			}
			return runChecks(result, checks, ctx);
		};
	}
}, {
	get "~standard"() {
		return hide(this, "~standard", standardProps(this));
	},
	set "~standard"(value) {
		own(this, "~standard", value);
	}
});
const toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync(inst, value) {
	const ctx = { async: true };
	return toStandardResult(await inst._zod.run({
		value,
		issues: []
	}, ctx), ctx);
}
function standardProps(inst) {
	return {
		validate: (value) => {
			const ctx = { async: false };
			try {
				const r = inst._zod.run({
					value,
					issues: []
				}, ctx);
				if (!(r instanceof Promise)) return toStandardResult(r, ctx);
			} catch (_) {}
			return validateAsync(inst, value);
		},
		vendor: "zod",
		version: 1
	};
}
const $ZodString = $constructor("$ZodString", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = def.pattern ?? anyString;
	inst._zod.parse = (payload, _) => {
		if (def.coerce) try {
			payload.value = String(payload.value);
		} catch (_) {}
		if (typeof payload.value === "string") return payload;
		payload.issues.push({
			expected: "string",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
const $ZodStringFormat = $constructor("$ZodStringFormat", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	$ZodString.init(inst, def);
});
const $ZodGUID = $constructor("$ZodGUID", (inst, def) => {
	def.pattern ?? (def.pattern = guid);
	$ZodStringFormat.init(inst, def);
});
const $ZodUUID = $constructor("$ZodUUID", (inst, def) => {
	if (def.version) {
		const v = {
			v1: 1,
			v2: 2,
			v3: 3,
			v4: 4,
			v5: 5,
			v6: 6,
			v7: 7,
			v8: 8
		}[def.version];
		if (v === void 0) throw new Error(`Invalid UUID version: "${def.version}"`);
		def.pattern ?? (def.pattern = uuid$3(v));
	} else def.pattern ?? (def.pattern = uuid$3());
	$ZodStringFormat.init(inst, def);
});
const $ZodEmail = $constructor("$ZodEmail", (inst, def) => {
	def.pattern ?? (def.pattern = email$1);
	$ZodStringFormat.init(inst, def);
});
function canParseURL(input) {
	try {
		if (typeof URL !== "undefined" && typeof URL.canParse === "function") return URL.canParse(input);
		new URL(input);
		return true;
	} catch {
		return false;
	}
}
function validateURL(trimmed, def) {
	if (!("normalize" in def) && !("hostname" in def) && !("protocol" in def)) return canParseURL(trimmed) || 2;
	return parseURLObject(trimmed, def);
}
function parseURLObject(trimmed, def) {
	if (!def.normalize && def.protocol?.source === httpProtocol.source && !/^https?:\/\//i.test(trimmed)) return 1;
	try {
		if (typeof URL !== "undefined") {
			const URLStatic = URL;
			if (typeof URLStatic.parse === "function") return URLStatic.parse(trimmed) ?? 2;
		}
		return new URL(trimmed);
	} catch {
		return 2;
	}
}
const asciiTabOrNewline = /[\t\n\r]/g;
function stripTabAndNewline(value) {
	return value.replace(asciiTabOrNewline, "");
}
function urlHostnameOk(url, hostname) {
	hostname.lastIndex = 0;
	return hostname.test(url.hostname);
}
function urlProtocolOk(url, protocol) {
	protocol.lastIndex = 0;
	return protocol.test(url.protocol.endsWith(":") ? url.protocol.slice(0, -1) : url.protocol);
}
const $ZodURL = $constructor("$ZodURL", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		try {
			const trimmed = payload.value.trim();
			const url = validateURL(trimmed, def);
			if (url === 1) {
				payload.issues.push({
					code: "invalid_format",
					format: "url",
					note: "Invalid URL format",
					input: payload.value,
					inst,
					continue: !def.abort
				});
				return;
			}
			if (url === 2) {
				payload.issues.push({
					code: "invalid_format",
					format: "url",
					input: payload.value,
					inst,
					continue: !def.abort
				});
				return;
			}
			if (url === true) {
				payload.value = stripTabAndNewline(trimmed);
				return;
			}
			if (def.hostname && !urlHostnameOk(url, def.hostname)) payload.issues.push({
				code: "invalid_format",
				format: "url",
				note: "Invalid hostname",
				pattern: def.hostname.source,
				input: payload.value,
				inst,
				continue: !def.abort
			});
			if (def.protocol && !urlProtocolOk(url, def.protocol)) payload.issues.push({
				code: "invalid_format",
				format: "url",
				note: "Invalid protocol",
				pattern: def.protocol.source,
				input: payload.value,
				inst,
				continue: !def.abort
			});
			payload.value = def.normalize ? url.href : stripTabAndNewline(trimmed);
			return;
		} catch (_) {
			payload.issues.push({
				code: "invalid_format",
				format: "url",
				input: payload.value,
				inst,
				continue: !def.abort
			});
		}
	};
});
const $ZodEmoji = $constructor("$ZodEmoji", (inst, def) => {
	def.pattern ?? (def.pattern = emoji());
	$ZodStringFormat.init(inst, def);
});
const $ZodNanoID = $constructor("$ZodNanoID", (inst, def) => {
	if (def.length !== void 0 && (!Number.isInteger(def.length) || def.length < 1)) throw new Error(`Invalid nanoid length: ${def.length}`);
	def.pattern ?? (def.pattern = def.length === void 0 ? nanoid : nanoidOfLength(def.length));
	$ZodStringFormat.init(inst, def);
});
const $ZodCUID = $constructor("$ZodCUID", (inst, def) => {
	def.pattern ?? (def.pattern = cuid);
	$ZodStringFormat.init(inst, def);
});
const $ZodCUID2 = $constructor("$ZodCUID2", (inst, def) => {
	def.pattern ?? (def.pattern = cuid2);
	$ZodStringFormat.init(inst, def);
});
const $ZodULID = $constructor("$ZodULID", (inst, def) => {
	def.pattern ?? (def.pattern = ulid);
	$ZodStringFormat.init(inst, def);
});
const $ZodXID = $constructor("$ZodXID", (inst, def) => {
	def.pattern ?? (def.pattern = xid);
	$ZodStringFormat.init(inst, def);
});
const $ZodKSUID = $constructor("$ZodKSUID", (inst, def) => {
	def.pattern ?? (def.pattern = ksuid);
	$ZodStringFormat.init(inst, def);
});
const $ZodISODateTime = $constructor("$ZodISODateTime", (inst, def) => {
	def.pattern ?? (def.pattern = datetime$1(def));
	$ZodStringFormat.init(inst, def);
});
const $ZodISODate = $constructor("$ZodISODate", (inst, def) => {
	def.pattern ?? (def.pattern = date);
	$ZodStringFormat.init(inst, def);
});
const $ZodISOTime = $constructor("$ZodISOTime", (inst, def) => {
	def.pattern ?? (def.pattern = time(def));
	$ZodStringFormat.init(inst, def);
});
const $ZodISODuration = $constructor("$ZodISODuration", (inst, def) => {
	def.pattern ?? (def.pattern = duration);
	$ZodStringFormat.init(inst, def);
});
const $ZodIPv4 = $constructor("$ZodIPv4", (inst, def) => {
	def.pattern ?? (def.pattern = ipv4);
	$ZodStringFormat.init(inst, def);
});
const ipv6Alphabet = /^[0-9a-fA-F:.]+$/;
function isValidIPv6(value) {
	if (!ipv6Alphabet.test(value)) return false;
	return canParseURL(`http://[${value}]`);
}
const $ZodIPv6 = $constructor("$ZodIPv6", (inst, def) => {
	def.pattern ?? (def.pattern = ipv6);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (!isValidIPv6(payload.value)) payload.issues.push({
			code: "invalid_format",
			format: "ipv6",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCIDRv4 = $constructor("$ZodCIDRv4", (inst, def) => {
	def.pattern ?? (def.pattern = cidrv4);
	$ZodStringFormat.init(inst, def);
});
function isValidCIDRv6(value) {
	const parts = value.split("/");
	if (parts.length !== 2) return false;
	const [address, prefix] = parts;
	if (!prefix) return false;
	const prefixNum = Number(prefix);
	if (`${prefixNum}` !== prefix) return false;
	if (prefixNum < 0 || prefixNum > 128) return false;
	return isValidIPv6(address);
}
const $ZodCIDRv6 = $constructor("$ZodCIDRv6", (inst, def) => {
	def.pattern ?? (def.pattern = cidrv6);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (!isValidCIDRv6(payload.value)) payload.issues.push({
			code: "invalid_format",
			format: "cidrv6",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
function isValidBase64(data) {
	if (data === "") return true;
	if (/\s/.test(data)) return false;
	if (data.length % 4 !== 0) return false;
	try {
		atob(data);
		return true;
	} catch {
		return false;
	}
}
const base64Charset = /^[0-9a-zA-Z+/]*={0,2}$/;
const $ZodBase64 = $constructor("$ZodBase64", (inst, def) => {
	def.pattern ?? (def.pattern = base64Charset);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidBase64(payload.value)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "base64",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const base64urlCharset = /^[A-Za-z0-9_-]*$/;
function isValidBase64URL(data) {
	if (!base64urlCharset.test(data)) return false;
	const base64 = data.replace(/[-_]/g, (c) => c === "-" ? "+" : "/");
	return isValidBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, "="));
}
const $ZodBase64URL = $constructor("$ZodBase64URL", (inst, def) => {
	def.pattern ?? (def.pattern = base64urlCharset);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidBase64URL(payload.value)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "base64url",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodE164 = $constructor("$ZodE164", (inst, def) => {
	def.pattern ?? (def.pattern = e164);
	$ZodStringFormat.init(inst, def);
});
function isValidJWT(token, algorithm = null) {
	try {
		const tokensParts = token.split(".");
		if (tokensParts.length !== 3) return false;
		const [header] = tokensParts;
		if (!header) return false;
		const parsedHeader = JSON.parse(atob(header));
		if ("typ" in parsedHeader && parsedHeader?.typ !== "JWT") return false;
		if (!parsedHeader.alg) return false;
		if (algorithm && (!("alg" in parsedHeader) || parsedHeader.alg !== algorithm)) return false;
		return true;
	} catch {
		return false;
	}
}
const $ZodJWT = $constructor("$ZodJWT", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidJWT(payload.value, def.alg)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "jwt",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodNumber = $constructor("$ZodNumber", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = number$3;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Number(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) return payload;
		const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
		payload.issues.push({
			expected: "number",
			code: "invalid_type",
			input,
			inst,
			...received ? { received } : {}
		});
		return payload;
	};
});
const $ZodNumberFormat = $constructor("$ZodNumberFormat", (inst, def) => {
	$ZodCheckNumberFormat.init(inst, def);
	$ZodNumber.init(inst, def);
});
const $ZodBoolean = $constructor("$ZodBoolean", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = boolean$1;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Boolean(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "boolean") return payload;
		payload.issues.push({
			expected: "boolean",
			code: "invalid_type",
			input,
			inst
		});
		return payload;
	};
});
const $ZodNull = $constructor("$ZodNull", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = _null$2;
	inst._zod.values = new Set([null]);
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (input === null) return payload;
		payload.issues.push({
			expected: "null",
			code: "invalid_type",
			input,
			inst
		});
		return payload;
	};
});
const $ZodUnknown = $constructor("$ZodUnknown", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload) => payload;
});
const $ZodNever = $constructor("$ZodNever", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _ctx) => {
		payload.issues.push({
			expected: "never",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
function capSize(inst, size) {
	const caps = sizeCaps(inst._zod.def.checks);
	if (!caps.length) return;
	const cap = Math.min(...caps.map((c) => c[0]));
	const parse = inst._zod.parse;
	inst._zod.parse = (payload, ctx) => {
		const n = size(payload.value);
		if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
			for (const [max, ch] of sizeCaps(inst._zod.def.checks)) if (n > max && ch._zod.def.when(payload)) {
				const start = payload.issues.length;
				ch._zod.check(payload);
				payload.issues[start].continue = false;
				attachSchema(payload.issues, start, inst);
				return payload;
			}
		}
		return parse(payload, ctx);
	};
}
const arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
	if (result.issues.length) final.issues.push(...prefixIssues(index, result.issues));
	final.value[index] = result.value;
}
const $ZodArray = $constructor("$ZodArray", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!Array.isArray(input)) {
			payload.issues.push({
				expected: "array",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
		const proms = [];
		const abortEarly = ctx?.abortEarly;
		for (let i = 0; i < input.length; i++) {
			const item = input[i];
			const result = def.element._zod.run({
				value: item,
				issues: []
			}, ctx);
			if (result instanceof Promise) proms.push(result.then((result) => handleArrayResult(result, payload, i)));
			else {
				handleArrayResult(result, payload, i);
				if (abortEarly && result.issues.length !== 0 && aborted(result)) break;
			}
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
	capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
	const isPresent = key in input;
	const isOptionalOut = optout === "optional";
	if (!isPresent && isOptionalOut && optin === "optional") return;
	if (result.issues.length) {
		if (optin !== void 0 && isOptionalOut && !isPresent) return;
		final.issues.push(...prefixIssues(key, result.issues));
	}
	if (!isPresent && optin === void 0) {
		if (!result.issues.length) final.issues.push({
			code: "invalid_type",
			expected: "nonoptional",
			input: void 0,
			path: [key]
		});
		return;
	}
	if (result.value === void 0) {
		if (isPresent || optin === "defaulted" && !isOptionalOut) final.value[key] = void 0;
	} else final.value[key] = result.value;
}
const NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
	const keys = Object.keys(def.shape);
	const ownSymbols = Object.getOwnPropertySymbols(def.shape);
	const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
	const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
	for (const k of allKeys) if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
	const okeys = optionalKeys(def.shape);
	return {
		...def,
		allKeys,
		symbolKeys,
		keySet: new Set(keys),
		numKeys: keys.length,
		optionalKeys: new Set(okeys)
	};
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
	const unrecognized = [];
	const keySet = def.keySet;
	const _catchall = def.catchall._zod;
	const t = _catchall.def.type;
	const optin = _catchall.optin;
	const optout = _catchall.optout;
	let seen = 0;
	for (const key in input) {
		if (abortEarly && payload.issues.length !== seen) {
			if (aborted(payload, seen)) break;
			seen = payload.issues.length;
		}
		if (keySet.has(key)) continue;
		if (key === "__proto__") {
			if (t === "never") unrecognized.push(key);
			continue;
		}
		if (t === "never") {
			unrecognized.push(key);
			continue;
		}
		const r = _catchall.run({
			value: input[key],
			issues: []
		}, ctx);
		if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
		else handlePropertyResult(r, payload, key, input, optin, optout);
	}
	if (unrecognized.length) payload.issues.push({
		code: "unrecognized_keys",
		keys: unrecognized,
		input,
		inst,
		continue: true
	});
	if (!proms.length) return payload;
	return Promise.all(proms).then(() => {
		return payload;
	});
}
const $ZodObject = $constructor("$ZodObject", (inst, def) => {
	$ZodType.init(inst, def);
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	const sh = desc?.get ? desc.get.raw : def.shape ?? {};
	if (sh) {
		const get = () => {
			const newSh = { ...sh };
			Object.defineProperty(def, "shape", { value: newSh });
			get.raw = newSh;
			return newSh;
		};
		get.raw = sh;
		Object.defineProperty(def, "shape", { get });
	}
	const _normalized = cached(() => normalizeDef(def));
	defineLazyInternal(inst, "propValues", (zod) => {
		const shape = zod.def.shape;
		const propValues = {};
		for (const key in shape) {
			const field = shape[key]._zod;
			if (field.values) {
				if (!Object.prototype.hasOwnProperty.call(propValues, key)) assignProp(propValues, key, new Set());
				for (const v of field.values) propValues[key].add(v);
				if (field.optin !== void 0) propValues[key].add(void 0);
			}
		}
		return propValues;
	});
	const isObject = isObject$1;
	const catchall = def.catchall;
	let value;
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
		const proms = [];
		const shape = value.shape;
		const abortEarly = ctx?.abortEarly;
		let seen = payload.issues.length;
		for (const key of value.allKeys) {
			if (abortEarly && payload.issues.length !== seen) {
				if (aborted(payload, seen)) break;
				seen = payload.issues.length;
			}
			if (key === "__proto__") continue;
			const el = shape[key];
			const optin = el._zod.optin;
			const optout = el._zod.optout;
			const r = el._zod.run({
				value: input[key],
				issues: []
			}, ctx);
			if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
			else handlePropertyResult(r, payload, key, input, optin, optout);
		}
		if (!catchall) return proms.length ? Promise.all(proms).then(() => payload) : payload;
		return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
	};
});
const $ZodObjectJIT = $constructor("$ZodObjectJIT", (inst, def) => {
	$ZodObject.init(inst, def);
	const superParse = inst._zod.parse;
	const _normalized = cached(() => normalizeDef(def));
	const memo = globalConfig.memoizer;
	const generateFastpass = (shape) => {
		const normalized = _normalized.value;
		const syms = normalized.symbolKeys;
		const doc = new Doc(["payload", "ctx"], {
			shape,
			inst,
			memo,
			syms
		});
		const parseStr = (k) => `shape[${k}]._zod.run({ value: input[${k}], issues: [] }, ctx)`;
		const prefixStr = (id, k) => `
          let ${id}_ab = false;
          for (let i = 0; i < ${id}.issues.length; i++) {
            const iss = ${id}.issues[i];
            iss.path = iss.path ? [${k}, ...iss.path] : [${k}];
            payload.issues.push(iss);
            if (iss.continue !== true) ${id}_ab = true;
          }
          if (${id}_ab && ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }`;
		doc.write(`const input = payload.value;`);
		const ids = Object.create(null);
		let counter = 0;
		for (const key of normalized.allKeys) ids[key] = `key_${counter++}`;
		doc.write(memo ? `const newResult = memo.alloc(inst, payload, {}, ctx);` : `const newResult = {};`);
		for (const key of normalized.allKeys) {
			if (key === "__proto__") continue;
			const id = ids[key];
			const k = typeof key === "symbol" ? `syms[${syms.indexOf(key)}]` : esc(key);
			const isPresent = `${k} in input`;
			const schema = shape[key];
			const optin = schema?._zod?.optin;
			const isOptionalIn = optin !== void 0;
			const isOptionalOut = schema?._zod?.optout === "optional";
			doc.write(`const ${id} = ${parseStr(k)};`);
			if (isOptionalIn && isOptionalOut) {
				const assign = optin === "optional" ? `${id}_present` : `${id}.value !== undefined || ${id}_present`;
				doc.write(`
        const ${id}_present = ${isPresent};
        if (!${id}.issues.length || ${id}_present) {
          if (${id}.issues.length) {${prefixStr(id, k)}
          }

          if (${assign}) {
            newResult[${k}] = ${id}.value;
          }
        }

      `);
			} else if (!isOptionalIn) doc.write(`
        const ${id}_present = ${isPresent};
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
        if (!${id}_present && !${id}.issues.length) {
          payload.issues.push({
            code: "invalid_type",
            expected: "nonoptional",
            input: undefined,
            path: [${k}]
          });
          if (ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }
        }

        if (${id}_present) {
          newResult[${k}] = ${id}.value;
        }

      `);
			else {
				doc.write(`
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
      `);
				if (optin === "defaulted") doc.write(`newResult[${k}] = ${id}.value;`);
				else doc.write(`
        if (${id}.value !== undefined || ${isPresent}) {
          newResult[${k}] = ${id}.value;
        }
      `);
			}
		}
		doc.write(`payload.value = newResult;`);
		doc.write(`return payload;`);
		return doc.compile();
	};
	let fastpass;
	const isObject = isObject$1;
	const jit = !globalConfig.jitless;
	const fastEnabled = jit && allowsEval.value;
	const catchall = def.catchall;
	let value;
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		if (jit && fastEnabled && ctx?.async === false && ctx.jitless !== true) {
			if (!fastpass) fastpass = generateFastpass(def.shape);
			payload = fastpass(payload, ctx);
			if (!catchall) return payload;
			return handleCatchall([], input, payload, ctx, value, inst, ctx?.abortEarly === true);
		}
		return superParse(payload, ctx);
	};
});
function handleUnionResults(results, final, inst, ctx) {
	for (const result of results) if (result.issues.length === 0) {
		final.value = result.value;
		return final;
	}
	const nonaborted = results.filter((r) => !aborted(r));
	if (nonaborted.length === 1) {
		final.value = nonaborted[0].value;
		return nonaborted[0];
	}
	final.issues.push({
		code: "invalid_union",
		input: final.value,
		inst,
		errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
	});
	return final;
}
const $ZodUnion = $constructor("$ZodUnion", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
	defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
	defineLazyInternal(inst, "values", (zod) => {
		if (zod.def.options.every((o) => o._zod.values)) return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		if (zod.def.options.every((o) => o._zod.pattern)) {
			const patterns = zod.def.options.map((o) => o._zod.pattern);
			return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
		}
	});
	const first = def.options.length === 1 ? def.options[0]._zod.run : null;
	inst._zod.parse = (payload, ctx) => {
		if (first) return first(payload, ctx);
		let async = false;
		const results = [];
		for (const option of def.options) {
			const result = option._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) {
				results.push(result);
				async = true;
			} else {
				if (result.issues.length === 0) return result;
				results.push(result);
			}
		}
		if (!async) return handleUnionResults(results, payload, inst, ctx);
		return Promise.all(results).then((results) => {
			return handleUnionResults(results, payload, inst, ctx);
		});
	};
});
function discriminatorMap(def) {
	const map = new Map();
	for (const option of def.options) {
		const values = option._zod.propValues?.[def.discriminator];
		if (!values || values.size === 0) throw new Error(`Invalid discriminated union option at index "${def.options.indexOf(option)}"`);
		for (const value of values) if (map.has(value)) {
			if (value !== void 0) throw new Error(`Duplicate discriminator value "${String(value)}"`);
			map.set(value, null);
		} else map.set(value, option);
	}
	return map;
}
const $ZodDiscriminatedUnion = $constructor("$ZodDiscriminatedUnion", (inst, def) => {
	def.inclusive = false;
	$ZodUnion.init(inst, def);
	const _super = inst._zod.parse;
	defineLazyInternal(inst, "propValues", (zod) => {
		const propValues = {};
		let undefinedCount = 0;
		for (const option of zod.def.options) {
			const pv = option._zod.propValues;
			if (!pv || Object.keys(pv).length === 0) throw new Error(`Invalid discriminated union option at index "${zod.def.options.indexOf(option)}"`);
			if (pv[zod.def.discriminator]?.has(void 0)) undefinedCount++;
			for (const [k, v] of Object.entries(pv)) {
				if (!Object.prototype.hasOwnProperty.call(propValues, k)) assignProp(propValues, k, new Set());
				for (const val of v) propValues[k].add(val);
			}
		}
		if (!zod.def.unionFallback && undefinedCount > 1) propValues[zod.def.discriminator]?.delete(void 0);
		return propValues;
	});
	def.options.forEach((option, i) => {
		const propShape = rawShape(option._zod.def);
		if (propShape && !Object.prototype.hasOwnProperty.call(propShape, def.discriminator)) throw new Error(`Invalid discriminated union option at index "${i}"`);
	});
	const disc = cached(() => discriminatorMap(def));
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!isObject$1(input)) {
			payload.issues.push({
				code: "invalid_type",
				expected: "object",
				input,
				inst
			});
			return payload;
		}
		const value = input?.[def.discriminator];
		const opt = disc.value.get(value);
		if (opt && (value !== void 0 || ctx.direction !== "backward")) return opt._zod.run(payload, ctx);
		if (def.unionFallback || ctx.direction === "backward") return _super(payload, ctx);
		payload.issues.push({
			code: "invalid_union",
			errors: [],
			note: "No matching discriminator",
			discriminator: def.discriminator,
			options: Array.from(disc.value.keys()).filter((value) => disc.value.get(value) !== null),
			input,
			path: [def.discriminator],
			inst
		});
		return payload;
	};
});
const $ZodIntersection = $constructor("$ZodIntersection", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		const left = def.left._zod.run({
			value: input,
			issues: []
		}, ctx);
		const right = def.right._zod.run({
			value: input,
			issues: []
		}, ctx);
		if (left instanceof Promise || right instanceof Promise) return Promise.all([left, right]).then(([left, right]) => {
			return handleIntersectionResults(payload, left, right);
		});
		return handleIntersectionResults(payload, left, right);
	};
});
function mergeValues(a, b) {
	if (a === b) return {
		valid: true,
		data: a
	};
	if (a instanceof Date && b instanceof Date && +a === +b) return {
		valid: true,
		data: a
	};
	if (isPlainObject(a) && isPlainObject(b)) {
		const bKeys = Object.keys(b);
		const sharedKeys = Object.keys(a).filter((key) => bKeys.indexOf(key) !== -1);
		const newObj = {
			...a,
			...b
		};
		if (Object.prototype.hasOwnProperty.call(newObj, "__proto__")) delete newObj.__proto__;
		for (const key of sharedKeys) {
			if (key === "__proto__") continue;
			const sharedValue = mergeValues(a[key], b[key]);
			if (!sharedValue.valid) return {
				valid: false,
				mergeErrorPath: [key, ...sharedValue.mergeErrorPath]
			};
			newObj[key] = sharedValue.data;
		}
		return {
			valid: true,
			data: newObj
		};
	}
	if (Array.isArray(a) && Array.isArray(b)) {
		if (a.length !== b.length) return {
			valid: false,
			mergeErrorPath: []
		};
		const newArray = [];
		for (let index = 0; index < a.length; index++) {
			const itemA = a[index];
			const itemB = b[index];
			const sharedValue = mergeValues(itemA, itemB);
			if (!sharedValue.valid) return {
				valid: false,
				mergeErrorPath: [index, ...sharedValue.mergeErrorPath]
			};
			newArray.push(sharedValue.data);
		}
		return {
			valid: true,
			data: newArray
		};
	}
	return {
		valid: false,
		mergeErrorPath: []
	};
}
function handleIntersectionResults(result, left, right) {
	const unrecKeys = new Map();
	let unrecIssue;
	const keyIssues = new Map();
	const collect = (iss, side) => {
		let keys;
		if (iss.code === "unrecognized_keys" && !iss.path?.length) {
			unrecIssue ?? (unrecIssue = iss);
			keys = iss.keys;
		} else if (iss.code === "invalid_key" && iss.origin === "record" && iss.path?.length === 1) {
			const k = String(iss.path[0]);
			if (!keyIssues.has(k)) keyIssues.set(k, iss);
			keys = [k];
		} else return false;
		for (const k of keys) {
			if (!unrecKeys.has(k)) unrecKeys.set(k, {});
			unrecKeys.get(k)[side] = true;
		}
		return true;
	};
	for (const iss of left.issues) if (!collect(iss, "l")) result.issues.push(iss);
	for (const iss of right.issues) if (!collect(iss, "r")) result.issues.push(iss);
	const bothKeys = [...unrecKeys].filter(([, f]) => f.l && f.r).map(([k]) => k);
	if (bothKeys.length) {
		const aggregated = unrecIssue ? bothKeys.filter((k) => unrecIssue.keys.includes(k)) : [];
		if (aggregated.length) result.issues.push({
			...unrecIssue,
			keys: aggregated
		});
		for (const k of bothKeys) if (!aggregated.includes(k) && keyIssues.has(k)) result.issues.push(keyIssues.get(k));
	}
	const merged = mergeValues(left.value, right.value);
	if (!merged.valid) {
		if (aborted(result)) return result;
		throw new Error(`Unmergable intersection. Error path: ${JSON.stringify(merged.mergeErrorPath)}`);
	}
	result.value = merged.data;
	return result;
}
const $ZodRecord = $constructor("$ZodRecord", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!isPlainObject(input)) {
			payload.issues.push({
				expected: "record",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		const proms = [];
		const values = def.keyType._zod.values;
		if (values && !def.partial) {
			payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
			const recordKeys = new Set();
			for (const key of values) if (typeof key === "string" || typeof key === "number" || typeof key === "symbol") {
				recordKeys.add(typeof key === "number" ? key.toString() : key);
				if (key === "__proto__") continue;
				const keyResult = def.keyType._zod.run({
					value: key,
					issues: []
				}, ctx);
				if (keyResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
				if (keyResult.issues.length) {
					payload.issues.push({
						code: "invalid_key",
						origin: "record",
						issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
						input: key,
						path: [key],
						inst
					});
					continue;
				}
				const outKey = keyResult.value;
				if (outKey === "__proto__") continue;
				const result = def.valueType._zod.run({
					value: input[key],
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((result) => {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}));
				else {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}
			}
			let unrecognized;
			for (const key in input) if (!recordKeys.has(key)) {
				if (def.mode === "loose") {
					if (key === "__proto__") continue;
					payload.value[key] = input[key];
				} else {
					unrecognized = unrecognized ?? [];
					unrecognized.push(key);
				}
			}
			if (unrecognized && unrecognized.length > 0) payload.issues.push({
				code: "unrecognized_keys",
				input,
				inst,
				keys: unrecognized,
				continue: true
			});
		} else {
			payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
			let unrecognized;
			for (const key of Reflect.ownKeys(input)) {
				if (key === "__proto__") continue;
				if (!Object.prototype.propertyIsEnumerable.call(input, key)) continue;
				let keyResult = def.keyType._zod.run({
					value: key,
					issues: []
				}, ctx);
				if (keyResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
				if (typeof key === "string" && number$3.test(key) && keyResult.issues.length) {
					const retryResult = def.keyType._zod.run({
						value: Number(key),
						issues: []
					}, ctx);
					if (retryResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
					if (retryResult.issues.length === 0) keyResult = retryResult;
				}
				if (keyResult.issues.length) {
					if (def.mode === "loose") payload.value[key] = input[key];
					else if (values) {
						unrecognized = unrecognized ?? [];
						unrecognized.push(key);
					} else payload.issues.push({
						code: "invalid_key",
						origin: "record",
						issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config())),
						input: key,
						path: [key],
						inst
					});
					continue;
				}
				const outKey = keyResult.value;
				if (outKey === "__proto__") continue;
				const result = def.valueType._zod.run({
					value: input[key],
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((result) => {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}));
				else {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}
			}
			if (unrecognized && unrecognized.length > 0) payload.issues.push({
				code: "unrecognized_keys",
				input,
				inst,
				keys: unrecognized,
				continue: true
			});
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
});
const $ZodEnum = $constructor("$ZodEnum", (inst, def) => {
	$ZodType.init(inst, def);
	const values = getEnumValues(def.entries);
	const valuesSet = new Set(values);
	inst._zod.values = valuesSet;
	defineLazyInternal(inst, "pattern", (zod) => {
		const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
		return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (valuesSet.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values,
			input,
			inst
		});
		return payload;
	};
});
const $ZodLiteral = $constructor("$ZodLiteral", (inst, def) => {
	$ZodType.init(inst, def);
	const values = new Set(def.values);
	inst._zod.values = values;
	defineLazyInternal(inst, "pattern", (zod) => {
		const vals = zod.def.values;
		return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (values.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values: def.values,
			input,
			inst
		});
		return payload;
	};
});
const $ZodTransform = $constructor("$ZodTransform", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "optional";
	globalConfig.memoizer?.guard(inst);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") throw new $ZodEncodeError(inst.constructor.name);
		const _out = def.transform(payload.value, payload);
		if (ctx.async) return (_out instanceof Promise ? _out : Promise.resolve(_out)).then((output) => {
			payload.value = output;
			return payload;
		});
		if (_out instanceof Promise) throw new $ZodAsyncError();
		payload.value = _out;
		return payload;
	};
});
function handleOptionalResult(payload, result) {
	payload.value = result.issues.length ? void 0 : result.value;
	return payload;
}
const $ZodOptional = $constructor("$ZodOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	inst._zod.optout = "optional";
	defineLazyInternal(inst, "values", (zod) => {
		const values = zod.def.innerType._zod.values;
		return values ? new Set([...values, void 0]) : void 0;
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === void 0) {
			if (def.innerType._zod.optin !== "defaulted") return payload;
			const result = def.innerType._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) return result.then((result) => handleOptionalResult(payload, result));
			return handleOptionalResult(payload, result);
		}
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodExactOptional = $constructor("$ZodExactOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	defineLazyInternal(inst, "pattern", (zod) => zod.def.innerType._zod.pattern);
	inst._zod.parse = (payload, ctx) => {
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNullable = $constructor("$ZodNullable", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : void 0;
	});
	defineLazyInternal(inst, "values", (zod) => {
		return zod.def.innerType._zod.values ? new Set([...zod.def.innerType._zod.values, null]) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === null) return payload;
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodDefault = $constructor("$ZodDefault", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "defaulted";
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		if (payload.value === void 0) {
			payload.value = def.defaultValue;
			return payload;
		}
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then((result) => handleDefaultResult(result, def));
		return handleDefaultResult(result, def);
	};
});
function handleDefaultResult(payload, def) {
	if (payload.value === void 0) payload.value = def.defaultValue;
	return payload;
}
const $ZodPrefault = $constructor("$ZodPrefault", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "defaulted";
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		if (payload.value === void 0) payload.value = def.defaultValue;
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNonOptional = $constructor("$ZodNonOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => {
		const v = zod.def.innerType._zod.values;
		return v ? new Set([...v].filter((x) => x !== void 0)) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then((result) => handleNonOptionalResult(result, inst));
		return handleNonOptionalResult(result, inst);
	};
});
function handleNonOptionalResult(payload, inst) {
	if (!payload.issues.length && payload.value === void 0) payload.issues.push({
		code: "invalid_type",
		expected: "nonoptional",
		input: payload.value,
		inst
	});
	return payload;
}
function handleCatchResult(payload, result, def, ctx) {
	if (!result.issues.length) {
		payload.value = result.value;
		if (result.memo) payload.memo = true;
		return payload;
	}
	payload.value = def.catchValue({
		...result,
		value: payload.value,
		error: { issues: result.issues.map((iss) => finalizeIssue(iss, ctx, config())) },
		input: payload.value
	});
	return payload;
}
const $ZodCatch = $constructor("$ZodCatch", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		const result = def.innerType._zod.run({
			value: payload.value,
			issues: []
		}, ctx);
		if (result instanceof Promise) return result.then((result) => handleCatchResult(payload, result, def, ctx));
		return handleCatchResult(payload, result, def, ctx);
	};
});
const $ZodPipe = $constructor("$ZodPipe", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
	defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
	defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") {
			const right = def.out._zod.run(payload, ctx);
			if (right instanceof Promise) return right.then((right) => handlePipeResult(right, def.in, ctx));
			return handlePipeResult(right, def.in, ctx);
		}
		const left = def.in._zod.run(payload, ctx);
		if (left instanceof Promise) return left.then((left) => handlePipeResult(left, def.out, ctx));
		return handlePipeResult(left, def.out, ctx);
	};
});
function handlePipeResult(left, next, ctx) {
	if (left.issues.some((iss) => iss.code !== "unrecognized_keys")) {
		left.aborted = true;
		return left;
	}
	return next._zod.run({
		value: left.value,
		issues: left.issues
	}, ctx);
}
const $ZodReadonly = $constructor("$ZodReadonly", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "propValues", (zod) => zod.def.innerType._zod.propValues);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType?._zod?.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType?._zod?.optout);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then(handleReadonlyResult);
		return handleReadonlyResult(result);
	};
});
function handleReadonlyResult(payload) {
	if (!payload.memo) payload.value = Object.freeze(payload.value);
	return payload;
}
const $ZodCustom = $constructor("$ZodCustom", (inst, def) => {
	$ZodCheck.init(inst, def);
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _) => {
		return payload;
	};
	inst._zod.check = (payload) => {
		const input = payload.value;
		const r = def.fn(input);
		if (r instanceof Promise) return r.then((r) => handleRefineResult(r, payload, input, inst));
		handleRefineResult(r, payload, input, inst);
	};
});
function handleRefineResult(result, payload, input, inst) {
	if (!result) {
		const _iss = {
			code: "custom",
			input,
			inst,
			path: [...inst._zod.def.path ?? []],
			continue: !inst._zod.def.abort
		};
		if (inst._zod.def.params) _iss.params = inst._zod.def.params;
		payload.issues.push(issue(_iss));
	}
}
// node_modules/zod/v4/core/memoizer.js
var $ZodCyclicError = class extends Error {
	constructor() {
		super(`Cannot parse a reference cycle that closes through a transform`);
		this.name = "ZodCyclicError";
	}
};
const STATE = "~memo";
const NO_ISSUES = [];
function isRef(value) {
	return value !== null && typeof value === "object";
}
function cloneIssues(issues) {
	return issues.map((iss) => iss.path ? {
		...iss,
		path: iss.path.slice()
	} : { ...iss });
}
const recursive = new WeakMap();
const NONE = 0;
const ASSUMED = 1;
const PROVEN = 2;
function isRecursive(inst, stack, resolve) {
	const cached = recursive.get(inst);
	if (cached !== void 0) return cached ? PROVEN : NONE;
	if (stack.has(inst)) return PROVEN;
	stack.add(inst);
	let result = NONE;
	const check = (child) => {
		if (result !== PROVEN && child?._zod) {
			const answer = isRecursive(child, stack, resolve);
			if (answer > result) result = answer;
		}
	};
	const shape = (sh, spread) => {
		let answer = NONE;
		for (const key of Reflect.ownKeys(sh)) {
			const desc = Object.getOwnPropertyDescriptor(sh, key);
			if (spread && !desc.enumerable) continue;
			const child = desc.get ? ASSUMED : desc.value?._zod ? isRecursive(desc.value, stack, resolve) : NONE;
			if (child > answer) answer = child;
		}
		return answer;
	};
	const merge = (answer) => {
		if (answer > result) result = answer;
	};
	const def = inst._zod.def;
	switch (def.type) {
		case "object": {
			const raw = rawShape(def);
			merge(raw ? shape(raw, true) : ASSUMED);
			check(def.catchall);
			break;
		}
		case "array":
			check(def.element);
			break;
		case "tuple":
			for (const el of def.items) check(el);
			check(def.rest);
			break;
		case "record":
		case "map":
			check(def.keyType);
			check(def.valueType);
			break;
		case "set":
			check(def.valueType);
			break;
		case "union":
			for (const el of def.options) check(el);
			break;
		case "intersection":
			check(def.left);
			check(def.right);
			break;
		case "optional":
		case "nullable":
		case "default":
		case "prefault":
		case "catch":
		case "readonly":
		case "nonoptional":
		case "promise":
		case "success":
			check(def.innerType);
			break;
		case "pipe":
			check(def.in);
			check(def.out);
			break;
		case "function":
			check(def.input);
			check(def.output);
			break;
		case "lazy": {
			const inner = def._cachedInner ?? (resolve ? inst._zod.innerType : void 0);
			merge(inner ? isRecursive(inner, stack, false) : ASSUMED);
			break;
		}
		case "template_literal":
		case "string":
		case "number":
		case "int":
		case "boolean":
		case "bigint":
		case "symbol":
		case "undefined":
		case "null":
		case "void":
		case "never":
		case "any":
		case "unknown":
		case "date":
		case "nan":
		case "enum":
		case "literal":
		case "file":
		case "transform":
		case "custom": break;
		default: for (const key in def) {
			const desc = Object.getOwnPropertyDescriptor(def, key);
			if (!desc || desc.get) continue;
			const value = desc.value;
			if (!value || typeof value !== "object") continue;
			if (value._zod) check(value);
			else if (Array.isArray(value)) for (const el of value) check(el);
		}
	}
	stack.delete(inst);
	return settle(inst, result);
}
function settle(inst, answer) {
	if (answer !== ASSUMED) recursive.set(inst, answer === PROVEN);
	return answer;
}
function bucketFor(state, inst) {
	let bucket = state.buckets.get(inst);
	if (!bucket) {
		bucket = new WeakMap();
		state.buckets.set(inst, bucket);
	}
	return bucket;
}
let handoff;
const open$1 = [];
const memo = {
	alloc(_inst, payload, empty) {
		const bucket = handoff;
		if (!bucket) return empty;
		handoff = void 0;
		const entry = {
			value: empty,
			issues: null
		};
		bucket.set(payload.value, entry);
		open$1.push(entry);
		return empty;
	},
	guard(inst) {
		var _a;
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred.push(() => {
			const base = inst._zod.parse;
			const wrapped = (payload, ctx) => {
				if (ctx.direction !== "backward" && isBackEdge(ctx, payload.value)) throw new $ZodCyclicError();
				return base(payload, ctx);
			};
			inst._zod.parse = wrapped;
			if (inst._zod.run === base) inst._zod.run = wrapped;
		});
	},
	attach(inst) {
		var _a;
		let isRecursiveInst;
		let rechecked = false;
		let lastCtx;
		let lastBucket;
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred.push(() => {
			const base = inst._zod.parse;
			const wrapped = (payload, ctx) => {
				if (isRecursiveInst === void 0) {
					const walked = isRecursive(inst, new Set(), false);
					if (walked === NONE) {
						inst._zod.parse = base;
						if (inst._zod.run === wrapped) inst._zod.run = base;
						return base(payload, ctx);
					}
					if (walked === PROVEN || rechecked) isRecursiveInst = true;
					else rechecked = true;
				}
				const input = payload.value;
				if (!isRef(input)) return base(payload, ctx);
				let state = ctx[STATE];
				if (!state) {
					state = {
						buckets: new WeakMap(),
						backEdges: void 0
					};
					ctx[STATE] = state;
				}
				let bucket;
				if (lastCtx === ctx) bucket = lastBucket;
				else {
					bucket = bucketFor(state, inst);
					lastCtx = ctx;
					lastBucket = bucket;
				}
				const hit = bucket.get(input);
				if (hit) {
					payload.value = hit.value;
					if (hit.issues) {
						if (hit.issues.length) payload.issues.push(...cloneIssues(hit.issues));
					} else {
						payload.memo = true;
						state.backEdges ?? (state.backEdges = new WeakSet());
						state.backEdges.add(hit.value);
					}
					return payload;
				}
				handoff = bucket;
				const depth = open$1.length;
				const result = base(payload, ctx);
				handoff = void 0;
				const entry = open$1.length > depth ? open$1.pop() : void 0;
				if (result instanceof Promise) return result.then((r) => {
					if (entry) entry.issues = r.issues.length ? cloneIssues(r.issues) : NO_ISSUES;
					return r;
				});
				if (entry) entry.issues = result.issues.length ? cloneIssues(result.issues) : NO_ISSUES;
				return result;
			};
			inst._zod.parse = wrapped;
			if (inst._zod.run === base) inst._zod.run = wrapped;
		});
	}
};
function memoizer() {
	return memo;
}
function isBackEdge(ctx, value) {
	const backEdges = ctx[STATE]?.backEdges;
	return backEdges !== void 0 && isRef(value) && backEdges.has(value);
}
// node_modules/zod/v4/locales/en.js
const error = () => {
	const Sizable = {
		string: {
			unit: "characters",
			verb: "to have"
		},
		file: {
			unit: "bytes",
			verb: "to have"
		},
		array: {
			unit: "items",
			verb: "to have"
		},
		set: {
			unit: "items",
			verb: "to have"
		},
		map: {
			unit: "entries",
			verb: "to have"
		}
	};
	function getSizing(origin) {
		return Sizable[origin] ?? null;
	}
	const FormatDictionary = {
		regex: "input",
		email: "email address",
		url: "URL",
		emoji: "emoji",
		uuid: "UUID",
		uuidv4: "UUIDv4",
		uuidv6: "UUIDv6",
		nanoid: "nanoid",
		guid: "GUID",
		cuid: "cuid",
		cuid2: "cuid2",
		ulid: "ULID",
		xid: "XID",
		ksuid: "KSUID",
		datetime: "ISO datetime",
		date: "ISO date",
		time: "ISO time",
		duration: "ISO duration",
		ipv4: "IPv4 address",
		ipv6: "IPv6 address",
		mac: "MAC address",
		cidrv4: "IPv4 range",
		cidrv6: "IPv6 range",
		base64: "base64-encoded string",
		base64url: "base64url-encoded string",
		json_string: "JSON string",
		e164: "E.164 number",
		currency_code: "currency code",
		credit_card: "credit card number",
		iban: "IBAN",
		jwt: "JWT",
		template_literal: "input"
	};
	const TypeDictionary = { nan: "NaN" };
	function getTypeName(type, input) {
		if (type === "number" && typeof input === "number" && !Number.isFinite(input)) return String(input);
		return TypeDictionary[type] ?? type;
	}
	return (issue) => {
		switch (issue.code) {
			case "invalid_type": return `Invalid input: expected ${getTypeName(issue.expected)}, received ${getTypeName(parsedType(issue.input), issue.input)}`;
			case "invalid_value":
				if (issue.values.length === 1) return `Invalid input: expected ${stringifyPrimitive(issue.values[0])}`;
				return `Invalid option: expected one of ${joinValues(issue.values, "|")}`;
			case "too_big": {
				const adj = issue.exact ? "exactly " : issue.inclusive ? "<=" : "<";
				const sizing = getSizing(issue.origin);
				if (sizing) return `Too big: expected ${issue.origin ?? "value"} to have ${adj}${issue.maximum.toString()} ${sizing.unit ?? "elements"}`;
				return `Too big: expected ${issue.origin ?? "value"} to be ${adj}${issue.maximum.toString()}`;
			}
			case "too_small": {
				const adj = issue.exact ? "exactly " : issue.inclusive ? ">=" : ">";
				const sizing = getSizing(issue.origin);
				if (sizing) return `Too small: expected ${issue.origin} to have ${adj}${issue.minimum.toString()} ${sizing.unit}`;
				return `Too small: expected ${issue.origin} to be ${adj}${issue.minimum.toString()}`;
			}
			case "invalid_format": {
				const _issue = issue;
				if (_issue.format === "starts_with") return `Invalid string: must start with "${_issue.prefix}"`;
				if (_issue.format === "ends_with") return `Invalid string: must end with "${_issue.suffix}"`;
				if (_issue.format === "includes") return `Invalid string: must include "${_issue.includes}"`;
				if (_issue.format === "regex") return `Invalid string: must match pattern ${_issue.pattern}`;
				return `Invalid ${FormatDictionary[_issue.format] ?? issue.format}`;
			}
			case "not_multiple_of": return `Invalid number: must be a multiple of ${issue.divisor}`;
			case "unrecognized_keys": return `Unrecognized key${issue.keys.length > 1 ? "s" : ""}: ${joinValues(issue.keys, ", ")}`;
			case "invalid_key": return `Invalid key in ${issue.origin}`;
			case "invalid_union":
				if (issue.options && Array.isArray(issue.options) && issue.options.length > 0) return `Invalid discriminator value. Expected ${issue.options.map((o) => `'${o}'`).join(" | ")}`;
				if (issue.inclusive === false) return "Invalid input: more than one option matched";
				return "Invalid input";
			case "invalid_element": return `Invalid value in ${issue.origin}`;
			default: return `Invalid input`;
		}
	};
};
function en_default() {
	return { localeError: error() };
}
// node_modules/zod/v4/core/registries.js
var _a;
var $ZodRegistry = class {
	constructor() {
		this._map = new WeakMap();
		this._idmap = new Map();
	}
	add(schema, ..._meta) {
		const meta = _meta[0];
		this._map.set(schema, meta);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.set(meta.id, schema);
		return this;
	}
	clear() {
		this._map = new WeakMap();
		this._idmap = new Map();
		return this;
	}
	remove(schema) {
		const meta = this._map.get(schema);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.delete(meta.id);
		this._map.delete(schema);
		return this;
	}
	get(schema) {
		const p = schema._zod.parent;
		if (p) {
			const pm = { ...this.get(p) ?? {} };
			delete pm.id;
			const f = {
				...pm,
				...this._map.get(schema)
			};
			return Object.keys(f).length ? f : void 0;
		}
		return this._map.get(schema);
	}
	has(schema) {
		return this._map.has(schema);
	}
};
function registry() {
	return new $ZodRegistry();
}
(_a = globalThis).__zod_globalRegistry ?? (_a.__zod_globalRegistry = registry());
const globalRegistry = globalThis.__zod_globalRegistry;
// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
	if (def.checks) def.checks = [...def.checks];
	return def;
}
function _string(Class, params) {
	return new Class(snapshotChecks({
		type: "string",
		...normalizeParams(params)
	}));
}
function _email(Class, params) {
	return new Class({
		type: "string",
		format: "email",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _guid(Class, params) {
	return new Class({
		type: "string",
		format: "guid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _uuid(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _uuidv4(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v4",
		...normalizeParams(params)
	});
}
function _uuidv6(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v6",
		...normalizeParams(params)
	});
}
function _uuidv7(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v7",
		...normalizeParams(params)
	});
}
function _url(Class, params) {
	return new Class({
		type: "string",
		format: "url",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _emoji(Class, params) {
	return new Class({
		type: "string",
		format: "emoji",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _nanoid(Class, params) {
	return new Class({
		type: "string",
		format: "nanoid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _cuid(Class, params) {
	return new Class({
		type: "string",
		format: "cuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _cuid2(Class, params) {
	return new Class({
		type: "string",
		format: "cuid2",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _ulid(Class, params) {
	return new Class({
		type: "string",
		format: "ulid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _xid(Class, params) {
	return new Class({
		type: "string",
		format: "xid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _ksuid(Class, params) {
	return new Class({
		type: "string",
		format: "ksuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _ipv4(Class, params) {
	return new Class({
		type: "string",
		format: "ipv4",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _ipv6(Class, params) {
	return new Class({
		type: "string",
		format: "ipv6",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _cidrv4(Class, params) {
	return new Class({
		type: "string",
		format: "cidrv4",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _cidrv6(Class, params) {
	return new Class({
		type: "string",
		format: "cidrv6",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _base64(Class, params) {
	return new Class({
		type: "string",
		format: "base64",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _base64url(Class, params) {
	return new Class({
		type: "string",
		format: "base64url",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _e164(Class, params) {
	return new Class({
		type: "string",
		format: "e164",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _jwt(Class, params) {
	return new Class({
		type: "string",
		format: "jwt",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
function _isoDateTime(Class, params) {
	return new Class({
		type: "string",
		format: "datetime",
		check: "string_format",
		offset: false,
		local: false,
		precision: null,
		...normalizeParams(params)
	});
}
function _isoDate(Class, params) {
	return new Class({
		type: "string",
		format: "date",
		check: "string_format",
		...normalizeParams(params)
	});
}
function _isoTime(Class, params) {
	return new Class({
		type: "string",
		format: "time",
		check: "string_format",
		precision: null,
		...normalizeParams(params)
	});
}
function _isoDuration(Class, params) {
	return new Class({
		type: "string",
		format: "duration",
		check: "string_format",
		...normalizeParams(params)
	});
}
function _number(Class, params) {
	return new Class(snapshotChecks({
		type: "number",
		checks: [],
		...normalizeParams(params)
	}));
}
function _coercedNumber(Class, params) {
	return new Class(snapshotChecks({
		type: "number",
		coerce: true,
		checks: [],
		...normalizeParams(params)
	}));
}
function _int(Class, params) {
	return new Class({
		type: "number",
		check: "number_format",
		abort: false,
		format: "safeint",
		...normalizeParams(params)
	});
}
function _boolean(Class, params) {
	return new Class({
		type: "boolean",
		...normalizeParams(params)
	});
}
function _null$1(Class, params) {
	return new Class({
		type: "null",
		...normalizeParams(params)
	});
}
function _unknown(Class) {
	return new Class({ type: "unknown" });
}
function _never(Class, params) {
	return new Class({
		type: "never",
		...normalizeParams(params)
	});
}
function _lt(value, params) {
	return new $ZodCheckLessThan({
		check: "less_than",
		...normalizeParams(params),
		value,
		inclusive: false
	});
}
function _lte(value, params) {
	return new $ZodCheckLessThan({
		check: "less_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
function _gt(value, params) {
	return new $ZodCheckGreaterThan({
		check: "greater_than",
		...normalizeParams(params),
		value,
		inclusive: false
	});
}
function _gte(value, params) {
	return new $ZodCheckGreaterThan({
		check: "greater_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
function _multipleOf(value, params) {
	return new $ZodCheckMultipleOf({
		check: "multiple_of",
		...normalizeParams(params),
		value
	});
}
function _maxLength(maximum, params) {
	return new $ZodCheckMaxLength({
		check: "max_length",
		...normalizeParams(params),
		maximum
	});
}
function _minLength(minimum, params) {
	return new $ZodCheckMinLength({
		check: "min_length",
		...normalizeParams(params),
		minimum
	});
}
function _length(length, params) {
	return new $ZodCheckLengthEquals({
		check: "length_equals",
		...normalizeParams(params),
		length
	});
}
function _regex(pattern, params) {
	return new $ZodCheckRegex({
		check: "string_format",
		format: "regex",
		...normalizeParams(params),
		pattern
	});
}
function _lowercase(params) {
	return new $ZodCheckLowerCase({
		check: "string_format",
		format: "lowercase",
		...normalizeParams(params)
	});
}
function _uppercase(params) {
	return new $ZodCheckUpperCase({
		check: "string_format",
		format: "uppercase",
		...normalizeParams(params)
	});
}
function _includes(includes, params) {
	return new $ZodCheckIncludes({
		check: "string_format",
		format: "includes",
		...normalizeParams(params),
		includes
	});
}
function _startsWith(prefix, params) {
	return new $ZodCheckStartsWith({
		check: "string_format",
		format: "starts_with",
		...normalizeParams(params),
		prefix
	});
}
function _endsWith(suffix, params) {
	return new $ZodCheckEndsWith({
		check: "string_format",
		format: "ends_with",
		...normalizeParams(params),
		suffix
	});
}
function _overwrite(tx) {
	return new $ZodCheckOverwrite({
		check: "overwrite",
		tx
	});
}
function _normalize(form) {
	return _overwrite((input) => input.normalize(form));
}
function _trim() {
	return _overwrite((input) => input.trim());
}
function _toLowerCase() {
	return _overwrite((input) => input.toLowerCase());
}
function _toUpperCase() {
	return _overwrite((input) => input.toUpperCase());
}
function _slugify() {
	return _overwrite((input) => slugify(input));
}
function _array(Class, element, params) {
	return new Class({
		type: "array",
		element,
		...normalizeParams(params)
	});
}
function _refine(Class, fn, _params) {
	return new Class({
		type: "custom",
		check: "custom",
		fn,
		...normalizeParams(_params)
	});
}
function _superRefine(fn, params) {
	const ch = _check((payload) => {
		payload.addIssue = (issue$2) => {
			if (typeof issue$2 === "string") payload.issues.push(issue(issue$2, payload.value, ch._zod.def));
			else {
				const _issue = issue$2;
				if (_issue.fatal) _issue.continue = false;
				_issue.code ?? (_issue.code = "custom");
				if (!("input" in _issue)) _issue.input = payload.value;
				_issue.inst ?? (_issue.inst = ch);
				_issue.continue ?? (_issue.continue = !ch._zod.def.abort);
				payload.issues.push(issue(_issue));
			}
		};
		return fn(payload.value, payload);
	}, params);
	return ch;
}
function _check(fn, params) {
	const ch = new $ZodCheck({
		check: "custom",
		...normalizeParams(params)
	});
	ch._zod.check = fn;
	return ch;
}
// node_modules/zod/v4/core/to-json-schema.js
function assignProps(target, ...sources) {
	for (const source of sources) for (const key of Reflect.ownKeys(source)) if (Object.prototype.propertyIsEnumerable.call(source, key)) assignProp(target, key, source[key]);
	return target;
}
function initializeContext(params) {
	let target = params?.target ?? "draft-2020-12";
	if (target === "draft-4") target = "draft-04";
	if (target === "draft-7") target = "draft-07";
	return {
		processors: params.processors ?? {},
		metadataRegistry: params?.metadata ?? globalRegistry,
		target,
		unrepresentable: params?.unrepresentable ?? "throw",
		override: params?.override ?? (() => {}),
		io: params?.io ?? "output",
		counter: 0,
		seen: new Map(),
		sharedDefsExtractedFor: void 0,
		sharedEmitDoneFor: void 0,
		cycles: params?.cycles ?? "ref",
		reused: params?.reused ?? "inline",
		intersections: [],
		deferred: [],
		external: params?.external ?? void 0
	};
}
function handleUnrepresentable(schema, ctx, json, params, message) {
	const result = typeof ctx.unrepresentable === "function" ? ctx.unrepresentable({
		zodSchema: schema,
		path: params.path,
		message
	}) : ctx.unrepresentable;
	if (result === "any") return false;
	if (result === void 0 || result === "throw") throw new Error(message);
	Object.assign(json, result);
	return true;
}
function processSchema(schema, ctx, _params = {
	path: [],
	schemaPath: []
}) {
	var _a;
	const def = schema._zod.def;
	const seen = ctx.seen.get(schema);
	if (seen) {
		seen.count++;
		if (_params.schemaPath.includes(schema)) seen.cycle = _params.path;
		return seen.schema;
	}
	const result = {
		schema: {},
		count: 1,
		cycle: void 0,
		path: _params.path
	};
	ctx.seen.set(schema, result);
	ctx.sharedDefsExtractedFor = void 0;
	ctx.sharedEmitDoneFor = void 0;
	const overrideSchema = schema._zod.toJSONSchema?.();
	if (overrideSchema) result.schema = overrideSchema;
	else {
		const params = {
			..._params,
			schemaPath: [..._params.schemaPath, schema],
			path: _params.path
		};
		if (schema._zod.processJSONSchema) schema._zod.processJSONSchema(ctx, result.schema, params);
		else {
			const _json = result.schema;
			const processor = ctx.processors[def.type];
			if (!processor) throw new Error(`[toJSONSchema]: Non-representable type encountered: ${def.type}`);
			processor(schema, ctx, _json, params);
		}
		const parent = schema._zod.parent;
		if (parent) {
			if (!result.ref) result.ref = parent;
			processSchema(parent, ctx, params);
			ctx.seen.get(parent).isParent = true;
		}
	}
	const meta = ctx.metadataRegistry.get(schema);
	if (meta) assignProps(result.schema, meta);
	if (ctx.io === "input" && isTransforming(schema)) {
		delete result.schema.examples;
		delete result.schema.default;
	}
	if (ctx.io === "input" && "_prefault" in result.schema) (_a = result.schema).default ?? (_a.default = result.schema._prefault);
	delete result.schema._prefault;
	return ctx.seen.get(schema).schema;
}
function encodeJSONPointerSegment(segment) {
	return segment.replace(/~/g, "~0").replace(/\//g, "~1");
}
function extractDefs(ctx, schema) {
	const root = ctx.seen.get(schema);
	if (!root) throw new Error("Unprocessed schema. This is a bug in Zod.");
	if (ctx.external && ctx.sharedDefsExtractedFor === ctx.external) return;
	const idToSchema = new Map();
	for (const entry of ctx.seen.entries()) {
		const id = ctx.metadataRegistry.get(entry[0])?.id;
		if (id) {
			const existing = idToSchema.get(id);
			if (existing && existing !== entry[0]) throw new Error(`Duplicate schema id "${id}" detected during JSON Schema conversion. Two different schemas cannot share the same id when converted together.`);
			idToSchema.set(id, entry[0]);
		}
	}
	const makeURI = (entry) => {
		const defsSegment = ctx.target === "draft-2020-12" ? "$defs" : "definitions";
		if (ctx.external) {
			const externalId = ctx.external.registry.get(entry[0])?.id;
			const uriGenerator = ctx.external.uri ?? ((id) => id);
			if (externalId) return { ref: uriGenerator(externalId) };
			const id = entry[1].defId ?? entry[1].schema.id ?? `schema${ctx.counter++}`;
			entry[1].defId = id;
			return {
				defId: id,
				ref: `${uriGenerator("__shared")}#/${defsSegment}/${encodeJSONPointerSegment(id)}`
			};
		}
		const uriPrefix = `#`;
		const defUriPrefix = `${uriPrefix}/${defsSegment}/`;
		if (entry[1] === root && !entry[1].schema.id) return { ref: uriPrefix };
		const defId = entry[1].schema.id ?? `__schema${ctx.counter++}`;
		return {
			defId,
			ref: defUriPrefix + encodeJSONPointerSegment(defId)
		};
	};
	const extractToDef = (entry) => {
		if (entry[1].schema.$ref) return;
		const seen = entry[1];
		const { ref, defId } = makeURI(entry);
		seen.def = { ...seen.schema };
		if (defId) seen.defId = defId;
		const schema = seen.schema;
		for (const key in schema) delete schema[key];
		schema.$ref = ref;
	};
	if (ctx.cycles === "throw") for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (seen.cycle) throw new Error(`Cycle detected: #/${seen.cycle?.join("/")}/<root>

Set the \`cycles\` parameter to \`"ref"\` to resolve cyclical schemas with defs.`);
	}
	for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (schema === entry[0]) {
			extractToDef(entry);
			continue;
		}
		if (ctx.external) {
			const ext = ctx.external.registry.get(entry[0])?.id;
			if (schema !== entry[0] && ext) {
				extractToDef(entry);
				continue;
			}
		}
		if (ctx.metadataRegistry.get(entry[0])?.id) {
			extractToDef(entry);
			continue;
		}
		if (seen.cycle) {
			extractToDef(entry);
			continue;
		}
		if (seen.count > 1) {
			if (ctx.reused === "ref") extractToDef(entry);
		}
	}
	if (ctx.external) ctx.sharedDefsExtractedFor = ctx.external;
}
function compactTypeUnion(schema) {
	const options = schema.anyOf;
	if (!Array.isArray(options) || options.length === 0 || schema.type !== void 0) return;
	const types = [];
	for (const option of options) {
		if (!option || typeof option !== "object") return;
		compactTypeUnion(option);
		const keys = Object.keys(option);
		if (keys.length !== 1 || keys[0] !== "type") return;
		const type = option.type;
		for (const member of Array.isArray(type) ? type : [type]) {
			if (typeof member !== "string") return;
			if (!types.includes(member)) types.push(member);
		}
	}
	delete schema.anyOf;
	schema.type = types.length === 1 ? types[0] : types;
}
const FOLDABLE_KEYS = new Set([
	"type",
	"properties",
	"required",
	"additionalProperties"
]);
const UNION_KEYS = ["oneOf", "anyOf"];
function undeclaredConstraint(member) {
	const extra = member.additionalProperties;
	if (extra === void 0 || extra === false || typeof extra !== "object" || extra === null) return null;
	return Object.keys(extra).length ? extra : null;
}
function foldObjects(members) {
	const objects = [];
	for (const member of members) {
		if (typeof member !== "object" || member.type !== "object") return null;
		for (const key in member) if (!FOLDABLE_KEYS.has(key)) return null;
		objects.push(member);
	}
	const properties = {};
	const required = new Set();
	for (const object of objects) {
		for (const key in object.properties) {
			if (Object.prototype.hasOwnProperty.call(properties, key)) continue;
			const parts = [];
			for (const other of objects) {
				const part = other.properties?.[key] ?? undeclaredConstraint(other);
				if (part === null || part === void 0) continue;
				if (!parts.some((seen) => JSON.stringify(seen) === JSON.stringify(part))) parts.push(part);
			}
			assignProp(properties, key, parts.length === 1 ? parts[0] : foldObjects(parts) ?? { allOf: parts });
		}
		for (const key of object.required ?? []) required.add(key);
	}
	const folded = {
		type: "object",
		properties
	};
	if (required.size) folded.required = [...required];
	if (objects.every((object) => object.additionalProperties === false)) folded.additionalProperties = false;
	else {
		const constraints = [];
		for (const object of objects) {
			const constraint = undeclaredConstraint(object);
			if (constraint && !constraints.some((seen) => JSON.stringify(seen) === JSON.stringify(constraint))) constraints.push(constraint);
		}
		if (constraints.length === 1) folded.additionalProperties = constraints[0];
		else if (constraints.length > 1) folded.additionalProperties = { allOf: constraints };
	}
	return folded;
}
function foldIntersection(json) {
	const allOf = json.allOf;
	if (!Array.isArray(allOf) || allOf.length < 2) return;
	for (const key of FOLDABLE_KEYS) if (key in json) return;
	const unions = allOf.filter((m) => UNION_KEYS.some((k) => Array.isArray(m[k])));
	let folded = null;
	if (!unions.length) folded = foldObjects(allOf);
	else {
		const union = unions[0];
		const keyword = UNION_KEYS.find((k) => Array.isArray(union[k]));
		if (Object.keys(union).length !== 1) return;
		const rest = allOf.filter((m) => m !== union);
		const branches = union[keyword].map((branch) => foldObjects([...rest, branch]));
		if (branches.some((b) => !b)) return;
		folded = { [keyword]: branches };
	}
	if (!folded) return;
	delete json.allOf;
	assignProps(json, folded);
}
function finalize(ctx, schema) {
	const root = ctx.seen.get(schema);
	if (!root) throw new Error("Unprocessed schema. This is a bug in Zod.");
	const flattenRef = (zodSchema) => {
		const seen = ctx.seen.get(zodSchema);
		if (seen.ref === null) return;
		const schema = seen.def ?? seen.schema;
		const _cached = { ...schema };
		const ref = seen.ref;
		seen.ref = null;
		if (ref) {
			flattenRef(ref);
			const refSeen = ctx.seen.get(ref);
			const refSchema = refSeen.schema;
			if (refSchema.$ref && (ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0")) {
				schema.allOf = schema.allOf ?? [];
				schema.allOf.push(refSchema);
			} else assignProps(schema, refSchema);
			assignProps(schema, _cached);
			if (zodSchema._zod.parent === ref) for (const key in schema) {
				if (key === "$ref" || key === "allOf") continue;
				if (!(key in _cached)) delete schema[key];
			}
			if (refSchema.$ref && refSeen.def) for (const key in schema) {
				if (key === "$ref" || key === "allOf") continue;
				if (key in refSeen.def && JSON.stringify(schema[key]) === JSON.stringify(refSeen.def[key])) delete schema[key];
			}
		}
		const parent = zodSchema._zod.parent;
		if (parent && parent !== ref) {
			flattenRef(parent);
			const parentSeen = ctx.seen.get(parent);
			if (parentSeen?.schema.$ref) {
				schema.$ref = parentSeen.schema.$ref;
				if (parentSeen.def) for (const key in schema) {
					if (key === "$ref" || key === "allOf") continue;
					if (key in parentSeen.def && JSON.stringify(schema[key]) === JSON.stringify(parentSeen.def[key])) delete schema[key];
				}
			}
		}
		ctx.override({
			zodSchema,
			jsonSchema: schema,
			path: seen.path ?? []
		});
	};
	if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
		for (const entry of [...ctx.seen.entries()].reverse()) flattenRef(entry[0]);
		if (ctx.target !== "openapi-3.0") for (const entry of ctx.seen.entries()) compactTypeUnion(entry[1].def ?? entry[1].schema);
		for (const rewrite of ctx.deferred) rewrite();
		if (ctx.intersections.length) {
			const carriers = new Map();
			for (const seen of ctx.seen.values()) for (const json of [seen.schema, seen.def]) {
				const allOf = json?.allOf;
				if (!Array.isArray(allOf)) continue;
				const existing = carriers.get(allOf);
				if (existing) existing.push(json);
				else carriers.set(allOf, [json]);
			}
			for (const allOf of ctx.intersections) for (const json of carriers.get(allOf) ?? []) foldIntersection(json);
		}
	}
	const result = {};
	if (ctx.target === "draft-2020-12") result.$schema = "https://json-schema.org/draft/2020-12/schema";
	else if (ctx.target === "draft-07") result.$schema = "http://json-schema.org/draft-07/schema#";
	else if (ctx.target === "draft-04") result.$schema = "http://json-schema.org/draft-04/schema#";
	else if (ctx.target === "openapi-3.0") {}
	if (ctx.external?.uri) {
		const id = ctx.external.registry.get(schema)?.id;
		if (!id) throw new Error("Schema is missing an `id` property");
		result.$id = ctx.external.uri(id);
	}
	assignProps(result, root.defId ? root.schema : root.def ?? root.schema);
	const rootMetaId = ctx.metadataRegistry.get(schema)?.id;
	if (rootMetaId !== void 0 && result.id === rootMetaId) delete result.id;
	const defs = ctx.external?.defs ?? {};
	if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (seen.def && seen.defId) {
			if (seen.def.id === seen.defId) delete seen.def.id;
			assignProp(defs, seen.defId, seen.def);
		}
	}
	if (ctx.external) ctx.sharedEmitDoneFor = ctx.external;
	if (ctx.external) {} else if (Object.keys(defs).length > 0) {
		if (ctx.target === "draft-2020-12") result.$defs = defs;
		else result.definitions = defs;
	}
	try {
		const finalized = JSON.parse(JSON.stringify(result));
		Object.defineProperty(finalized, "~standard", {
			value: {
				...schema["~standard"],
				jsonSchema: {
					input: createStandardJSONSchemaMethod(schema, "input", ctx.processors),
					output: createStandardJSONSchemaMethod(schema, "output", ctx.processors)
				}
			},
			enumerable: false,
			writable: false
		});
		return finalized;
	} catch (_err) {
		throw new Error("Error converting schema to JSON.");
	}
}
function isTransforming(_schema, _ctx) {
	const ctx = _ctx ?? { seen: new Set() };
	if (ctx.seen.has(_schema)) return false;
	ctx.seen.add(_schema);
	const def = _schema._zod.def;
	if (def.type === "transform") return true;
	if (def.type === "array") return isTransforming(def.element, ctx);
	if (def.type === "set") return isTransforming(def.valueType, ctx);
	if (def.type === "lazy") return isTransforming(def.getter(), ctx);
	if (def.type === "promise" || def.type === "optional" || def.type === "nonoptional" || def.type === "nullable" || def.type === "readonly" || def.type === "default" || def.type === "prefault" || def.type === "catch") return isTransforming(def.innerType, ctx);
	if (def.type === "intersection") return isTransforming(def.left, ctx) || isTransforming(def.right, ctx);
	if (def.type === "record" || def.type === "map") return isTransforming(def.keyType, ctx) || isTransforming(def.valueType, ctx);
	if (def.type === "pipe") {
		if (_schema._zod.traits.has("$ZodCodec")) return true;
		return isTransforming(def.in, ctx) || isTransforming(def.out, ctx);
	}
	if (def.type === "object") {
		for (const key in def.shape) if (isTransforming(def.shape[key], ctx)) return true;
		return false;
	}
	if (def.type === "union") {
		for (const option of def.options) if (isTransforming(option, ctx)) return true;
		return false;
	}
	if (def.type === "tuple") {
		for (const item of def.items) if (isTransforming(item, ctx)) return true;
		if (def.rest && isTransforming(def.rest, ctx)) return true;
		return false;
	}
	return false;
}
const createToJSONSchemaMethod = (schema, processors = {}) => (params) => {
	const ctx = initializeContext({
		...params,
		processors
	});
	processSchema(schema, ctx);
	extractDefs(ctx, schema);
	return finalize(ctx, schema);
};
const createStandardJSONSchemaMethod = (schema, io, processors = {}) => (params) => {
	const { libraryOptions, target } = params ?? {};
	const ctx = initializeContext({
		...libraryOptions ?? {},
		target,
		io,
		processors
	});
	processSchema(schema, ctx);
	extractDefs(ctx, schema);
	return finalize(ctx, schema);
};
// node_modules/zod/v4/core/json-schema-processors.js
const narrowMin = (agg, key, value) => {
	if (agg[key] === void 0 || value > agg[key]) agg[key] = value;
};
const narrowMax = (agg, key, value) => {
	if (agg[key] === void 0 || value < agg[key]) agg[key] = value;
};
const narrowBoth = (agg, value) => {
	narrowMin(agg, "minimum", value);
	narrowMax(agg, "maximum", value);
};
const addDivisor = (agg, value) => {
	agg.multipleOf ?? (agg.multipleOf = []);
	if (!agg.multipleOf.includes(value)) agg.multipleOf.push(value);
};
const addPattern = (agg, pattern) => {
	agg.patterns ?? (agg.patterns = new Set());
	agg.patterns.add(pattern);
};
const intersectMime = (agg, mime) => {
	agg.mime = agg.mime ? agg.mime.filter((m) => mime.includes(m)) : [...mime];
};
const setFormat = (agg, format) => {
	agg.format = format;
	if (format.includes("int")) agg.isInt = true;
};
const minContributor = (agg, def) => narrowMin(agg, "minimum", def.minimum);
const maxContributor = (agg, def) => narrowMax(agg, "maximum", def.maximum);
const formatContributor = (ranges) => (agg, def) => {
	setFormat(agg, def.format);
	const [minimum, maximum] = ranges[def.format];
	narrowMin(agg, "minimum", minimum);
	narrowMax(agg, "maximum", maximum);
};
const contributors = {
	greater_than: (agg, def) => narrowMin(agg, def.inclusive ? "minimum" : "exclusiveMinimum", def.value),
	less_than: (agg, def) => narrowMax(agg, def.inclusive ? "maximum" : "exclusiveMaximum", def.value),
	multiple_of: (agg, def) => addDivisor(agg, def.value),
	number_format: formatContributor(NUMBER_FORMAT_RANGES),
	bigint_format: formatContributor(BIGINT_FORMAT_RANGES),
	min_length: minContributor,
	max_length: maxContributor,
	length_equals: (agg, def) => narrowBoth(agg, def.length),
	min_size: minContributor,
	max_size: maxContributor,
	size_equals: (agg, def) => narrowBoth(agg, def.size),
	string_format: (agg, def) => {
		setFormat(agg, def.format);
		if (def.pattern) addPattern(agg, def.pattern);
		if (def.format === "base64" || def.format === "base64url") agg.contentEncoding = def.format;
		if (def.local || def.precision === -1) agg.laxFormat = true;
	},
	mime_type: (agg, def) => intersectMime(agg, def.mime)
};
function aggregateChecks(schema) {
	const agg = {};
	const def = schema._zod.def;
	const list = schema._zod.traits.has("$ZodCheck") ? [schema, ...def.checks ?? []] : def.checks ?? [];
	for (const ch of list) contributors[ch._zod.def.check]?.(agg, ch._zod.def);
	const bag = schema._zod.bag;
	if (bag.minimum !== void 0) narrowMin(agg, "minimum", bag.minimum);
	if (bag.exclusiveMinimum !== void 0) narrowMin(agg, "exclusiveMinimum", bag.exclusiveMinimum);
	if (bag.maximum !== void 0) narrowMax(agg, "maximum", bag.maximum);
	if (bag.exclusiveMaximum !== void 0) narrowMax(agg, "exclusiveMaximum", bag.exclusiveMaximum);
	if (bag.multipleOf !== void 0) addDivisor(agg, bag.multipleOf);
	if (bag.format !== void 0) {
		agg.format ?? (agg.format = bag.format);
		if (bag.format.includes("int")) agg.isInt = true;
	}
	if (bag.mime) intersectMime(agg, bag.mime);
	for (const pattern of bag.patterns ?? []) addPattern(agg, pattern);
	return agg;
}
const formatMap = {
	guid: "uuid",
	url: "uri",
	datetime: "date-time",
	json_string: "json-string",
	regex: ""
};
const exactPatterns = new Map([[base64Charset, base64], [base64urlCharset, base64url]]);
const exactPattern = (p) => exactPatterns.get(p) ?? p;
const stringProcessor = (schema, ctx, _json, _params) => {
	const json = _json;
	json.type = "string";
	const { minimum, maximum, format, patterns, contentEncoding, laxFormat } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minLength = minimum;
	if (typeof maximum === "number") json.maxLength = maximum;
	if (format) {
		json.format = formatMap[format] ?? format;
		if (json.format === "") delete json.format;
		if (format === "time" || laxFormat) delete json.format;
	}
	if (contentEncoding) json.contentEncoding = contentEncoding;
	if (patterns && patterns.size > 0) {
		const patternList = [...patterns].map(exactPattern);
		if (patternList.length === 1) json.pattern = patternList[0].source;
		else if (patternList.length > 1) json.allOf = [...patternList.map((regex) => ({
			...ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0" ? { type: "string" } : {},
			pattern: regex.source
		}))];
	}
};
const numberProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const { minimum, maximum, multipleOf, exclusiveMaximum, exclusiveMinimum, isInt } = aggregateChecks(schema);
	json.type = isInt ? "integer" : "number";
	const exMin = typeof exclusiveMinimum === "number" && exclusiveMinimum >= (minimum ?? Number.NEGATIVE_INFINITY);
	const exMax = typeof exclusiveMaximum === "number" && exclusiveMaximum <= (maximum ?? Number.POSITIVE_INFINITY);
	const legacy = ctx.target === "draft-04" || ctx.target === "openapi-3.0";
	if (exMin) {
		if (legacy) {
			json.minimum = exclusiveMinimum;
			json.exclusiveMinimum = true;
		} else json.exclusiveMinimum = exclusiveMinimum;
	} else if (typeof minimum === "number") json.minimum = minimum;
	if (exMax) {
		if (legacy) {
			json.maximum = exclusiveMaximum;
			json.exclusiveMaximum = true;
		} else json.exclusiveMaximum = exclusiveMaximum;
	} else if (typeof maximum === "number") json.maximum = maximum;
	if (multipleOf) {
		const divisors = new Set();
		for (const divisor of multipleOf) if (Number.isFinite(divisor) && divisor !== 0) divisors.add(Math.abs(divisor));
		else handleUnrepresentable(schema, ctx, json, params, `A multipleOf divisor of ${divisor} cannot be represented in JSON Schema`);
		const [first, ...rest] = divisors;
		if (first !== void 0) json.multipleOf = first;
		if (rest.length) json.allOf = [...json.allOf ?? [], ...rest.map((m) => ({ multipleOf: m }))];
	}
};
const booleanProcessor = (_schema, _ctx, json, _params) => {
	json.type = "boolean";
};
const nullProcessor = (_schema, ctx, json, _params) => {
	if (ctx.target === "openapi-3.0") {
		json.type = "string";
		json.nullable = true;
		json.enum = [null];
	} else json.type = "null";
};
const neverProcessor = (_schema, _ctx, json, _params) => {
	json.not = {};
};
const enumProcessor = (schema, _ctx, json, _params) => {
	const def = schema._zod.def;
	const values = getEnumValues(def.entries);
	if (values.length === 0) {
		json.not = {};
		return;
	}
	if (values.every((v) => typeof v === "number")) json.type = "number";
	if (values.every((v) => typeof v === "string")) json.type = "string";
	json.enum = values;
};
const literalProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	if (def.values.length === 0) {
		json.not = {};
		return;
	}
	const vals = [];
	for (const val of def.values) if (val === void 0) {
		if (handleUnrepresentable(schema, ctx, json, params, "Literal `undefined` cannot be represented in JSON Schema")) return;
	} else if (typeof val === "bigint") {
		if (handleUnrepresentable(schema, ctx, json, params, "BigInt literals cannot be represented in JSON Schema")) return;
		vals.push(Number(val));
	} else vals.push(val);
	if (vals.length === 0) {} else if (vals.length === 1) {
		const val = vals[0];
		json.type = val === null ? "null" : typeof val;
		if (ctx.target === "draft-04" || ctx.target === "openapi-3.0") json.enum = [val];
		else json.const = val;
	} else {
		if (vals.every((v) => typeof v === "number")) json.type = "number";
		if (vals.every((v) => typeof v === "string")) json.type = "string";
		if (vals.every((v) => typeof v === "boolean")) json.type = "boolean";
		if (vals.every((v) => v === null)) json.type = "null";
		json.enum = vals;
	}
};
const customProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Custom types cannot be represented in JSON Schema");
};
const transformProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Transforms cannot be represented in JSON Schema");
};
const arrayProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	const { minimum, maximum } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minItems = minimum;
	if (typeof maximum === "number") json.maxItems = maximum;
	json.type = "array";
	json.items = processSchema(def.element, ctx, {
		...params,
		path: [...params.path, "items"]
	});
};
function inputOptin(schema) {
	const def = schema._zod.def;
	if (def.type === "pipe" && def.in._zod.traits.has("$ZodTransform")) return inputOptin(def.out);
	if (def.type === "catch") return inputOptin(def.innerType);
	return schema._zod.optin;
}
const objectProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	const shape = def.shape;
	if (Object.getOwnPropertySymbols(shape).length && handleUnrepresentable(schema, ctx, json, params, "Symbol keys cannot be represented in JSON Schema")) return;
	json.type = "object";
	json.properties = {};
	for (const key in shape) assignProp(json.properties, key, processSchema(shape[key], ctx, {
		...params,
		path: [
			...params.path,
			"properties",
			key
		]
	}));
	const requiredKeys = [];
	for (const key of Object.keys(shape)) {
		const field = def.shape[key];
		if (ctx.io === "input" ? inputOptin(field) === void 0 : field._zod.optout === void 0) requiredKeys.push(key);
	}
	if (requiredKeys.length > 0) json.required = requiredKeys;
	if (def.catchall?._zod.def.type === "never") json.additionalProperties = false;
	else if (!def.catchall) {
		if (ctx.io === "output") json.additionalProperties = false;
	} else if (def.catchall) json.additionalProperties = processSchema(def.catchall, ctx, {
		...params,
		path: [...params.path, "additionalProperties"]
	});
};
const unionProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const isExclusive = def.inclusive === false;
	const options = def.options.map((x, i) => processSchema(x, ctx, {
		...params,
		path: [
			...params.path,
			isExclusive ? "oneOf" : "anyOf",
			i
		]
	}));
	if (isExclusive) json.oneOf = options;
	else json.anyOf = options;
};
const intersectionProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const a = processSchema(def.left, ctx, {
		...params,
		path: [
			...params.path,
			"allOf",
			0
		]
	});
	const b = processSchema(def.right, ctx, {
		...params,
		path: [
			...params.path,
			"allOf",
			1
		]
	});
	const isSimpleIntersection = (val) => "allOf" in val && Object.keys(val).length === 1;
	const allOf = [...isSimpleIntersection(a) ? a.allOf : [a], ...isSimpleIntersection(b) ? b.allOf : [b]];
	json.allOf = allOf;
	ctx.intersections.push(allOf);
};
function stringifyKeyNames(bySchema, json, visited) {
	if (json.$ref) {
		if (visited.has(json)) return json;
		visited.add(json);
		const def = bySchema.get(json)?.def;
		if (!def) return json;
		const inlined = stringifyKeyNames(bySchema, def, visited);
		return inlined === def ? json : inlined;
	}
	for (const keyword of ["anyOf", "oneOf"]) {
		const branches = json[keyword];
		if (!Array.isArray(branches)) continue;
		const mapped = branches.map((branch) => stringifyKeyNames(bySchema, branch, visited));
		if (mapped.some((branch, i) => branch !== branches[i])) json = {
			...json,
			[keyword]: mapped
		};
	}
	const types = Array.isArray(json.type) ? json.type : [json.type];
	const numericType = !types.includes("string") && types.some((t) => t === "number" || t === "integer");
	const values = json.enum ?? (json.const !== void 0 ? [json.const] : void 0);
	if (!numericType && !values?.some((v) => typeof v === "number")) return json;
	const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format, id, ...rest } = json;
	if (rest.enum) rest.enum = rest.enum.map((v) => typeof v === "number" ? String(v) : v);
	else if (typeof rest.const === "number") rest.const = String(rest.const);
	if (!numericType) return rest;
	rest.type = "string";
	if (!values) rest.pattern = (types.includes("number") ? number$3 : integer).source;
	return rest;
}
const pendingRecords = new WeakMap();
function rewriteKeyNames(ctx) {
	const bySchema = new Map();
	for (const entry of ctx.seen.values()) if (entry.def && !bySchema.has(entry.schema)) bySchema.set(entry.schema, entry);
	const rewrites = new Map();
	for (const record of pendingRecords.get(ctx) ?? []) {
		const seen = ctx.seen.get(record);
		const names = (seen?.def ?? seen?.schema)?.propertyNames;
		if (!names || names === true || rewrites.has(names)) continue;
		const rewritten = stringifyKeyNames(bySchema, names, new Set());
		if (rewritten !== names) rewrites.set(names, rewritten);
	}
	if (!rewrites.size) return;
	for (const entry of ctx.seen.values()) for (const carrier of [entry.schema, entry.def]) {
		const rewritten = carrier && rewrites.get(carrier.propertyNames);
		if (rewritten) carrier.propertyNames = rewritten;
	}
}
const recordProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	json.type = "object";
	const keyType = def.keyType;
	const patterns = aggregateChecks(keyType).patterns;
	if (def.mode === "loose" && patterns && patterns.size > 0) {
		const valueSchema = processSchema(def.valueType, ctx, {
			...params,
			path: [
				...params.path,
				"patternProperties",
				"*"
			]
		});
		json.patternProperties = {};
		for (const pattern of patterns) assignProp(json.patternProperties, exactPattern(pattern).source, valueSchema);
	} else {
		if (ctx.target === "draft-07" || ctx.target === "draft-2020-12") {
			json.propertyNames = processSchema(def.keyType, ctx, {
				...params,
				path: [...params.path, "propertyNames"]
			});
			let pending = pendingRecords.get(ctx);
			if (!pending) {
				pending = [];
				pendingRecords.set(ctx, pending);
				ctx.deferred.push(() => rewriteKeyNames(ctx));
			}
			pending.push(schema);
		}
		json.additionalProperties = processSchema(def.valueType, ctx, {
			...params,
			path: [...params.path, "additionalProperties"]
		});
	}
	const keyValues = keyType._zod.values;
	const omittableOnInput = ctx.io === "input" && inputOptin(def.valueType) !== void 0;
	if (keyValues && !def.partial && !omittableOnInput) {
		const validKeyValues = [...keyValues].filter((v) => typeof v === "string" || typeof v === "number");
		if (validKeyValues.length > 0) json.required = validKeyValues.map(String);
	}
};
const nullableProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const inner = processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	if (ctx.target === "openapi-3.0") {
		seen.ref = def.innerType;
		json.nullable = true;
	} else json.anyOf = [inner, { type: "null" }];
};
const nonoptionalProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
};
const UNREPRESENTABLE_DEFAULT = Symbol();
function serializeDefaultValue(value, schema, ctx, json, params) {
	let unrepresentable = false;
	const serialized = JSON.stringify(value, (_, val) => {
		if (typeof val !== "bigint") return val;
		unrepresentable = true;
		return null;
	});
	if (!unrepresentable) return JSON.parse(serialized);
	handleUnrepresentable(schema, ctx, json, params, "BigInt defaults cannot be represented in JSON Schema");
	return UNREPRESENTABLE_DEFAULT;
}
const defaultProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
	if (value !== UNREPRESENTABLE_DEFAULT) json.default = value;
};
const prefaultProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	if (ctx.io !== "input") return;
	const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
	if (value !== UNREPRESENTABLE_DEFAULT) json._prefault = value;
};
const catchProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	let catchValue;
	try {
		catchValue = def.catchValue(void 0);
	} catch {
		handleUnrepresentable(schema, ctx, json, params, "Dynamic catch values are not supported in JSON Schema");
		return;
	}
	json.default = catchValue;
};
const pipeProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	const inIsTransform = def.in._zod.traits.has("$ZodTransform");
	const innerType = ctx.io === "input" ? inIsTransform ? def.out : def.in : def.out;
	processSchema(innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = innerType;
};
const readonlyProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	json.readOnly = true;
};
const optionalProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
};
// node_modules/zod/v4/classic/errors.js
const _installedErrorProtos = new WeakSet([Object.prototype, Error.prototype]);
function _lazyMethod(proto, key, make) {
	Object.defineProperty(proto, key, {
		configurable: true,
		enumerable: false,
		get() {
			const value = make(this);
			Object.defineProperty(this, key, {
				value,
				configurable: true,
				writable: true
			});
			return value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				value,
				configurable: true,
				writable: true
			});
		}
	});
}
const initializer = (inst, issues) => {
	$ZodError.init(inst, issues);
	inst.name = "ZodError";
	const proto = Object.getPrototypeOf(inst);
	if (_installedErrorProtos.has(proto)) return;
	_installedErrorProtos.add(proto);
	_lazyMethod(proto, "format", (self) => (mapper) => formatError(self, mapper));
	_lazyMethod(proto, "flatten", (self) => (mapper) => flattenError(self, mapper));
	_lazyMethod(proto, "addIssue", (self) => (issue) => {
		self.issues.push(issue);
		self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
	});
	_lazyMethod(proto, "addIssues", (self) => (issues) => {
		self.issues.push(...issues);
		self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
	});
	Object.defineProperty(proto, "isEmpty", {
		configurable: true,
		enumerable: false,
		get() {
			return this.issues.length === 0;
		}
	});
};
const ZodRealError = $constructor("ZodError", initializer, void 0, { Parent: Error });
// node_modules/zod/v4/classic/parse.js
const parse = _parse(ZodRealError);
const parseAsync = _parseAsync(ZodRealError);
const safeParse = _safeParse(ZodRealError);
const safeParseAsync = _safeParseAsync(ZodRealError);
const encode = _encode(ZodRealError);
const decode = _decode(ZodRealError);
const encodeAsync = _encodeAsync(ZodRealError);
const decodeAsync = _decodeAsync(ZodRealError);
const safeEncode = _safeEncode(ZodRealError);
const safeDecode = _safeDecode(ZodRealError);
const safeEncodeAsync = _safeEncodeAsync(ZodRealError);
const safeDecodeAsync = _safeDecodeAsync(ZodRealError);
// node_modules/zod/v4/classic/schemas.js
function _ensureDefaultLocale() {
	if (!globalConfig.localeError) config(en_default());
}
function _ensureDefaultMemoizer() {
	if (!globalConfig.memoizer) config({ memoizer: memoizer() });
}
const ZodType = $constructor("ZodType", (inst, def) => {
	_ensureDefaultLocale();
	$ZodType.init(inst, def);
	inst.def = def;
	inst.type = def.type;
	return inst;
}, {
	check(...chks) {
		const def = this.def;
		return this.clone(mergeDefs(def, { checks: [...def.checks ?? [], ...chks.map((ch) => typeof ch === "function" ? { _zod: {
			check: ch,
			def: { check: "custom" },
			onattach: []
		} } : ch)] }), { parent: true });
	},
	with(...chks) {
		return this.check(...chks);
	},
	clone(def, params) {
		return clone(this, def, params);
	},
	brand() {
		return this;
	},
	register(reg, meta) {
		reg.add(this, meta);
		return this;
	},
	refine(check, params) {
		return this.check(refine(check, params));
	},
	superRefine(refinement, params) {
		return this.check(superRefine(refinement, params));
	},
	overwrite(fn) {
		return this.check(_overwrite(fn));
	},
	optional() {
		return optional(this);
	},
	exactOptional() {
		return exactOptional(this);
	},
	nullable() {
		return nullable(this);
	},
	nullish() {
		return optional(nullable(this));
	},
	nonoptional(params) {
		return nonoptional(this, params);
	},
	array() {
		return array(this);
	},
	or(arg) {
		return union([this, arg]);
	},
	and(arg) {
		return intersection(this, arg);
	},
	transform(tx) {
		return pipe(this, transform(tx));
	},
	default(d) {
		return _default(this, d);
	},
	prefault(d) {
		return prefault(this, d);
	},
	catch(params) {
		return _catch(this, params);
	},
	pipe(target) {
		return pipe(this, target);
	},
	readonly() {
		return readonly(this);
	},
	describe(description) {
		const cl = this.clone();
		globalRegistry.add(cl, { description });
		return cl;
	},
	meta(...args) {
		if (args.length === 0) return globalRegistry.get(this);
		const cl = this.clone();
		globalRegistry.add(cl, args[0]);
		return cl;
	},
	isOptional() {
		return this.safeParse(void 0).success;
	},
	isNullable() {
		return this.safeParse(null).success;
	},
	apply(fn, ...args) {
		return args.length === 0 ? fn(this) : fn(this, ...args);
	},
	get "~standard"() {
		return hide(this, "~standard", {
			...standardProps(this),
			jsonSchema: {
				input: createStandardJSONSchemaMethod(this, "input"),
				output: createStandardJSONSchemaMethod(this, "output")
			}
		});
	},
	set "~standard"(value) {
		own(this, "~standard", value);
	},
	parse: function _parse(data, params) {
		return parse(this, data, params, { callee: _parse });
	},
	parseAsync: async function _parseAsync(data, params) {
		return await parseAsync(this, data, params, { callee: _parseAsync });
	},
	safeParse(data, params) {
		return safeParse(this, data, params);
	},
	async safeParseAsync(data, params) {
		return safeParseAsync(this, data, params);
	},
	get spa() {
		return this?.safeParseAsync;
	},
	set spa(value) {
		own(this, "spa", value);
	},
	validate(data, params) {
		return validate(this, data, params);
	},
	validateAsync(data, params) {
		return validateAsync$1(this, data, params);
	},
	encode: function _encode(data, params) {
		return encode(this, data, params, { callee: _encode });
	},
	decode: function _decode(data, params) {
		return decode(this, data, params, { callee: _decode });
	},
	encodeAsync: async function _encodeAsync(data, params) {
		return await encodeAsync(this, data, params, { callee: _encodeAsync });
	},
	decodeAsync: async function _decodeAsync(data, params) {
		return await decodeAsync(this, data, params, { callee: _decodeAsync });
	},
	safeEncode(data, params) {
		return safeEncode(this, data, params);
	},
	safeDecode(data, params) {
		return safeDecode(this, data, params);
	},
	async safeEncodeAsync(data, params) {
		return safeEncodeAsync(this, data, params);
	},
	async safeDecodeAsync(data, params) {
		return safeDecodeAsync(this, data, params);
	},
	toJSONSchema(params) {
		return createToJSONSchemaMethod(this, {})(params);
	},
	get description() {
		return globalRegistry.get(this)?.description;
	},
	get _def() {
		return this._zod.def;
	}
});
const _ZodString = $constructor("_ZodString", (inst, def) => {
	$ZodString.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => stringProcessor(inst, ctx, json, params);
}, derived({
	format: (inst) => aggregateChecks(inst).format ?? null,
	minLength: (inst) => aggregateChecks(inst).minimum ?? null,
	maxLength: (inst) => aggregateChecks(inst).maximum ?? null
}, {
	regex(...args) {
		return this.check(_regex(...args));
	},
	includes(...args) {
		return this.check(_includes(...args));
	},
	startsWith(...args) {
		return this.check(_startsWith(...args));
	},
	endsWith(...args) {
		return this.check(_endsWith(...args));
	},
	min(...args) {
		return this.check(_minLength(...args));
	},
	max(...args) {
		return this.check(_maxLength(...args));
	},
	length(...args) {
		return this.check(_length(...args));
	},
	nonempty(...args) {
		return this.check(_minLength(1, ...args));
	},
	lowercase(params) {
		return this.check(_lowercase(params));
	},
	uppercase(params) {
		return this.check(_uppercase(params));
	},
	trim() {
		return this.check(_trim());
	},
	normalize(...args) {
		return this.check(_normalize(...args));
	},
	toLowerCase() {
		return this.check(_toLowerCase());
	},
	toUpperCase() {
		return this.check(_toUpperCase());
	},
	slugify() {
		return this.check(_slugify());
	}
}));
const ZodString = $constructor("ZodString", (inst, def) => {
	$ZodString.init(inst, def);
	_ZodString.init(inst, def);
}, {
	email(params) {
		return this.check(_email(ZodEmail, params));
	},
	url(params) {
		return this.check(_url(ZodURL, params));
	},
	jwt(params) {
		return this.check(_jwt(ZodJWT, params));
	},
	emoji(params) {
		return this.check(_emoji(ZodEmoji, params));
	},
	guid(params) {
		return this.check(_guid(ZodGUID, params));
	},
	uuid(params) {
		return this.check(_uuid(ZodUUID, params));
	},
	uuidv4(params) {
		return this.check(_uuidv4(ZodUUID, params));
	},
	uuidv6(params) {
		return this.check(_uuidv6(ZodUUID, params));
	},
	uuidv7(params) {
		return this.check(_uuidv7(ZodUUID, params));
	},
	nanoid(params) {
		return this.check(_nanoid(ZodNanoID, params));
	},
	cuid(params) {
		return this.check(_cuid(ZodCUID, params));
	},
	cuid2(params) {
		return this.check(_cuid2(ZodCUID2, params));
	},
	ulid(params) {
		return this.check(_ulid(ZodULID, params));
	},
	base64(params) {
		return this.check(_base64(ZodBase64, params));
	},
	base64url(params) {
		return this.check(_base64url(ZodBase64URL, params));
	},
	xid(params) {
		return this.check(_xid(ZodXID, params));
	},
	ksuid(params) {
		return this.check(_ksuid(ZodKSUID, params));
	},
	ipv4(params) {
		return this.check(_ipv4(ZodIPv4, params));
	},
	ipv6(params) {
		return this.check(_ipv6(ZodIPv6, params));
	},
	cidrv4(params) {
		return this.check(_cidrv4(ZodCIDRv4, params));
	},
	cidrv6(params) {
		return this.check(_cidrv6(ZodCIDRv6, params));
	},
	e164(params) {
		return this.check(_e164(ZodE164, params));
	},
	datetime(params) {
		return this.check(_isoDateTime(ZodISODateTime, params));
	},
	date(params) {
		return this.check(_isoDate(ZodISODate, params));
	},
	time(params) {
		return this.check(_isoTime(ZodISOTime, params));
	},
	duration(params) {
		return this.check(_isoDuration(ZodISODuration, params));
	}
});
function string(params) {
	return _string(ZodString, params);
}
const ZodStringFormat = $constructor("ZodStringFormat", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	_ZodString.init(inst, def);
});
const ZodISODateTime = $constructor("ZodISODateTime", (inst, def) => {
	$ZodISODateTime.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISODate = $constructor("ZodISODate", (inst, def) => {
	$ZodISODate.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISOTime = $constructor("ZodISOTime", (inst, def) => {
	$ZodISOTime.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISODuration = $constructor("ZodISODuration", (inst, def) => {
	$ZodISODuration.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodEmail = $constructor("ZodEmail", (inst, def) => {
	$ZodEmail.init(inst, def);
	ZodStringFormat.init(inst, def);
});
function email(params) {
	return _email(ZodEmail, params);
}
const ZodGUID = $constructor("ZodGUID", (inst, def) => {
	$ZodGUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodUUID = $constructor("ZodUUID", (inst, def) => {
	$ZodUUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
function uuid$2(params) {
	return _uuid(ZodUUID, params);
}
const ZodURL = $constructor("ZodURL", (inst, def) => {
	$ZodURL.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodEmoji = $constructor("ZodEmoji", (inst, def) => {
	$ZodEmoji.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodNanoID = $constructor("ZodNanoID", (inst, def) => {
	$ZodNanoID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCUID = $constructor("ZodCUID", (inst, def) => {
	$ZodCUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCUID2 = $constructor("ZodCUID2", (inst, def) => {
	$ZodCUID2.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodULID = $constructor("ZodULID", (inst, def) => {
	$ZodULID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodXID = $constructor("ZodXID", (inst, def) => {
	$ZodXID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodKSUID = $constructor("ZodKSUID", (inst, def) => {
	$ZodKSUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodIPv4 = $constructor("ZodIPv4", (inst, def) => {
	$ZodIPv4.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodIPv6 = $constructor("ZodIPv6", (inst, def) => {
	$ZodIPv6.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCIDRv4 = $constructor("ZodCIDRv4", (inst, def) => {
	$ZodCIDRv4.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCIDRv6 = $constructor("ZodCIDRv6", (inst, def) => {
	$ZodCIDRv6.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodBase64 = $constructor("ZodBase64", (inst, def) => {
	$ZodBase64.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodBase64URL = $constructor("ZodBase64URL", (inst, def) => {
	$ZodBase64URL.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodE164 = $constructor("ZodE164", (inst, def) => {
	$ZodE164.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodJWT = $constructor("ZodJWT", (inst, def) => {
	$ZodJWT.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodNumber = $constructor("ZodNumber", (inst, def) => {
	$ZodNumber.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => numberProcessor(inst, ctx, json, params);
	inst.isFinite = true;
}, derived({
	minValue: (inst) => {
		const { minimum, exclusiveMinimum } = aggregateChecks(inst);
		return Math.max(minimum ?? Number.NEGATIVE_INFINITY, exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
	},
	maxValue: (inst) => {
		const { maximum, exclusiveMaximum } = aggregateChecks(inst);
		return Math.min(maximum ?? Number.POSITIVE_INFINITY, exclusiveMaximum ?? Number.POSITIVE_INFINITY);
	},
	isInt: (inst) => {
		const { isInt, multipleOf } = aggregateChecks(inst);
		return !!isInt || !!multipleOf?.some(Number.isSafeInteger);
	},
	format: (inst) => aggregateChecks(inst).format ?? null
}, {
	gt(value, params) {
		return this.check(_gt(value, params));
	},
	gte(value, params) {
		return this.check(_gte(value, params));
	},
	min(value, params) {
		return this.check(_gte(value, params));
	},
	lt(value, params) {
		return this.check(_lt(value, params));
	},
	lte(value, params) {
		return this.check(_lte(value, params));
	},
	max(value, params) {
		return this.check(_lte(value, params));
	},
	int(params) {
		return this.check(int(params));
	},
	safe(params) {
		return this.check(int(params));
	},
	positive(params) {
		return this.check(_gt(0, params));
	},
	nonnegative(params) {
		return this.check(_gte(0, params));
	},
	negative(params) {
		return this.check(_lt(0, params));
	},
	nonpositive(params) {
		return this.check(_lte(0, params));
	},
	multipleOf(value, params) {
		return this.check(_multipleOf(value, params));
	},
	step(value, params) {
		return this.check(_multipleOf(value, params));
	},
	finite() {
		return this;
	}
}));
function number$2(params) {
	return _number(ZodNumber, params);
}
const ZodNumberFormat = $constructor("ZodNumberFormat", (inst, def) => {
	$ZodNumberFormat.init(inst, def);
	ZodNumber.init(inst, def);
});
function int(params) {
	return _int(ZodNumberFormat, params);
}
const ZodBoolean = $constructor("ZodBoolean", (inst, def) => {
	$ZodBoolean.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => booleanProcessor(inst, ctx, json, params);
});
function boolean(params) {
	return _boolean(ZodBoolean, params);
}
const ZodNull = $constructor("ZodNull", (inst, def) => {
	$ZodNull.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nullProcessor(inst, ctx, json, params);
});
function _null(params) {
	return _null$1(ZodNull, params);
}
const ZodUnknown = $constructor("ZodUnknown", (inst, def) => {
	$ZodUnknown.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => void 0;
});
function unknown() {
	return _unknown(ZodUnknown);
}
const ZodNever = $constructor("ZodNever", (inst, def) => {
	$ZodNever.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => neverProcessor(inst, ctx, json, params);
});
function never(params) {
	return _never(ZodNever, params);
}
const ZodArray = $constructor("ZodArray", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodArray.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => arrayProcessor(inst, ctx, json, params);
	inst.element = def.element;
}, {
	min(n, params) {
		return this.check(_minLength(n, params));
	},
	nonempty(params) {
		return this.check(_minLength(1, params));
	},
	max(n, params) {
		return this.check(_maxLength(n, params));
	},
	length(n, params) {
		return this.check(_length(n, params));
	},
	unwrap() {
		return this.element;
	}
});
function array(element, params) {
	return _array(ZodArray, element, params);
}
const ZodObject = $constructor("ZodObject", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodObjectJIT.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => objectProcessor(inst, ctx, json, params);
	installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
}, {
	keyof() {
		return _enum(Object.keys(this._zod.def.shape));
	},
	catchall(catchall) {
		return this.clone(mergeDefs(this._zod.def, { catchall }));
	},
	passthrough() {
		return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
	},
	loose() {
		return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
	},
	strict() {
		return this.clone(mergeDefs(this._zod.def, { catchall: never() }));
	},
	strip() {
		return this.clone(mergeDefs(this._zod.def, { catchall: void 0 }));
	},
	extend(incoming) {
		return extend(this, incoming);
	},
	safeExtend(incoming) {
		return safeExtend(this, incoming);
	},
	merge(other) {
		return merge(this, other);
	},
	pick(mask) {
		return pick(this, mask);
	},
	omit(mask) {
		return omit(this, mask);
	},
	partial(...args) {
		return partial(ZodOptional, this, args[0]);
	},
	exactPartial(...args) {
		return partial(ZodExactOptional, this, args[0], "exactPartial");
	},
	required(...args) {
		return required(ZodNonOptional, this, args[0]);
	}
});
function object$2(shape, params) {
	const def = {
		type: "object",
		shape: shape ?? {},
		...normalizeParams(params)
	};
	return new ZodObject(def);
}
function strictObject(shape, params) {
	return new ZodObject({
		type: "object",
		shape,
		catchall: never(),
		...normalizeParams(params)
	});
}
function looseObject(shape, params) {
	return new ZodObject({
		type: "object",
		shape,
		catchall: unknown(),
		...normalizeParams(params)
	});
}
const ZodUnion = $constructor("ZodUnion", (inst, def) => {
	$ZodUnion.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => unionProcessor(inst, ctx, json, params);
	inst.options = def.options;
});
function union(options, params) {
	return new ZodUnion({
		type: "union",
		options,
		...normalizeParams(params)
	});
}
const ZodDiscriminatedUnion = $constructor("ZodDiscriminatedUnion", (inst, def) => {
	ZodUnion.init(inst, def);
	$ZodDiscriminatedUnion.init(inst, def);
});
function discriminatedUnion(discriminator, options, params) {
	return new ZodDiscriminatedUnion({
		type: "union",
		options,
		discriminator,
		...normalizeParams(params)
	});
}
const ZodIntersection = $constructor("ZodIntersection", (inst, def) => {
	$ZodIntersection.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => intersectionProcessor(inst, ctx, json, params);
});
function intersection(left, right) {
	return new ZodIntersection({
		type: "intersection",
		left,
		right
	});
}
const ZodRecord = $constructor("ZodRecord", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodRecord.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => recordProcessor(inst, ctx, json, params);
	inst.keyType = def.keyType;
	inst.valueType = def.valueType;
});
function record(keyType, valueType, params) {
	if (!valueType || !valueType._zod) return new ZodRecord({
		type: "record",
		keyType: string(),
		valueType: keyType,
		...normalizeParams(valueType)
	});
	return new ZodRecord({
		type: "record",
		keyType,
		valueType,
		...normalizeParams(params)
	});
}
const ZodEnum = $constructor("ZodEnum", (inst, def) => {
	$ZodEnum.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => enumProcessor(inst, ctx, json, params);
	inst.enum = def.entries;
	inst.options = [...inst._zod.values];
	const keys = new Set(Object.keys(def.entries));
	inst.extract = (values, params) => {
		const newEntries = {};
		for (const value of values) if (keys.has(value)) newEntries[value] = def.entries[value];
		else throw new Error(`Key ${value} not found in enum`);
		return new ZodEnum({
			...def,
			checks: [],
			...normalizeParams(params),
			entries: newEntries
		});
	};
	inst.exclude = (values, params) => {
		const newEntries = { ...def.entries };
		for (const value of values) if (keys.has(value)) delete newEntries[value];
		else throw new Error(`Key ${value} not found in enum`);
		return new ZodEnum({
			...def,
			checks: [],
			...normalizeParams(params),
			entries: newEntries
		});
	};
});
function _enum(values, params) {
	const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
	return new ZodEnum({
		type: "enum",
		entries,
		...normalizeParams(params)
	});
}
const ZodLiteral = $constructor("ZodLiteral", (inst, def) => {
	$ZodLiteral.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => literalProcessor(inst, ctx, json, params);
	inst.values = new Set(def.values);
	Object.defineProperty(inst, "value", { get() {
		if (def.values.length > 1) throw new Error("This schema contains multiple valid literal values. Use `.values` instead.");
		return def.values[0];
	} });
});
function literal(value, params) {
	return new ZodLiteral({
		type: "literal",
		values: Array.isArray(value) ? value : [value],
		...normalizeParams(params)
	});
}
const ZodTransform = $constructor("ZodTransform", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodTransform.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => transformProcessor(inst, ctx, json, params);
	inst._zod.parse = (payload, _ctx) => {
		if (_ctx.direction === "backward") throw new $ZodEncodeError(inst.constructor.name);
		payload.addIssue = (issue$1) => {
			if (typeof issue$1 === "string") payload.issues.push(issue(issue$1, payload.value, def));
			else {
				const _issue = issue$1;
				if (_issue.fatal) _issue.continue = false;
				_issue.code ?? (_issue.code = "custom");
				if (!("input" in _issue)) _issue.input = payload.value;
				_issue.inst ?? (_issue.inst = inst);
				payload.issues.push(issue(_issue));
			}
		};
		const output = def.transform(payload.value, payload);
		if (output instanceof Promise) return output.then((output) => {
			payload.value = output;
			return payload;
		});
		payload.value = output;
		return payload;
	};
});
function transform(fn) {
	return new ZodTransform({
		type: "transform",
		transform: fn
	});
}
const ZodOptional = $constructor("ZodOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function optional(innerType) {
	return new ZodOptional({
		type: "optional",
		innerType
	});
}
const ZodExactOptional = $constructor("ZodExactOptional", (inst, def) => {
	$ZodExactOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function exactOptional(innerType) {
	return new ZodExactOptional({
		type: "optional",
		innerType
	});
}
const ZodNullable = $constructor("ZodNullable", (inst, def) => {
	$ZodNullable.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nullableProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function nullable(innerType) {
	return new ZodNullable({
		type: "nullable",
		innerType
	});
}
const ZodDefault = $constructor("ZodDefault", (inst, def) => {
	$ZodDefault.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => defaultProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
	inst.removeDefault = inst.unwrap;
});
function _default(innerType, defaultValue) {
	return new ZodDefault({
		type: "default",
		innerType,
		get defaultValue() {
			return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
		}
	});
}
const ZodPrefault = $constructor("ZodPrefault", (inst, def) => {
	$ZodPrefault.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => prefaultProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function prefault(innerType, defaultValue) {
	return new ZodPrefault({
		type: "prefault",
		innerType,
		get defaultValue() {
			return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
		}
	});
}
const ZodNonOptional = $constructor("ZodNonOptional", (inst, def) => {
	$ZodNonOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nonoptionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function nonoptional(innerType, params) {
	return new ZodNonOptional({
		type: "nonoptional",
		innerType,
		...normalizeParams(params)
	});
}
const ZodCatch = $constructor("ZodCatch", (inst, def) => {
	$ZodCatch.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => catchProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
	inst.removeCatch = inst.unwrap;
});
function _catch(innerType, catchValue) {
	return new ZodCatch({
		type: "catch",
		innerType,
		catchValue: typeof catchValue === "function" ? catchValue : constantCatch(catchValue)
	});
}
const ZodPipe = $constructor("ZodPipe", (inst, def) => {
	$ZodPipe.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => pipeProcessor(inst, ctx, json, params);
	inst.in = def.in;
	inst.out = def.out;
});
function pipe(in_, out) {
	return new ZodPipe({
		type: "pipe",
		in: in_,
		out
	});
}
const ZodReadonly = $constructor("ZodReadonly", (inst, def) => {
	$ZodReadonly.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => readonlyProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function readonly(innerType) {
	return new ZodReadonly({
		type: "readonly",
		innerType
	});
}
const ZodCustom = $constructor("ZodCustom", (inst, def) => {
	$ZodCustom.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => customProcessor(inst, ctx, json, params);
});
function refine(fn, _params = {}) {
	return _refine(ZodCustom, fn, _params);
}
function superRefine(fn, params) {
	return _superRefine(fn, params);
}
// node_modules/zod/v4/classic/iso.js
function datetime(params) {
	return _isoDateTime(ZodISODateTime, params);
}
// node_modules/zod/v4/classic/coerce.js
function number$1(params) {
	return _coercedNumber(ZodNumber, params);
}
const Role = _enum([
	"Viewer",
	"Member",
	"Admin"
]);
const User = object$2({
	id: number$2().int(),
	username: string(),
	email: string(),
	role: Role,
	created_at: datetime({ offset: true })
});
const Username = string().trim().min(2).max(64).regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "letters, digits, dots, dashes and underscores, starting with a letter or digit");
const Password = string().min(12).max(1024);
object$2({
	username: Username,
	email: email().max(320),
	password: Password,
	setup_code: string().max(200).optional(),
	invitation: string().max(200).optional()
});
object$2({
	username: string().min(1).max(320).optional(),
	email: string().min(1).max(320).optional(),
	password: string().min(1).max(1024),
	cookie: boolean().optional()
}).refine((body) => body.username !== void 0 || body.email !== void 0, {
	path: ["username"],
	message: "username or email is needed"
});
object$2({
	access_token: string(),
	refresh_token: string().optional(),
	token_type: literal("bearer"),
	expires_in: number$2().int()
});
object$2({ refresh_token: string().max(500).optional() }).optional();
const scopes = ["webhook:write", "webhook:read"];
const Scope = _enum(scopes);
const TokenRepository = string().trim().max(300).regex(/^[\w.-]+(\/[\w.-]+)?$/, "owner/name");
object$2({
	name: string().trim().min(1).max(100),
	expires_in_days: number$2().int().min(1).max(3650).optional(),
	scopes: array(Scope).min(1).max(scopes.length),
	repository: TokenRepository.optional()
});
const ApiTokenState = _enum([
	"valid",
	"expires_soon",
	"overlapping",
	"expired",
	"replaced",
	"revoked"
]);
object$2({
	id: number$2().int(),
	name: string(),
	prefix: string(),
	scopes: array(Scope),
	repository: string().nullable(),
	created_at: datetime({ offset: true }),
	created_by: string().nullable(),
	expires_at: datetime({ offset: true }).nullable(),
	last_used_at: datetime({ offset: true }).nullable(),
	last_used_address: string().nullable(),
	revoked_at: datetime({ offset: true }).nullable(),
	replaced_by: number$2().int().nullable(),
	overlap_ends_at: datetime({ offset: true }).nullable(),
	state: ApiTokenState,
	expires_soon: boolean(),
	expires_within_days: union([
		literal(14),
		literal(7),
		literal(3),
		literal(1)
	]).nullable()
}).extend({ token: string() });
object$2({ overlap_hours: number$2().int().min(0).max(168).optional() }).optional();
object$2({ repository: TokenRepository.nullable() });
object$2({
	setup_needed: boolean(),
	registration: _enum([
		"closed",
		"invitation",
		"open"
	]),
	version: string()
});
// contract/src/audit.ts
const text$4 = (limit) => string().min(1).max(limit).regex(/^[^\0]*$/, "no NUL character");
const AuditOutcome = _enum(["done", "refused"]);
const AuditParty = object$2({
	kind: string(),
	id: string().nullable(),
	words: string()
});
const AuditEntry = object$2({
	id: number$2().int(),
	at: string(),
	actor: AuditParty,
	action: string(),
	subject: AuditParty.nullable(),
	outcome: AuditOutcome,
	address: string().nullable(),
	request_id: string().nullable(),
	detail: record(string(), unknown()),
	seal: _enum(["sealed", "unsealed"]),
	position: number$2().int().nullable(),
	hash: string().nullable()
});
const moment$2 = datetime({ offset: true });
object$2({
	actor_kind: text$4(50).optional(),
	actor_id: text$4(300).optional(),
	action: text$4(100).optional(),
	subject_kind: text$4(50).optional(),
	subject_id: text$4(300).optional(),
	outcome: AuditOutcome.optional(),
	from: moment$2.optional(),
	to: moment$2.optional(),
	address: text$4(100).optional()
});
object$2({ value: string().min(1).max(1e4) });
object$2({
	fingerprint: string(),
	items: array(AuditEntry),
	is_cut: boolean()
});
const AuditProblem = discriminatedUnion("kind", [
	object$2({
		kind: literal("changed"),
		id: number$2(),
		position: number$2()
	}),
	object$2({
		kind: literal("reordered"),
		id: number$2(),
		position: number$2(),
		sealedAt: number$2()
	}),
	object$2({
		kind: literal("missing"),
		from: number$2(),
		to: number$2()
	}),
	object$2({
		kind: literal("unsealed"),
		id: number$2(),
		at: string(),
		isLate: boolean()
	}),
	object$2({ kind: literal("head_lost") }),
	object$2({
		kind: literal("head_differs"),
		position: number$2(),
		kept: string(),
		found: string().nullable()
	})
]);
object$2({
	head: object$2({
		position: number$2().int(),
		hash: string()
	}).nullable(),
	unsealed: number$2().int(),
	verified: object$2({
		at: moment$2,
		is_intact: boolean(),
		position: number$2().int(),
		checked: number$2().int(),
		problems: array(AuditProblem),
		is_cut: boolean()
	}).nullable(),
	is_verifying: boolean()
});
object$2({ client_name: string().trim().min(1).max(100) });
object$2({
	device_code: string(),
	user_code: string(),
	verification_url: string(),
	verification_url_complete: string(),
	expires_in: number$2().int(),
	interval: number$2().int()
});
const UserCode = string().max(40).transform((text) => text.toUpperCase().replace(/[^A-Z0-9]/g, ""));
object$2({ user_code: UserCode });
object$2({
	user_code: UserCode,
	decision: _enum(["approve", "deny"])
});
object$2({
	client_name: string(),
	address: string(),
	state: _enum([
		"pending",
		"approved",
		"denied",
		"redeemed"
	]),
	created_at: datetime({ offset: true }),
	expires_at: datetime({ offset: true })
});
object$2({ device_code: string().min(1).max(200) });
// contract/src/gates.ts
const gateMetrics = [
	"new_critical",
	"new_high",
	"new_findings",
	"critical",
	"high",
	"findings",
	"failed_tests",
	"flaky_tests",
	"failed_tool_gates",
	"unread_reports"
];
const GateCondition = object$2({
	metric: _enum(gateMetrics),
	at_most: number$2().int().min(0).max(1e9)
});
object$2({
	repository: string().min(1).max(300),
	conditions: array(GateCondition).max(gateMetrics.length)
});
const gateVerdicts = ["passed", "failed"];
const RunGate = object$2({
	verdict: _enum(gateVerdicts),
	conditions: array(GateCondition.extend({
		actual: number$2().int(),
		verdict: _enum(gateVerdicts)
	}))
});
const ToolGate = object$2({
	verdict: _enum([...gateVerdicts, "none"]),
	verdict_word: string(),
	name: string().nullable(),
	conditions: array(object$2({
		metric: string(),
		comparator: string().nullable(),
		threshold: string().nullable(),
		actual: string().nullable(),
		verdict: _enum([...gateVerdicts, "none"])
	}))
});
// contract/src/severity.ts
const severities$5 = [
	"critical",
	"high",
	"medium",
	"low",
	"info",
	"unknown"
];
const Severity = _enum(severities$5);
const SeverityCounts = object$2({
	critical: number$2().int(),
	high: number$2().int(),
	medium: number$2().int(),
	low: number$2().int(),
	info: number$2().int(),
	unknown: number$2().int(),
	total: number$2().int()
});
const TestCounts = object$2({
	passed: number$2().int(),
	failed: number$2().int(),
	skipped: number$2().int(),
	flaky: number$2().int(),
	errors: number$2().int(),
	total: number$2().int()
});
const scanTypes = [
	"sonarqube",
	"zap",
	"trivy",
	"lint",
	"test"
];
const ScanType = _enum(scanTypes);
const RunStatus = _enum([
	"Queued",
	"Running",
	"Success",
	"Failed",
	"Cancelled"
]);
const Timestamp = datetime({ offset: true });
const ScanStatus = _enum([
	"queued",
	"running",
	"completed",
	"failed"
]);
const ImportStatus = _enum([
	"queued",
	"running",
	"completed",
	"partial",
	"refused",
	"failed"
]);
const Warning = object$2({
	code: string(),
	message: string()
});
const Changes = object$2({
	new: number$2().int(),
	fixed: number$2().int(),
	reopened: number$2().int(),
	unchanged: number$2().int()
});
const ScanSummary = object$2({
	id: number$2().int(),
	run_id: number$2().int(),
	run_attempt: number$2().int(),
	scan_type: ScanType,
	tool: string(),
	category: string(),
	status: ScanStatus,
	partial: boolean(),
	counts: union([SeverityCounts, TestCounts]),
	changes: Changes.nullable(),
	created_at: Timestamp,
	updated_at: Timestamp
});
const Run = object$2({
	id: number$2().int(),
	repository: string(),
	commit_hash: string(),
	branch: string(),
	commit_message: string().nullable(),
	status: RunStatus,
	github_run_id: number$2().int().nullable(),
	run_attempt: number$2().int(),
	workflow: string().nullable(),
	event: string().nullable(),
	actor: string().nullable(),
	pull_request: number$2().int().nullable(),
	started_at: Timestamp.nullable(),
	completed_at: Timestamp.nullable(),
	created_at: Timestamp,
	updated_at: Timestamp,
	critical_vulnerabilities: number$2().int(),
	github_url: string().nullable(),
	scans: array(ScanSummary)
});
const Import = object$2({
	id: string(),
	run_id: number$2().int(),
	scan_id: number$2().int().nullable(),
	status: ImportStatus,
	format: string().nullable(),
	size_bytes: number$2().int(),
	sha256: string(),
	received_at: Timestamp,
	completed_at: Timestamp.nullable(),
	changes: Changes.nullable(),
	warnings: array(Warning)
});
Run.extend({
	previous_run_id: number$2().int().nullable(),
	gate: RunGate.nullable(),
	imports: array(Import)
});
ScanSummary.extend({
	run: Run,
	tool_version: string().nullable(),
	target: string().nullable(),
	tool_gate: ToolGate.nullable(),
	imports: array(Import),
	trend: array(object$2({
		scan_id: number$2().int(),
		run_id: number$2().int(),
		created_at: Timestamp,
		counts: union([SeverityCounts, TestCounts])
	}))
});
const WorkflowStrip = object$2({
	repository: string(),
	workflow: string(),
	branch: string(),
	failing_since: Timestamp.nullable(),
	runs: array(object$2({
		id: number$2().int(),
		status: RunStatus,
		commit_hash: string(),
		started_at: Timestamp,
		duration_ms: number$2().int().nullable()
	}))
});
object$2({
	critical_open: number$2().int(),
	critical_new_today: number$2().int(),
	tokens_ending_soon: number$2().int(),
	failed_runs_today: number$2().int(),
	failed_runs_yesterday: number$2().int(),
	workflows: array(WorkflowStrip),
	last_received_at: Timestamp.nullable()
});
object$2({
	name: string(),
	default_branch: string().nullable(),
	last_run_at: Timestamp.nullable()
});
// contract/src/findings.ts
const findingStates = [
	"open",
	"fixed",
	"dismissed"
];
const FindingState = _enum(findingStates);
const shownFindingStates = [...findingStates, "stale"];
const ShownFindingState = _enum(shownFindingStates);
const DismissalReason = _enum([
	"false_positive",
	"accepted_risk",
	"wont_fix",
	"used_in_tests"
]);
const findingChanges = [
	"new",
	"reopened",
	"unchanged",
	"fixed"
];
const FindingChange = _enum(findingChanges);
const findingKinds = [
	"vulnerability",
	"misconfiguration",
	"secret",
	"license",
	"issue"
];
const FindingKind = _enum(findingKinds);
const FindingTraits = object$2({
	confidence: string().optional(),
	instance_count: number$2().int().optional(),
	type: string().optional(),
	impacts: array(object$2({
		software_quality: string(),
		severity: string()
	})).optional(),
	fixable: boolean().optional()
});
const Finding = object$2({
	id: number$2().int(),
	repository: string(),
	branch: string(),
	scan_type: ScanType,
	tool: string(),
	kind: FindingKind,
	state: ShownFindingState,
	change: FindingChange.nullable(),
	severity: Severity,
	severity_word: string().nullable(),
	rule: string(),
	title: string(),
	message: string(),
	target: string().nullable(),
	path: string().nullable(),
	line: number$2().int().nullable(),
	package_name: string().nullable(),
	installed_version: string().nullable(),
	fixed_version: string().nullable(),
	url: string().nullable(),
	traits: FindingTraits.nullable(),
	first_seen_at: Timestamp,
	first_seen_run_id: number$2().int().nullable(),
	last_seen_at: Timestamp
});
const Dismissal = object$2({
	by: _enum(["user", "tool"]),
	username: string().nullable(),
	reason: DismissalReason.nullable(),
	comment: string().nullable(),
	at: Timestamp.nullable()
});
const FindingEvent = object$2({
	branch: string(),
	event: _enum([
		"appeared",
		"fixed",
		"reopened",
		"dismissed"
	]),
	at: Timestamp,
	run_id: number$2().int().nullable(),
	commit_hash: string().nullable(),
	username: string().nullable(),
	reason: DismissalReason.nullable(),
	comment: string().nullable()
});
Finding.extend({
	detail: record(string(), unknown()),
	dismissal: Dismissal.nullable(),
	branches: array(object$2({
		branch: string(),
		state: FindingState,
		first_seen_at: Timestamp,
		first_seen_run_id: number$2().int().nullable(),
		first_seen_commit: string().nullable()
	})),
	timeline: array(FindingEvent)
});
const FacetName = _enum([
	"severity",
	"kind",
	"change",
	"state",
	"scan_type",
	"tool",
	"rule",
	"target",
	"path",
	"package_name",
	"fixable",
	"risk",
	"tool_type"
]);
const facet = array(object$2({
	value: string(),
	count: number$2().int()
}));
object$2({
	total: number$2().int(),
	is_total_estimated: boolean(),
	estimated: array(FacetName),
	severity: facet,
	kind: facet,
	change: facet,
	state: facet,
	scan_type: facet,
	tool: facet,
	rule: facet,
	target: facet,
	path: facet,
	package_name: facet,
	fixable: facet,
	risk: facet,
	tool_type: facet
});
object$2({
	target: string().nullable(),
	package_name: string(),
	installed_version: string(),
	fixed_version: string(),
	fixes: number$2().int(),
	counts: SeverityCounts
});
// contract/src/finding-filters.ts
const text$3 = (limit) => string().max(limit).regex(/^[^\0]*$/, "no NUL character");
const several = (values) => union([_enum(values), array(_enum(values)).max(20)]).optional();
const severalTexts = union([text$3(1e3), array(text$3(1e3)).max(50)]).optional();
const FindingFilters = object$2({
	scan_id: number$1().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
	repository: text$3(300).optional(),
	branch: text$3(1024).optional(),
	scan_type: several(scanTypes),
	tool: severalTexts,
	state: several(shownFindingStates),
	change: several(findingChanges),
	severity: several(severities$5),
	kind: several(findingKinds),
	rule: severalTexts,
	target: severalTexts,
	path: severalTexts,
	package_name: severalTexts,
	fixable: _enum(["true", "false"]).optional(),
	risk: severalTexts,
	tool_type: severalTexts,
	q: text$3(200).optional()
});
_enum([
	"severity",
	"rule",
	"path"
]);
_enum([
	"csv",
	"sarif",
	"json"
]);
// contract/src/intake.ts
const text$2 = (limit) => string().trim().min(1).max(limit);
const count$1 = number$2().int().min(0).max(2147483647);
const identifier = number$2().int().min(1).max(Number.MAX_SAFE_INTEGER);
const SenderStatus = _enum([
	"queued",
	"running",
	"completed",
	"failed",
	"cancelled"
]);
const RunFacts = object$2({
	commit_hash: text$2(128).regex(/^[\w.-]+$/, "letters, digits, dots, dashes and underscores only"),
	branch: text$2(1024),
	run_id: identifier.optional(),
	repository: text$2(300).regex(/^[\w.-]+(\/[\w.-]+)?$/, "owner/name").optional(),
	status: SenderStatus.optional(),
	github_run_id: identifier.optional(),
	run_attempt: number$2().int().min(1).max(1e5).optional(),
	workflow: text$2(500).optional(),
	job: text$2(500).optional(),
	event: text$2(100).optional(),
	actor: text$2(200).optional(),
	commit_message: string().max(1e5).optional(),
	default_branch: text$2(1024).optional(),
	pull_request: identifier.optional(),
	started_at: datetime({ offset: true }).optional(),
	category: string().trim().max(500).optional(),
	shard: object$2({
		index: number$2().int().min(1).max(1e4),
		total: number$2().int().min(1).max(1e4)
	}).optional()
});
const ResultIssue = looseObject({
	rule: string().max(2e3),
	severity: string().max(100),
	message: string().max(2e6),
	path: string().max(1e4).nullish(),
	line: number$2().int().nullish()
});
const Results = looseObject({
	status: SenderStatus.optional(),
	scan_type: string().max(100).optional(),
	tool: text$2(200).optional(),
	critical: count$1.optional(),
	high: count$1.optional(),
	medium: count$1.optional(),
	low: count$1.optional(),
	info: count$1.optional(),
	unknown: count$1.optional(),
	passed: count$1.optional(),
	failed: count$1.optional(),
	skipped: count$1.optional(),
	errors: count$1.optional(),
	flaky: count$1.optional(),
	total: count$1.optional(),
	issues: array(ResultIssue).max(1e5).optional()
});
RunFacts.extend({
	results: Results.optional(),
	report: unknown().optional()
}).loose();
const IntakeAnswer = object$2({
	run_id: number$2().int(),
	scan_id: number$2().int().nullable(),
	import_id: string(),
	status: ImportStatus,
	counts: union([SeverityCounts, TestCounts]).nullable(),
	changes: Changes.nullable(),
	warnings: array(Warning),
	gate: RunGate.nullable(),
	url: string()
});
object$2({ run_id: number$2().int().min(1).max(Number.MAX_SAFE_INTEGER) });
object$2({
	type: _enum([
		"new_run",
		"run_updated",
		"scan_completed",
		"resync"
	]),
	data: object$2({
		id: number$2().int(),
		repository: string(),
		commit_hash: string(),
		branch: string(),
		status: RunStatus,
		critical_vulnerabilities: number$2().int(),
		scan_id: number$2().int().nullable(),
		updated_at: string()
	}).nullable()
});
// contract/src/oidc.ts
const usualTrustEvents = [
	"push",
	"schedule",
	"workflow_dispatch",
	"repository_dispatch"
];
const numericId = number$2().int().min(1).max(Number.MAX_SAFE_INTEGER);
const instant = datetime({ offset: true });
const RefPattern = string().max(500).regex(/^refs\/[^\s*\p{Cc}/]+(?:\/[^\s*\p{Cc}/]+)*(?:\/\*)?$/u, "a whole ref such as refs/heads/main, or a prefix such as refs/heads/release/*");
const WorkflowPath = string().max(300).regex(/^\.github\/workflows\/[\w. -]+\.ya?ml$/, "the path of a workflow file such as .github/workflows/ci.yml");
const TrustEvent = string().max(50).regex(/^[a-z][a-z_]*$/, "the name of an event such as push");
object$2({
	name: string().trim().min(1).max(100),
	repository: string().trim().max(300).regex(/^[\w.-]+\/[\w.-]+$/, "owner/name"),
	repository_id: numericId,
	repository_owner_id: numericId,
	workflow: WorkflowPath,
	refs: array(RefPattern).min(1).max(50),
	events: array(TrustEvent).min(1).max(20).default([...usualTrustEvents]),
	scopes: array(Scope).min(1).max(scopes.length).default(["webhook:write"]),
	environment: string().trim().min(1).max(255).optional()
});
object$2({
	id: number$2().int(),
	name: string(),
	repository: string(),
	repository_id: number$2().int(),
	repository_owner_id: number$2().int(),
	workflow: string(),
	refs: array(string()),
	events: array(string()),
	scopes: array(Scope),
	environment: string().nullable(),
	created_at: instant,
	created_by: string().nullable(),
	revoked_at: instant.nullable(),
	last_exchange: object$2({
		at: instant,
		repository: string(),
		github_run_id: number$2().int(),
		run_attempt: number$2().int()
	}).nullable()
});
object$2({ token: string().min(1) });
const OidcExchangeAnswer = object$2({
	access_token: string(),
	expires_in: number$2().int()
});
const TrustCheck = object$2({
	claim: string(),
	is_met: boolean(),
	wanted: string(),
	found: string().nullable(),
	explanation: string()
});
object$2({
	would_succeed: boolean(),
	reason: string().nullable(),
	token: object$2({
		is_good: boolean(),
		explanation: string()
	}),
	claims: record(string(), string()).nullable(),
	bindings: array(object$2({
		id: number$2().int(),
		name: string(),
		repository: string(),
		is_met: boolean(),
		checks: array(TrustCheck)
	}))
});
// contract/src/problem.ts
const FieldProblem = object$2({
	field: string(),
	problem: string(),
	fix: string()
});
const Problem = object$2({
	type: string(),
	title: string(),
	status: number$2().int(),
	detail: string(),
	code: string(),
	request_id: string(),
	errors: array(FieldProblem).optional()
});
// contract/src/second-factors.ts
const moment$1 = datetime({ offset: true });
const SecondFactorMethod = _enum([
	"totp",
	"passkey",
	"recovery_code"
]);
Problem.extend({
	challenge: string(),
	methods: array(SecondFactorMethod)
});
const Bytes = string().min(1).max(12e3).regex(/^[\w-]+$/, "base64url");
const CredentialId = Bytes.max(1400);
const Transports = array(string().max(40)).max(20);
const PublicKey = literal("public-key");
const credential = {
	id: CredentialId,
	rawId: CredentialId,
	type: PublicKey,
	authenticatorAttachment: _enum(["cross-platform", "platform"]).exactOptional(),
	clientExtensionResults: object$2({})
};
const PasskeyProof = object$2({
	...credential,
	response: object$2({
		clientDataJSON: Bytes,
		authenticatorData: Bytes,
		signature: Bytes,
		userHandle: Bytes.exactOptional()
	})
});
const NewPasskey = object$2({
	...credential,
	response: object$2({
		clientDataJSON: Bytes,
		attestationObject: Bytes,
		transports: Transports.exactOptional()
	})
});
const KnownCredential = object$2({
	id: string(),
	type: PublicKey,
	transports: array(string())
});
const PasskeyRequest = object$2({
	challenge: string(),
	rpId: string(),
	timeout: number$2().int(),
	userVerification: literal("required"),
	allowCredentials: array(KnownCredential)
});
const PasskeyCreation = object$2({
	challenge: string(),
	rp: object$2({
		id: string(),
		name: string()
	}),
	user: object$2({
		id: string(),
		name: string(),
		displayName: string()
	}),
	pubKeyCredParams: array(object$2({
		alg: number$2().int(),
		type: PublicKey
	})),
	timeout: number$2().int(),
	excludeCredentials: array(KnownCredential),
	authenticatorSelection: object$2({
		residentKey: literal("required"),
		requireResidentKey: literal(true),
		userVerification: literal("required")
	}),
	attestation: literal("none")
});
object$2({
	challenge: string(),
	options: PasskeyRequest
});
object$2({
	challenge: string(),
	options: PasskeyCreation
});
const Challenge = string().min(1).max(200);
const TotpCode = string().min(1).max(20);
const RecoveryCode = string().min(1).max(100);
const PasskeyName = string().trim().min(1).max(60);
object$2({ challenge: Challenge.optional() }).nullable();
object$2({
	challenge: Challenge,
	code: TotpCode.optional(),
	passkey: PasskeyProof.optional(),
	recovery_code: RecoveryCode.optional(),
	cookie: boolean().optional()
}).refine((body) => [
	body.code,
	body.passkey,
	body.recovery_code
].filter((proof) => proof !== void 0).length === 1, {
	path: ["code"],
	message: "one of code, passkey and recovery_code is needed, and no second"
});
object$2({
	challenge: Challenge,
	passkey: PasskeyProof,
	cookie: boolean().optional()
});
const Passkey = object$2({
	id: number$2().int(),
	name: string(),
	created_at: moment$1,
	last_used_at: moment$1.nullable(),
	is_synced: boolean(),
	is_usable: boolean()
});
const PasskeyPlace = union([object$2({
	origin: string(),
	reason: _null()
}), object$2({
	origin: _null(),
	reason: _enum(["plain_http", "ip_address"])
})]);
object$2({
	totp: object$2({
		created_at: moment$1,
		last_used_at: moment$1.nullable()
	}).nullable(),
	passkeys: array(Passkey),
	recovery_codes: object$2({
		left: number$2().int(),
		created_at: moment$1
	}).nullable(),
	passkey_place: PasskeyPlace
});
object$2({
	secret: string(),
	uri: string()
});
object$2({ code: TotpCode });
object$2({ recovery_codes: array(string()) });
const SecondFactorAdded = object$2({ recovery_codes: array(string()).nullable() });
object$2({
	challenge: Challenge,
	name: PasskeyName,
	passkey: NewPasskey
});
SecondFactorAdded.extend({ passkey: Passkey });
object$2({ name: PasskeyName });
object$2({
	totp: boolean(),
	passkeys: number$2().int(),
	recovery_codes: number$2().int(),
	sessions_ended: number$2().int()
});
// contract/src/people.ts
const moment = datetime({ offset: true });
const Email = email().max(320);
object$2({
	email: Email.optional(),
	role: Role,
	expires_in_days: number$2().int().min(1).max(90).optional()
});
const InvitationState = _enum([
	"open",
	"used",
	"expired",
	"revoked"
]);
object$2({
	id: number$2().int(),
	email: string().nullable(),
	role: Role,
	created_at: moment,
	created_by: string().nullable(),
	expires_at: moment,
	used_at: moment.nullable(),
	used_by: string().nullable(),
	revoked_at: moment.nullable(),
	state: InvitationState
}).extend({ url: string() });
const LinkToken = string().min(1).max(200);
object$2({ invitation: LinkToken });
object$2({
	invited_by: string().nullable(),
	email: string().nullable(),
	role: Role,
	expires_at: moment
});
User.extend({
	deactivated_at: moment.nullable(),
	last_seen_at: moment.nullable(),
	sessions: number$2().int(),
	second_factors: object$2({
		totp: boolean(),
		passkeys: number$2().int()
	})
});
object$2({ role: Role });
object$2({ sessions_ended: number$2().int() });
object$2({
	url: string(),
	expires_at: moment
});
object$2({ token: LinkToken });
object$2({
	username: string(),
	expires_at: moment
});
object$2({
	token: LinkToken,
	password: Password
});
object$2({
	id: uuid$2(),
	device: string(),
	address: string().nullable(),
	created_at: moment,
	last_seen_at: moment,
	expires_at: moment,
	is_current: boolean()
});
const GivenPassword = string().min(1).max(1024);
object$2({
	current_password: GivenPassword,
	new_password: Password
});
object$2({
	username: Username.optional(),
	email: Email.optional()
}).refine((body) => body.username !== void 0 || body.email !== void 0, {
	path: ["username"],
	message: "username or email is needed"
});
object$2({
	password: GivenPassword.optional(),
	code: TotpCode.optional(),
	recovery_code: RecoveryCode.optional(),
	challenge: string().max(200).optional(),
	passkey: PasskeyProof.optional()
}).refine((body) => body.password === void 0 !== (body.passkey === void 0), {
	path: ["password"],
	message: "the password is needed, or a passkey alone"
}).refine((body) => body.passkey === void 0 || body.code === void 0 && body.recovery_code === void 0, {
	path: ["passkey"],
	message: "needs no code beside it"
}).refine((body) => body.code === void 0 || body.recovery_code === void 0, {
	path: ["code"],
	message: "goes without a recovery_code, or that without it"
}).refine((body) => body.passkey === void 0 === (body.challenge === void 0), {
	path: ["challenge"],
	message: "goes with a passkey"
});
object$2({ fresh_until: moment });
object$2({
	id: number$2().int(),
	kind: _enum(["refresh_token_reused"]),
	created_at: moment,
	device: string(),
	address: string().nullable()
});
// contract/src/service-tokens.ts
const sharedServiceName = "shared";
const ServiceName = string().trim().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, "lower-case letters, digits, dots, dashes and underscores, at most 63, starting with a letter or digit").refine((name) => name !== sharedServiceName, `"${sharedServiceName}" stands for INTERNAL_SERVICE_TOKEN; choose another name`);
const ServiceTokenState = _enum([
	"valid",
	"overlapping",
	"expired",
	"revoked"
]);
object$2({
	id: number$2().int(),
	service: string(),
	prefix: string(),
	state: ServiceTokenState,
	created_at: datetime({ offset: true }),
	expires_at: datetime({ offset: true }).nullable(),
	revoked_at: datetime({ offset: true }).nullable(),
	last_used_at: datetime({ offset: true }).nullable(),
	last_used_address: string().nullable()
});
object$2({
	service: ServiceName,
	length: number$2().int().min(43).max(200).default(64),
	expires_in_days: number$2().int().min(1).max(3650).optional()
});
object$2({ token: string().min(1).max(1e3) });
object$2({
	active: boolean(),
	service: string().nullable(),
	expires_at: datetime({ offset: true }).nullable()
});
const TestOutcome = _enum([
	"failed",
	"error",
	"passed",
	"skipped"
]);
const TestPoint = object$2({
	run_id: number$2().int(),
	scan_id: number$2().int(),
	commit_hash: string(),
	at: Timestamp,
	outcome: TestOutcome,
	flaky: boolean(),
	duration_ms: number$2().nullable()
});
object$2({
	id: number$2().int(),
	repository: string(),
	branch: string(),
	run_id: number$2().int(),
	scan_id: number$2().int(),
	kind: _enum(["case", "suite"]),
	suites: array(string()),
	class_name: string().nullable(),
	name: string(),
	file: string().nullable(),
	line: number$2().int().nullable(),
	outcome: TestOutcome,
	status_word: string(),
	flaky: boolean(),
	change: FindingChange.nullable(),
	duration_ms: number$2().nullable(),
	message: string().nullable(),
	error_type: string().nullable(),
	failing_since: object$2({
		run_id: number$2().int(),
		at: Timestamp
	}).nullable(),
	history: array(TestPoint)
}).extend({
	trace: string().nullable(),
	attempts: array(object$2({
		outcome: TestOutcome,
		duration_ms: number$2().nullable(),
		message: string().nullable(),
		trace: string().nullable()
	})),
	detail: record(string(), unknown()),
	fail_rate: number$2(),
	flaky_rate: number$2()
});
object$2({
	outcome: array(object$2({
		value: string(),
		count: number$2().int()
	})),
	change: array(object$2({
		value: string(),
		count: number$2().int()
	})),
	flaky: array(object$2({
		value: string(),
		count: number$2().int()
	})),
	file: array(object$2({
		value: string(),
		count: number$2().int()
	})),
	suite: array(object$2({
		value: string(),
		count: number$2().int()
	}))
});
object$2({
	message: string(),
	error_type: string().nullable(),
	count: number$2().int(),
	tests: array(object$2({
		id: number$2().int(),
		name: string()
	}))
});
object$2({
	path: array(string()),
	failed: number$2().int(),
	errors: number$2().int(),
	passed: number$2().int(),
	skipped: number$2().int(),
	flaky: number$2().int(),
	total: number$2().int(),
	duration_ms: number$2().nullable()
});
strictObject({
	ids: array(number$2().int().min(1).max(Number.MAX_SAFE_INTEGER)).min(1).max(1e3).optional(),
	filter: FindingFilters.strict().optional(),
	branch: string().min(1).max(1024).regex(/^[^\0]*$/, "no NUL character").optional(),
	action: _enum(["dismiss", "reopen"]),
	reason: DismissalReason.optional(),
	comment: string().max(2e3).regex(/^[^\0]*$/, "no NUL character").optional()
}).superRefine((body, context) => {
	const refuse = (field, message) => context.addIssue({
		code: "custom",
		path: [field],
		message
	});
	if (body.ids === void 0 === (body.filter === void 0)) refuse("ids", "either ids or filter, and not both");
	if (body.action === "dismiss" && body.reason === void 0) refuse("reason", "a dismissal has one");
	if (body.action === "reopen" && body.reason !== void 0) refuse("reason", "only a dismissal has one");
	if (body.branch !== void 0 && body.filter?.branch !== void 0 && body.branch !== body.filter.branch) refuse("branch", "is another one than that of the filter");
});
object$2({
	changed: number$2().int(),
	unchanged: number$2().int()
});
// send/src/answer.ts
const Verdict = _enum([
	"passed",
	"failed",
	"none"
]);
const SentGate = object$2({
	verdict: Verdict,
	conditions: array(object$2({
		metric: string(),
		at_most: number$2(),
		actual: number$2(),
		verdict: Verdict
	}))
});
const SentAnswer = IntakeAnswer.extend({ gate: SentGate.nullish() });
// send/src/version.ts
const { version } = {
	name: "@sentinal/send",
	version: "0.1.0",
	"private": true,
	license: "Apache-2.0",
	type: "module",
	exports: { ".": "./src/index.ts" },
	dependencies: {
		"@sentinal/contract": "0.1.0",
		"@sentinal/reports": "0.1.0",
		"zod": "4.6.7"
	}
};
// send/src/hub-client.ts
var HubUnreachable = class extends Error {};
const usualIdleTimeoutMs = 6e4;
const mostAnswerBytes = 4194304;
async function callHub(call) {
	const isSecure = call.url.protocol === "https:";
	const agentOptions = {
		...!isLoopback(call.url) && { proxyEnv: process.env },
		keepAlive: true
	};
	const agent = isSecure ? new Agent$1(agentOptions) : new Agent(agentOptions);
	const idleTimeoutMs = call.idleTimeoutMs ?? usualIdleTimeoutMs;
	try {
		return await new Promise((resolve, reject) => {
			const sending = (isSecure ? request$1 : request)(call.url, {
				method: call.method,
				agent,
				headers: {
					"user-agent": `sentinal/${version}`,
					accept: "application/json, application/problem+json",
					...call.headers
				}
			});
			sending.setTimeout(idleTimeoutMs, () => sending.destroy(new HubUnreachable(`${call.url.origin} has been silent for ${idleTimeoutMs / 1e3} s.`)));
			sending.on("error", (error) => {
				call.body?.destroy();
				reject(error instanceof HubUnreachable ? error : unreachable(error, call.url));
			});
			sending.on("response", (response) => {
				readAnswer(response).then((answer) => {
					call.body?.destroy();
					resolve(answer);
					sending.destroy();
				}, (error) => reject(unreachable(error, call.url)));
			});
			if (call.body === void 0) {
				sending.end();
				return;
			}
			call.body.on("error", (error) => {
				sending.destroy();
				reject(error);
			});
			call.body.pipe(sending);
		});
	} finally {
		agent.destroy();
	}
}
function isLoopback(url) {
	return url.hostname === "localhost" || url.hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(url.hostname);
}
async function readAnswer(response) {
	const chunks = [];
	let length = 0;
	for await (const chunk of response) {
		const buffer = Buffer.from(chunk);
		length += buffer.length;
		if (length > mostAnswerBytes) throw new Error("its answer is too long");
		chunks.push(buffer);
	}
	const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]));
	return {
		status: response.statusCode ?? 0,
		headers,
		body: Buffer.concat(chunks).toString("utf8")
	};
}
const reasons = {
	ECONNREFUSED: "nothing listens there. Is the hub running?",
	ENOTFOUND: "no server has this name. Check the address.",
	EAI_AGAIN: "the name cannot be looked up at the moment. Check the network.",
	ECONNRESET: "the connection was cut.",
	EPIPE: "the connection was cut.",
	ETIMEDOUT: "it does not answer. Check the address and the firewall.",
	EHOSTUNREACH: "there is no way to it from here. Check the network.",
	ENETUNREACH: "there is no way to it from here. Check the network.",
	DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is self-signed. Give the certificate's file in NODE_EXTRA_CA_CERTS.",
	SELF_SIGNED_CERT_IN_CHAIN: "its certificate is of an authority that is not known here. Give the authority's file in NODE_EXTRA_CA_CERTS.",
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is of an authority that is not known here. Give the authority's file in NODE_EXTRA_CA_CERTS.",
	CERT_HAS_EXPIRED: "its certificate has expired.",
	ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name.",
	EPROTO: "it does not speak TLS there. Is the address http:// and not https://?"
};
function unreachable(error, url) {
	const code = codeOf(error);
	return new HubUnreachable(`${url.origin} cannot be reached: ${reasons[code] ?? `${error.message || code}.`}`, { cause: error });
}
function codeOf(error) {
	const first = error instanceof AggregateError ? error.errors[0] : error;
	return first instanceof Error && "code" in first && typeof first.code === "string" ? first.code : "";
}
// send/src/problem.ts
var SendProblem = class extends Error {};
// send/src/partial-facts.ts
function withoutAbsent(facts) {
	return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== void 0));
}
// send/src/git-facts.ts
const timeoutMs = 5e3;
const mostOutputBytes$1 = 1048576;
async function gitFacts(folder) {
	const commit = await git(folder, "rev-parse", "--verify", "HEAD");
	if (commit === void 0) return {};
	const [branch, remote, message, remoteHead] = await Promise.all([
		git(folder, "symbolic-ref", "--short", "--quiet", "HEAD"),
		git(folder, "config", "--get", "remote.origin.url"),
		commitMessage(folder, commit),
		git(folder, "symbolic-ref", "--short", "--quiet", "refs/remotes/origin/HEAD")
	]);
	return withoutAbsent({
		commit_hash: commit,
		branch,
		repository: remote === void 0 ? void 0 : repositoryOf(remote),
		commit_message: message,
		default_branch: remoteHead?.replace(/^origin\//, "")
	});
}
async function gitFolder(folder) {
	return git(folder, "rev-parse", "--show-toplevel");
}
async function commitMessage(folder, commit) {
	if (!/^[0-9a-f]{7,64}$/i.test(commit)) return void 0;
	return git(folder, "-c", "log.showSignature=false", "log", "-1", "--no-color", "--format=%B", commit);
}
function repositoryOf(remote) {
	const path = /^[a-z+]+:\/\/[^/]+\/(.+)$/i.exec(remote)?.[1] ?? /^[^/:]+:(?!\/\/)(.+)$/.exec(remote)?.[1];
	return /^\/?([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(path ?? "")?.[1];
}
function git(folder, ...parameters) {
	const environment = {
		...process.env,
		GIT_TERMINAL_PROMPT: "0",
		GIT_OPTIONAL_LOCKS: "0",
		LC_ALL: "C"
	};
	return new Promise((resolve) => {
		execFile("git", parameters, {
			cwd: folder,
			env: environment,
			timeout: timeoutMs,
			maxBuffer: mostOutputBytes$1,
			windowsHide: true
		}, (error, output) => {
			const text = output.trim();
			resolve(error !== null || text === "" ? void 0 : text);
		});
	});
}
// send/src/github-facts.ts
async function githubFacts(environment, cwd) {
	if (environment["GITHUB_ACTIONS"] !== "true") return {};
	const event = await readEvent(environment["GITHUB_EVENT_PATH"]);
	const pullRequest = textAt(event, "pull_request", "head", "sha") === void 0 ? void 0 : at(event, "pull_request");
	const commit = textAt(pullRequest, "head", "sha") ?? text$1(environment["GITHUB_SHA"]);
	return withoutAbsent({
		repository: text$1(environment["GITHUB_REPOSITORY"]),
		commit_hash: commit,
		branch: branchOf(environment, pullRequest),
		github_run_id: whole(environment["GITHUB_RUN_ID"]),
		run_attempt: whole(environment["GITHUB_RUN_ATTEMPT"]),
		workflow: text$1(environment["GITHUB_WORKFLOW"]),
		job: text$1(environment["GITHUB_JOB"]),
		event: text$1(environment["GITHUB_EVENT_NAME"]),
		actor: text$1(environment["GITHUB_ACTOR"]),
		pull_request: whole(at(pullRequest, "number")) ?? whole(/^refs\/pull\/(\d+)\//.exec(environment["GITHUB_REF"] ?? "")?.[1]),
		default_branch: textAt(event, "repository", "default_branch"),
		commit_message: await messageOf$1(event, commit, pullRequest, cwd)
	});
}
function branchOf(environment, pullRequest) {
	const head = text$1(environment["GITHUB_HEAD_REF"]) ?? textAt(pullRequest, "head", "ref");
	if (head === void 0) return text$1(environment["GITHUB_REF_NAME"]) ?? text$1(environment["GITHUB_REF"]?.replace(/^refs\/(heads|tags)\//, ""));
	const from = textAt(pullRequest, "head", "repo", "full_name");
	return pullRequest !== void 0 && from !== textAt(pullRequest, "base", "repo", "full_name") ? textAt(pullRequest, "head", "label") ?? `${from?.split("/")[0] ?? "unknown"}:${head}` : head;
}
async function messageOf$1(event, commit, pullRequest, cwd) {
	if (commit === void 0) return void 0;
	if (textAt(event, "head_commit", "id") === commit) return textAt(event, "head_commit", "message");
	return await commitMessage(cwd, commit) ?? textAt(pullRequest, "title");
}
async function readEvent(path) {
	if (path === void 0 || path === "") return void 0;
	try {
		return JSON.parse(await readFile(path, "utf8"));
	} catch {
		return;
	}
}
function at(value, ...path) {
	let found = value;
	for (const name of path) {
		if (typeof found !== "object" || found === null) return void 0;
		found = Object.entries(found).find(([key]) => key === name)?.[1];
	}
	return found;
}
function textAt(value, ...path) {
	const found = at(value, ...path);
	return typeof found === "string" ? text$1(found) : void 0;
}
function text$1(value) {
	return value === void 0 || value.trim() === "" ? void 0 : value;
}
function whole(value) {
	if (typeof value === "string" && !/^\d{1,16}$/.test(value)) return void 0;
	const number = typeof value === "string" ? Number(value) : value;
	return typeof number === "number" && Number.isSafeInteger(number) && number > 0 ? number : void 0;
}
// send/src/facts.ts
const mostMessageLength = 4e3;
const optionOf = {
	commit_hash: "--commit",
	commit_message: "--message"
};
async function gatherFacts(given, environment, cwd) {
	const fromGithub = await githubFacts(environment, cwd);
	const isGithub = fromGithub.commit_hash !== void 0;
	const fromGit = isGithub ? {} : await gitFacts(cwd);
	const facts = {
		...fromGit,
		...fromGithub,
		...given
	};
	if (!isGithub && given.commit_hash !== void 0 && given.commit_hash !== fromGit.commit_hash && given.commit_message === void 0) delete facts.commit_message;
	if (facts.commit_hash === void 0) throw new SendProblem("The commit is not known: this is neither GitHub Actions nor a git repository with a commit. Give it with --commit.");
	if (facts.branch === void 0) throw new SendProblem("The branch is not known: the checkout is of a commit without a branch. Give it with --branch.");
	const parsed = RunFacts.safeParse({
		...facts,
		...facts.commit_message !== void 0 && { commit_message: fitting$1(facts.commit_message) }
	});
	if (parsed.success) return parsed.data;
	throw new SendProblem(parsed.error.issues.map((issue) => `${optionName(String(issue.path[0]))}: ${issue.message}.`).join(" "));
}
function reportQuery(facts, file) {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries({
		...facts,
		scan_type: file.scanType,
		format: file.format
	})) {
		if (value === null || value === void 0) continue;
		query.set(name, typeof value === "object" ? `${value.index}/${value.total}` : String(value));
	}
	return query;
}
function optionName(field) {
	return optionOf[field] ?? `--${field.replaceAll("_", "-")}`;
}
function fitting$1(message) {
	let kept = "";
	let length = 0;
	for (const character of message) {
		const wellFormed = character.toWellFormed();
		length += encodeURIComponent(wellFormed).length;
		if (length > mostMessageLength) break;
		kept += wellFormed;
	}
	return kept;
}
Buffer.alloc(0);
// node_modules/pend/index.js
var require_pend = __commonJSMin(((exports, module) => {
	module.exports = Pend;
	function Pend() {
		this.pending = 0;
		this.max = Infinity;
		this.listeners = [];
		this.waiting = [];
		this.error = null;
	}
	Pend.prototype.go = function(fn) {
		if (this.pending < this.max) pendGo(this, fn);
		else this.waiting.push(fn);
	};
	Pend.prototype.wait = function(cb) {
		if (this.pending === 0) cb(this.error);
		else this.listeners.push(cb);
	};
	Pend.prototype.hold = function() {
		return pendHold(this);
	};
	function pendHold(self) {
		self.pending += 1;
		var called = false;
		return onCb;
		function onCb(err) {
			if (called) throw new Error("callback called twice");
			called = true;
			self.error = self.error || err;
			self.pending -= 1;
			if (self.waiting.length > 0 && self.pending < self.max) pendGo(self, self.waiting.shift());
			else if (self.pending === 0) {
				var listeners = self.listeners;
				self.listeners = [];
				listeners.forEach(cbListener);
			}
		}
		function cbListener(listener) {
			listener(self.error);
		}
	}
	function pendGo(self, fn) {
		fn(pendHold(self));
	}
}));
// node_modules/yauzl/fd-slicer.js
var require_fd_slicer = __commonJSMin(((exports) => {
	var fs = __require("fs");
	var util = __require("util");
	var stream = __require("stream");
	var Readable = stream.Readable;
	var PassThrough = stream.PassThrough;
	var Pend = require_pend();
	var EventEmitter = __require("events").EventEmitter;
	exports.BufferSlicer = BufferSlicer;
	exports.FdSlicer = FdSlicer;
	util.inherits(FdSlicer, EventEmitter);
	function FdSlicer(fd) {
		EventEmitter.call(this);
		this.fd = fd;
		this.pend = new Pend();
		this.pend.max = 1;
		this.refCount = 0;
	}
	FdSlicer.prototype.read = function(buffer, offset, length, position, callback) {
		var self = this;
		self.pend.go(function(cb) {
			fs.read(self.fd, buffer, offset, length, position, function(err, bytesRead, buffer) {
				cb();
				callback(err, bytesRead, buffer);
			});
		});
	};
	FdSlicer.prototype.createReadStream = function(options) {
		return new ReadStream(this, options);
	};
	FdSlicer.prototype.ref = function() {
		this.refCount += 1;
	};
	FdSlicer.prototype.unref = function() {
		var self = this;
		self.refCount -= 1;
		if (self.refCount < 0) throw new Error("invalid unref");
		if (self.refCount > 0) return;
		fs.close(self.fd, onCloseDone);
		function onCloseDone(err) {
			if (err) self.emit("error", err);
			else self.emit("close");
		}
	};
	util.inherits(ReadStream, Readable);
	function ReadStream(context, options) {
		options = options || {};
		Readable.call(this, options);
		this.context = context;
		this.context.ref();
		this.start = options.start || 0;
		this.endOffset = options.end;
		this.pos = this.start;
	}
	ReadStream.prototype._read = function(n) {
		var self = this;
		var toRead = Math.min(self._readableState.highWaterMark, n);
		if (self.endOffset != null) toRead = Math.min(toRead, self.endOffset - self.pos);
		if (toRead <= 0) {
			self.push(null);
			this._cleanup();
			return;
		}
		self.context.pend.go(function(cb) {
			var buffer = Buffer.allocUnsafe(toRead);
			fs.read(self.context.fd, buffer, 0, toRead, self.pos, function(err, bytesRead) {
				if (err) self.destroy(err);
				else if (bytesRead === 0) {
					self.push(null);
					self._cleanup();
				} else {
					self.pos += bytesRead;
					self.push(buffer.slice(0, bytesRead));
				}
				cb();
			});
		});
	};
	ReadStream.prototype._destroy = function(err, cb) {
		this._cleanup();
		cb(err);
	};
	ReadStream.prototype._cleanup = function() {
		if (this.context != null) {
			this.context.unref();
			this.context = null;
		}
	};
	util.inherits(BufferSlicer, EventEmitter);
	function BufferSlicer(buffer) {
		EventEmitter.call(this);
		this.refCount = 0;
		this.buffer = buffer;
	}
	BufferSlicer.prototype.read = function(buffer, offset, length, position, callback) {
		if (!(0 <= offset && offset <= buffer.length)) throw new RangeError("offset outside buffer: 0 <= " + offset + " <= " + buffer.length);
		if (position < 0) throw new RangeError("position is negative: " + position);
		if (offset + length > buffer.length) length = buffer.length - offset;
		if (position + length > this.buffer.length) length = this.buffer.length - position;
		if (length <= 0) {
			setImmediate(function() {
				callback(null, 0);
			});
			return;
		}
		this.buffer.copy(buffer, offset, position, position + length);
		setImmediate(function() {
			callback(null, length);
		});
	};
	BufferSlicer.prototype.createReadStream = function(options) {
		options = options || {};
		var readStream = new PassThrough(options);
		readStream.start = options.start || 0;
		readStream.endOffset = options.end;
		readStream.pos = readStream.endOffset || this.buffer.length;
		var entireSlice = this.buffer.slice(readStream.start, readStream.pos);
		var maxChunkSize = 65536;
		var offset = 0;
		while (true) {
			var nextOffset = offset + maxChunkSize;
			if (nextOffset >= entireSlice.length) {
				if (offset < entireSlice.length) readStream.write(entireSlice.slice(offset, entireSlice.length));
				break;
			}
			readStream.write(entireSlice.slice(offset, nextOffset));
			offset = nextOffset;
		}
		readStream.end();
		return readStream;
	};
	BufferSlicer.prototype.ref = function() {
		this.refCount += 1;
	};
	BufferSlicer.prototype.unref = function() {
		this.refCount -= 1;
		if (this.refCount < 0) throw new Error("invalid unref");
	};
}));
// node_modules/yauzl/crc32.js
var require_crc32 = __commonJSMin(((exports, module) => {
	const CRC_TABLE = new Int32Array([
		0,
		1996959894,
		3993919788,
		2567524794,
		124634137,
		1886057615,
		3915621685,
		2657392035,
		249268274,
		2044508324,
		3772115230,
		2547177864,
		162941995,
		2125561021,
		3887607047,
		2428444049,
		498536548,
		1789927666,
		4089016648,
		2227061214,
		450548861,
		1843258603,
		4107580753,
		2211677639,
		325883990,
		1684777152,
		4251122042,
		2321926636,
		335633487,
		1661365465,
		4195302755,
		2366115317,
		997073096,
		1281953886,
		3579855332,
		2724688242,
		1006888145,
		1258607687,
		3524101629,
		2768942443,
		901097722,
		1119000684,
		3686517206,
		2898065728,
		853044451,
		1172266101,
		3705015759,
		2882616665,
		651767980,
		1373503546,
		3369554304,
		3218104598,
		565507253,
		1454621731,
		3485111705,
		3099436303,
		671266974,
		1594198024,
		3322730930,
		2970347812,
		795835527,
		1483230225,
		3244367275,
		3060149565,
		1994146192,
		31158534,
		2563907772,
		4023717930,
		1907459465,
		112637215,
		2680153253,
		3904427059,
		2013776290,
		251722036,
		2517215374,
		3775830040,
		2137656763,
		141376813,
		2439277719,
		3865271297,
		1802195444,
		476864866,
		2238001368,
		4066508878,
		1812370925,
		453092731,
		2181625025,
		4111451223,
		1706088902,
		314042704,
		2344532202,
		4240017532,
		1658658271,
		366619977,
		2362670323,
		4224994405,
		1303535960,
		984961486,
		2747007092,
		3569037538,
		1256170817,
		1037604311,
		2765210733,
		3554079995,
		1131014506,
		879679996,
		2909243462,
		3663771856,
		1141124467,
		855842277,
		2852801631,
		3708648649,
		1342533948,
		654459306,
		3188396048,
		3373015174,
		1466479909,
		544179635,
		3110523913,
		3462522015,
		1591671054,
		702138776,
		2966460450,
		3352799412,
		1504918807,
		783551873,
		3082640443,
		3233442989,
		3988292384,
		2596254646,
		62317068,
		1957810842,
		3939845945,
		2647816111,
		81470997,
		1943803523,
		3814918930,
		2489596804,
		225274430,
		2053790376,
		3826175755,
		2466906013,
		167816743,
		2097651377,
		4027552580,
		2265490386,
		503444072,
		1762050814,
		4150417245,
		2154129355,
		426522225,
		1852507879,
		4275313526,
		2312317920,
		282753626,
		1742555852,
		4189708143,
		2394877945,
		397917763,
		1622183637,
		3604390888,
		2714866558,
		953729732,
		1340076626,
		3518719985,
		2797360999,
		1068828381,
		1219638859,
		3624741850,
		2936675148,
		906185462,
		1090812512,
		3747672003,
		2825379669,
		829329135,
		1181335161,
		3412177804,
		3160834842,
		628085408,
		1382605366,
		3423369109,
		3138078467,
		570562233,
		1426400815,
		3317316542,
		2998733608,
		733239954,
		1555261956,
		3268935591,
		3050360625,
		752459403,
		1541320221,
		2607071920,
		3965973030,
		1969922972,
		40735498,
		2617837225,
		3943577151,
		1913087877,
		83908371,
		2512341634,
		3803740692,
		2075208622,
		213261112,
		2463272603,
		3855990285,
		2094854071,
		198958881,
		2262029012,
		4057260610,
		1759359992,
		534414190,
		2176718541,
		4139329115,
		1873836001,
		414664567,
		2282248934,
		4279200368,
		1711684554,
		285281116,
		2405801727,
		4167216745,
		1634467795,
		376229701,
		2685067896,
		3608007406,
		1308918612,
		956543938,
		2808555105,
		3495958263,
		1231636301,
		1047427035,
		2932959818,
		3654703836,
		1088359270,
		936918e3,
		2847714899,
		3736837829,
		1202900863,
		817233897,
		3183342108,
		3401237130,
		1404277552,
		615818150,
		3134207493,
		3453421203,
		1423857449,
		601450431,
		3009837614,
		3294710456,
		1567103746,
		711928724,
		3020668471,
		3272380065,
		1510334235,
		755167117
	]);
	function crc32(buf) {
		let crc = -1;
		for (let x of buf) crc = CRC_TABLE[(crc ^ x) & 255] ^ crc >>> 8;
		return (crc ^ -1) >>> 0;
	}
	module.exports = crc32;
}));
__commonJSMin(((exports) => {
	__require("fs");
	var zlib = __require("zlib");
	require_fd_slicer();
	var util = __require("util");
	var EventEmitter = __require("events").EventEmitter;
	var Transform = __require("stream").Transform;
	var PassThrough = __require("stream").PassThrough;
	var Writable = __require("stream").Writable;
	const crc32 = typeof zlib.crc32 === "function" ? zlib.crc32 : require_crc32();
	util.inherits(ZipFile, EventEmitter);
	function ZipFile(reader, centralDirectoryOffset, fileSize, entryCount, comment, autoClose, lazyEntries, decodeStrings, validateEntrySizes, strictFileNames) {
		var self = this;
		EventEmitter.call(self);
		self.reader = reader;
		self.reader.on("error", function(err) {
			emitError(self, err);
		});
		self.reader.once("close", function() {
			self.emit("close");
		});
		self.readEntryCursor = centralDirectoryOffset;
		self.fileSize = fileSize;
		self.entryCount = entryCount;
		self.comment = comment;
		self.entriesRead = 0;
		self.autoClose = !!autoClose;
		self.lazyEntries = !!lazyEntries;
		self.decodeStrings = !!decodeStrings;
		self.validateEntrySizes = !!validateEntrySizes;
		self.strictFileNames = !!strictFileNames;
		self.isOpen = true;
		self.emittedError = false;
		self.hasEachEntryBeenCalled = false;
		if (!self.lazyEntries) self._readEntry();
	}
	ZipFile.prototype.close = function() {
		if (!this.isOpen) return;
		this.isOpen = false;
		this.reader.unref();
	};
	function emitErrorAndAutoClose(self, err) {
		if (self.autoClose) self.close();
		emitError(self, err);
	}
	function emitError(self, err) {
		if (self.emittedError) return;
		self.emittedError = true;
		self.emit("error", err);
	}
	ZipFile.prototype.readEntry = function() {
		if (!this.lazyEntries) throw new Error("readEntry() called without lazyEntries:true");
		this._readEntry();
	};
	ZipFile.prototype._readEntry = function() {
		var self = this;
		if (self.entryCount === self.entriesRead) {
			setImmediate(function() {
				if (self.autoClose) self.close();
				if (self.emittedError) return;
				self.emit("end");
			});
			return;
		}
		if (self.emittedError) return;
		var buffer = newBuffer(46);
		readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
			if (err) return emitErrorAndAutoClose(self, err);
			if (self.emittedError) return;
			var entry = new Entry();
			var signature = buffer.readUInt32LE(0);
			if (signature !== 33639248) return emitErrorAndAutoClose(self, new Error("invalid central directory file header signature: 0x" + signature.toString(16)));
			entry.versionMadeBy = buffer.readUInt16LE(4);
			entry.versionNeededToExtract = buffer.readUInt16LE(6);
			entry.generalPurposeBitFlag = buffer.readUInt16LE(8);
			entry.compressionMethod = buffer.readUInt16LE(10);
			entry.lastModFileTime = buffer.readUInt16LE(12);
			entry.lastModFileDate = buffer.readUInt16LE(14);
			entry.crc32 = buffer.readUInt32LE(16);
			entry.compressedSize = buffer.readUInt32LE(20);
			entry.uncompressedSize = buffer.readUInt32LE(24);
			entry.fileNameLength = buffer.readUInt16LE(28);
			entry.extraFieldLength = buffer.readUInt16LE(30);
			entry.fileCommentLength = buffer.readUInt16LE(32);
			entry.internalFileAttributes = buffer.readUInt16LE(36);
			entry.externalFileAttributes = buffer.readUInt32LE(38);
			entry.relativeOffsetOfLocalHeader = buffer.readUInt32LE(42);
			if (entry.generalPurposeBitFlag & 64) return emitErrorAndAutoClose(self, new Error("strong encryption is not supported"));
			self.readEntryCursor += 46;
			buffer = newBuffer(entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength);
			readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
				if (err) return emitErrorAndAutoClose(self, err);
				if (self.emittedError) return;
				entry.fileNameRaw = buffer.subarray(0, entry.fileNameLength);
				var fileCommentStart = entry.fileNameLength + entry.extraFieldLength;
				entry.extraFieldRaw = buffer.subarray(entry.fileNameLength, fileCommentStart);
				entry.fileCommentRaw = buffer.subarray(fileCommentStart, fileCommentStart + entry.fileCommentLength);
				try {
					entry.extraFields = parseExtraFields(entry.extraFieldRaw);
				} catch (err) {
					return emitErrorAndAutoClose(self, err);
				}
				if (self.decodeStrings) {
					var isUtf8 = (entry.generalPurposeBitFlag & 2048) !== 0;
					entry.fileComment = decodeBuffer(entry.fileCommentRaw, isUtf8);
					entry.fileName = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, self.strictFileNames);
					var errorMessage = validateFileName(entry.fileName);
					if (errorMessage != null) return emitErrorAndAutoClose(self, new Error(errorMessage));
				} else {
					entry.fileComment = entry.fileCommentRaw;
					entry.fileName = entry.fileNameRaw;
				}
				entry.comment = entry.fileComment;
				self.readEntryCursor += buffer.length;
				self.entriesRead += 1;
				for (var i = 0; i < entry.extraFields.length; i++) {
					var extraField = entry.extraFields[i];
					if (extraField.id !== 1) continue;
					var zip64EiefBuffer = extraField.data;
					var index = 0;
					if (entry.uncompressedSize === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include uncompressed size"));
						entry.uncompressedSize = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					if (entry.compressedSize === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include compressed size"));
						entry.compressedSize = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					if (entry.relativeOffsetOfLocalHeader === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include relative header offset"));
						entry.relativeOffsetOfLocalHeader = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					break;
				}
				if (self.validateEntrySizes && entry.compressionMethod === 0) {
					var expectedCompressedSize = entry.uncompressedSize;
					if (entry.isEncrypted()) expectedCompressedSize += 12;
					if (entry.compressedSize !== expectedCompressedSize) {
						var msg = "compressed/uncompressed size mismatch for stored file: " + entry.compressedSize + " != " + entry.uncompressedSize;
						return emitErrorAndAutoClose(self, new Error(msg));
					}
				}
				self.emit("entry", entry);
				if (!self.lazyEntries) self._readEntry();
			});
		});
	};
	ZipFile.prototype.eachEntry = function() {
		const self = this;
		if (!self.lazyEntries) throw new Error("eachEntry() requires lazyEntries: true");
		if (self.hasEachEntryBeenCalled) throw new Error("eachEntry() must only be called once per ZipFile");
		self.hasEachEntryBeenCalled = true;
		let pendingResolveReject = null;
		self.on("entry", onEntry);
		self.on("end", onEnd);
		self.on("error", onError);
		function cleanup() {
			self.removeListener("entry", onEntry);
			self.removeListener("end", onEnd);
			self.removeListener("error", onError);
			if (self.autoClose) self.close();
		}
		function onEntry(entry) {
			let { resolve } = pendingResolveReject;
			pendingResolveReject = null;
			resolve({ value: entry });
		}
		function onEnd() {
			let { resolve } = pendingResolveReject;
			pendingResolveReject = null;
			cleanup();
			resolve({ done: true });
		}
		function onError(err) {
			let { reject } = pendingResolveReject;
			pendingResolveReject = null;
			cleanup();
			reject(err);
		}
		return {
			[Symbol.asyncIterator]() {
				return this;
			},
			next() {
				const promise = new Promise((resolve, reject) => {
					if (pendingResolveReject != null) throw new Error("next() called before previous Promise was resolved.");
					pendingResolveReject = {
						resolve,
						reject
					};
				});
				self.readEntry();
				return promise;
			},
			return(value) {
				cleanup();
				return Promise.resolve({
					done: true,
					value
				});
			},
			throw(value) {
				cleanup();
				return Promise.reject(value);
			}
		};
	};
	ZipFile.prototype.openReadStream = function(entry, options, callback) {
		var self = this;
		var relativeStart = 0;
		var relativeEnd = entry.compressedSize;
		if (callback == null) {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		else {
			if (options.decodeFileData === false) {
				if (options.decrypt != null) throw new Error("cannot use options.decrypt when options.decodeFileData === false");
				if (options.decompress != null) throw new Error("cannot use options.decompress when options.decodeFileData === false");
			} else {
				if (options.decrypt != null) {
					if (!entry.isEncrypted()) throw new Error("options.decrypt can only be specified for encrypted entries. See also option decodeFileData.");
					if (options.decrypt !== false) throw new Error("invalid options.decrypt value: " + options.decrypt);
					if (entry.isCompressed()) {
						if (options.decompress !== false) throw new Error("entry is encrypted and compressed, and options.decompress !== false. See also option decodeFileData.");
					}
				}
				if (options.decompress != null) {
					if (!entry.isCompressed()) throw new Error("options.decompress can only be specified for compressed entries. See also option decodeFileData.");
					if (!(options.decompress === false || options.decompress === true)) throw new Error("invalid options.decompress value: " + options.decompress);
					decompress = options.decompress;
				}
			}
			if (options.start != null) {
				relativeStart = options.start;
				if (relativeStart < 0) throw new Error("options.start < 0");
				if (relativeStart > entry.compressedSize) throw new Error("options.start > entry.compressedSize");
			}
			if (options.end != null) {
				relativeEnd = options.end;
				if (relativeEnd < 0) throw new Error("options.end < 0");
				if (relativeEnd > entry.compressedSize) throw new Error("options.end > entry.compressedSize");
				if (relativeEnd < relativeStart) throw new Error("options.end < options.start");
			}
		}
		var rawMode = options.decodeFileData === false || (entry.compressionMethod === 0 || entry.compressionMethod === 8 && options.decompress === false) && (!entry.isEncrypted() || options.decrypt === false);
		if (options.start != null || options.end != null) {
			if (!rawMode) throw new Error("start/end range require options.decodeFileData === false for non-trivial encoded entries.");
		}
		if (!self.isOpen) return callback(new Error("closed"));
		if (entry.isEncrypted() && !rawMode) {
			if (options.decrypt !== false) return callback(new Error("entry is encrypted, and options.decodeFileData !== false"));
		}
		var decompress;
		if (rawMode) decompress = false;
		else if (entry.compressionMethod === 8) decompress = options.decodeFileData !== true;
		else return callback(new Error("unsupported compression method: " + entry.compressionMethod));
		self.readLocalFileHeader(entry, { minimal: true }, function(err, localFileHeader) {
			if (err) return callback(err);
			self.openReadStreamLowLevel(localFileHeader.fileDataStart, entry.compressedSize, relativeStart, relativeEnd, decompress, entry.uncompressedSize, callback);
		});
	};
	ZipFile.prototype.openReadStreamLowLevel = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, callback) {
		var self = this;
		fileDataStart + compressedSize;
		var readStream = self.reader.createReadStream({
			start: fileDataStart + relativeStart,
			end: fileDataStart + relativeEnd
		});
		var endpointStream = readStream;
		if (decompress) {
			var destroyed = false;
			var inflateFilter = zlib.createInflateRaw();
			readStream.on("error", function(err) {
				setImmediate(function() {
					if (!destroyed) inflateFilter.emit("error", err);
				});
			});
			readStream.pipe(inflateFilter);
			if (self.validateEntrySizes) {
				endpointStream = new AssertByteCountStream(uncompressedSize);
				inflateFilter.on("error", function(err) {
					setImmediate(function() {
						if (!destroyed) endpointStream.emit("error", err);
					});
				});
				inflateFilter.pipe(endpointStream);
			} else endpointStream = inflateFilter;
			installDestroyFn(endpointStream, function() {
				destroyed = true;
				if (inflateFilter !== endpointStream) inflateFilter.unpipe(endpointStream);
				readStream.unpipe(inflateFilter);
				readStream.destroy();
			});
		}
		callback(null, endpointStream);
	};
	ZipFile.prototype.readLocalFileHeader = function(entry, options, callback) {
		var self = this;
		if (callback == null) {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		self.reader.ref();
		var buffer = newBuffer(30);
		readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader, function(err) {
			try {
				if (err) return callback(err);
				var signature = buffer.readUInt32LE(0);
				if (signature !== 67324752) return callback(new Error("invalid local file header signature: 0x" + signature.toString(16)));
				var fileNameLength = buffer.readUInt16LE(26);
				var extraFieldLength = buffer.readUInt16LE(28);
				var fileDataStart = entry.relativeOffsetOfLocalHeader + 30 + fileNameLength + extraFieldLength;
				if (fileDataStart + entry.compressedSize > self.fileSize) return callback(new Error("file data overflows file bounds: " + fileDataStart + " + " + entry.compressedSize + " > " + self.fileSize));
				if (options.minimal) return callback(null, { fileDataStart });
				var localFileHeader = new LocalFileHeader();
				localFileHeader.fileDataStart = fileDataStart;
				localFileHeader.versionNeededToExtract = buffer.readUInt16LE(4);
				localFileHeader.generalPurposeBitFlag = buffer.readUInt16LE(6);
				localFileHeader.compressionMethod = buffer.readUInt16LE(8);
				localFileHeader.lastModFileTime = buffer.readUInt16LE(10);
				localFileHeader.lastModFileDate = buffer.readUInt16LE(12);
				localFileHeader.crc32 = buffer.readUInt32LE(14);
				localFileHeader.compressedSize = buffer.readUInt32LE(18);
				localFileHeader.uncompressedSize = buffer.readUInt32LE(22);
				localFileHeader.fileNameLength = fileNameLength;
				localFileHeader.extraFieldLength = extraFieldLength;
				buffer = newBuffer(fileNameLength + extraFieldLength);
				self.reader.ref();
				readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader + 30, function(err) {
					try {
						if (err) return callback(err);
						localFileHeader.fileName = buffer.subarray(0, fileNameLength);
						localFileHeader.extraField = buffer.subarray(fileNameLength);
						return callback(null, localFileHeader);
					} finally {
						self.reader.unref();
					}
				});
			} finally {
				self.reader.unref();
			}
		});
	};
	ZipFile.prototype.openReadStreamPromise = function(entry, options) {
		return new Promise((resolve, reject) => {
			this.openReadStream(entry, options, function(err, readStream) {
				if (err) return reject(err);
				resolve(readStream);
			});
		});
	};
	ZipFile.prototype.openReadStreamLowLevelPromise = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize) {
		return new Promise((resolve, reject) => {
			this.openReadStream(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, function(err, readStream) {
				if (err) return reject(err);
				resolve(readStream);
			});
		});
	};
	ZipFile.prototype.readLocalFileHeaderPromise = function(entry, options) {
		return new Promise((resolve, reject) => {
			this.readLocalFileHeader(entry, options, function(err, localFileHeader) {
				if (err) return reject(err);
				resolve(localFileHeader);
			});
		});
	};
	function Entry() {}
	Entry.prototype.getLastModDate = function(options) {
		if (options == null) options = {};
		if (!options.forceDosFormat) for (var i = 0; i < this.extraFields.length; i++) {
			var extraField = this.extraFields[i];
			if (extraField.id === 21589) {
				var data = extraField.data;
				if (data.length < 5) continue;
				if (!(data[0] & 1)) continue;
				var posixTimestamp = data.readInt32LE(1);
				return new Date(posixTimestamp * 1e3);
			} else if (extraField.id === 10) {
				var data = extraField.data;
				if (data.length !== 32) continue;
				if (data.readUInt16LE(4) !== 1) continue;
				if (data.readUInt16LE(6) !== 24) continue;
				var millisecondsSince1970 = (data.readUInt32LE(8) + 4294967296 * data.readInt32LE(12)) / 1e4 - 0xa9730b66800;
				return new Date(millisecondsSince1970);
			}
		}
		return dosDateTimeToDate(this.lastModFileDate, this.lastModFileTime, options.timezone);
	};
	Entry.prototype.canDecodeFileData = function() {
		return !this.isEncrypted() && (this.compressionMethod === 0 || this.compressionMethod === 8);
	};
	Entry.prototype.isEncrypted = function() {
		return (this.generalPurposeBitFlag & 1) !== 0;
	};
	Entry.prototype.isCompressed = function() {
		return this.compressionMethod === 8;
	};
	function LocalFileHeader() {}
	function dosDateTimeToDate(date, time, timezone) {
		var day = date & 31;
		var month = (date >> 5 & 15) - 1;
		var year = (date >> 9 & 127) + 1980;
		var millisecond = 0;
		var second = (time & 31) * 2;
		var minute = time >> 5 & 63;
		var hour = time >> 11 & 31;
		if (timezone == null || timezone === "local") return new Date(year, month, day, hour, minute, second, millisecond);
		else if (timezone === "UTC") return new Date(Date.UTC(year, month, day, hour, minute, second, millisecond));
		else throw new Error("unrecognized options.timezone: " + options.timezone);
	}
	function getFileNameLowLevel(generalPurposeBitFlag, fileNameBuffer, extraFields, strictFileNames) {
		var fileName = null;
		for (var i = 0; i < extraFields.length; i++) {
			var extraField = extraFields[i];
			if (extraField.id === 28789) {
				if (extraField.data.length < 6) continue;
				if (extraField.data.readUInt8(0) !== 1) continue;
				var oldNameCrc32 = extraField.data.readUInt32LE(1);
				if (crc32(fileNameBuffer) !== oldNameCrc32) continue;
				fileName = decodeBuffer(extraField.data.subarray(5), true);
				break;
			}
		}
		if (fileName == null) fileName = decodeBuffer(fileNameBuffer, (generalPurposeBitFlag & 2048) !== 0);
		if (!strictFileNames) fileName = fileName.replace(/\\/g, "/");
		return fileName;
	}
	function validateFileName(fileName) {
		if (fileName.indexOf("\\") !== -1) return "invalid characters in fileName: " + fileName;
		if (/^[a-zA-Z]:/.test(fileName) || /^\//.test(fileName)) return "absolute path: " + fileName;
		if (fileName.split("/").indexOf("..") !== -1) return "invalid relative path: " + fileName;
		return null;
	}
	function parseExtraFields(extraFieldBuffer) {
		var extraFields = [];
		var i = 0;
		while (i < extraFieldBuffer.length - 3) {
			var headerId = extraFieldBuffer.readUInt16LE(i + 0);
			var dataSize = extraFieldBuffer.readUInt16LE(i + 2);
			var dataStart = i + 4;
			var dataEnd = dataStart + dataSize;
			if (dataEnd > extraFieldBuffer.length) throw new Error("extra field length exceeds extra field buffer size");
			var dataBuffer = extraFieldBuffer.subarray(dataStart, dataEnd);
			extraFields.push({
				id: headerId,
				data: dataBuffer
			});
			i = dataEnd;
		}
		return extraFields;
	}
	function readAndAssertNoEof(reader, buffer, offset, length, position, callback) {
		if (length === 0) return setImmediate(function() {
			callback(null, newBuffer(0));
		});
		reader.read(buffer, offset, length, position, function(err, bytesRead) {
			if (err) return callback(err);
			if (bytesRead < length) return callback(new Error("unexpected EOF"));
			callback();
		});
	}
	util.inherits(AssertByteCountStream, Transform);
	function AssertByteCountStream(byteCount) {
		Transform.call(this);
		this.actualByteCount = 0;
		this.expectedByteCount = byteCount;
	}
	AssertByteCountStream.prototype._transform = function(chunk, encoding, cb) {
		this.actualByteCount += chunk.length;
		if (this.actualByteCount > this.expectedByteCount) {
			var msg = "too many bytes in the stream. expected " + this.expectedByteCount + ". got at least " + this.actualByteCount;
			return cb(new Error(msg));
		}
		cb(null, chunk);
	};
	AssertByteCountStream.prototype._flush = function(cb) {
		if (this.actualByteCount < this.expectedByteCount) {
			var msg = "not enough bytes in the stream. expected " + this.expectedByteCount + ". got only " + this.actualByteCount;
			return cb(new Error(msg));
		}
		cb();
	};
	util.inherits(RandomAccessReader, EventEmitter);
	function RandomAccessReader() {
		EventEmitter.call(this);
		this.refCount = 0;
	}
	RandomAccessReader.prototype.ref = function() {
		this.refCount += 1;
	};
	RandomAccessReader.prototype.unref = function() {
		var self = this;
		self.refCount -= 1;
		if (self.refCount > 0) return;
		if (self.refCount < 0) throw new Error("invalid unref");
		self.close(onCloseDone);
		function onCloseDone(err) {
			if (err) return self.emit("error", err);
			self.emit("close");
		}
	};
	RandomAccessReader.prototype.createReadStream = function(options) {
		if (options == null) options = {};
		var start = options.start;
		var end = options.end;
		if (start === end) {
			var emptyStream = new PassThrough();
			setImmediate(function() {
				emptyStream.end();
			});
			return emptyStream;
		}
		var stream = this._readStreamForRange(start, end);
		var destroyed = false;
		var refUnrefFilter = new RefUnrefFilter(this);
		stream.on("error", function(err) {
			setImmediate(function() {
				if (!destroyed) refUnrefFilter.emit("error", err);
			});
		});
		installDestroyFn(refUnrefFilter, function() {
			stream.unpipe(refUnrefFilter);
			refUnrefFilter.unref();
			stream.destroy();
		});
		var byteCounter = new AssertByteCountStream(end - start);
		refUnrefFilter.on("error", function(err) {
			setImmediate(function() {
				if (!destroyed) byteCounter.emit("error", err);
			});
		});
		installDestroyFn(byteCounter, function() {
			destroyed = true;
			refUnrefFilter.unpipe(byteCounter);
			refUnrefFilter.destroy();
		});
		return stream.pipe(refUnrefFilter).pipe(byteCounter);
	};
	RandomAccessReader.prototype._readStreamForRange = function(start, end) {
		throw new Error("not implemented");
	};
	RandomAccessReader.prototype.read = function(buffer, offset, length, position, callback) {
		var readStream = this.createReadStream({
			start: position,
			end: position + length
		});
		var writeStream = new Writable();
		var written = 0;
		writeStream._write = function(chunk, encoding, cb) {
			chunk.copy(buffer, offset + written, 0, chunk.length);
			written += chunk.length;
			cb();
		};
		writeStream.on("finish", callback);
		readStream.on("error", function(error) {
			callback(error);
		});
		readStream.pipe(writeStream);
	};
	RandomAccessReader.prototype.close = function(callback) {
		setImmediate(callback);
	};
	util.inherits(RefUnrefFilter, PassThrough);
	function RefUnrefFilter(context) {
		PassThrough.call(this);
		this.context = context;
		this.context.ref();
		this.unreffedYet = false;
	}
	RefUnrefFilter.prototype._flush = function(cb) {
		this.unref();
		cb();
	};
	RefUnrefFilter.prototype.unref = function(cb) {
		if (this.unreffedYet) return;
		this.unreffedYet = true;
		this.context.unref();
	};
	var cp437 = "\0☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼ !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xA0";
	function decodeBuffer(buffer, isUtf8) {
		if (isUtf8) return buffer.toString("utf8");
		else {
			var result = "";
			for (var i = 0; i < buffer.length; i++) result += cp437[buffer[i]];
			return result;
		}
	}
	function readUInt64LE(buffer, offset) {
		var lower32 = buffer.readUInt32LE(offset);
		return buffer.readUInt32LE(offset + 4) * 4294967296 + lower32;
	}
	var newBuffer;
	if (typeof Buffer.allocUnsafe === "function") newBuffer = function(len) {
		return Buffer.allocUnsafe(len);
	};
	else newBuffer = function(len) {
		return new Buffer(len);
	};
	function installDestroyFn(stream, fn) {
		if (typeof stream.destroy === "function") stream._destroy = function(err, cb) {
			fn();
			if (cb != null) cb(err);
		};
		else stream.destroy = fn;
	}
}))();
const limits = {
	headBytes: 65536,
	depth: 1e3,
	elementBytes: 33554432,
	heldBytes: 33554432,
	heldBytesAtMost: 268435456,
	referenceBytes: 33554432,
	xmlText: 65536,
	xmlTag: 262144,
	xmlName: 1e3,
	messagesPerProblem: 3,
	problem: 500,
	rule: 500,
	severityWord: 100,
	title: 500,
	message: 2e3,
	target: 1e3,
	path: 2e3,
	packageName: 500,
	version: 300,
	url: 2e3,
	identityPart: 1e3,
	summary: 1e3,
	line: 65536,
	testName: 1e3,
	suites: 50,
	trace: 16e3,
	attempts: 20,
	detailBytes: 65536,
	description: 16e3,
	references: 50,
	codeLines: 50,
	codeLine: 500,
	snippet: 65536,
	ruleText: 4e3,
	flowSteps: 50,
	detailEntries: 20,
	word: 300,
	instances: 200,
	instanceCharacters: 32768,
	instanceText: 1500,
	exchanges: 3
};
// reports/src/text.ts
const suspicious = /[\0\ud800-\udfff]/;
const copyFromCharacters = 65536;
function cleanText(text, limit) {
	let clean = text;
	if (clean.length > limit) {
		const last = clean.charCodeAt(limit - 1);
		const endsInsidePair = last >= 55296 && last <= 56319;
		clean = clean.slice(0, endsInsidePair ? limit - 1 : limit);
		if (text.length > copyFromCharacters) clean = Buffer.from(clean, "utf16le").toString("utf16le");
	}
	return suspicious.test(clean) ? clean.toWellFormed().replaceAll("\0", "�") : clean;
}
function webAddress(text) {
	return text !== null && /^https?:\/\/[^\s\0-\x1f"'<>\\^`{|}]+$/i.test(text) ? text.toWellFormed() : null;
}
function identityPart(text, limit) {
	return text === null || text.length <= limit ? text : shortHash$1(text);
}
function shortHash$1(text) {
	return hash("sha256", text).slice(0, 32);
}
// reports/src/json/events.ts
function describeByte(byte) {
	return byte > 32 && byte < 127 ? `'${String.fromCharCode(byte)}'` : `byte 0x${byte.toString(16).padStart(2, "0")}`;
}
// reports/src/json/grammar.ts
const State = {
	value: 0,
	firstElement: 1,
	nextElement: 2,
	firstName: 3,
	nextName: 4,
	colon: 5,
	afterMember: 6,
	afterElement: 7,
	string: 8,
	name: 14,
	minus: 20,
	zero: 21,
	integer: 22,
	point: 23,
	fraction: 24,
	exponent: 25,
	exponentSign: 26,
	exponentDigits: 27,
	word: 28,
	loose: 40,
	looseString: 41,
	looseEscape: 42
};
const Action = {
	openObject: 64,
	openArray: 65,
	closeObject: 66,
	closeArray: 67,
	endString: 68,
	endName: 69,
	endWord: 70,
	endNumber: 71,
	looseOpen: 72,
	looseClose: 73,
	endLooseString: 74,
	invalid: 75
};
const whitespace = [
	32,
	9,
	10,
	13
];
const digits = [...Array(10).keys()].map((digit) => 48 + digit);
const hexDigits = [...digits, ...codes("abcdefABCDEF")];
const transitions = buildTransitions();
function expectation(state) {
	if (state === State.value || state === State.nextElement) return "a value";
	if (state === State.firstElement) return "a value or ']'";
	if (state === State.firstName) return "a name in quotes or '}'";
	if (state === State.nextName) return "a name in quotes";
	if (state === State.colon) return "':'";
	if (state === State.afterMember) return "',' or '}'";
	if (state === State.afterElement) return "',' or ']'";
	if (state === State.string || state === State.name) return "the text or its closing quote";
	if (state < State.minus) return "a known escape";
	if (state < State.word) return "a number";
	return "true, false or null";
}
function codes(text) {
	return [...text].map((character) => character.charCodeAt(0));
}
function buildTransitions() {
	const table = new Uint8Array(16384).fill(Action.invalid);
	const on = (state, bytes, next) => {
		for (const byte of bytes) table[state << 8 | byte] = next;
	};
	for (let state = State.value; state <= State.afterElement; state++) on(state, whitespace, state);
	for (const state of [
		State.value,
		State.firstElement,
		State.nextElement
	]) {
		on(state, codes("{"), Action.openObject);
		on(state, codes("["), Action.openArray);
		on(state, codes("\""), State.string);
		on(state, codes("-"), State.minus);
		on(state, codes("0"), State.zero);
		on(state, digits.slice(1), State.integer);
	}
	on(State.firstElement, codes("]"), Action.closeArray);
	on(State.firstName, codes("}"), Action.closeObject);
	on(State.firstName, codes("\""), State.name);
	on(State.nextName, codes("\""), State.name);
	on(State.colon, codes(":"), State.value);
	on(State.afterMember, codes(","), State.nextName);
	on(State.afterMember, codes("}"), Action.closeObject);
	on(State.afterElement, codes(","), State.nextElement);
	on(State.afterElement, codes("]"), Action.closeArray);
	addStrings(on);
	addNumbers(on);
	addWords(on);
	addLoose(table, on);
	return table;
}
function addStrings(on) {
	const plain = [...Array(256).keys()].filter((byte) => byte >= 32 && byte !== 34 && byte !== 92);
	for (const start of [State.string, State.name]) {
		on(start, plain, start);
		on(start, codes("\""), start === State.string ? Action.endString : Action.endName);
		on(start, codes("\\"), start + 1);
		on(start + 1, codes("\"\\/bfnrt"), start);
		on(start + 1, codes("u"), start + 2);
		for (let digit = 2; digit <= 5; digit++) on(start + digit, hexDigits, digit === 5 ? start : start + digit + 1);
	}
}
function addNumbers(on) {
	const behind = [...whitespace, ...codes(",]}")];
	for (const state of [
		State.zero,
		State.integer,
		State.fraction,
		State.exponentDigits
	]) on(state, behind, Action.endNumber);
	on(State.minus, codes("0"), State.zero);
	on(State.minus, digits.slice(1), State.integer);
	on(State.integer, digits, State.integer);
	for (const state of [State.zero, State.integer]) on(state, codes("."), State.point);
	on(State.point, digits, State.fraction);
	on(State.fraction, digits, State.fraction);
	for (const state of [
		State.zero,
		State.integer,
		State.fraction
	]) on(state, codes("eE"), State.exponent);
	on(State.exponent, codes("+-"), State.exponentSign);
	for (const state of [
		State.exponent,
		State.exponentSign,
		State.exponentDigits
	]) on(state, digits, State.exponentDigits);
}
function addWords(on) {
	let next = State.word;
	for (const word of [
		"true",
		"false",
		"null"
	]) {
		for (const state of [
			State.value,
			State.firstElement,
			State.nextElement
		]) on(state, codes(word.slice(0, 1)), next);
		for (const letter of word.slice(1, -1)) on(next, codes(letter), ++next);
		on(next++, codes(word.slice(-1)), Action.endWord);
	}
}
function addLoose(table, on) {
	table.fill(State.loose, State.loose << 8, State.loose + 1 << 8);
	table.fill(State.looseString, State.looseString << 8, State.looseString + 1 << 8);
	table.fill(State.looseString, State.looseEscape << 8, State.looseEscape + 1 << 8);
	on(State.loose, codes("{["), Action.looseOpen);
	on(State.loose, codes("}]"), Action.looseClose);
	on(State.loose, codes("\""), State.looseString);
	on(State.looseString, codes("\\"), State.looseEscape);
	on(State.looseString, codes("\""), Action.endLooseString);
}
const ended$1 = 63;
var JsonMachine = class {
	state = State.value;
	depth = 0;
	flaw = null;
	failure = null;
	#kinds;
	#outerDepth = 0;
	#isName = false;
	constructor(depthLimit) {
		this.#kinds = new Uint8Array(depthLimit + 1);
	}
	get isInArray() {
		return this.depth > 0 && this.#kinds[this.depth] === 0;
	}
	begin(isName) {
		this.#outerDepth = this.depth;
		this.#isName = isName;
		this.flaw = null;
	}
	get hasEnded() {
		return this.state === ended$1;
	}
	get isAtEndOfNumber() {
		return this.depth === this.#outerDepth && isWholeNumber(this.state);
	}
	run(bytes, from, offset) {
		let at = from;
		let state = this.state;
		while (at < bytes.length) {
			const next = transitions[state << 8 | bytes[at]];
			if (next < 64) {
				at++;
				if (next === state) while (at < bytes.length && transitions[state << 8 | bytes[at]] === state) at++;
				state = next;
				continue;
			}
			this.state = state;
			const isTaken = this.#act(next, bytes[at], offset + at);
			state = this.state;
			if (isTaken) at++;
			if (state === ended$1 || this.failure !== null) return at;
		}
		this.state = state;
		return at;
	}
	push(kind, offset) {
		const deepest = this.#kinds.length - 1;
		if (this.depth === deepest) {
			this.fail("depth", offset, `More than ${deepest.toLocaleString("en")} arrays and objects inside each other at byte ${offset}`);
			return false;
		}
		this.#kinds[++this.depth] = kind;
		return true;
	}
	get stateBehindValue() {
		return this.#kinds[this.depth] === 1 ? State.afterMember : State.afterElement;
	}
	fail(code, offset, message) {
		this.failure = {
			code,
			offset,
			message
		};
	}
	failAt(byte, offset) {
		if (offset < 2 && (byte === 0 || byte >= 254)) this.fail("encoding", offset, "The content looks like UTF-16; it must be UTF-8");
		else this.fail("syntax", offset, this.#describe(byte, offset));
	}
	#act(action, byte, offset) {
		switch (action) {
			case Action.openObject:
				if (this.push(1, offset)) this.state = State.firstName;
				return true;
			case Action.openArray:
				if (this.push(0, offset)) this.state = State.firstElement;
				return true;
			case Action.looseOpen:
				this.push(0, offset);
				return true;
			case Action.closeObject:
			case Action.closeArray:
				this.depth--;
				this.#standBehind();
				return true;
			case Action.looseClose:
				this.depth--;
				if (this.depth === this.#outerDepth) this.state = ended$1;
				return true;
			case Action.endString:
			case Action.endWord:
				this.#standBehind();
				return true;
			case Action.endNumber:
				this.#standBehind();
				return false;
			case Action.endName:
				this.state = this.#isName ? ended$1 : State.colon;
				return true;
			case Action.endLooseString:
				this.state = this.depth === this.#outerDepth ? ended$1 : State.loose;
				return true;
			default: return this.#loosen(byte, offset);
		}
	}
	#standBehind() {
		this.state = this.depth === this.#outerDepth ? ended$1 : this.stateBehindValue;
	}
	#loosen(byte, offset) {
		const isInString = this.state >= State.string && this.state < State.minus;
		if (!(this.depth > this.#outerDepth || isInString && !this.#isName)) {
			this.failAt(byte, offset);
			return false;
		}
		this.flaw = {
			message: this.#describe(byte, offset),
			offset
		};
		this.state = isInString ? State.looseString : State.loose;
		return false;
	}
	#describe(byte, offset) {
		return `Expected ${expectation(this.state)} at byte ${offset}, found ${describeByte(byte)}`;
	}
};
function isWholeNumber(state) {
	return state === State.zero || state === State.integer || state === State.fraction || state === State.exponentDigits;
}
// reports/src/json/slicer.ts
const byteOrderMark = [
	239,
	187,
	191
];
const leastKeptBytes = 16384;
const mostIdleBytes = 1048576;
var JsonSlicer = class {
	#choose;
	#elementBytes;
	#machine;
	#path = [];
	#levels = [];
	#focus = null;
	#kept = Buffer.alloc(0);
	#keptBytes = 0;
	#event = null;
	#rootEnded = false;
	#finished = false;
	#markBytes = 0;
	#offset = 0;
	constructor(choose, slicerLimits = limits) {
		this.#choose = choose;
		this.#elementBytes = slicerLimits.elementBytes;
		this.#machine = new JsonMachine(slicerLimits.depth);
	}
	get finished() {
		return this.#finished;
	}
	*write(piece) {
		const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
		let at = 0;
		while (at < bytes.length && !this.#finished) {
			if (this.#focus !== null) at = this.#readOn(bytes, at, this.#focus);
			else if (this.#step(bytes[at], this.#offset + at)) at++;
			const event = this.#takeEvent();
			if (event !== null) yield event;
		}
		if (this.#focus !== null) this.#keep(bytes, this.#focus);
		this.#offset += bytes.length;
	}
	*end() {
		if (this.#focus !== null && this.#machine.isAtEndOfNumber) this.#endFocus(Buffer.alloc(0), 0, this.#focus);
		const last = this.#takeEvent();
		if (last !== null) yield last;
		if (this.#rootEnded || this.#finished) return;
		if (this.#focus === null && this.#machine.depth === 0) this.#fail("empty", this.#offset, "The content is empty");
		else this.#fail("truncated", this.#offset, `The content is cut off at byte ${this.#offset}`);
		const failure = this.#takeEvent();
		if (failure !== null) yield failure;
	}
	#takeEvent() {
		const { failure } = this.#machine;
		if (failure !== null && !this.#finished) {
			this.#finished = true;
			this.#focus = null;
			this.#forget();
			return {
				type: "failure",
				...failure
			};
		}
		const event = this.#event;
		this.#event = null;
		return event;
	}
	#step(byte, offset) {
		if (this.#markBytes === offset && byte === byteOrderMark[offset]) {
			this.#markBytes++;
			return true;
		}
		if (this.#rootEnded) return this.#stepBehindRoot(byte, offset);
		const { state } = this.#machine;
		const next = transitions[state << 8 | byte];
		const isInsideMark = this.#markBytes === 1 || this.#markBytes === 2;
		if (next === Action.invalid || isInsideMark) return this.#stepOverComma(byte, offset);
		if (next === State.name) return this.#focusOn("name", offset);
		if (next === Action.closeObject || next === Action.closeArray) return this.#close(offset + 1);
		if (next !== state && (state === State.value || state === State.firstElement || state === State.nextElement)) return this.#openValue(next, offset);
		this.#machine.state = next;
		return true;
	}
	#stepBehindRoot(byte, offset) {
		if (transitions[State.value << 8 | byte] === State.value) return true;
		this.#finished = true;
		this.#event = {
			type: "flaw",
			offset,
			message: `More content follows behind the end, at byte ${offset}`
		};
		return true;
	}
	#stepOverComma(byte, offset) {
		const machine = this.#machine;
		const closesObject = machine.state === State.nextName && byte === 125;
		const closesArray = machine.state === State.nextElement && byte === 93;
		if (!closesObject && !closesArray) {
			machine.failAt(byte, offset);
			return true;
		}
		machine.state = machine.stateBehindValue;
		this.#event = {
			type: "flaw",
			offset,
			message: `A comma stands before ${describeByte(byte)} at byte ${offset}`
		};
		return false;
	}
	#openValue(next, offset) {
		const level = this.#levels.at(-1);
		if (level !== void 0 && this.#machine.isInArray) this.#path[this.#path.length - 1] = level.index++;
		const opening = next === Action.openObject ? "object" : next === Action.openArray ? "array" : "scalar";
		const handling = this.#choose(this.#path, opening);
		if (opening === "scalar") return this.#focusOn(handling === "walk" ? "value" : handling, offset);
		if (handling !== "walk") return this.#focusOn(handling, offset);
		const path = [...this.#path];
		if (!this.#machine.push(opening === "object" ? 1 : 0, offset)) return true;
		this.#machine.state = opening === "object" ? State.firstName : State.firstElement;
		this.#levels.push({
			from: offset,
			index: 0
		});
		this.#path.push("");
		this.#event = {
			type: "start",
			path,
			container: opening,
			from: offset
		};
		return true;
	}
	#close(to) {
		this.#machine.depth--;
		this.#path.pop();
		const from = this.#levels.pop()?.from ?? 0;
		this.#standBehindValue();
		this.#event = {
			type: "end",
			path: [...this.#path],
			from,
			to
		};
		return true;
	}
	#focusOn(handling, offset) {
		this.#focus = {
			handling,
			from: offset,
			tooLarge: false
		};
		this.#machine.begin(handling === "name");
		return false;
	}
	#readOn(bytes, from, focus) {
		const at = this.#machine.run(bytes, from, this.#offset);
		if (this.#machine.hasEnded) this.#endFocus(bytes, at, focus);
		return at;
	}
	#endFocus(bytes, at, focus) {
		const { handling, from } = focus;
		const to = this.#offset + at;
		const tooLarge = focus.tooLarge || handling !== "skip" && to - from > this.#elementBytes;
		const flaw = tooLarge ? {
			message: this.#describeSize(from),
			offset: from
		} : this.#machine.flaw;
		const text = handling === "skip" || flaw !== null ? "" : this.#textOf(bytes, at, from);
		this.#focus = null;
		this.#forget();
		if (handling === "name") {
			this.#endName(text, flaw);
			return;
		}
		this.#standBehindValue();
		const path = [...this.#path];
		if (flaw !== null) this.#event = {
			type: "unreadable",
			code: tooLarge ? "too_large" : "ill_formed",
			path,
			from,
			to,
			...flaw
		};
		else if (handling === "value") this.#event = {
			type: "value",
			path,
			value: JSON.parse(text),
			from,
			to
		};
		else if (handling === "text") this.#event = {
			type: "text",
			path,
			text,
			from,
			to
		};
		else this.#event = {
			type: "skipped",
			path,
			from,
			to
		};
	}
	#describeSize(from) {
		return `More than ${this.#elementBytes.toLocaleString("en")} bytes in one value, from byte ${from} on`;
	}
	#endName(text, flaw) {
		if (flaw !== null) this.#fail("syntax", flaw.offset, flaw.message);
		else this.#path[this.#path.length - 1] = JSON.parse(text);
		this.#machine.state = State.colon;
	}
	#textOf(bytes, at, from) {
		if (this.#keptBytes === 0) return bytes.toString("utf8", from - this.#offset, at);
		this.#append(bytes.subarray(0, at));
		return this.#kept.toString("utf8", 0, this.#keptBytes);
	}
	#keep(bytes, focus) {
		if (focus.handling === "skip" || focus.tooLarge) return;
		const part = bytes.subarray(Math.max(0, focus.from - this.#offset));
		if (this.#keptBytes + part.length > this.#elementBytes) {
			focus.tooLarge = true;
			this.#forget();
			return;
		}
		this.#append(part);
	}
	#append(part) {
		const needed = this.#keptBytes + part.length;
		if (needed > this.#kept.length) {
			const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#kept.length * 2, leastKeptBytes));
			this.#kept.copy(larger, 0, 0, this.#keptBytes);
			this.#kept = larger;
		}
		part.copy(this.#kept, this.#keptBytes);
		this.#keptBytes = needed;
	}
	#forget() {
		if (this.#kept.length > mostIdleBytes) this.#kept = Buffer.alloc(0);
		this.#keptBytes = 0;
	}
	#standBehindValue() {
		this.#rootEnded = this.#machine.depth === 0;
		this.#machine.state = this.#machine.stateBehindValue;
	}
	#fail(code, offset, message) {
		this.#machine.fail(code, offset, message);
	}
};
// reports/src/places/content.ts
function contentHashOf(line) {
	return shortHash(line.replaceAll(/\s+/g, ""));
}
function shortHash(text) {
	const hex = hash("sha256", text, "hex");
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
// reports/src/places/masking.ts
const mostCharacters = 2e3;
const changing = /\d|\s\s|[^\S ]|^ | $/;
const whiteSpace = /\s{2,}|[^\S ]/g;
function maskedMessage(message) {
	const start = message.length > mostCharacters ? message.slice(0, mostCharacters) : message;
	return changing.test(start) ? start.replaceAll(/\d+/g, "0").replaceAll(whiteSpace, " ").trim() : start;
}
// reports/src/places/paths.ts
const workspaces = [
	/^(?:[a-z]:)?(?:\/[^/]+)*?\/(?:_?work|__w)\/([^/]+)\/\1\//i,
	/^[a-z]:\/a\/([^/]+)\/\1\//i,
	/^\/github\/workspace\//,
	/^\/builds\/[^/]+\/[^/]+\//,
	/^\/(?:home\/circleci|root)\/project\//,
	/^(?:[a-z]:)?(?:\/[^/]+)*?\/_?work\/\d+\/s\//i,
	/^[a-z]:\/a\/\d+\/s\//i
];
function repositoryPath(raw, workspace) {
	const path = plainPath(raw);
	const root = workspace === void 0 ? "" : `${plainPath(workspace).replace(/\/+$/, "")}/`;
	if (root.length > 1 && path.toLowerCase().startsWith(root.toLowerCase())) return resolved$1(path.slice(root.length));
	for (const place of workspaces) {
		const found = place.exec(path);
		if (found !== null) return resolved$1(path.slice(found[0].length));
	}
	return resolved$1(path);
}
function plainPath(raw) {
	const address = /^file:(?:\/\/[^/\\]*)?/i.exec(raw);
	const path = (address === null ? raw : decoded$1(raw.slice(address[0].length))).replaceAll("\\", "/");
	return address !== null && /^\/[a-z]:\//i.test(path) ? path.slice(1) : path;
}
function decoded$1(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
function resolved$1(path) {
	if (!/(?:^|\/)(?:\.{0,2})(?:\/|$)/.test(path)) return path;
	const isAbsolute = path.startsWith("/");
	const parts = [];
	for (const part of path.split("/")) {
		if (part === "" || part === ".") continue;
		if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
		else if (part !== ".." || !isAbsolute) parts.push(part);
	}
	return `${isAbsolute ? "/" : ""}${parts.join("/")}`;
}
// reports/src/problems.ts
function noteProblem(problems, severity, code, text) {
	const noted = problems.get(`${severity} ${code}`);
	const message = cleanText(text, limits.problem);
	if (noted === void 0) {
		problems.set(`${severity} ${code}`, {
			severity,
			code,
			messages: [message],
			count: 1
		});
		return;
	}
	noted.count++;
	if (noted.messages.length < limits.messagesPerProblem) noted.messages.push(message);
}
function problemEvents(problems) {
	return [...problems.values()].map(({ severity, code, messages, count }) => {
		const untold = count - messages.length;
		return {
			type: "problem",
			severity,
			code,
			message: untold === 0 ? messages.join("; ") : `${messages.join("; ")}; and ${untold} more like these`
		};
	});
}
// reports/src/xml/decoding.ts
const pieceBytes = 65536;
const declarationBytes = 1024;
var XmlDecoding = class {
	unknownEncoding = null;
	#decoder = null;
	#head = new Uint8Array(0);
	*take(bytes) {
		let rest = bytes;
		if (this.#decoder === null) {
			this.#head = Buffer.concat([this.#head, bytes.subarray(0, declarationBytes)]);
			if (!isDecisive(this.#head)) return;
			rest = bytes.subarray(declarationBytes);
			yield this.#begin();
		}
		yield* this.#decoded(rest);
	}
	finish() {
		return (this.#decoder === null ? this.#begin() : "") + (this.#decoder?.decode() ?? "");
	}
	#begin() {
		const head = this.#head;
		this.#head = new Uint8Array(0);
		this.#decoder = this.#decoderOf(head);
		return this.#decoder.decode(head, { stream: true });
	}
	*#decoded(bytes) {
		for (let from = 0; from < bytes.length; from += pieceBytes) {
			const text = this.#decoder?.decode(bytes.subarray(from, from + pieceBytes), { stream: true }) ?? "";
			if (text !== "") yield text;
		}
	}
	#decoderOf(head) {
		const [first, second] = head;
		if (first === 255 && second === 254) return new TextDecoder$1("utf-16le");
		if (first === 254 && second === 255) return new TextDecoder$1("utf-16be");
		if (first === 60 && second === 0) return new TextDecoder$1("utf-16le");
		if (first === 0 && second === 60) return new TextDecoder$1("utf-16be");
		const declared = first === 239 && second === 187 && head[2] === 191 ? null : declaredEncoding(head);
		if (declared === null) return new TextDecoder$1();
		try {
			const decoder = new TextDecoder$1(declared);
			return decoder.encoding.startsWith("utf-16") ? new TextDecoder$1() : decoder;
		} catch {
			this.unknownEncoding = declared;
			return new TextDecoder$1();
		}
	}
};
function isDecisive(head) {
	if (head.length >= declarationBytes) return true;
	const start = "<?xml";
	const text = declarationOf(head);
	return text.startsWith(start) ? text.includes("?>") : head.length >= 3 && !start.startsWith(text);
}
function declaredEncoding(head) {
	return /^<\?xml\s[^>]*?\bencoding\s*=\s*["']\s*([\w.:-]{1,40})\s*["']/.exec(declarationOf(head))?.[1] ?? null;
}
function declarationOf(head) {
	return Buffer.from(head.subarray(0, declarationBytes)).toString("latin1").trimStart();
}
// node_modules/xmlchars/xml/1.0/ed5.js
var require_ed5 = __commonJSMin(((exports) => {
	/**
	* Character classes and associated utilities for the 5th edition of XML 1.0.
	*
	* @author Louis-Dominique Dubeau
	* @license MIT
	* @copyright Louis-Dominique Dubeau
	*/
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.CHAR = "	\n\r -퟿-�𐀀-􏿿";
	exports.S = " 	\r\n";
	exports.NAME_START_CHAR = ":A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿‌‍⁰-↏Ⰰ-⿯、-퟿豈-﷏ﷰ-�𐀀-󯿿";
	exports.NAME_CHAR = "-" + exports.NAME_START_CHAR + ".0-9·̀-ͯ‿-⁀";
	exports.CHAR_RE = new RegExp("^[" + exports.CHAR + "]$", "u");
	exports.S_RE = new RegExp("^[" + exports.S + "]+$", "u");
	exports.NAME_START_CHAR_RE = new RegExp("^[" + exports.NAME_START_CHAR + "]$", "u");
	exports.NAME_CHAR_RE = new RegExp("^[" + exports.NAME_CHAR + "]$", "u");
	exports.NAME_RE = new RegExp("^[" + exports.NAME_START_CHAR + "][" + exports.NAME_CHAR + "]*$", "u");
	exports.NMTOKEN_RE = new RegExp("^[" + exports.NAME_CHAR + "]+$", "u");
	var TAB = 9;
	var NL = 10;
	var CR = 13;
	var SPACE = 32;
	exports.S_LIST = [
		SPACE,
		NL,
		CR,
		TAB
	];
	function isChar(c) {
		return c >= SPACE && c <= 55295 || c === NL || c === CR || c === TAB || c >= 57344 && c <= 65533 || c >= 65536 && c <= 1114111;
	}
	exports.isChar = isChar;
	function isS(c) {
		return c === SPACE || c === NL || c === CR || c === TAB;
	}
	exports.isS = isS;
	function isNameStartChar(c) {
		return c >= 65 && c <= 90 || c >= 97 && c <= 122 || c === 58 || c === 95 || c === 8204 || c === 8205 || c >= 192 && c <= 214 || c >= 216 && c <= 246 || c >= 248 && c <= 767 || c >= 880 && c <= 893 || c >= 895 && c <= 8191 || c >= 8304 && c <= 8591 || c >= 11264 && c <= 12271 || c >= 12289 && c <= 55295 || c >= 63744 && c <= 64975 || c >= 65008 && c <= 65533 || c >= 65536 && c <= 983039;
	}
	exports.isNameStartChar = isNameStartChar;
	function isNameChar(c) {
		return isNameStartChar(c) || c >= 48 && c <= 57 || c === 45 || c === 46 || c === 183 || c >= 768 && c <= 879 || c >= 8255 && c <= 8256;
	}
	exports.isNameChar = isNameChar;
}));
// node_modules/xmlchars/xml/1.1/ed2.js
var require_ed2 = __commonJSMin(((exports) => {
	/**
	* Character classes and associated utilities for the 2nd edition of XML 1.1.
	*
	* @author Louis-Dominique Dubeau
	* @license MIT
	* @copyright Louis-Dominique Dubeau
	*/
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.CHAR = "-퟿-�𐀀-􏿿";
	exports.RESTRICTED_CHAR = "-\b\v\f---";
	exports.S = " 	\r\n";
	exports.NAME_START_CHAR = ":A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿‌‍⁰-↏Ⰰ-⿯、-퟿豈-﷏ﷰ-�𐀀-󯿿";
	exports.NAME_CHAR = "-" + exports.NAME_START_CHAR + ".0-9·̀-ͯ‿-⁀";
	exports.CHAR_RE = new RegExp("^[" + exports.CHAR + "]$", "u");
	exports.RESTRICTED_CHAR_RE = new RegExp("^[" + exports.RESTRICTED_CHAR + "]$", "u");
	exports.S_RE = new RegExp("^[" + exports.S + "]+$", "u");
	exports.NAME_START_CHAR_RE = new RegExp("^[" + exports.NAME_START_CHAR + "]$", "u");
	exports.NAME_CHAR_RE = new RegExp("^[" + exports.NAME_CHAR + "]$", "u");
	exports.NAME_RE = new RegExp("^[" + exports.NAME_START_CHAR + "][" + exports.NAME_CHAR + "]*$", "u");
	exports.NMTOKEN_RE = new RegExp("^[" + exports.NAME_CHAR + "]+$", "u");
	var TAB = 9;
	var NL = 10;
	var CR = 13;
	var SPACE = 32;
	exports.S_LIST = [
		SPACE,
		NL,
		CR,
		TAB
	];
	function isChar(c) {
		return c >= 1 && c <= 55295 || c >= 57344 && c <= 65533 || c >= 65536 && c <= 1114111;
	}
	exports.isChar = isChar;
	function isRestrictedChar(c) {
		return c >= 1 && c <= 8 || c === 11 || c === 12 || c >= 14 && c <= 31 || c >= 127 && c <= 132 || c >= 134 && c <= 159;
	}
	exports.isRestrictedChar = isRestrictedChar;
	function isCharAndNotRestricted(c) {
		return c === 9 || c === 10 || c === 13 || c > 31 && c < 127 || c === 133 || c > 159 && c <= 55295 || c >= 57344 && c <= 65533 || c >= 65536 && c <= 1114111;
	}
	exports.isCharAndNotRestricted = isCharAndNotRestricted;
	function isS(c) {
		return c === SPACE || c === NL || c === CR || c === TAB;
	}
	exports.isS = isS;
	function isNameStartChar(c) {
		return c >= 65 && c <= 90 || c >= 97 && c <= 122 || c === 58 || c === 95 || c === 8204 || c === 8205 || c >= 192 && c <= 214 || c >= 216 && c <= 246 || c >= 248 && c <= 767 || c >= 880 && c <= 893 || c >= 895 && c <= 8191 || c >= 8304 && c <= 8591 || c >= 11264 && c <= 12271 || c >= 12289 && c <= 55295 || c >= 63744 && c <= 64975 || c >= 65008 && c <= 65533 || c >= 65536 && c <= 983039;
	}
	exports.isNameStartChar = isNameStartChar;
	function isNameChar(c) {
		return isNameStartChar(c) || c >= 48 && c <= 57 || c === 45 || c === 46 || c === 183 || c >= 768 && c <= 879 || c >= 8255 && c <= 8256;
	}
	exports.isNameChar = isNameChar;
}));
// node_modules/xmlchars/xmlns/1.0/ed3.js
var require_ed3 = __commonJSMin(((exports) => {
	/**
	* Character class utilities for XML NS 1.0 edition 3.
	*
	* @author Louis-Dominique Dubeau
	* @license MIT
	* @copyright Louis-Dominique Dubeau
	*/
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.NC_NAME_START_CHAR = "A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿‌-‍⁰-↏Ⰰ-⿯、-퟿豈-﷏ﷰ-�𐀀-󯿿";
	exports.NC_NAME_CHAR = "-" + exports.NC_NAME_START_CHAR + ".0-9·̀-ͯ‿-⁀";
	exports.NC_NAME_START_CHAR_RE = new RegExp("^[" + exports.NC_NAME_START_CHAR + "]$", "u");
	exports.NC_NAME_CHAR_RE = new RegExp("^[" + exports.NC_NAME_CHAR + "]$", "u");
	exports.NC_NAME_RE = new RegExp("^[" + exports.NC_NAME_START_CHAR + "][" + exports.NC_NAME_CHAR + "]*$", "u");
	function isNCNameStartChar(c) {
		return c >= 65 && c <= 90 || c === 95 || c >= 97 && c <= 122 || c >= 192 && c <= 214 || c >= 216 && c <= 246 || c >= 248 && c <= 767 || c >= 880 && c <= 893 || c >= 895 && c <= 8191 || c >= 8204 && c <= 8205 || c >= 8304 && c <= 8591 || c >= 11264 && c <= 12271 || c >= 12289 && c <= 55295 || c >= 63744 && c <= 64975 || c >= 65008 && c <= 65533 || c >= 65536 && c <= 983039;
	}
	exports.isNCNameStartChar = isNCNameStartChar;
	function isNCNameChar(c) {
		return isNCNameStartChar(c) || c === 45 || c === 46 || c >= 48 && c <= 57 || c === 183 || c >= 768 && c <= 879 || c >= 8255 && c <= 8256;
	}
	exports.isNCNameChar = isNCNameChar;
}));
// reports/src/xml/attributes.ts
var import_saxes = __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.SaxesParser = exports.EVENTS = void 0;
	const ed5 = require_ed5();
	const ed2 = require_ed2();
	const NSed3 = require_ed3();
	var isS = ed5.isS;
	var isChar10 = ed5.isChar;
	var isNameStartChar = ed5.isNameStartChar;
	var isNameChar = ed5.isNameChar;
	var S_LIST = ed5.S_LIST;
	var NAME_RE = ed5.NAME_RE;
	var isChar11 = ed2.isChar;
	var isNCNameStartChar = NSed3.isNCNameStartChar;
	var isNCNameChar = NSed3.isNCNameChar;
	var NC_NAME_RE = NSed3.NC_NAME_RE;
	const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
	const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";
	const rootNS = {
		__proto__: null,
		xml: XML_NAMESPACE,
		xmlns: XMLNS_NAMESPACE
	};
	const XML_ENTITIES = {
		__proto__: null,
		amp: "&",
		gt: ">",
		lt: "<",
		quot: "\"",
		apos: "'"
	};
	const EOC = -1;
	const NL_LIKE = -2;
	const S_BEGIN = 0;
	const S_BEGIN_WHITESPACE = 1;
	const S_DOCTYPE = 2;
	const S_DOCTYPE_QUOTE = 3;
	const S_DTD = 4;
	const S_DTD_QUOTED = 5;
	const S_DTD_OPEN_WAKA = 6;
	const S_DTD_OPEN_WAKA_BANG = 7;
	const S_DTD_COMMENT = 8;
	const S_DTD_COMMENT_ENDING = 9;
	const S_DTD_COMMENT_ENDED = 10;
	const S_DTD_PI = 11;
	const S_DTD_PI_ENDING = 12;
	const S_TEXT = 13;
	const S_ENTITY = 14;
	const S_OPEN_WAKA = 15;
	const S_OPEN_WAKA_BANG = 16;
	const S_COMMENT = 17;
	const S_COMMENT_ENDING = 18;
	const S_COMMENT_ENDED = 19;
	const S_CDATA = 20;
	const S_CDATA_ENDING = 21;
	const S_CDATA_ENDING_2 = 22;
	const S_PI_FIRST_CHAR = 23;
	const S_PI_REST = 24;
	const S_PI_BODY = 25;
	const S_PI_ENDING = 26;
	const S_XML_DECL_NAME_START = 27;
	const S_XML_DECL_NAME = 28;
	const S_XML_DECL_EQ = 29;
	const S_XML_DECL_VALUE_START = 30;
	const S_XML_DECL_VALUE = 31;
	const S_XML_DECL_SEPARATOR = 32;
	const S_XML_DECL_ENDING = 33;
	const S_OPEN_TAG = 34;
	const S_OPEN_TAG_SLASH = 35;
	const S_ATTRIB = 36;
	const S_ATTRIB_NAME = 37;
	const S_ATTRIB_NAME_SAW_WHITE = 38;
	const S_ATTRIB_VALUE = 39;
	const S_ATTRIB_VALUE_QUOTED = 40;
	const S_ATTRIB_VALUE_CLOSED = 41;
	const S_ATTRIB_VALUE_UNQUOTED = 42;
	const S_CLOSE_TAG = 43;
	const S_CLOSE_TAG_SAW_WHITE = 44;
	const TAB = 9;
	const NL = 10;
	const CR = 13;
	const SPACE = 32;
	const BANG = 33;
	const DQUOTE = 34;
	const AMP = 38;
	const SQUOTE = 39;
	const MINUS = 45;
	const FORWARD_SLASH = 47;
	const SEMICOLON = 59;
	const LESS = 60;
	const EQUAL = 61;
	const GREATER = 62;
	const QUESTION = 63;
	const OPEN_BRACKET = 91;
	const CLOSE_BRACKET = 93;
	const NEL = 133;
	const LS = 8232;
	const isQuote = (c) => c === DQUOTE || c === SQUOTE;
	const QUOTES = [DQUOTE, SQUOTE];
	const DOCTYPE_TERMINATOR = [
		...QUOTES,
		OPEN_BRACKET,
		GREATER
	];
	const DTD_TERMINATOR = [
		...QUOTES,
		LESS,
		CLOSE_BRACKET
	];
	const XML_DECL_NAME_TERMINATOR = [
		EQUAL,
		QUESTION,
		...S_LIST
	];
	const ATTRIB_VALUE_UNQUOTED_TERMINATOR = [
		...S_LIST,
		GREATER,
		AMP,
		LESS
	];
	function nsPairCheck(parser, prefix, uri) {
		switch (prefix) {
			case "xml":
				if (uri !== XML_NAMESPACE) parser.fail(`xml prefix must be bound to ${XML_NAMESPACE}.`);
				break;
			case "xmlns": if (uri !== XMLNS_NAMESPACE) parser.fail(`xmlns prefix must be bound to ${XMLNS_NAMESPACE}.`);
		}
		switch (uri) {
			case XMLNS_NAMESPACE:
				parser.fail(prefix === "" ? `the default namespace may not be set to ${uri}.` : `may not assign a prefix (even "xmlns") to the URI \
${XMLNS_NAMESPACE}.`);
				break;
			case XML_NAMESPACE: switch (prefix) {
				case "xml": break;
				case "":
					parser.fail(`the default namespace may not be set to ${uri}.`);
					break;
				default: parser.fail("may not assign the xml namespace to another prefix.");
			}
		}
	}
	function nsMappingCheck(parser, mapping) {
		for (const local of Object.keys(mapping)) nsPairCheck(parser, local, mapping[local]);
	}
	const isNCName = (name) => NC_NAME_RE.test(name);
	const isName = (name) => NAME_RE.test(name);
	const FORBIDDEN_START = 0;
	const FORBIDDEN_BRACKET = 1;
	const FORBIDDEN_BRACKET_BRACKET = 2;
	exports.EVENTS = [
		"xmldecl",
		"text",
		"processinginstruction",
		"doctype",
		"comment",
		"opentagstart",
		"attribute",
		"opentag",
		"closetag",
		"cdata",
		"error",
		"end",
		"ready"
	];
	const EVENT_NAME_TO_HANDLER_NAME = {
		xmldecl: "xmldeclHandler",
		text: "textHandler",
		processinginstruction: "piHandler",
		doctype: "doctypeHandler",
		comment: "commentHandler",
		opentagstart: "openTagStartHandler",
		attribute: "attributeHandler",
		opentag: "openTagHandler",
		closetag: "closeTagHandler",
		cdata: "cdataHandler",
		error: "errorHandler",
		end: "endHandler",
		ready: "readyHandler"
	};
	var SaxesParser = class {
		constructor(opt) {
			this.opt = opt !== null && opt !== void 0 ? opt : {};
			this.fragmentOpt = !!this.opt.fragment;
			const xmlnsOpt = this.xmlnsOpt = !!this.opt.xmlns;
			this.trackPosition = this.opt.position !== false;
			this.fileName = this.opt.fileName;
			if (xmlnsOpt) {
				this.nameStartCheck = isNCNameStartChar;
				this.nameCheck = isNCNameChar;
				this.isName = isNCName;
				this.processAttribs = this.processAttribsNS;
				this.pushAttrib = this.pushAttribNS;
				this.ns = Object.assign({ __proto__: null }, rootNS);
				const additional = this.opt.additionalNamespaces;
				if (additional != null) {
					nsMappingCheck(this, additional);
					Object.assign(this.ns, additional);
				}
			} else {
				this.nameStartCheck = isNameStartChar;
				this.nameCheck = isNameChar;
				this.isName = isName;
				this.processAttribs = this.processAttribsPlain;
				this.pushAttrib = this.pushAttribPlain;
			}
			this.stateTable = [
				this.sBegin,
				this.sBeginWhitespace,
				this.sDoctype,
				this.sDoctypeQuote,
				this.sDTD,
				this.sDTDQuoted,
				this.sDTDOpenWaka,
				this.sDTDOpenWakaBang,
				this.sDTDComment,
				this.sDTDCommentEnding,
				this.sDTDCommentEnded,
				this.sDTDPI,
				this.sDTDPIEnding,
				this.sText,
				this.sEntity,
				this.sOpenWaka,
				this.sOpenWakaBang,
				this.sComment,
				this.sCommentEnding,
				this.sCommentEnded,
				this.sCData,
				this.sCDataEnding,
				this.sCDataEnding2,
				this.sPIFirstChar,
				this.sPIRest,
				this.sPIBody,
				this.sPIEnding,
				this.sXMLDeclNameStart,
				this.sXMLDeclName,
				this.sXMLDeclEq,
				this.sXMLDeclValueStart,
				this.sXMLDeclValue,
				this.sXMLDeclSeparator,
				this.sXMLDeclEnding,
				this.sOpenTag,
				this.sOpenTagSlash,
				this.sAttrib,
				this.sAttribName,
				this.sAttribNameSawWhite,
				this.sAttribValue,
				this.sAttribValueQuoted,
				this.sAttribValueClosed,
				this.sAttribValueUnquoted,
				this.sCloseTag,
				this.sCloseTagSawWhite
			];
			this._init();
		}
		get closed() {
			return this._closed;
		}
		_init() {
			var _a;
			this.openWakaBang = "";
			this.text = "";
			this.name = "";
			this.piTarget = "";
			this.entity = "";
			this.q = null;
			this.tags = [];
			this.tag = null;
			this.topNS = null;
			this.chunk = "";
			this.chunkPosition = 0;
			this.i = 0;
			this.prevI = 0;
			this.carriedFromPrevious = void 0;
			this.forbiddenState = FORBIDDEN_START;
			this.attribList = [];
			const { fragmentOpt } = this;
			this.state = fragmentOpt ? S_TEXT : S_BEGIN;
			this.reportedTextBeforeRoot = this.reportedTextAfterRoot = this.closedRoot = this.sawRoot = fragmentOpt;
			this.xmlDeclPossible = !fragmentOpt;
			this.xmlDeclExpects = ["version"];
			this.entityReturnState = void 0;
			let { defaultXMLVersion } = this.opt;
			if (defaultXMLVersion === void 0) {
				if (this.opt.forceXMLVersion === true) throw new Error("forceXMLVersion set but defaultXMLVersion is not set");
				defaultXMLVersion = "1.0";
			}
			this.setXMLVersion(defaultXMLVersion);
			this.positionAtNewLine = 0;
			this.doctype = false;
			this._closed = false;
			this.xmlDecl = {
				version: void 0,
				encoding: void 0,
				standalone: void 0
			};
			this.line = 1;
			this.column = 0;
			this.ENTITIES = Object.create(XML_ENTITIES);
			(_a = this.readyHandler) === null || _a === void 0 || _a.call(this);
		}
		get position() {
			return this.chunkPosition + this.i;
		}
		get columnIndex() {
			return this.position - this.positionAtNewLine;
		}
		on(name, handler) {
			this[EVENT_NAME_TO_HANDLER_NAME[name]] = handler;
		}
		off(name) {
			this[EVENT_NAME_TO_HANDLER_NAME[name]] = void 0;
		}
		makeError(message) {
			var _a;
			let msg = (_a = this.fileName) !== null && _a !== void 0 ? _a : "";
			if (this.trackPosition) {
				if (msg.length > 0) msg += ":";
				msg += `${this.line}:${this.column}`;
			}
			if (msg.length > 0) msg += ": ";
			return new Error(msg + message);
		}
		fail(message) {
			const err = this.makeError(message);
			const handler = this.errorHandler;
			if (handler === void 0) throw err;
			else handler(err);
			return this;
		}
		write(chunk) {
			if (this.closed) return this.fail("cannot write after close; assign an onready handler.");
			let end = false;
			if (chunk === null) {
				end = true;
				chunk = "";
			} else if (typeof chunk === "object") chunk = chunk.toString();
			if (this.carriedFromPrevious !== void 0) {
				chunk = `${this.carriedFromPrevious}${chunk}`;
				this.carriedFromPrevious = void 0;
			}
			let limit = chunk.length;
			const lastCode = chunk.charCodeAt(limit - 1);
			if (!end && (lastCode === CR || lastCode >= 55296 && lastCode <= 56319)) {
				this.carriedFromPrevious = chunk[limit - 1];
				limit--;
				chunk = chunk.slice(0, limit);
			}
			const { stateTable } = this;
			this.chunk = chunk;
			this.i = 0;
			while (this.i < limit) stateTable[this.state].call(this);
			this.chunkPosition += limit;
			return end ? this.end() : this;
		}
		close() {
			return this.write(null);
		}
		getCode10() {
			const { chunk, i } = this;
			this.prevI = i;
			this.i = i + 1;
			if (i >= chunk.length) return EOC;
			const code = chunk.charCodeAt(i);
			this.column++;
			if (code < 55296) {
				if (code >= SPACE || code === TAB) return code;
				switch (code) {
					case NL:
						this.line++;
						this.column = 0;
						this.positionAtNewLine = this.position;
						return NL;
					case CR:
						if (chunk.charCodeAt(i + 1) === NL) this.i = i + 2;
						this.line++;
						this.column = 0;
						this.positionAtNewLine = this.position;
						return NL_LIKE;
					default:
						this.fail("disallowed character.");
						return code;
				}
			}
			if (code > 56319) {
				if (!(code >= 57344 && code <= 65533)) this.fail("disallowed character.");
				return code;
			}
			const final = 65536 + (code - 55296) * 1024 + (chunk.charCodeAt(i + 1) - 56320);
			this.i = i + 2;
			if (final > 1114111) this.fail("disallowed character.");
			return final;
		}
		getCode11() {
			const { chunk, i } = this;
			this.prevI = i;
			this.i = i + 1;
			if (i >= chunk.length) return EOC;
			const code = chunk.charCodeAt(i);
			this.column++;
			if (code < 55296) {
				if (code > 31 && code < 127 || code > 159 && code !== LS || code === TAB) return code;
				switch (code) {
					case NL:
						this.line++;
						this.column = 0;
						this.positionAtNewLine = this.position;
						return NL;
					case CR: {
						const next = chunk.charCodeAt(i + 1);
						if (next === NL || next === NEL) this.i = i + 2;
					}
					case NEL:
					case LS:
						this.line++;
						this.column = 0;
						this.positionAtNewLine = this.position;
						return NL_LIKE;
					default:
						this.fail("disallowed character.");
						return code;
				}
			}
			if (code > 56319) {
				if (!(code >= 57344 && code <= 65533)) this.fail("disallowed character.");
				return code;
			}
			const final = 65536 + (code - 55296) * 1024 + (chunk.charCodeAt(i + 1) - 56320);
			this.i = i + 2;
			if (final > 1114111) this.fail("disallowed character.");
			return final;
		}
		getCodeNorm() {
			const c = this.getCode();
			return c === NL_LIKE ? NL : c;
		}
		unget() {
			this.i = this.prevI;
			this.column--;
		}
		captureTo(chars) {
			let { i: start } = this;
			const { chunk } = this;
			while (true) {
				const c = this.getCode();
				const isNLLike = c === NL_LIKE;
				const final = isNLLike ? NL : c;
				if (final === EOC || chars.includes(final)) {
					this.text += chunk.slice(start, this.prevI);
					return final;
				}
				if (isNLLike) {
					this.text += `${chunk.slice(start, this.prevI)}\n`;
					start = this.i;
				}
			}
		}
		captureToChar(char) {
			let { i: start } = this;
			const { chunk } = this;
			while (true) {
				let c = this.getCode();
				switch (c) {
					case NL_LIKE:
						this.text += `${chunk.slice(start, this.prevI)}\n`;
						start = this.i;
						c = NL;
						break;
					case EOC:
						this.text += chunk.slice(start);
						return false;
				}
				if (c === char) {
					this.text += chunk.slice(start, this.prevI);
					return true;
				}
			}
		}
		captureNameChars() {
			const { chunk, i: start } = this;
			while (true) {
				const c = this.getCode();
				if (c === EOC) {
					this.name += chunk.slice(start);
					return EOC;
				}
				if (!isNameChar(c)) {
					this.name += chunk.slice(start, this.prevI);
					return c === NL_LIKE ? NL : c;
				}
			}
		}
		skipSpaces() {
			while (true) {
				const c = this.getCodeNorm();
				if (c === EOC || !isS(c)) return c;
			}
		}
		setXMLVersion(version) {
			this.currentXMLVersion = version;
			if (version === "1.0") {
				this.isChar = isChar10;
				this.getCode = this.getCode10;
			} else {
				this.isChar = isChar11;
				this.getCode = this.getCode11;
			}
		}
		sBegin() {
			if (this.chunk.charCodeAt(0) === 65279) {
				this.i++;
				this.column++;
			}
			this.state = S_BEGIN_WHITESPACE;
		}
		sBeginWhitespace() {
			const iBefore = this.i;
			const c = this.skipSpaces();
			if (this.prevI !== iBefore) this.xmlDeclPossible = false;
			switch (c) {
				case LESS:
					this.state = S_OPEN_WAKA;
					if (this.text.length !== 0) throw new Error("no-empty text at start");
					break;
				case EOC: break;
				default:
					this.unget();
					this.state = S_TEXT;
					this.xmlDeclPossible = false;
			}
		}
		sDoctype() {
			var _a;
			const c = this.captureTo(DOCTYPE_TERMINATOR);
			switch (c) {
				case GREATER:
					(_a = this.doctypeHandler) === null || _a === void 0 || _a.call(this, this.text);
					this.text = "";
					this.state = S_TEXT;
					this.doctype = true;
					break;
				case EOC: break;
				default:
					this.text += String.fromCodePoint(c);
					if (c === OPEN_BRACKET) this.state = S_DTD;
					else if (isQuote(c)) {
						this.state = S_DOCTYPE_QUOTE;
						this.q = c;
					}
			}
		}
		sDoctypeQuote() {
			const q = this.q;
			if (this.captureToChar(q)) {
				this.text += String.fromCodePoint(q);
				this.q = null;
				this.state = S_DOCTYPE;
			}
		}
		sDTD() {
			const c = this.captureTo(DTD_TERMINATOR);
			if (c === EOC) return;
			this.text += String.fromCodePoint(c);
			if (c === CLOSE_BRACKET) this.state = S_DOCTYPE;
			else if (c === LESS) this.state = S_DTD_OPEN_WAKA;
			else if (isQuote(c)) {
				this.state = S_DTD_QUOTED;
				this.q = c;
			}
		}
		sDTDQuoted() {
			const q = this.q;
			if (this.captureToChar(q)) {
				this.text += String.fromCodePoint(q);
				this.state = S_DTD;
				this.q = null;
			}
		}
		sDTDOpenWaka() {
			const c = this.getCodeNorm();
			this.text += String.fromCodePoint(c);
			switch (c) {
				case BANG:
					this.state = S_DTD_OPEN_WAKA_BANG;
					this.openWakaBang = "";
					break;
				case QUESTION:
					this.state = S_DTD_PI;
					break;
				default: this.state = S_DTD;
			}
		}
		sDTDOpenWakaBang() {
			const char = String.fromCodePoint(this.getCodeNorm());
			const owb = this.openWakaBang += char;
			this.text += char;
			if (owb !== "-") {
				this.state = owb === "--" ? S_DTD_COMMENT : S_DTD;
				this.openWakaBang = "";
			}
		}
		sDTDComment() {
			if (this.captureToChar(MINUS)) {
				this.text += "-";
				this.state = S_DTD_COMMENT_ENDING;
			}
		}
		sDTDCommentEnding() {
			const c = this.getCodeNorm();
			this.text += String.fromCodePoint(c);
			this.state = c === MINUS ? S_DTD_COMMENT_ENDED : S_DTD_COMMENT;
		}
		sDTDCommentEnded() {
			const c = this.getCodeNorm();
			this.text += String.fromCodePoint(c);
			if (c === GREATER) this.state = S_DTD;
			else {
				this.fail("malformed comment.");
				this.state = S_DTD_COMMENT;
			}
		}
		sDTDPI() {
			if (this.captureToChar(QUESTION)) {
				this.text += "?";
				this.state = S_DTD_PI_ENDING;
			}
		}
		sDTDPIEnding() {
			const c = this.getCodeNorm();
			this.text += String.fromCodePoint(c);
			if (c === GREATER) this.state = S_DTD;
		}
		sText() {
			if (this.tags.length !== 0) this.handleTextInRoot();
			else this.handleTextOutsideRoot();
		}
		sEntity() {
			let { i: start } = this;
			const { chunk } = this;
			loop: while (true) switch (this.getCode()) {
				case NL_LIKE:
					this.entity += `${chunk.slice(start, this.prevI)}\n`;
					start = this.i;
					break;
				case SEMICOLON: {
					const { entityReturnState } = this;
					const entity = this.entity + chunk.slice(start, this.prevI);
					this.state = entityReturnState;
					let parsed;
					if (entity === "") {
						this.fail("empty entity name.");
						parsed = "&;";
					} else {
						parsed = this.parseEntity(entity);
						this.entity = "";
					}
					if (entityReturnState !== S_TEXT || this.textHandler !== void 0) this.text += parsed;
					break loop;
				}
				case EOC:
					this.entity += chunk.slice(start);
					break loop;
			}
		}
		sOpenWaka() {
			const c = this.getCode();
			if (isNameStartChar(c)) {
				this.state = S_OPEN_TAG;
				this.unget();
				this.xmlDeclPossible = false;
			} else switch (c) {
				case FORWARD_SLASH:
					this.state = S_CLOSE_TAG;
					this.xmlDeclPossible = false;
					break;
				case BANG:
					this.state = S_OPEN_WAKA_BANG;
					this.openWakaBang = "";
					this.xmlDeclPossible = false;
					break;
				case QUESTION:
					this.state = S_PI_FIRST_CHAR;
					break;
				default:
					this.fail("disallowed character in tag name");
					this.state = S_TEXT;
					this.xmlDeclPossible = false;
			}
		}
		sOpenWakaBang() {
			this.openWakaBang += String.fromCodePoint(this.getCodeNorm());
			switch (this.openWakaBang) {
				case "[CDATA[":
					if (!this.sawRoot && !this.reportedTextBeforeRoot) {
						this.fail("text data outside of root node.");
						this.reportedTextBeforeRoot = true;
					}
					if (this.closedRoot && !this.reportedTextAfterRoot) {
						this.fail("text data outside of root node.");
						this.reportedTextAfterRoot = true;
					}
					this.state = S_CDATA;
					this.openWakaBang = "";
					break;
				case "--":
					this.state = S_COMMENT;
					this.openWakaBang = "";
					break;
				case "DOCTYPE":
					this.state = S_DOCTYPE;
					if (this.doctype || this.sawRoot) this.fail("inappropriately located doctype declaration.");
					this.openWakaBang = "";
					break;
				default: if (this.openWakaBang.length >= 7) this.fail("incorrect syntax.");
			}
		}
		sComment() {
			if (this.captureToChar(MINUS)) this.state = S_COMMENT_ENDING;
		}
		sCommentEnding() {
			var _a;
			const c = this.getCodeNorm();
			if (c === MINUS) {
				this.state = S_COMMENT_ENDED;
				(_a = this.commentHandler) === null || _a === void 0 || _a.call(this, this.text);
				this.text = "";
			} else {
				this.text += `-${String.fromCodePoint(c)}`;
				this.state = S_COMMENT;
			}
		}
		sCommentEnded() {
			const c = this.getCodeNorm();
			if (c !== GREATER) {
				this.fail("malformed comment.");
				this.text += `--${String.fromCodePoint(c)}`;
				this.state = S_COMMENT;
			} else this.state = S_TEXT;
		}
		sCData() {
			if (this.captureToChar(CLOSE_BRACKET)) this.state = S_CDATA_ENDING;
		}
		sCDataEnding() {
			const c = this.getCodeNorm();
			if (c === CLOSE_BRACKET) this.state = S_CDATA_ENDING_2;
			else {
				this.text += `]${String.fromCodePoint(c)}`;
				this.state = S_CDATA;
			}
		}
		sCDataEnding2() {
			var _a;
			const c = this.getCodeNorm();
			switch (c) {
				case GREATER:
					(_a = this.cdataHandler) === null || _a === void 0 || _a.call(this, this.text);
					this.text = "";
					this.state = S_TEXT;
					break;
				case CLOSE_BRACKET:
					this.text += "]";
					break;
				default:
					this.text += `]]${String.fromCodePoint(c)}`;
					this.state = S_CDATA;
			}
		}
		sPIFirstChar() {
			const c = this.getCodeNorm();
			if (this.nameStartCheck(c)) {
				this.piTarget += String.fromCodePoint(c);
				this.state = S_PI_REST;
			} else if (c === QUESTION || isS(c)) {
				this.fail("processing instruction without a target.");
				this.state = c === QUESTION ? S_PI_ENDING : S_PI_BODY;
			} else {
				this.fail("disallowed character in processing instruction name.");
				this.piTarget += String.fromCodePoint(c);
				this.state = S_PI_REST;
			}
		}
		sPIRest() {
			const { chunk, i: start } = this;
			while (true) {
				const c = this.getCodeNorm();
				if (c === EOC) {
					this.piTarget += chunk.slice(start);
					return;
				}
				if (!this.nameCheck(c)) {
					this.piTarget += chunk.slice(start, this.prevI);
					const isQuestion = c === QUESTION;
					if (isQuestion || isS(c)) {
						if (this.piTarget === "xml") {
							if (!this.xmlDeclPossible) this.fail("an XML declaration must be at the start of the document.");
							this.state = isQuestion ? S_XML_DECL_ENDING : S_XML_DECL_NAME_START;
						} else this.state = isQuestion ? S_PI_ENDING : S_PI_BODY;
					} else {
						this.fail("disallowed character in processing instruction name.");
						this.piTarget += String.fromCodePoint(c);
					}
					break;
				}
			}
		}
		sPIBody() {
			if (this.text.length === 0) {
				const c = this.getCodeNorm();
				if (c === QUESTION) this.state = S_PI_ENDING;
				else if (!isS(c)) this.text = String.fromCodePoint(c);
			} else if (this.captureToChar(QUESTION)) this.state = S_PI_ENDING;
		}
		sPIEnding() {
			var _a;
			const c = this.getCodeNorm();
			if (c === GREATER) {
				const { piTarget } = this;
				if (piTarget.toLowerCase() === "xml") this.fail("the XML declaration must appear at the start of the document.");
				(_a = this.piHandler) === null || _a === void 0 || _a.call(this, {
					target: piTarget,
					body: this.text
				});
				this.piTarget = this.text = "";
				this.state = S_TEXT;
			} else if (c === QUESTION) this.text += "?";
			else {
				this.text += `?${String.fromCodePoint(c)}`;
				this.state = S_PI_BODY;
			}
			this.xmlDeclPossible = false;
		}
		sXMLDeclNameStart() {
			const c = this.skipSpaces();
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				return;
			}
			if (c !== EOC) {
				this.state = S_XML_DECL_NAME;
				this.name = String.fromCodePoint(c);
			}
		}
		sXMLDeclName() {
			const c = this.captureTo(XML_DECL_NAME_TERMINATOR);
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				this.name += this.text;
				this.text = "";
				this.fail("XML declaration is incomplete.");
				return;
			}
			if (!(isS(c) || c === EQUAL)) return;
			this.name += this.text;
			this.text = "";
			if (!this.xmlDeclExpects.includes(this.name)) switch (this.name.length) {
				case 0:
					this.fail("did not expect any more name/value pairs.");
					break;
				case 1:
					this.fail(`expected the name ${this.xmlDeclExpects[0]}.`);
					break;
				default: this.fail(`expected one of ${this.xmlDeclExpects.join(", ")}`);
			}
			this.state = c === EQUAL ? S_XML_DECL_VALUE_START : S_XML_DECL_EQ;
		}
		sXMLDeclEq() {
			const c = this.getCodeNorm();
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				this.fail("XML declaration is incomplete.");
				return;
			}
			if (isS(c)) return;
			if (c !== EQUAL) this.fail("value required.");
			this.state = S_XML_DECL_VALUE_START;
		}
		sXMLDeclValueStart() {
			const c = this.getCodeNorm();
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				this.fail("XML declaration is incomplete.");
				return;
			}
			if (isS(c)) return;
			if (!isQuote(c)) {
				this.fail("value must be quoted.");
				this.q = SPACE;
			} else this.q = c;
			this.state = S_XML_DECL_VALUE;
		}
		sXMLDeclValue() {
			const c = this.captureTo([this.q, QUESTION]);
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				this.text = "";
				this.fail("XML declaration is incomplete.");
				return;
			}
			if (c === EOC) return;
			const value = this.text;
			this.text = "";
			switch (this.name) {
				case "version": {
					this.xmlDeclExpects = ["encoding", "standalone"];
					const version = value;
					this.xmlDecl.version = version;
					if (!/^1\.[0-9]+$/.test(version)) this.fail("version number must match /^1\\.[0-9]+$/.");
					else if (!this.opt.forceXMLVersion) this.setXMLVersion(version);
					break;
				}
				case "encoding":
					if (!/^[A-Za-z][A-Za-z0-9._-]*$/.test(value)) this.fail("encoding value must match /^[A-Za-z0-9][A-Za-z0-9._-]*$/.");
					this.xmlDeclExpects = ["standalone"];
					this.xmlDecl.encoding = value;
					break;
				case "standalone":
					if (value !== "yes" && value !== "no") this.fail("standalone value must match \"yes\" or \"no\".");
					this.xmlDeclExpects = [];
					this.xmlDecl.standalone = value;
			}
			this.name = "";
			this.state = S_XML_DECL_SEPARATOR;
		}
		sXMLDeclSeparator() {
			const c = this.getCodeNorm();
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				return;
			}
			if (!isS(c)) {
				this.fail("whitespace required.");
				this.unget();
			}
			this.state = S_XML_DECL_NAME_START;
		}
		sXMLDeclEnding() {
			var _a;
			if (this.getCodeNorm() === GREATER) {
				if (this.piTarget !== "xml") this.fail("processing instructions are not allowed before root.");
				else if (this.name !== "version" && this.xmlDeclExpects.includes("version")) this.fail("XML declaration must contain a version.");
				(_a = this.xmldeclHandler) === null || _a === void 0 || _a.call(this, this.xmlDecl);
				this.name = "";
				this.piTarget = this.text = "";
				this.state = S_TEXT;
			} else this.fail("The character ? is disallowed anywhere in XML declarations.");
			this.xmlDeclPossible = false;
		}
		sOpenTag() {
			var _a;
			const c = this.captureNameChars();
			if (c === EOC) return;
			const tag = this.tag = {
				name: this.name,
				attributes: Object.create(null)
			};
			this.name = "";
			if (this.xmlnsOpt) this.topNS = tag.ns = Object.create(null);
			(_a = this.openTagStartHandler) === null || _a === void 0 || _a.call(this, tag);
			this.sawRoot = true;
			if (!this.fragmentOpt && this.closedRoot) this.fail("documents may contain only one root.");
			switch (c) {
				case GREATER:
					this.openTag();
					break;
				case FORWARD_SLASH:
					this.state = S_OPEN_TAG_SLASH;
					break;
				default:
					if (!isS(c)) this.fail("disallowed character in tag name.");
					this.state = S_ATTRIB;
			}
		}
		sOpenTagSlash() {
			if (this.getCode() === GREATER) this.openSelfClosingTag();
			else {
				this.fail("forward-slash in opening tag not followed by >.");
				this.state = S_ATTRIB;
			}
		}
		sAttrib() {
			const c = this.skipSpaces();
			if (c === EOC) return;
			if (isNameStartChar(c)) {
				this.unget();
				this.state = S_ATTRIB_NAME;
			} else if (c === GREATER) this.openTag();
			else if (c === FORWARD_SLASH) this.state = S_OPEN_TAG_SLASH;
			else this.fail("disallowed character in attribute name.");
		}
		sAttribName() {
			const c = this.captureNameChars();
			if (c === EQUAL) this.state = S_ATTRIB_VALUE;
			else if (isS(c)) this.state = S_ATTRIB_NAME_SAW_WHITE;
			else if (c === GREATER) {
				this.fail("attribute without value.");
				this.pushAttrib(this.name, this.name);
				this.name = this.text = "";
				this.openTag();
			} else if (c !== EOC) this.fail("disallowed character in attribute name.");
		}
		sAttribNameSawWhite() {
			const c = this.skipSpaces();
			switch (c) {
				case EOC: return;
				case EQUAL:
					this.state = S_ATTRIB_VALUE;
					break;
				default:
					this.fail("attribute without value.");
					this.text = "";
					this.name = "";
					if (c === GREATER) this.openTag();
					else if (isNameStartChar(c)) {
						this.unget();
						this.state = S_ATTRIB_NAME;
					} else {
						this.fail("disallowed character in attribute name.");
						this.state = S_ATTRIB;
					}
			}
		}
		sAttribValue() {
			const c = this.getCodeNorm();
			if (isQuote(c)) {
				this.q = c;
				this.state = S_ATTRIB_VALUE_QUOTED;
			} else if (!isS(c)) {
				this.fail("unquoted attribute value.");
				this.state = S_ATTRIB_VALUE_UNQUOTED;
				this.unget();
			}
		}
		sAttribValueQuoted() {
			const { q, chunk } = this;
			let { i: start } = this;
			while (true) switch (this.getCode()) {
				case q:
					this.pushAttrib(this.name, this.text + chunk.slice(start, this.prevI));
					this.name = this.text = "";
					this.q = null;
					this.state = S_ATTRIB_VALUE_CLOSED;
					return;
				case AMP:
					this.text += chunk.slice(start, this.prevI);
					this.state = S_ENTITY;
					this.entityReturnState = S_ATTRIB_VALUE_QUOTED;
					return;
				case NL:
				case NL_LIKE:
				case TAB:
					this.text += `${chunk.slice(start, this.prevI)} `;
					start = this.i;
					break;
				case LESS:
					this.text += chunk.slice(start, this.prevI);
					this.fail("disallowed character.");
					return;
				case EOC:
					this.text += chunk.slice(start);
					return;
			}
		}
		sAttribValueClosed() {
			const c = this.getCodeNorm();
			if (isS(c)) this.state = S_ATTRIB;
			else if (c === GREATER) this.openTag();
			else if (c === FORWARD_SLASH) this.state = S_OPEN_TAG_SLASH;
			else if (isNameStartChar(c)) {
				this.fail("no whitespace between attributes.");
				this.unget();
				this.state = S_ATTRIB_NAME;
			} else this.fail("disallowed character in attribute name.");
		}
		sAttribValueUnquoted() {
			const c = this.captureTo(ATTRIB_VALUE_UNQUOTED_TERMINATOR);
			switch (c) {
				case AMP:
					this.state = S_ENTITY;
					this.entityReturnState = S_ATTRIB_VALUE_UNQUOTED;
					break;
				case LESS:
					this.fail("disallowed character.");
					break;
				case EOC: break;
				default:
					if (this.text.includes("]]>")) this.fail("the string \"]]>\" is disallowed in char data.");
					this.pushAttrib(this.name, this.text);
					this.name = this.text = "";
					if (c === GREATER) this.openTag();
					else this.state = S_ATTRIB;
			}
		}
		sCloseTag() {
			const c = this.captureNameChars();
			if (c === GREATER) this.closeTag();
			else if (isS(c)) this.state = S_CLOSE_TAG_SAW_WHITE;
			else if (c !== EOC) this.fail("disallowed character in closing tag.");
		}
		sCloseTagSawWhite() {
			switch (this.skipSpaces()) {
				case GREATER:
					this.closeTag();
					break;
				case EOC: break;
				default: this.fail("disallowed character in closing tag.");
			}
		}
		handleTextInRoot() {
			let { i: start, forbiddenState } = this;
			const { chunk, textHandler: handler } = this;
			scanLoop: while (true) switch (this.getCode()) {
				case LESS:
					this.state = S_OPEN_WAKA;
					if (handler !== void 0) {
						const { text } = this;
						const slice = chunk.slice(start, this.prevI);
						if (text.length !== 0) {
							handler(text + slice);
							this.text = "";
						} else if (slice.length !== 0) handler(slice);
					}
					forbiddenState = FORBIDDEN_START;
					break scanLoop;
				case AMP:
					this.state = S_ENTITY;
					this.entityReturnState = S_TEXT;
					if (handler !== void 0) this.text += chunk.slice(start, this.prevI);
					forbiddenState = FORBIDDEN_START;
					break scanLoop;
				case CLOSE_BRACKET:
					switch (forbiddenState) {
						case FORBIDDEN_START:
							forbiddenState = FORBIDDEN_BRACKET;
							break;
						case FORBIDDEN_BRACKET:
							forbiddenState = FORBIDDEN_BRACKET_BRACKET;
							break;
						case FORBIDDEN_BRACKET_BRACKET: break;
						default: throw new Error("impossible state");
					}
					break;
				case GREATER:
					if (forbiddenState === FORBIDDEN_BRACKET_BRACKET) this.fail("the string \"]]>\" is disallowed in char data.");
					forbiddenState = FORBIDDEN_START;
					break;
				case NL_LIKE:
					if (handler !== void 0) this.text += `${chunk.slice(start, this.prevI)}\n`;
					start = this.i;
					forbiddenState = FORBIDDEN_START;
					break;
				case EOC:
					if (handler !== void 0) this.text += chunk.slice(start);
					break scanLoop;
				default: forbiddenState = FORBIDDEN_START;
			}
			this.forbiddenState = forbiddenState;
		}
		handleTextOutsideRoot() {
			let { i: start } = this;
			const { chunk, textHandler: handler } = this;
			let nonSpace = false;
			outRootLoop: while (true) {
				const code = this.getCode();
				switch (code) {
					case LESS:
						this.state = S_OPEN_WAKA;
						if (handler !== void 0) {
							const { text } = this;
							const slice = chunk.slice(start, this.prevI);
							if (text.length !== 0) {
								handler(text + slice);
								this.text = "";
							} else if (slice.length !== 0) handler(slice);
						}
						break outRootLoop;
					case AMP:
						this.state = S_ENTITY;
						this.entityReturnState = S_TEXT;
						if (handler !== void 0) this.text += chunk.slice(start, this.prevI);
						nonSpace = true;
						break outRootLoop;
					case NL_LIKE:
						if (handler !== void 0) this.text += `${chunk.slice(start, this.prevI)}\n`;
						start = this.i;
						break;
					case EOC:
						if (handler !== void 0) this.text += chunk.slice(start);
						break outRootLoop;
					default: if (!isS(code)) nonSpace = true;
				}
			}
			if (!nonSpace) return;
			if (!this.sawRoot && !this.reportedTextBeforeRoot) {
				this.fail("text data outside of root node.");
				this.reportedTextBeforeRoot = true;
			}
			if (this.closedRoot && !this.reportedTextAfterRoot) {
				this.fail("text data outside of root node.");
				this.reportedTextAfterRoot = true;
			}
		}
		pushAttribNS(name, value) {
			var _a;
			const { prefix, local } = this.qname(name);
			const attr = {
				name,
				prefix,
				local,
				value
			};
			this.attribList.push(attr);
			(_a = this.attributeHandler) === null || _a === void 0 || _a.call(this, attr);
			if (prefix === "xmlns") {
				const trimmed = value.trim();
				if (this.currentXMLVersion === "1.0" && trimmed === "") this.fail("invalid attempt to undefine prefix in XML 1.0");
				this.topNS[local] = trimmed;
				nsPairCheck(this, local, trimmed);
			} else if (name === "xmlns") {
				const trimmed = value.trim();
				this.topNS[""] = trimmed;
				nsPairCheck(this, "", trimmed);
			}
		}
		pushAttribPlain(name, value) {
			var _a;
			const attr = {
				name,
				value
			};
			this.attribList.push(attr);
			(_a = this.attributeHandler) === null || _a === void 0 || _a.call(this, attr);
		}
		end() {
			var _a, _b;
			if (!this.sawRoot) this.fail("document must contain a root element.");
			const { tags } = this;
			while (tags.length > 0) {
				const tag = tags.pop();
				this.fail(`unclosed tag: ${tag.name}`);
			}
			if (this.state !== S_BEGIN && this.state !== S_TEXT) this.fail("unexpected end.");
			const { text } = this;
			if (text.length !== 0) {
				(_a = this.textHandler) === null || _a === void 0 || _a.call(this, text);
				this.text = "";
			}
			this._closed = true;
			(_b = this.endHandler) === null || _b === void 0 || _b.call(this);
			this._init();
			return this;
		}
		resolve(prefix) {
			var _a, _b;
			let uri = this.topNS[prefix];
			if (uri !== void 0) return uri;
			const { tags } = this;
			for (let index = tags.length - 1; index >= 0; index--) {
				uri = tags[index].ns[prefix];
				if (uri !== void 0) return uri;
			}
			uri = this.ns[prefix];
			if (uri !== void 0) return uri;
			return (_b = (_a = this.opt).resolvePrefix) === null || _b === void 0 ? void 0 : _b.call(_a, prefix);
		}
		qname(name) {
			const colon = name.indexOf(":");
			if (colon === -1) return {
				prefix: "",
				local: name
			};
			const local = name.slice(colon + 1);
			const prefix = name.slice(0, colon);
			if (prefix === "" || local === "" || local.includes(":")) this.fail(`malformed name: ${name}.`);
			return {
				prefix,
				local
			};
		}
		processAttribsNS() {
			var _a;
			const { attribList } = this;
			const tag = this.tag;
			{
				const { prefix, local } = this.qname(tag.name);
				tag.prefix = prefix;
				tag.local = local;
				const uri = tag.uri = (_a = this.resolve(prefix)) !== null && _a !== void 0 ? _a : "";
				if (prefix !== "") {
					if (prefix === "xmlns") this.fail("tags may not have \"xmlns\" as prefix.");
					if (uri === "") {
						this.fail(`unbound namespace prefix: ${JSON.stringify(prefix)}.`);
						tag.uri = prefix;
					}
				}
			}
			if (attribList.length === 0) return;
			const { attributes } = tag;
			const seen = new Set();
			for (const attr of attribList) {
				const { name, prefix, local } = attr;
				let uri;
				let eqname;
				if (prefix === "") {
					uri = name === "xmlns" ? XMLNS_NAMESPACE : "";
					eqname = name;
				} else {
					uri = this.resolve(prefix);
					if (uri === void 0) {
						this.fail(`unbound namespace prefix: ${JSON.stringify(prefix)}.`);
						uri = prefix;
					}
					eqname = `{${uri}}${local}`;
				}
				if (seen.has(eqname)) this.fail(`duplicate attribute: ${eqname}.`);
				seen.add(eqname);
				attr.uri = uri;
				attributes[name] = attr;
			}
			this.attribList = [];
		}
		processAttribsPlain() {
			const { attribList } = this;
			const attributes = this.tag.attributes;
			for (const { name, value } of attribList) {
				if (attributes[name] !== void 0) this.fail(`duplicate attribute: ${name}.`);
				attributes[name] = value;
			}
			this.attribList = [];
		}
		openTag() {
			var _a;
			this.processAttribs();
			const { tags } = this;
			const tag = this.tag;
			tag.isSelfClosing = false;
			(_a = this.openTagHandler) === null || _a === void 0 || _a.call(this, tag);
			tags.push(tag);
			this.state = S_TEXT;
			this.name = "";
		}
		openSelfClosingTag() {
			var _a, _b, _c;
			this.processAttribs();
			const { tags } = this;
			const tag = this.tag;
			tag.isSelfClosing = true;
			(_a = this.openTagHandler) === null || _a === void 0 || _a.call(this, tag);
			(_b = this.closeTagHandler) === null || _b === void 0 || _b.call(this, tag);
			if ((this.tag = (_c = tags[tags.length - 1]) !== null && _c !== void 0 ? _c : null) === null) this.closedRoot = true;
			this.state = S_TEXT;
			this.name = "";
		}
		closeTag() {
			const { tags, name } = this;
			this.state = S_TEXT;
			this.name = "";
			if (name === "") {
				this.fail("weird empty close tag.");
				this.text += "</>";
				return;
			}
			const handler = this.closeTagHandler;
			let l = tags.length;
			while (l-- > 0) {
				const tag = this.tag = tags.pop();
				this.topNS = tag.ns;
				handler === null || handler === void 0 || handler(tag);
				if (tag.name === name) break;
				this.fail("unexpected close tag.");
			}
			if (l === 0) this.closedRoot = true;
			else if (l < 0) {
				this.fail(`unmatched closing tag: ${name}.`);
				this.text += `</${name}>`;
			}
		}
		parseEntity(entity) {
			if (entity[0] !== "#") {
				const defined = this.ENTITIES[entity];
				if (defined !== void 0) return defined;
				this.fail(this.isName(entity) ? "undefined entity." : "disallowed character in entity name.");
				return `&${entity};`;
			}
			let num = NaN;
			if (entity[1] === "x" && /^#x[0-9a-f]+$/i.test(entity)) num = parseInt(entity.slice(2), 16);
			else if (/^#[0-9]+$/.test(entity)) num = parseInt(entity.slice(1), 10);
			if (!this.isChar(num)) {
				this.fail("malformed character entity.");
				return `&${entity};`;
			}
			return String.fromCodePoint(num);
		}
	};
	exports.SaxesParser = SaxesParser;
}))();
const noAttributes = new Map();
const overheadCharacters = 32;
var XmlAttributes = class {
	#plain = null;
	#prefixed = null;
	#left = limits.xmlTag;
	keep(name, value) {
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
	take() {
		const plain = this.#plain;
		const prefixed = this.#prefixed;
		this.#plain = null;
		this.#prefixed = null;
		this.#left = limits.xmlTag;
		if (prefixed === null) return plain ?? noAttributes;
		return new Map([...prefixed, ...plain ?? noAttributes]);
	}
};
// reports/src/xml/states.ts
function stateAfter(text) {
	const parser = new import_saxes.SaxesParser();
	parser.on("error", () => void 0);
	parser.write(text);
	const state = parser["state"];
	if (typeof state !== "number") throw new Error("this version of saxes keeps its state elsewhere");
	return state;
}
// reports/src/xml/reading.ts
const textState = stateAfter("<a>x");
const doctypeState = stateAfter("<!DOCTYPE");
const tagStartState = stateAfter("<");
const bangState = stateAfter("<!");
const quotedState = stateAfter("<a b=\"x");
const unquotedState = stateAfter("<a b=x");
const textStates = [
	textState,
	quotedState,
	unquotedState,
	stateAfter(""),
	stateAfter(" "),
	stateAfter("<a b=")
];
const cdataStates = [
	stateAfter("<a><![CDATA[x"),
	stateAfter("<a><![CDATA[x]"),
	stateAfter("<a><![CDATA[x]]")
];
const structureErrors = /^(?:unexpected close tag|unmatched closing tag|weird empty close tag|disallowed character in (?:closing tag|tag name|attribute name)|forward-slash in|incorrect syntax|documents may contain only one root)/;
const reference$1 = /&(?:#\d{1,10}|#[xX][\da-fA-F]{1,10}|[A-Za-z_:][\w:.-]{0,30});/y;
const beginsReference = /^&[#\w:.-]*$/;
const mostOfReference = 34;
const textRun = /[^<]*/y;
const quotedRun = /[^"']*/y;
var XmlReading = class {
	hasFailed = false;
	hasTextOutside = false;
	#parser = new import_saxes.SaxesParser({ position: false });
	#events = [];
	#names = [];
	#textLeft = [];
	#openCounts = new Map();
	#blank = "";
	#isBlankOnly = true;
	#attributes = new XmlAttributes();
	#hasRoot = false;
	#carry = "";
	#told = new Set();
	constructor() {
		const parser = this.#parser;
		parser.on("text", (text) => this.#giveText(text));
		parser.on("cdata", (text) => this.#giveText(text));
		parser.on("processinginstruction", ({ target }) => this.#checkName(target));
		parser.on("opentag", ({ name, isSelfClosing }) => this.#open(name, isSelfClosing));
		parser.fail = (message) => {
			this.#recover(message);
			return parser;
		};
		parser["pushAttrib"] = (name, value) => this.#keepAttribute(name, value);
		parser["closeTag"] = () => this.#close();
	}
	take(piece) {
		if (!this.hasFailed) this.#read(this.#carry + piece, false);
		return this.#given();
	}
	finish() {
		if (this.hasFailed) return this.#given();
		this.#read(this.#carry, true);
		if (this.hasTextOutside) this.problem("text_outside", "Text stands outside of the root element");
		if (!this.#hasRoot) this.problem("no_root", "The content holds no XML element", true);
		else if (this.#names.length > 0) this.problem("cut_off", `The content ends in line ${this.#parser.line}, inside <${this.#names.at(-1) ?? ""}>`);
		else if (this.#parser["state"] !== textState) this.problem("cut_off", `The content ends in line ${this.#parser.line}, inside a tag or comment`);
		return this.#given();
	}
	problem(code, message, isFatal = false) {
		if (isFatal) this.hasFailed = true;
		this.#events.push({
			type: "problem",
			code,
			message,
			isFatal
		});
	}
	#given() {
		const events = this.#events;
		this.#events = [];
		return events;
	}
	#read(piece, isLast) {
		const parser = this.#parser;
		this.#carry = "";
		let ready = "";
		let from = 0;
		let runEnd = 0;
		let isText = false;
		let next = 0;
		for (let at = piece.indexOf("&"); at !== -1; at = piece.indexOf("&", next)) {
			reference$1.lastIndex = at;
			if (reference$1.test(piece)) {
				next = reference$1.lastIndex;
				continue;
			}
			next = at + 1;
			if (!isLast && piece.length - at < mostOfReference && beginsReference.test(piece.slice(at))) {
				this.#carry = piece.slice(at);
				break;
			}
			if (at >= runEnd) {
				parser.write(ready + piece.slice(from, at));
				ready = "";
				from = at;
				const state = parser["state"];
				isText = textStates.includes(state);
				runEnd = runEndOf(state, piece, at);
				if (isText) this.#tellOnce("a & that begins no reference");
			}
			if (isText) {
				ready += `${piece.slice(from, at)}&amp;`;
				from = next;
			}
		}
		parser.write(ready + piece.slice(from, piece.length - this.#carry.length));
		this.#bound();
	}
	#bound() {
		const parser = this.#parser;
		const state = parser["state"];
		const text = parser["text"];
		if (state === textState || cdataStates.includes(state)) {
			parser["text"] = "";
			this.#giveText(text);
		} else if (text.length > limits.xmlText) parser["text"] = state === quotedState || state === unquotedState ? text.slice(0, limits.xmlText) : "";
		this.#checkName(parser["name"]);
		this.#checkName(parser["piTarget"]);
	}
	#giveText(text) {
		const inner = this.#textLeft.length - 1;
		const left = this.#textLeft[inner] ?? 0;
		if (left === 0 || this.hasFailed || text === "") return;
		let given = text.length > left ? text.slice(0, left) : text;
		this.#textLeft[inner] = left - given.length;
		if (this.#isBlankOnly) {
			if (!/\S/.test(given)) {
				this.#blank += given;
				return;
			}
			given = this.#blank + given;
			this.#isBlankOnly = false;
			this.#blank = "";
		}
		this.#events.push({
			type: "text",
			text: given
		});
	}
	#keepAttribute(name, value) {
		this.#checkName(name);
		if (this.hasFailed) return;
		const wrong = this.#attributes.keep(name, value);
		if (wrong === "too_many") this.#tellOnce("a tag with too many attributes, of which the last are left out", "too_large");
		else if (wrong === "twice") this.#tellOnce("an attribute that stands twice in a tag");
	}
	#open(name, isSelfClosing) {
		const attributes = this.#attributes.take();
		this.#checkName(name);
		if (this.hasFailed) return;
		if (this.#names.length >= limits.depth) {
			this.problem("too_deep", `Line ${this.#parser.line}: more than ${limits.depth} elements inside each other`, true);
			return;
		}
		this.#hasRoot = true;
		this.#endText();
		this.#events.push({
			type: "open",
			name: localName(name),
			attributes
		});
		if (isSelfClosing) {
			this.#events.push({
				type: "close",
				name: localName(name)
			});
			return;
		}
		this.#names.push(name);
		this.#textLeft.push(limits.xmlText);
		this.#openCounts.set(name, (this.#openCounts.get(name) ?? 0) + 1);
	}
	#close() {
		const parser = this.#parser;
		const name = parser["name"];
		parser["name"] = "";
		parser["state"] = textState;
		this.#checkName(name);
		if (this.hasFailed) return;
		if (!this.#openCounts.has(name)) {
			this.#tellOnce(`unmatched closing tag: ${name.slice(0, 100)}`, "ill_formed", "unmatched closing tag");
			return;
		}
		this.#endText();
		const tags = parser["tags"];
		for (let closed = this.#names.pop(); closed !== void 0; closed = this.#names.pop()) {
			this.#textLeft.pop();
			tags.pop();
			const count = this.#openCounts.get(closed) ?? 1;
			if (count === 1) this.#openCounts.delete(closed);
			else this.#openCounts.set(closed, count - 1);
			this.#events.push({
				type: "close",
				name: localName(closed)
			});
			if (closed === name) break;
			this.#tellOnce(`unexpected close tag: ${name.slice(0, 100)}`, "ill_formed", "unexpected close tag");
		}
		if (this.#names.length === 0) parser["closedRoot"] = true;
	}
	#endText() {
		this.#blank = "";
		this.#isBlankOnly = true;
	}
	#recover(message) {
		const parser = this.#parser;
		this.#checkName(parser["name"]);
		const chunk = parser["chunk"];
		const state = parser["state"];
		const previous = parser["prevI"];
		if (state === tagStartState && message.startsWith("disallowed character in tag name")) {
			const isTagStart = chunk[previous] === "<";
			parser["text"] = isTagStart ? "<" : `<${chunk.slice(previous, parser["i"])}`;
			if (isTagStart) parser["unget"]();
			this.#tellOnce("a < that begins no tag");
			return;
		}
		if (state === bangState) {
			const isDoctype = String(parser["openWakaBang"]).toUpperCase() === "DOCTYPE";
			parser["state"] = isDoctype ? doctypeState : textState;
			parser["openWakaBang"] = "";
			if (isDoctype) return;
		}
		if ((state === quotedState || state === unquotedState) && chunk[previous] === "<") {
			parser["text"] += "<";
			this.#tellOnce("a < in an attribute");
			return;
		}
		if (this.#told.has(message)) return;
		if (message.startsWith("text data outside")) this.hasTextOutside = true;
		else this.#tellOnce(message.replace(/\.$/, ""), structureErrors.test(message) ? "ill_formed" : "loose", message);
	}
	#tellOnce(message, code = "loose", kind = message) {
		if (this.hasFailed || this.#told.has(kind)) return;
		this.#told.add(kind);
		this.problem(code, `Line ${this.#parser.line}: ${message}`);
	}
	#checkName(name) {
		if (name.length <= limits.xmlName || this.hasFailed) return;
		this.problem("too_large", `Line ${this.#parser.line}: a name of more than ${limits.xmlName} characters`, true);
	}
};
function runEndOf(state, piece, at) {
	if (cdataStates.includes(state)) {
		const end = piece.indexOf("]]>", at);
		return end === -1 ? piece.length : end;
	}
	const run = state === textState ? textRun : state === quotedState ? quotedRun : null;
	if (run === null) return at;
	run.lastIndex = at;
	run.test(piece);
	return run.lastIndex;
}
function localName(name) {
	const colon = name.indexOf(":");
	return colon === -1 ? name : name.slice(colon + 1);
}
// reports/src/xml/events.ts
async function* xmlEvents(source) {
	const decoding = new XmlDecoding();
	const reading = new XmlReading();
	let isEncodingTold = false;
	const read = (text) => {
		if (decoding.unknownEncoding !== null && !isEncodingTold) {
			isEncodingTold = true;
			reading.problem("encoding", `The encoding ${decoding.unknownEncoding} is not known; the content was read as UTF-8`);
		}
		return reading.take(text);
	};
	for await (const bytes of source) for (const text of decoding.take(bytes)) {
		const events = read(text);
		if (events.length > 0) yield events;
		if (reading.hasFailed) return;
	}
	const events = [...read(decoding.finish()), ...reading.finish()];
	if (events.length > 0) yield events;
}
// reports/src/xml/root.ts
const stepBytes = 1024;
function rootElementOf(head) {
	const decoding = new XmlDecoding();
	const reading = new XmlReading();
	let hasBegun = false;
	for (let from = 0; from < head.length; from += stepBytes) {
		const isLast = from + stepBytes >= head.length;
		const text = [...decoding.take(head.subarray(from, from + stepBytes)), isLast ? decoding.finish() : ""].join("");
		const start = hasBegun ? text : text.trimStart();
		if (start === "") continue;
		if (!hasBegun && !start.startsWith("<")) return null;
		hasBegun = true;
		for (const event of reading.take(start)) {
			if (event.type === "open") return {
				name: event.name,
				attributes: event.attributes
			};
			if (reading.hasFailed || reading.hasTextOutside) return null;
		}
	}
	return null;
}
// reports/src/detail.ts
const growth = 3;
const ownBytes = 2048;
function compact(members) {
	const kept = {};
	for (const name of Object.keys(members)) if (saysSomething(members[name])) setMember(kept, name, members[name]);
	return kept;
}
function setMember(object, name, value) {
	if (name === "__proto__") Object.defineProperty(object, name, {
		value,
		enumerable: true,
		configurable: true,
		writable: true
	});
	else object[name] = value;
}
function saysSomething(value) {
	if (value === null || value === void 0) return false;
	if (Array.isArray(value)) return value.length > 0;
	return typeof value !== "object" || Object.keys(value).length > 0;
}
function fitDetail(detail, sourceBytes) {
	if (sourceBytes * growth + ownBytes <= limits.detailBytes || bytesOf(detail) <= limits.detailBytes) return detail;
	const members = new Map(Object.entries(detail));
	const largestFirst = [...members.keys()].sort((one, other) => bytesOf(detail[other]) - bytesOf(detail[one]));
	members.set("truncated", true);
	const changes = [shorten, () => void 0];
	for (const change of changes) for (const name of largestFirst) {
		members.set(name, change(members.get(name)));
		const shorter = compact(Object.fromEntries(members));
		if (bytesOf(shorter) <= limits.detailBytes) return shorter;
	}
	return { truncated: true };
}
function shorten(value) {
	if (typeof value === "string") return cleanText(value, 4e3);
	return Array.isArray(value) ? value.slice(0, 10) : value;
}
function bytesOf(value) {
	return Buffer.byteLength(JSON.stringify(value) ?? "");
}
// reports/src/json/values.ts
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function member(object, name) {
	return Object.hasOwn(object, name) ? object[name] : void 0;
}
function memberAt(object, ...names) {
	let value = object;
	for (const name of names) {
		if (!isObject(value)) return void 0;
		value = member(value, name);
	}
	return value;
}
function textOf$1(value, limit) {
	if (typeof value === "string") return value === "" ? null : cleanText(value, limit);
	return typeof value === "number" ? String(value) : null;
}
function numberOf(value) {
	const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
	return typeof number === "number" && Number.isFinite(number) ? number : null;
}
function lineOf(value) {
	const number = numberOf(value);
	return number !== null && Number.isInteger(number) && number >= 1 && number <= 2147483647 ? number : null;
}
function listOf(value) {
	return Array.isArray(value) ? value : [];
}
const variantCharacters = 200;
function placedFinding({ rule, severity, severityWord, message, path, line, url, detail }) {
	const masked = maskedMessage(message);
	return {
		kind: "issue",
		rule,
		severity,
		severityWord,
		standing: "open",
		title: titleOf$1(message) || rule,
		message,
		target: null,
		path,
		line,
		packageName: null,
		installedVersion: null,
		fixedVersion: null,
		url,
		detail,
		toolKey: null,
		isPlaced: path !== null,
		identity: [
			"place",
			rule,
			path,
			masked
		],
		variant: masked === message ? "" : message.length <= variantCharacters ? message : shortHash$1(message)
	};
}
function titleOf$1(message) {
	if (message.length <= limits.title && !message.includes("\n")) return message.trim();
	return cleanText(message.trimStart().split("\n", 1)[0] ?? "", limits.title).trimEnd();
}
// reports/src/checkstyle/entry.ts
const sourcePrefixes = [
	"eslint.rules.",
	"stylelint.rules.",
	"failure.tslint.",
	"jshint.",
	"ShellCheck."
];
const severities$4 = new Map([
	["blocker", "critical"],
	["critical", "critical"],
	["fatal", "high"],
	["error", "high"],
	["major", "medium"],
	["warning", "medium"],
	["warn", "medium"],
	["minor", "low"],
	["note", "low"],
	["notice", "low"],
	["style", "low"],
	["info", "info"],
	["ignore", "info"]
]);
const ruleInMessage = / (?:\((@?[a-z][\w.]*(?:[-/][\w.@-]+)+)\)|\[([A-Z]{1,5}\d{1,6})\])$/;
const parsingError = /^Parsing error: /;
function readError(attributes, path) {
	const source = attributeOf(attributes, "source", limits.rule);
	const said = attributes.get("message") ?? "";
	if (source === null && said === "") return null;
	const rule = source === null ? ruleOf$3(said) : withoutPrefix(source);
	const message = cleanText(withoutRule(said, rule), limits.message);
	const severityWord = attributeOf(attributes, "severity", limits.severityWord);
	const word = severityWord?.toLowerCase() ?? "";
	const finding = placedFinding({
		rule,
		severity: severities$4.get(word) ?? "unknown",
		severityWord,
		message: message === "" ? rule : message,
		path,
		line: lineOf(attributes.get("line")),
		url: null,
		detail: compact({
			column: lineOf(attributes.get("column")),
			source: source === rule ? null : source
		})
	});
	return word === "ignore" ? {
		...finding,
		standing: "dismissed"
	} : finding;
}
function attributeOf(attributes, name, limit) {
	const value = attributes.get(name)?.trim() ?? "";
	return value === "" ? null : cleanText(value, limit);
}
function withoutPrefix(source) {
	const prefix = sourcePrefixes.find((known) => source.startsWith(known) && source.length > known.length);
	return prefix === void 0 ? source : source.slice(prefix.length);
}
function ruleOf$3(message) {
	const found = ruleInMessage.exec(message.slice(-limits.rule));
	return found?.[1] ?? found?.[2] ?? (parsingError.test(message) ? "fatal" : "unknown");
}
function withoutRule(message, rule) {
	return message.endsWith(` (${rule})`) || message.endsWith(` [${rule}]`) ? message.slice(0, -rule.length - 3) : message;
}
// reports/src/checkstyle/reading.ts
var CheckstyleReading = class {
	problems = new Map();
	rootName = null;
	version = null;
	#options;
	#path = null;
	constructor(options) {
		this.#options = options;
	}
	take(event) {
		if (event.type === "close" && event.name === "file") this.#path = null;
		if (event.type !== "open") return null;
		const { name, attributes } = event;
		if (this.rootName === null) {
			this.rootName = name;
			this.version = cleanText(attributes.get("version") ?? "", limits.word) || null;
		} else if (name === "file") {
			const path = attributes.get("name") ?? "";
			this.#path = path === "" ? null : repositoryPath(cleanText(path, limits.path), this.#options.workspace);
		} else if (name === "exception") noteProblem(this.problems, "partial", "not_scanned", `The tool failed on ${this.#path ?? "a file"}`);
		else if (name === "error") return this.#read(attributes);
		return null;
	}
	#read(attributes) {
		const finding = readError(attributes, this.#path);
		if (finding === null) noteProblem(this.problems, "partial", "entry_unreadable", `An error of ${this.#path ?? "no file"} has neither message nor source`);
		return finding;
	}
};
// reports/src/checkstyle/reader.ts
const checkstyleReader = {
	format: "checkstyle",
	scanType: "lint",
	sniff: sniffCheckstyle,
	read: readCheckstyle
};
const rootName = "checkstyle";
const harmless$1 = new Set([
	"loose",
	"text_outside",
	"encoding"
]);
async function* readCheckstyle(source, options = {}) {
	const reading = new CheckstyleReading(options);
	for await (const events of xmlEvents(source)) for (const event of events) {
		const refusal = refusalOf$3(event, reading);
		if (refusal !== null) {
			yield refusal;
			return;
		}
		if (event.type === "problem") noteProblem(reading.problems, harmless$1.has(event.code) ? "warning" : "partial", event.code, event.message);
		const finding = reading.take(event);
		if (finding !== null) yield {
			type: "finding",
			finding
		};
	}
	yield {
		type: "summary",
		summary: {
			tool: "Checkstyle",
			toolVersion: null,
			shape: reading.version === null ? "checkstyle" : `checkstyle-${reading.version}`,
			artifact: null,
			artifactScope: ""
		}
	};
	yield* problemEvents(reading.problems);
}
function refusalOf$3(event, { rootName: found }) {
	if (event.type === "problem" && event.isFatal) return {
		type: "problem",
		severity: "refused",
		code: `xml_${event.code}`,
		message: event.message
	};
	if (!(found === null && event.type === "open" && event.name !== rootName)) return null;
	return {
		type: "problem",
		severity: "refused",
		code: "not_checkstyle",
		message: `The root of the XML is <${event.name}>, not <${rootName}>`
	};
}
function sniffCheckstyle(head) {
	return rootElementOf(head)?.name === rootName ? 1 : 0;
}
// reports/src/json/slices.ts
async function* sliceJson(source, choose, limits) {
	const slicer = new JsonSlicer(choose, limits);
	for await (const piece of source) {
		yield slicer.write(piece);
		if (slicer.finished) return;
	}
	yield slicer.end();
}
// reports/src/json/report.ts
async function* readJsonReport(source, reading) {
	let failure = null;
	for await (const parts of sliceJson(source, (path, opening) => reading.choose(path, opening))) for (const part of parts) if (part.type === "failure") failure = part;
	else if (part.type === "flaw") noteProblem(reading.problems, "partial", "ill_formed", part.message);
	else if (part.type === "unreadable") noteProblem(reading.problems, "partial", part.code, `${part.path.join(".")}: ${part.message}`);
	else for (const event of reading.take(part)) yield event;
	const refusal = refusalOf$2(failure, reading);
	if (refusal !== null) {
		yield {
			type: "problem",
			severity: "refused",
			...refusal
		};
		return;
	}
	const { events, summary } = reading.finish(failure !== null);
	for (const event of events) yield event;
	if (failure !== null) noteProblem(reading.problems, "partial", failure.code === "truncated" ? "cut_off" : "ill_formed", failure.message);
	yield {
		type: "summary",
		summary
	};
	for (const event of problemEvents(reading.problems)) yield event;
}
function refusalOf$2(failure, reading) {
	const isOther = reading.refusal();
	if (failure === null) return isOther;
	return (failure.code === "syntax" || failure.code === "truncated") && isOther === null ? null : {
		code: `json_${failure.code}`,
		message: failure.message
	};
}
function noteNoObject(problems, what, value, from) {
	if (value === null) noteProblem(problems, "warning", "entry_missing", `A null stands in the place of a ${what}, at byte ${from}`);
	else noteProblem(problems, "partial", "entry_unreadable", `The ${what} at byte ${from} is no object`);
}
// reports/src/places/remembered-path.ts
function rememberedPaths(workspace) {
	let last = "";
	let path = repositoryPath(last, workspace);
	return (raw) => {
		if (raw !== last) {
			path = repositoryPath(raw, workspace);
			last = raw;
		}
		return path;
	};
}
// reports/src/test-records/text.ts
const escapeSequences = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]{0,4096}(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g;
const controls = /[\0-\u0008\u000b-\u001f\u007f-\u009f]/g;
const special = /[\0-\u0008\u000b-\u001f\u007f-\u009f]/;
const lineEnds = /\r\n?/g;
const colouring = 8;
function plainText(text, limit) {
	const start = text.length > limit * colouring ? text.slice(0, limit * colouring) : text;
	return cleanText(special.test(start) ? start.replaceAll(lineEnds, "\n").replaceAll(escapeSequences, "").replaceAll(controls, "�") : start, limit);
}
const unevenSpace = /\s\s|[^\S ]|^ | $/;
function plainName(text, limit = limits.testName) {
	const plain = plainText(text, limit);
	const name = unevenSpace.test(plain) ? plain.replaceAll(/\s+/g, " ").trim() : plain;
	return name === "" ? null : name;
}
const firstFrame = /^[ \t]+at \S/m;
const errorName = /^(?:Uncaught )?((?:[A-Za-z_$][\w$]*\.)*(?:[A-Z][\w$]*)?(?:Error|Exception|Failure|Warning))(?: \[[\w-]+\])?(?=:|\s*$|\s*\n)/;
function failureOf(text) {
	const plain = plainText(text, limits.message + limits.trace);
	const frame = firstFrame.exec(plain);
	const message = cleanText(frame === null ? plain : plain.slice(0, frame.index), limits.message).trim();
	const trace = frame === null ? "" : cleanText(plain.slice(frame.index), limits.trace).trimEnd();
	return {
		message: message === "" ? null : message,
		trace: trace === "" ? null : trace,
		errorType: errorTypeOf(message)
	};
}
function errorTypeOf(message) {
	return message === null ? null : errorName.exec(message.slice(0, limits.word))?.[1] ?? null;
}
function statusWordOf(value) {
	return textOf$1(value, limits.word)?.trim().toLowerCase() || "unknown";
}
function nameOf$2(value) {
	return typeof value === "string" || typeof value === "number" ? plainName(String(value)) : null;
}
function suitesOf$1(names) {
	return names.slice(0, limits.suites).map(nameOf$2).filter((name) => name !== null);
}
function durationOf(value) {
	const duration = numberOf(value);
	return duration === null || duration < 0 ? null : duration;
}
// reports/src/test-records/bounded.ts
const deepest$1 = 4;
function boundedValue(value, depth = 0) {
	if (typeof value === "string") return plainText(value, limits.message);
	if (typeof value !== "object" || value === null) return value;
	if (depth === deepest$1) return null;
	if (Array.isArray(value)) return value.slice(0, limits.detailEntries).map((entry) => boundedValue(entry, depth + 1));
	const kept = {};
	for (const [name, entry] of Object.entries(value).slice(0, limits.detailEntries)) {
		const bounded = boundedValue(entry, depth + 1);
		if (saysSomething(bounded)) setMember(kept, plainText(name, limits.word), bounded);
	}
	return kept;
}
function outputOf(value) {
	const output = plainText(cutLines((Array.isArray(value) ? value : [value]).filter((line) => typeof line === "string")), limits.description);
	return output === "" ? null : output;
}
function cutLines(lines) {
	let length = 0;
	const enough = lines.findIndex((line) => (length += line.length + 1) > limits.description * 2);
	return (enough === -1 ? lines : lines.slice(0, enough + 1)).map((line) => line.replace(/\r?\n$/, "")).join("\n");
}
// reports/src/test-records/identity.ts
function testIdentity({ kind, suites, className, name, file, parameters = null }) {
	return [
		kind,
		suites.length === 0 ? null : JSON.stringify(suites),
		className,
		name,
		file,
		parameters
	].map((part) => identityPart(part, limits.identityPart));
}
// reports/src/test-records/outcome.ts
const outcomes = new Map([
	["passed", "passed"],
	["pass", "passed"],
	["success", "passed"],
	["ok", "passed"],
	["failed", "failed"],
	["fail", "failed"],
	["failure", "failed"],
	["error", "error"],
	["errored", "error"],
	["broken", "error"]
]);
function outcomeOf(statusWord) {
	return outcomes.get(statusWord) ?? "skipped";
}
function isFailure$1(outcome) {
	return outcome === "failed" || outcome === "error";
}
// reports/src/ctrf/entry.ts
function readTest(entry, sourceBytes, inRepository) {
	const ownName = nameOf$2(member(entry, "name"));
	const statusWord = statusWordOf(member(entry, "status"));
	if (ownName === null && statusWord === "unknown") return null;
	const outcome = outcomeOf(statusWord);
	const attempts = attemptsOf(entry, statusWord);
	const suites = suitesOf$1(partsOf(member(entry, "suite")));
	const path = textOf$1(member(entry, "filePath"), limits.path);
	const file = path === null ? null : inRepository(path);
	const name = ownName ?? "unknown";
	return {
		kind: "case",
		outcome,
		statusWord,
		isFlaky: isFlaky(entry, outcome === "passed", attempts),
		suites,
		className: null,
		name,
		file,
		line: lineOf(member(entry, "line")),
		durationMs: durationOf(member(entry, "duration")),
		...failureIn$2(entry),
		attempts,
		detail: fitDetail(detailOf$4(entry), sourceBytes),
		identity: testIdentity({
			kind: "case",
			suites,
			className: null,
			name,
			file,
			parameters: parametersOf(entry)
		})
	};
}
function partsOf(value) {
	return typeof value === "string" ? value.split(" > ", limits.suites) : listOf(value);
}
function isFlaky(entry, hasPassed, attempts) {
	const own = member(entry, "flaky");
	if (own === true || own === "true") return true;
	if (!hasPassed) return false;
	return own !== false && (numberOf(member(entry, "retries")) ?? 0) > 0 || attempts.some(({ outcome }) => isFailure$1(outcome));
}
function attemptsOf(entry, statusWord) {
	const all = listOf(member(entry, "retryAttempts")).filter(isObject);
	const listed = all.slice(0, limits.attempts + 1);
	const inOrder = listed.every((attempt) => numberOf(member(attempt, "attempt")) !== null) ? listed.toSorted((one, other) => (numberOf(member(one, "attempt")) ?? 0) - (numberOf(member(other, "attempt")) ?? 0)) : listed;
	const retries = numberOf(member(entry, "retries"));
	const last = inOrder.at(-1);
	return (retries !== null && all.length === listed.length && listed.length > retries && last !== void 0 && statusWordOf(member(last, "status")) === statusWord ? inOrder.slice(0, -1) : inOrder.slice(0, limits.attempts)).map((attempt) => {
		const { message, trace } = failureIn$2(attempt);
		return {
			outcome: outcomeOf(statusWordOf(member(attempt, "status"))),
			durationMs: durationOf(member(attempt, "duration")),
			message,
			trace
		};
	});
}
function failureIn$2(entry) {
	const message = member(entry, "message");
	const trace = member(entry, "trace");
	if (typeof trace !== "string" || trace === "") return typeof message === "string" ? failureOf(message) : {
		message: null,
		trace: null,
		errorType: null
	};
	const own = typeof message === "string" && message !== "" ? plainText(message, limits.message).trim() : failureOf(trace).message;
	return {
		message: own === "" ? null : own,
		trace: plainText(trace, limits.trace),
		errorType: errorTypeOf(own) ?? failureOf(trace).errorType
	};
}
function parametersOf(entry) {
	const parameters = member(entry, "parameters");
	if (!isObject(parameters)) return null;
	const members = Object.entries(parameters).toSorted(([one], [other]) => one < other ? -1 : 1);
	return members.length === 0 ? null : shortHash$1(JSON.stringify(members));
}
function detailOf$4(entry) {
	const word = (name) => textOf$1(member(entry, name), limits.word);
	const text = (name) => outputOf(member(entry, name));
	return compact({
		raw_status: word("rawStatus"),
		type: word("type"),
		tags: boundedValue(member(entry, "tags")),
		labels: boundedValue(member(entry, "labels")),
		parameters: boundedValue(member(entry, "parameters")),
		retries: numberOf(member(entry, "retries")),
		browser: word("browser"),
		device: word("device"),
		snippet: text("snippet"),
		stdout: text("stdout"),
		stderr: text("stderr"),
		steps: boundedValue(member(entry, "steps")),
		extra: boundedValue(member(entry, "extra"))
	});
}
// reports/src/ctrf/reading.ts
const rootFacts = new Set(["reportFormat", "specVersion"]);
const resultFacts = new Set(["tool", "summary"]);
var CtrfReading = class {
	problems = new Map();
	#inRepository;
	#facts = new Map();
	#tests = 0;
	#hasTests = false;
	constructor(options) {
		this.#inRepository = rememberedPaths(options.workspace);
	}
	choose(path, opening) {
		if (path.length === 0) return "walk";
		const [root, name] = path;
		if (root !== "results") return path.length === 1 && typeof root === "string" && rootFacts.has(root) ? "value" : "skip";
		if (name === void 0) return opening === "object" ? "walk" : "skip";
		if (name !== "tests") return typeof name === "string" && resultFacts.has(name) ? "value" : "skip";
		return path.length === 2 && opening === "array" ? "walk" : "value";
	}
	take(part) {
		const { path } = part;
		const isList = path.length === 2 && path[1] === "tests";
		if (isList && part.type === "start") this.#hasTests = true;
		if (part.type !== "value") return [];
		if (path.length === 3) return this.#takeTest(part.value, part.from, part.to);
		if (!isList) this.#facts.set(String(path.at(-1)), part.value);
		else if (part.value !== null) noteProblem(this.problems, "partial", "wrong_type", "tests must be an array");
		return [];
	}
	refusal() {
		const isNamed = this.#facts.get("reportFormat") === "CTRF";
		const hasShape = this.#tests > 0 || isObject(this.#facts.get("tool")) && (this.#hasTests || isObject(this.#facts.get("summary")));
		return isNamed || hasShape ? null : {
			code: "not_ctrf",
			message: "The content is JSON, but no report in the Common Test Report Format"
		};
	}
	finish(isCutOff) {
		const counted = numberOf(this.#fact("summary", "tests")) ?? 0;
		const lacksTests = !isCutOff && counted > this.#tests;
		if (lacksTests) noteProblem(this.problems, "warning", "counts_differ", `The summary counts ${counted} tests, and the report holds ${this.#tests}`);
		const summary = {
			tool: textOf$1(this.#fact("tool", "name"), limits.summary) ?? "CTRF",
			toolVersion: textOf$1(this.#fact("tool", "version"), limits.summary),
			shape: textOf$1(this.#facts.get("specVersion"), limits.word) ?? "ctrf",
			artifact: null,
			artifactScope: ""
		};
		return {
			events: [],
			summary: lacksTests ? {
				...summary,
				isComplete: false
			} : summary
		};
	}
	#fact(name, part) {
		const fact = this.#facts.get(name);
		return isObject(fact) ? member(fact, part) : void 0;
	}
	#takeTest(value, from, to) {
		if (!isObject(value)) {
			noteNoObject(this.problems, "test", value, from);
			return [];
		}
		const test = readTest(value, to - from, this.#inRepository);
		if (test === null) {
			noteProblem(this.problems, "partial", "entry_unreadable", `The test at byte ${from} has neither name nor status`);
			return [];
		}
		if (test.statusWord === "unknown") noteProblem(this.problems, "partial", "status_missing", `The test at byte ${from} has no status`);
		this.#tests++;
		return [{
			type: "test",
			test
		}];
	}
};
// reports/src/json/outline.ts
const deepest = 6;
const mostElements = 5;
const outlineLimits = {
	depth: 1e3,
	elementBytes: 4096
};
const known = new WeakMap();
function outlineOf(head) {
	let outline = known.get(head);
	if (outline === void 0) {
		outline = drawOutline(head);
		known.set(head, outline);
	}
	return outline;
}
function drawOutline(head) {
	let root = null;
	const open = [];
	const attach = (path, draft) => {
		const parent = open.at(-1);
		const name = path.at(-1);
		if (parent === void 0) root ??= draft;
		else if (typeof name === "string") parent.members.set(name, draft);
		else parent.elements.push(draft);
	};
	const slicer = new JsonSlicer((path, opening) => {
		const index = path.at(-1);
		return path.length >= deepest || typeof index === "number" && index >= mostElements ? "skip" : opening === "scalar" ? "value" : "walk";
	}, outlineLimits);
	for (const event of slicer.write(head)) if (event.type === "start") {
		const draft = draftOf$1(event.container, void 0);
		attach(event.path, draft);
		open.push(draft);
	} else if (event.type === "end") {
		const ended = open.pop();
		if (ended !== void 0) ended.isComplete = true;
	} else if (event.type === "value") attach(event.path, {
		...draftOf$1("scalar", event.value),
		isComplete: true
	});
	for (const event of slicer.end()) if (event.type === "value") attach(event.path, {
		...draftOf$1("scalar", event.value),
		isComplete: true
	});
	return root;
}
function outlineAt(outline, ...names) {
	let at = outline;
	for (const name of names) at = at?.members.get(name);
	return at ?? null;
}
function hasMembers(outline, ...names) {
	return outline !== null && outline !== void 0 && names.every((name) => outline.members.has(name));
}
function draftOf$1(kind, value) {
	return {
		kind,
		value,
		members: new Map(),
		elements: [],
		isComplete: false
	};
}
// reports/src/ctrf/sniff.ts
const certain$9 = 1;
const likely$7 = .9;
const possible$5 = .7;
function sniffCtrf(head) {
	const outline = outlineOf(head);
	if (outline?.kind !== "object") return 0;
	if (outlineAt(outline, "reportFormat")?.value === "CTRF") return certain$9;
	const results = outlineAt(outline, "results");
	if (results?.kind !== "object") return 0;
	if (hasMembers(results, "tool", "summary", "tests")) return likely$7;
	if (hasMembers(outlineAt(results, "tool"), "name") && (results.members.has("summary") || results.members.has("tests"))) return likely$7;
	return (outlineAt(results, "tests")?.elements ?? []).some((test) => hasMembers(test, "name", "status")) ? possible$5 : 0;
}
// reports/src/ctrf/reader.ts
const ctrfReader = {
	format: "ctrf",
	scanType: "test",
	sniff: sniffCtrf,
	read: (source, options = {}) => readJsonReport(source, new CtrfReading(options))
};
// reports/src/json/waiting.ts
var WaitingEntries = class {
	#held = [];
	#bytes = 0;
	get count() {
		return this.#held.length;
	}
	get isFull() {
		return this.#bytes > limits.heldBytes;
	}
	add({ text, from, to }) {
		this.#held.push({
			text,
			from,
			to
		});
		this.#bytes += to - from;
	}
	*release() {
		const held = this.#held;
		this.#held = [];
		this.#bytes = 0;
		for (const { text, from, to } of held) yield {
			value: JSON.parse(text),
			from,
			to
		};
	}
};
// reports/src/eslint/message.ts
const words = new Map([
	["2", "error"],
	["error", "error"],
	["1", "warning"],
	["warning", "warning"],
	["warn", "warning"],
	["0", "off"]
]);
const severities$3 = new Map([
	["error", "high"],
	["warning", "medium"],
	["off", "info"]
]);
function readMessage(entry, path, urlOf) {
	const ownRule = textOf$1(member(entry, "ruleId"), limits.rule);
	const message = textOf$1(member(entry, "message"), limits.message);
	if (ownRule === null && message === null) return null;
	const isFatal = member(entry, "fatal") === true;
	const rule = ownRule ?? (isFatal ? "fatal" : "unknown");
	const severityWord = isFatal ? "error" : severityWordOf$1(member(entry, "severity"));
	return placedFinding({
		rule,
		severity: severities$3.get(severityWord?.toLowerCase() ?? "") ?? "unknown",
		severityWord,
		message: message ?? rule,
		path,
		line: lineOf(member(entry, "line")),
		url: urlOf(rule),
		detail: compact({
			column: lineOf(member(entry, "column")),
			end_line: lineOf(member(entry, "endLine")),
			end_column: lineOf(member(entry, "endColumn")),
			fixable: isObject(member(entry, "fix")) ? true : null,
			fatal: isFatal ? true : null,
			message_id: textOf$1(member(entry, "messageId"), limits.word)
		})
	});
}
function severityWordOf$1(value) {
	const word = textOf$1(value, limits.severityWord);
	return word === null ? null : words.get(word.trim().toLowerCase()) ?? word;
}
// reports/src/eslint/reading.ts
const mostRules = 1e4;
const anyName = null;
const urlPath = [
	"metadata",
	"rulesMeta",
	anyName,
	"docs",
	"url"
];
var EslintReading = class {
	problems = new Map();
	#options;
	#urls = new Map();
	#root = "scalar";
	#hasResults = false;
	#hasMetadata = false;
	#files = 0;
	#isEslint = false;
	#file = null;
	constructor(options) {
		this.#options = options;
	}
	choose(path, opening) {
		if (path.length === 0) {
			this.#root = opening;
			this.#hasResults = opening === "array";
			return "walk";
		}
		if (this.#root === "array") return this.#chooseInResults(path.length, path.at(-1), opening);
		if (path[0] === "metadata") return this.#chooseInMetadata(path, opening);
		if (path[0] !== "results") return "skip";
		if (path.length > 1) return this.#chooseInResults(path.length - 1, path.at(-1), opening);
		if (opening === "array") this.#hasResults = true;
		return opening === "array" ? "walk" : "skip";
	}
	take(part) {
		const depth = part.path.length - (this.#root === "array" ? 0 : 1);
		if (part.path[0] === "metadata") this.#takeUrl(part);
		else if (depth === 1 && part.path.length > 0) return this.#takeFile(part);
		else if (depth === 2 && part.type === "start") this.#isEslint = true;
		else if (depth === 2 && part.type === "value") return this.#takeMember(part.path.at(-1), part.value);
		else if (depth === 3) return this.#takeMessage(part);
		return [];
	}
	refusal() {
		const isClean = this.#hasResults && this.#files === 0;
		return this.#isEslint || isClean ? null : {
			code: "not_eslint",
			message: "The content is JSON, but not a report of ESLint"
		};
	}
	finish() {
		const lost = this.#file?.waiting.count ?? 0;
		if (lost > 0) noteProblem(this.problems, "partial", "entries_lost", `${lost} messages were read, but not the name of their file`);
		return {
			events: [],
			summary: {
				tool: "ESLint",
				toolVersion: null,
				shape: this.#root === "array" || !this.#hasMetadata ? "json" : "json-with-metadata",
				artifact: null,
				artifactScope: ""
			}
		};
	}
	#chooseInResults(depth, name, opening) {
		if (depth === 1) {
			this.#files++;
			return opening === "object" ? "walk" : "value";
		}
		if (depth === 3) return this.#file?.isNamed === true || opening !== "object" ? "value" : "text";
		if (name === "filePath") return opening === "scalar" ? "value" : "skip";
		return name === "messages" ? opening === "array" ? "walk" : "value" : "skip";
	}
	#chooseInMetadata(path, opening) {
		this.#hasMetadata = true;
		const leadsToUrl = path.length <= urlPath.length && path.every((name, at) => urlPath[at] === anyName || urlPath[at] === name);
		const expected = path.length === urlPath.length ? "scalar" : "object";
		return leadsToUrl && opening === expected && this.#files === 0 ? "walk" : "skip";
	}
	#takeUrl(part) {
		const rule = part.path[2];
		if (part.type !== "value" || part.path.length !== urlPath.length || this.#urls.size >= mostRules) return;
		const url = webAddress(textOf$1(part.value, limits.url));
		if (url !== null && typeof rule === "string" && rule.length <= limits.rule) this.#urls.set(rule, url);
	}
	#takeFile(part) {
		if (part.type === "start") {
			this.#file = {
				path: null,
				isNamed: false,
				waiting: new WaitingEntries()
			};
			return [];
		}
		if (part.type === "value") noteNoObject(this.problems, "file", part.value, part.from);
		const file = this.#file;
		if (part.type !== "end" || file === null) return [];
		this.#file = null;
		return this.#release(file);
	}
	#takeMember(name, value) {
		const file = this.#file;
		if (file === null) return [];
		if (name === "messages") {
			if (value === null) this.#isEslint = true;
			else noteProblem(this.problems, "partial", "wrong_type", "messages must be an array");
			return [];
		}
		const path = textOf$1(value, limits.path);
		if (path === null) return [];
		file.path = repositoryPath(path, this.#options.workspace);
		file.isNamed = true;
		return this.#release(file);
	}
	*#release(file) {
		for (const { value, from } of file.waiting.release()) yield* this.#read(value, file, from);
	}
	#takeMessage(part) {
		const file = this.#file;
		if (file === null) return [];
		if (part.type === "value") return this.#read(part.value, file, part.from);
		if (part.type !== "text") return [];
		if (file.waiting.isFull) noteProblem(this.problems, "partial", "too_much_held", `The message at byte ${part.from} was left out: its file's name stands behind too many messages`);
		else file.waiting.add(part);
		return [];
	}
	#read(entry, file, from) {
		if (!isObject(entry)) {
			noteNoObject(this.problems, "message", entry, from);
			return [];
		}
		const finding = readMessage(entry, file.path, (rule) => this.#urls.get(rule) ?? null);
		if (finding === null) {
			noteProblem(this.problems, "partial", "entry_unreadable", `The message at byte ${from} has neither text nor rule`);
			return [];
		}
		return [{
			type: "finding",
			finding
		}];
	}
};
// reports/src/eslint/sniff.ts
const certain$8 = 1;
const likely$6 = .9;
const possible$4 = .6;
function sniffEslint(head) {
	const outline = outlineOf(head);
	if (outline === null) return 0;
	if (outline.kind === "array") return Math.max(0, ...outline.elements.map(fileConfidence));
	const results = outlineAt(outline, "results");
	if (results?.kind !== "array") return 0;
	const found = Math.max(0, ...results.elements.map(fileConfidence));
	if (found > 0) return found;
	return results.isComplete && results.elements.length === 0 && hasMembers(outlineAt(outline, "metadata"), "rulesMeta") ? likely$6 : 0;
}
function fileConfidence(file) {
	if (outlineAt(file, "messages")?.kind !== "array") return 0;
	const counts = [
		"errorCount",
		"warningCount",
		"suppressedMessages",
		"fixableErrorCount",
		"source"
	];
	const messages = outlineAt(file, "messages")?.elements ?? [];
	const isCounted = counts.some((name) => file.members.has(name)) || messages.some((message) => hasMembers(message, "ruleId", "severity"));
	if (file.members.has("filePath")) return isCounted ? certain$8 : possible$4;
	return isCounted ? possible$4 : 0;
}
// reports/src/eslint/reader.ts
const eslintReader = {
	format: "eslint",
	scanType: "lint",
	sniff: sniffEslint,
	read: (source, options = {}) => readJsonReport(source, new EslintReading(options))
};
// reports/src/jest/entry.ts
function readAssertion(entry, sourceBytes, file) {
	const ownName = nameOf$2(member(entry, "title")) ?? nameOf$2(member(entry, "fullName"));
	const statusWord = statusWordOf(member(entry, "status"));
	if (ownName === null && statusWord === "unknown") return null;
	const failures = textsOf(member(entry, "failureMessages"));
	const retryReasons = textsOf(member(entry, "retryReasons"));
	const outcome = outcomeWith(statusWord, failures.length > 0);
	const hasPassed = outcome === "passed";
	const earlier = hasPassed ? [...retryReasons, ...failures] : retryReasons;
	const wasRetried = earlier.length > 0 || (numberOf(member(entry, "invocations")) ?? 1) > 1;
	const suites = suitesOf$1(listOf(member(entry, "ancestorTitles")));
	const name = ownName ?? "unknown";
	const [first = "", ...others] = hasPassed ? [] : failures;
	return {
		kind: "case",
		outcome,
		statusWord,
		isFlaky: hasPassed && wasRetried,
		suites,
		className: null,
		name,
		file,
		line: lineOf(memberAt(entry, "location", "line")),
		durationMs: durationOf(member(entry, "duration")),
		...failureOf(first),
		attempts: earlier.slice(0, limits.attempts).map(failedAttempt),
		detail: fitDetail(detailOf$3(entry, others), sourceBytes),
		identity: testIdentity({
			kind: "case",
			suites,
			className: null,
			name,
			file
		})
	};
}
function readUnloaded(file, ownMessage) {
	const name = (file === null ? null : plainName(file)) ?? "a test file";
	const failure = failureOf(ownMessage ?? "");
	return {
		kind: "suite",
		outcome: "error",
		statusWord: "failed",
		isFlaky: false,
		suites: [],
		className: null,
		name,
		file,
		line: null,
		durationMs: null,
		...failure,
		message: failure.message ?? "The file failed, and none of its tests did",
		attempts: [],
		detail: {},
		identity: testIdentity({
			kind: "suite",
			suites: [],
			className: null,
			name,
			file
		})
	};
}
function outcomeWith(statusWord, hasFailures) {
	if (statusWord !== "focused") return outcomeOf(statusWord);
	return hasFailures ? "failed" : "passed";
}
function textsOf(value) {
	return listOf(value).filter((text) => typeof text === "string" && text !== "").map(String);
}
function failedAttempt(text) {
	const { message, trace } = failureOf(text);
	return {
		outcome: "failed",
		durationMs: null,
		message,
		trace
	};
}
function detailOf$3(entry, furtherFailures) {
	const further = furtherFailures.slice(0, limits.detailEntries).map((text) => {
		const { message, trace } = failureOf(text);
		return compact({
			message,
			trace
		});
	});
	return compact({
		column: lineOf(memberAt(entry, "location", "column")),
		further_failures: further,
		tags: boundedValue(member(entry, "tags")),
		meta: boundedValue(member(entry, "meta"))
	});
}
// reports/src/jest/reading.ts
const jestsOwn = new Set([
	"numRuntimeErrorTestSuites",
	"openHandles",
	"wasInterrupted",
	"summary",
	"testFilePath"
]);
const jestsOwnOfTest = [
	"failureDetails",
	"invocations",
	"numPassingAsserts",
	"retryReasons"
];
const assertionLists = new Set(["assertionResults", "testResults"]);
const fileNames = new Set(["name", "testFilePath"]);
const fileMessages = new Set(["message", "failureMessage"]);
var JestReading = class {
	problems = new Map();
	#options;
	#file = null;
	#tests = 0;
	#counted = 0;
	#wasInterrupted = false;
	#hasResults = false;
	#hasAssertions = false;
	#isCounted = false;
	#isJest = false;
	#isVitest = false;
	constructor(options) {
		this.#options = options;
	}
	choose(path, opening) {
		const [root, , name] = path;
		if (typeof root === "string" && path.length === 1) this.#noteTrait(root);
		if (typeof name === "string" && path.length === 3) this.#noteTrait(name);
		if (path.length === 0) return "walk";
		if (path.length === 1) return this.#chooseInRoot(root, opening);
		if (root !== "testResults") return "skip";
		if (path.length === 2) return opening === "object" ? "walk" : "value";
		if (typeof name !== "string") return "skip";
		if (path.length === 4) return this.#file?.isNamed === true || opening !== "object" ? "value" : "text";
		if (assertionLists.has(name)) return opening === "array" ? "walk" : "value";
		return name === "status" || fileNames.has(name) || fileMessages.has(name) ? "value" : "skip";
	}
	take(part) {
		const { path } = part;
		if (path.length === 1) this.#takeRootMember(path[0], part);
		else if (path.length === 2) return this.#takeFile(part);
		else if (path.length === 3) return this.#takeFileMember(String(path[2]), part);
		else if (path.length === 4) return this.#takeTest(part);
		return [];
	}
	refusal() {
		return this.#hasAssertions || this.#hasResults && this.#isCounted ? null : {
			code: "not_jest",
			message: "The content is JSON, but no report of Jest or Vitest"
		};
	}
	finish(isCutOff) {
		const lost = this.#file?.waiting.count ?? 0;
		if (lost > 0) noteProblem(this.problems, "partial", "entries_lost", `${lost} tests were read, but not the name of their file`);
		if (this.#wasInterrupted) noteProblem(this.problems, "partial", "interrupted", "The run was interrupted, and tests that did not run are missing");
		const lacksTests = !isCutOff && this.#counted > this.#tests;
		if (lacksTests) noteProblem(this.problems, "warning", "counts_differ", `The report counts ${this.#counted} tests, and holds ${this.#tests}`);
		const summary = {
			tool: !this.#isJest && (this.#isVitest || this.#isCounted) ? "Vitest" : "Jest",
			toolVersion: null,
			shape: "json",
			artifact: null,
			artifactScope: ""
		};
		return {
			events: [],
			summary: lacksTests ? {
				...summary,
				isComplete: false
			} : summary
		};
	}
	#noteTrait(name) {
		if (jestsOwn.has(name)) this.#isJest = true;
	}
	#chooseInRoot(name, opening) {
		if (name === "testResults") return opening === "array" ? "walk" : "value";
		return opening === "scalar" && (name === "numTotalTests" || name === "numTotalTestSuites" || name === "wasInterrupted") ? "value" : "skip";
	}
	#takeRootMember(name, part) {
		if (name === "testResults" && part.type === "start") this.#hasResults = true;
		if (part.type !== "value") return;
		if (name === "wasInterrupted") this.#wasInterrupted = part.value === true;
		else if (name !== "testResults") this.#isCounted = true;
		else if (part.value !== null) noteProblem(this.problems, "partial", "wrong_type", "testResults must be an array");
		if (name === "numTotalTests") this.#counted = numberOf(part.value) ?? 0;
	}
	#takeFile(part) {
		if (part.type === "start") {
			this.#file = {
				name: null,
				isNamed: false,
				status: null,
				message: null,
				waiting: new WaitingEntries(),
				hasFailedTest: false
			};
			return [];
		}
		if (part.type === "value") noteNoObject(this.problems, "file", part.value, part.from);
		const file = this.#file;
		if (part.type !== "end" || file === null) return [];
		this.#file = null;
		return this.#endFile(file);
	}
	*#endFile(file) {
		yield* this.#release(file);
		if (!(file.hasFailedTest || file.status !== "failed" && file.message === null)) yield {
			type: "test",
			test: readUnloaded(file.name, file.message)
		};
	}
	#takeFileMember(name, part) {
		const file = this.#file;
		if (assertionLists.has(name) && part.type === "start") this.#hasAssertions = true;
		if (file === null || part.type !== "value") return [];
		const { value } = part;
		if (name === "status") file.status = textOf$1(value, limits.word)?.trim().toLowerCase() ?? null;
		else if (fileMessages.has(name)) file.message ??= typeof value === "string" && value.trim() !== "" ? value : null;
		else if (fileNames.has(name)) return this.#nameFile(file, value);
		else if (value !== null) noteProblem(this.problems, "partial", "wrong_type", `${name} must be an array`);
		return [];
	}
	#nameFile(file, value) {
		const path = textOf$1(value, limits.path);
		if (path === null) return [];
		file.name = repositoryPath(path, this.#options.workspace);
		file.isNamed = true;
		return this.#release(file);
	}
	*#release(file) {
		for (const { value, from, to } of file.waiting.release()) yield* this.#read(value, file, from, to);
	}
	#takeTest(part) {
		const file = this.#file;
		if (file === null) return [];
		if (part.type === "value") return this.#read(part.value, file, part.from, part.to);
		if (part.type !== "text") return [];
		file.waiting.add(part);
		if (!file.waiting.isFull) return [];
		noteProblem(this.problems, "partial", "late_member", "A file's name stands behind so many tests that they were read without it");
		file.isNamed = true;
		return this.#release(file);
	}
	#read(entry, file, from, to) {
		if (!isObject(entry)) {
			noteNoObject(this.problems, "test", entry, from);
			return [];
		}
		if (jestsOwnOfTest.some((name) => Object.hasOwn(entry, name))) this.#isJest = true;
		else if (Object.hasOwn(entry, "meta")) this.#isVitest = true;
		const test = readAssertion(entry, to - from, file.name);
		if (test === null) {
			noteProblem(this.problems, "partial", "entry_unreadable", `The test at byte ${from} has neither name nor status`);
			return [];
		}
		if (test.statusWord === "unknown") noteProblem(this.problems, "partial", "status_missing", `The test at byte ${from} has no status`);
		this.#tests++;
		if (isFailure$1(test.outcome)) file.hasFailedTest = true;
		return [{
			type: "test",
			test
		}];
	}
};
// reports/src/jest/sniff.ts
const certain$7 = 1;
const likely$5 = .9;
const possible$3 = .7;
function sniffJest(head) {
	const outline = outlineOf(head);
	if (outline?.kind !== "object") return 0;
	const results = outlineAt(outline, "testResults");
	const holdsAssertions = (results?.elements ?? []).some(isTestFile);
	const isCounted = hasMembers(outline, "numTotalTests") || hasMembers(outline, "numTotalTestSuites");
	if (holdsAssertions) return certain$7;
	if (isCounted) return results === null ? possible$3 : likely$5;
	return 0;
}
function isTestFile(file) {
	if (outlineAt(file, "assertionResults")?.kind === "array") return true;
	return outlineAt(file, "testResults")?.kind === "array" && hasMembers(file, "testFilePath");
}
// reports/src/jest/reader.ts
const jestReader = {
	format: "jest",
	scanType: "test",
	sniff: sniffJest,
	read: (source, options = {}) => readJsonReport(source, new JestReading(options))
};
// reports/src/xml/problems.ts
const harmless = new Set([
	"loose",
	"text_outside",
	"encoding"
]);
function noteXmlProblem(problems, { code, message, isFatal }) {
	if (isFatal) return {
		type: "problem",
		severity: "refused",
		code: `xml_${code}`,
		message
	};
	noteProblem(problems, harmless.has(code) ? "warning" : "partial", code, message);
	return null;
}
// reports/src/junit/parts.ts
const keptCharacters = 65536;
function gathered() {
	return {
		pieces: [],
		left: keptCharacters
	};
}
function gather(into, piece) {
	if (into.left <= 0) return;
	into.pieces.push(piece);
	into.left -= piece.length;
}
function textIn({ pieces }) {
	return pieces.join("");
}
// reports/src/junit/duration.ts
const units = new Map([
	["", 1e3],
	["s", 1e3],
	["sec", 1e3],
	["secs", 1e3],
	["second", 1e3],
	["seconds", 1e3],
	["ms", 1],
	["msec", 1],
	["millis", 1],
	["milliseconds", 1],
	["us", .001],
	["µs", .001],
	["ns", 1e-6],
	["m", 6e4],
	["min", 6e4]
]);
const leastNanoseconds = 1e6;
const mostMs = 0xe8d4a51000;
const plainSeconds = /^\d{1,6}(?:\.\d*)?$/;
function durationMsOf(time) {
	if (time === void 0) return null;
	const text = time.slice(0, 50).trim();
	const ms = plainSeconds.test(text) ? Number(text) * 1e3 : clockMs(text) ?? quantityMs(text);
	return ms === null || !(ms >= 0 && ms <= mostMs) ? null : Math.round(ms * 1e3) / 1e3;
}
function clockMs(text) {
	const [, hours = "0", minutes, seconds] = /^(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d+)?)$/.exec(text) ?? [];
	if (minutes === void 0 || seconds === void 0) return null;
	return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(",", "."))) * 1e3;
}
function quantityMs(text) {
	const [, digits, unit = ""] = /^(\+?[\d.,' \u00a0\u202f]*\d(?:e[+-]?\d+)?\.?)\s*([a-zµ]*)$/i.exec(text) ?? [];
	const factor = units.get(unit.toLowerCase());
	if (digits === void 0 || factor === void 0) return null;
	const number = Number(plainNumber(digits.replaceAll(/[' \u00a0\u202f]/g, "")));
	return unit === "" && /^\d+$/.test(digits) && number >= leastNanoseconds ? number / 1e6 : number * factor;
}
function plainNumber(digits) {
	const comma = digits.lastIndexOf(",");
	const point = digits.lastIndexOf(".");
	if (comma === -1) return digits.indexOf(".") === point ? digits : digits.replaceAll(".", "");
	if (point > comma) return digits.replaceAll(",", "");
	if (point !== -1) return digits.replaceAll(".", "").replace(",", ".");
	return /^[1-9]\d{0,2}(?:,\d{3})+$/.test(digits) || digits.indexOf(",") !== comma ? digits.replaceAll(",", "") : digits.replace(",", ".");
}
// reports/src/junit/test-case.ts
const unnamedCase = "a test without a name";
const unnamedSuite = "a suite without a name";
const plainWords = /^[!-~]+(?: [!-~]+)*$/;
const fileAttributes = [
	"file",
	"filepath",
	"filename"
];
const statusWords = new Map([
	["error", "error"],
	["failed", "failed"],
	["failure", "failed"],
	["fail", "failed"],
	["skipped", "skipped"],
	["skip", "skipped"],
	["ignored", "skipped"],
	["pending", "skipped"],
	["todo", "skipped"],
	["disabled", "disabled"],
	["notrun", "disabled"],
	["not run", "disabled"],
	["not_run", "disabled"],
	["suppressed", "disabled"]
]);
function hasResult(draft) {
	return draft.results.length > 0 || draft.flaky.length > 0 || draft.reruns.length > 0;
}
function testCaseOf(draft, workspace) {
	const { attributes, suites, flaky } = draft;
	const word = wordOf(draft);
	const className = namePlace(attributes.get("classname") ?? attributes.get("class"), workspace);
	const name = nameOf$1(attributes.get("name")) ?? unnamedCase;
	const file = fileOf$1(attributes, workspace) ?? draft.suiteFile;
	return {
		kind: "case",
		outcome: word === "disabled" ? "skipped" : word,
		statusWord: word,
		isFlaky: word === "passed" && flaky.length > 0,
		suites,
		className,
		name,
		file,
		line: lineOf(attributes.get("line") ?? attributes.get("lineno")),
		durationMs: durationMsOf(attributes.get("time")),
		...endOf(draft, word),
		identity: testIdentity({
			kind: "case",
			suites,
			className,
			name,
			file
		})
	};
}
function brokenSuiteOf(suites, file, result) {
	const name = suites.at(-1) ?? unnamedSuite;
	const outer = suites.slice(0, -1);
	const failure = failureIn$1(result);
	return {
		kind: "suite",
		outcome: "error",
		statusWord: result.kind,
		isFlaky: false,
		suites: outer,
		className: null,
		name,
		file,
		line: null,
		durationMs: null,
		...failure,
		message: failure.message ?? "The suite failed outside of its tests",
		attempts: [],
		detail: {},
		identity: testIdentity({
			kind: "suite",
			suites: outer,
			className: null,
			name,
			file
		})
	};
}
function namePlace(name, workspace) {
	if (name === void 0) return null;
	return nameOf$1(/^(?:\/|[a-z]:[\\/]|file:)/i.test(name) ? repositoryPath(name.slice(0, limits.path), workspace) : name);
}
function nameOf$1(name) {
	if (name === void 0) return null;
	return name.length <= limits.testName && plainWords.test(name) ? name : plainName(name);
}
function fileOf$1(attributes, workspace) {
	for (const attribute of fileAttributes) {
		const written = attributes.get(attribute);
		const path = written === void 0 ? null : plainName(written, limits.path);
		if (path !== null) return repositoryPath(path, workspace);
	}
	return null;
}
function wordOf({ attributes, results, reruns }) {
	for (const list of [results, reruns]) {
		if (list.length === 0) continue;
		for (const kind of [
			"error",
			"failed",
			"skipped"
		]) if (list.some((result) => result.kind === kind)) return kind;
	}
	for (const attribute of ["status", "result"]) {
		const written = attributes.get(attribute);
		const word = written === void 0 ? void 0 : statusWords.get(written.trim().toLowerCase());
		if (word !== void 0) return word;
	}
	return "passed";
}
function endOf(draft, word) {
	const { results, flaky, reruns } = draft;
	const deciding = results.filter(({ kind }) => kind === word);
	const [first, ...others] = deciding;
	const retried = reruns.length === 0 ? [] : [...deciding.slice(0, 1), ...reruns.slice(0, -1)];
	const detail = detailOf$2(draft, others);
	return {
		...failureIn$1(reruns.at(-1) ?? first, first),
		attempts: (word === "passed" ? flaky : retried).slice(0, limits.attempts).map(attemptOf),
		detail: Object.keys(detail).length === 0 ? detail : fitDetail(detail, Number.POSITIVE_INFINITY)
	};
}
const noFailure$1 = {
	message: null,
	trace: null,
	errorType: null
};
function failureIn$1(result, other) {
	if (result === void 0) return noFailure$1;
	const trace = plainText(textIn(result.text).trim(), limits.trace).trimEnd();
	const own = plainText(result.message ?? "", limits.message).trim();
	const message = own === "" ? failureOf(trace).message : own;
	if (message === null && other !== void 0) return failureIn$1(other);
	return {
		message,
		trace: trace === "" || trace === message ? null : trace,
		errorType: plainName(result.errorType ?? "", limits.word) ?? errorTypeOf(message) ?? errorTypeOf(trace)
	};
}
function attemptOf(result) {
	const { message, trace } = failureIn$1(result);
	return {
		outcome: result.kind,
		durationMs: durationMsOf(result.time),
		message,
		trace
	};
}
function detailOf$2({ properties, stdout, stderr }, furtherFailures) {
	if (properties === null && stdout === null && stderr === null && furtherFailures.length === 0) return {};
	const shown = {};
	for (const [name, value] of properties ?? []) setMember(shown, plainText(name, limits.word), plainText(value, limits.word));
	const further = furtherFailures.slice(0, limits.detailEntries).map((result) => {
		const { message, trace } = failureIn$1(result);
		return compact({
			message,
			trace
		});
	});
	return compact({
		properties: shown,
		stdout: stdout === null ? null : outputOf(textIn(stdout).trim()),
		stderr: stderr === null ? null : outputOf(textIn(stderr).trim()),
		further_failures: further
	});
}
// reports/src/junit/tool.ts
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
	["checkov scan", "Checkov"]
]);
const properties = [
	["surefire.", "Maven Surefire"],
	["go.version", "go test"],
	["random-seed", "Catch2"]
];
function toolOfName(name) {
	return name === void 0 ? null : names.get(name.toLowerCase()) ?? null;
}
function toolOfProperty(name) {
	return properties.find(([start]) => name.startsWith(start))?.[1] ?? null;
}
function toolOfAttributes(element, attributes) {
	if (attributes.get("noNamespaceSchemaLocation")?.includes("surefire") === true) return "Maven Surefire";
	return element === "testcase" && attributes.has("assertions") && attributes.has("class") && attributes.has("classname") ? "PHPUnit" : null;
}
// reports/src/junit/reading.ts
const roles = new Map([
	["error", {
		list: "results",
		kind: "error"
	}],
	["failure", {
		list: "results",
		kind: "failed"
	}],
	["skipped", {
		list: "results",
		kind: "skipped"
	}],
	["flakyError", {
		list: "flaky",
		kind: "error"
	}],
	["flakyFailure", {
		list: "flaky",
		kind: "failed"
	}],
	["rerunError", {
		list: "reruns",
		kind: "error"
	}],
	["rerunFailure", {
		list: "reruns",
		kind: "failed"
	}]
]);
const fileName = /^[^\s:*?"<>|]{1,500}\.(?:[cm]?[jt]sx?|py|rb|php|phpt|dart|feature|bats|robot|lua|sh)$/;
const rootNames = new Set(["testsuites", "testsuite"]);
var JunitReading = class {
	problems = new Map();
	rootName = null;
	#workspace;
	#frames = [];
	#suites = [];
	#cases = [];
	#tool = null;
	constructor(options) {
		this.#workspace = options.workspace;
	}
	get isJunit() {
		return this.rootName !== null && rootNames.has(this.rootName);
	}
	take(event) {
		if (event.type === "open") this.#open(event.name, event.attributes);
		else if (event.type === "close") return this.#close();
		else this.#takeText(event.text);
		return null;
	}
	finish() {
		const told = this.#cases.filter(hasResult);
		const lost = this.#cases.length - told.length;
		if (lost > 0) noteProblem(this.problems, "partial", "entries_lost", `${lost} tests were begun, and how they ended is missing`);
		const broken = this.#frames.map((frame) => this.#brokenSuite(frame)).filter((test) => test !== null);
		return [...told.map((draft) => testCaseOf(draft, this.#workspace)), ...broken];
	}
	summary() {
		return {
			tool: this.#tool ?? "JUnit",
			toolVersion: null,
			shape: this.rootName ?? "",
			artifact: null,
			artifactScope: ""
		};
	}
	#open(name, attributes) {
		this.rootName ??= name;
		this.#tool ??= toolOfAttributes(name, attributes);
		if (name === "testsuites") this.#tool ??= toolOfName(attributes.get("name"));
		this.#frames.push(this.#frameOf(name, attributes));
	}
	#frameOf(name, attributes) {
		if (name === "testsuite") return this.#openSuite(attributes);
		if (name === "testcase") return this.#openCase(attributes);
		const parent = this.#frames.at(-1);
		const role = roles.get(name);
		if (role !== void 0 && (parent?.kind === "case" || parent?.kind === "suite")) return openResult(role, attributes, parent);
		if (name === "property") return this.#openProperty(attributes);
		const draft = parent?.kind === "case" ? parent.draft : null;
		if (name === "system-out") return {
			kind: "other",
			text: draft === null ? null : draft.stdout ??= gathered()
		};
		if (name === "system-err") return {
			kind: "other",
			text: draft === null ? null : draft.stderr ??= gathered()
		};
		return {
			kind: "other",
			text: parent === void 0 ? null : textOf(parent)
		};
	}
	#openSuite(attributes) {
		const outer = this.#suites.at(-1);
		const ownName = attributes.get("name");
		this.#tool ??= toolOfName(ownName) ?? toolOfName(attributes.get("package"));
		const name = namePlace(ownName, this.#workspace);
		const namedFile = name !== null && fileName.test(name) ? name : null;
		const suites = [...outer?.suites ?? []];
		if (name !== null && suites.length < limits.suites) suites.push(name);
		const frame = {
			kind: "suite",
			suites,
			file: fileOf$1(attributes, this.#workspace) ?? namedFile ?? outer?.file ?? null
		};
		this.#suites.push(frame);
		return frame;
	}
	#openCase(attributes) {
		const suite = this.#suites.at(-1);
		const draft = {
			attributes,
			suites: suite?.suites ?? [],
			suiteFile: suite?.file ?? null,
			results: [],
			flaky: [],
			reruns: [],
			stdout: null,
			stderr: null,
			properties: null
		};
		this.#cases.push(draft);
		return {
			kind: "case",
			draft
		};
	}
	#openProperty(attributes) {
		const name = attributes.get("name") ?? "";
		const value = attributes.get("value");
		const draft = this.#cases.at(-1);
		if (draft === void 0) this.#tool ??= toolOfProperty(name);
		if (draft === void 0 || name === "") return {
			kind: "other",
			text: null
		};
		draft.properties ??= new Map();
		if (draft.properties.size >= limits.detailEntries) return {
			kind: "other",
			text: null
		};
		if (value === void 0) return {
			kind: "property",
			name,
			text: gathered()
		};
		draft.properties.set(name, value);
		return {
			kind: "other",
			text: null
		};
	}
	#takeText(piece) {
		const frame = this.#frames.at(-1);
		const text = frame === void 0 ? null : textOf(frame);
		if (text !== null) gather(text, piece);
	}
	#close() {
		const frame = this.#frames.pop();
		if (frame?.kind === "suite") this.#suites.pop();
		else if (frame?.kind === "case") {
			this.#cases.pop();
			return testCaseOf(frame.draft, this.#workspace);
		} else if (frame?.kind === "property") this.#cases.at(-1)?.properties?.set(frame.name, textIn(frame.text).trim());
		return frame === void 0 ? null : this.#brokenSuite(frame);
	}
	#brokenSuite(frame) {
		return frame.kind === "result" && frame.suite !== null ? brokenSuiteOf(frame.suite.suites, frame.suite.file, frame.result) : null;
	}
};
function openResult({ list, kind }, attributes, parent) {
	const text = gathered();
	const result = {
		kind,
		message: attributes.get("message") ?? null,
		errorType: attributes.get("type") ?? null,
		time: attributes.get("time"),
		text
	};
	if (parent.kind === "suite") return list === "results" && kind !== "skipped" ? {
		kind: "result",
		result,
		text,
		suite: parent
	} : {
		kind: "other",
		text: null
	};
	const kept = parent.draft[list];
	if (kept.filter((other) => other.kind === kind).length > limits.detailEntries) return {
		kind: "other",
		text: null
	};
	kept.push(result);
	return {
		kind: "result",
		result,
		text,
		suite: null
	};
}
function textOf(frame) {
	return frame.kind === "suite" || frame.kind === "case" ? null : frame.text;
}
// reports/src/junit/reader.ts
const junitReader = {
	format: "junit",
	scanType: "test",
	sniff: sniffJunit,
	read: readJunit
};
const certain$6 = 1;
function sniffJunit(head) {
	const root = rootElementOf(head);
	return root !== null && rootNames.has(root.name) ? certain$6 : 0;
}
async function* readJunit(source, options = {}) {
	const reading = new JunitReading(options);
	for await (const events of xmlEvents(source)) for (const event of events) {
		if (event.type === "problem") {
			const refusal = noteXmlProblem(reading.problems, event);
			if (refusal === null) continue;
			yield refusal;
			return;
		}
		const test = reading.take(event);
		if (!reading.isJunit) {
			yield {
				type: "problem",
				severity: "refused",
				code: "not_junit",
				message: `The root of the XML is <${reading.rootName ?? ""}>, not <testsuites> or <testsuite>`
			};
			return;
		}
		if (test !== null) yield {
			type: "test",
			test
		};
	}
	for (const test of reading.finish()) yield {
		type: "test",
		test
	};
	yield {
		type: "summary",
		summary: reading.summary()
	};
	yield* problemEvents(reading.problems);
}
// reports/src/sarif/tags.ts
const weakness$1 = /^(?:external\/cwe\/)?cwe[-_: ]?0*(\d{1,6})(?!\d)/i;
const none = [];
function tagsOf(value) {
	if (!Array.isArray(value)) return none;
	const tags = [];
	for (const entry of value) {
		const tag = textOf$1(entry, limits.word);
		if (tag !== null) tags.push(tag);
		if (tags.length === limits.detailEntries) break;
	}
	return tags;
}
function weaknessesOf(entry, tags) {
	const property = memberAt(entry, "properties", "cwe") ?? memberAt(entry, "properties", "CWE");
	const relationships = listOf(member(entry, "relationships"));
	const taxa = listOf(member(entry, "taxa"));
	if (tags.length === 0 && property === void 0 && relationships.length === 0 && taxa.length === 0) return none;
	const words = [...tags, ...Array.isArray(property) ? tagsOf(property) : [textOf$1(property, limits.word)]];
	const targets = relationships.map((relationship) => isObject(relationship) ? member(relationship, "target") : null);
	const found = [...words.map(weaknessIn), ...[...targets, ...taxa].map(weaknessOfReference)];
	return merged(none, found.filter((id) => id !== null));
}
function merged(one, other) {
	if (other.length === 0) return one;
	return [...new Set([...one, ...other])].slice(0, limits.detailEntries);
}
function weaknessIn(word) {
	const number = word === null ? void 0 : weakness$1.exec(word)?.[1];
	return number === void 0 ? null : `CWE-${number}`;
}
function weaknessOfReference(reference) {
	if (!isObject(reference)) return null;
	const id = textOf$1(member(reference, "id"), limits.word);
	const taxonomy = textOf$1(memberAt(reference, "toolComponent", "name"), limits.word);
	return weaknessIn(id !== null && /^\d{1,6}$/.test(id) && taxonomy !== null && /^cwe/i.test(taxonomy) ? `CWE-${id}` : id);
}
// reports/src/sarif/components.ts
const mostMessages = 500;
const noMessages = new Map();
function emptyComponent() {
	return {
		name: null,
		guid: null,
		versions: new Map(),
		rules: [],
		rulesById: new Map(),
		rulesByGuid: new Map(),
		taxa: [],
		messages: noMessages
	};
}
function noteComponentFact(component, name, value) {
	if (name === "name") component.name = textOf$1(value, limits.summary);
	else if (name === "guid") component.guid = guidOf(value);
	else if (name === "globalMessageStrings") component.messages = messagesOf(value);
	else noteVersion(component, name, value);
}
function noteRule(component, index, rule) {
	component.rules[index] = rule;
	if (rule.id !== null && !component.rulesById.has(rule.id)) component.rulesById.set(rule.id, rule);
	if (rule.guid !== null && !component.rulesByGuid.has(rule.guid)) component.rulesByGuid.set(rule.guid, rule);
}
function versionOf(component) {
	const { versions } = component;
	return versions.get("semanticVersion") ?? versions.get("version") ?? versions.get("dottedQuadFileVersion") ?? null;
}
function descriptorOf(entry, withTexts) {
	const tags = tagsOf(memberAt(entry, "properties", "tags"));
	const weaknesses = weaknessesOf(entry, tags);
	const help = messageText(member(entry, "help"), limits.ruleText);
	const title = messageText(member(entry, "shortDescription"), limits.title);
	const description = messageText(member(entry, "fullDescription"), limits.ruleText);
	const name = textOf$1(member(entry, "name"), limits.word);
	const url = webAddress(textOf$1(member(entry, "helpUri"), limits.url)) ?? webAddress(help);
	const detail = compact({
		rule_name: name,
		...withTexts ? {
			rule_title: title,
			description: description === title ? null : description,
			help: help === url || help === description ? null : help
		} : {},
		precision: textOf$1(memberAt(entry, "properties", "precision"), limits.word),
		problem_severity: textOf$1(memberAt(entry, "properties", "problem.severity"), limits.word)
	});
	return {
		id: textOf$1(member(entry, "id"), limits.rule),
		guid: guidOf(member(entry, "guid")),
		name,
		level: levelWord(memberAt(entry, "defaultConfiguration", "level")),
		securitySeverity: numberOf(memberAt(entry, "properties", "security-severity")),
		title: withTexts ? title : null,
		url,
		tags,
		weaknesses,
		messages: withTexts ? messagesOf(member(entry, "messageStrings")) : noMessages,
		detail,
		detailBytes: Buffer.byteLength(JSON.stringify(detail))
	};
}
const levels = new Set([
	"error",
	"warning",
	"note",
	"none"
]);
function levelWord(value) {
	if (value === void 0) return null;
	if (typeof value === "string" && levels.has(value)) return value;
	return typeof value === "string" ? textOf$1(value.trim().toLowerCase(), limits.severityWord) : null;
}
function guidOf(value) {
	return typeof value === "string" ? textOf$1(value.toLowerCase(), limits.word) : null;
}
function messageText(value, limit) {
	return textOf$1(isObject(value) ? member(value, "text") : value, limit);
}
function componentAt(components, reference) {
	const { driver, extensions, taxonomies } = components;
	if (!isObject(reference)) return driver;
	const index = numberOf(member(reference, "index"));
	if (index !== null && index >= 0) return extensions[index] ?? null;
	const guid = guidOf(member(reference, "guid"));
	const name = textOf$1(member(reference, "name"), limits.summary);
	if (guid === null && name === null) return driver;
	const isNamed = (component) => component !== null && (guid === null ? component.name === name : component.guid === guid);
	return [
		driver,
		...extensions,
		...taxonomies
	].find(isNamed) ?? null;
}
function noteVersion(component, name, value) {
	const version = textOf$1(value, limits.version);
	if (version !== null) component.versions.set(name, version);
}
function messagesOf(value) {
	if (!isObject(value)) return noMessages;
	const messages = new Map();
	for (const id of Object.keys(value)) {
		const text = messageText(value[id], limits.message);
		if (text !== null && id.length <= limits.word) messages.set(id, text);
		if (messages.size === mostMessages) break;
	}
	return messages;
}
// reports/src/sarif/invocations.ts
const mostInvocations = 1e4;
function openInvocation(run) {
	const invocation = {
		overrides: null,
		isFailed: false,
		errors: 0,
		firstError: null
	};
	if (run !== null && run.invocations.length < mostInvocations) run.invocations.push(invocation);
	return invocation;
}
function noteInvocationFact(invocation, name, value) {
	if (name === "executionSuccessful") invocation.isFailed = value === false;
	else if (name === "ruleConfigurationOverrides") invocation.overrides = value;
}
function noteNotification(invocation, value) {
	if (!isObject(value) || levelWord(member(value, "level")) !== "error") return;
	invocation.errors++;
	invocation.firstError ??= textOf$1(memberAt(value, "message", "text"), limits.word) ?? textOf$1(memberAt(value, "descriptor", "id"), limits.word);
}
function noteExecution(run, overview, problems) {
	const isFailed = run.invocations.some((invocation) => invocation.isFailed);
	const told = run.invocations.find(({ firstError }) => firstError !== null)?.firstError ?? null;
	const errors = run.invocations.reduce((sum, invocation) => sum + invocation.errors, 0);
	const tool = run.driver?.name ?? "The tool";
	if (isFailed) overview.isComplete = false;
	if (isFailed || errors > 0) {
		const what = isFailed ? `${tool} says that its run failed` : `${tool} says that ${errors} errors came up`;
		noteProblem(problems, "warning", "run_failed", told === null ? what : `${what}: ${told}`);
	} else if (!run.hasResults && run.references.size === 0) {
		overview.isComplete = false;
		noteProblem(problems, "warning", "not_scanned", `${tool} gives no list of results`);
	}
}
// reports/src/sarif/links.ts
function linkRuns(kept) {
	const runs = kept.filter(({ isExternal }) => !isExternal);
	const externals = kept.filter(({ isExternal }) => isExternal);
	const held = new Set(externals.map(({ externalGuid }) => externalGuid));
	const pairs = externals.flatMap((external) => {
		const run = runs.find((one) => belongsTo(external, one)) ?? (runs.length === 1 ? runs[0] : void 0);
		return run === void 0 ? [] : [{
			external,
			run
		}];
	});
	for (const { external, run } of pairs) complete(run, external);
	for (const { external, run } of pairs) complete(external, run);
	let missing = 0;
	for (const { references } of runs) for (const [guid, isOfResults] of references) if (isOfResults && !held.has(guid)) missing++;
	return missing;
}
function belongsTo(external, run) {
	return external.guid !== null && external.guid === run.guid || external.externalGuid !== null && run.references.has(external.externalGuid);
}
function complete(run, other) {
	run.driver ??= other.driver;
	if (run.extensions.length === 0) run.extensions = other.extensions;
	if (run.taxonomies.length === 0) run.taxonomies = other.taxonomies;
	if (run.artifacts.length === 0) {
		run.artifacts = other.artifacts;
		run.artifactLength = other.artifactLength;
	}
	if (run.invocations.length === 0) run.invocations = other.invocations;
	if (run.bases.size === 0) {
		run.bases = other.bases;
		run.basesLength = other.basesLength;
	}
	run.places.clear();
}
// reports/src/trivy/target.ts
const tag = /^\w[\w.-]{0,127}$/;
const digest = /@[a-z0-9+._-]+:[0-9a-f]{32,}$/i;
const imageId = /^(sha256:)?[0-9a-f]{12,64}$/i;
function withoutTag(name) {
	if (imageId.test(name)) return name;
	const bare = name.replace(digest, "");
	const colon = bare.indexOf(":", bare.lastIndexOf("/") + 1);
	return colon > 0 && tag.test(bare.slice(colon + 1)) ? bare.slice(0, colon) : bare;
}
function isImageId(name) {
	return imageId.test(name);
}
function withoutSystem(target) {
	if (!target.endsWith(")")) return target;
	let open = 0;
	for (let at = target.length - 1; at > 0; at--) if (target[at] === ")") open++;
	else if (target[at] === "(" && --open === 0) return target[at - 1] === " " ? target.slice(0, at - 1) : target;
	return target;
}
function stableTarget(target, className, type) {
	if (className === "os-pkgs" || className === null) return withoutTag(withoutSystem(target));
	return className === "config" && type === "dockerfile" ? withoutTag(withoutSystem(target)) : target;
}
function withoutVersion(path, version) {
	if (version === null || !path.includes(version)) return path;
	const isPart = (character) => character === void 0 || !/[0-9A-Za-z]/.test(character);
	let result = "";
	let from = 0;
	for (let at = path.indexOf(version); at !== -1; at = path.indexOf(version, at + 1)) {
		if (at < from || !isPart(path[at - 1]) || !isPart(path[at + version.length])) continue;
		result += `${path.slice(from, at)}{version}`;
		from = at + version.length;
	}
	return result + path.slice(from);
}
function placeAt(target, className, type, workload) {
	return {
		target,
		className,
		type,
		workload,
		shownTarget: targetInWorkload(workload, target),
		stableTarget: target === null ? null : stableTarget(target, className, type),
		stableWorkload: stableWorkload(workload)
	};
}
function workloadName(workload) {
	const name = [
		workload.namespace,
		workload.kind,
		workload.name
	].filter((part) => part !== null).join("/");
	if (name === "") return workload.container;
	return workload.container === null ? name : `${name} (${workload.container})`;
}
function stableWorkload(workload) {
	const suffix = workload.kind === "ReplicaSet" ? /-[bcdfghjklmnpqrstvwxz2456789]{5,10}$/ : workload.kind === "Job" ? /-[0-9]{8,10}$/ : null;
	if (suffix === null || workload.name === null) return workload;
	return {
		...workload,
		name: workload.name.replace(suffix, "")
	};
}
function targetInWorkload(workload, target) {
	const name = workloadName(workload);
	if (name === null || target === null) return name ?? target;
	return target === `${workload.kind}/${workload.name}` ? name : `${name}: ${target}`;
}
// reports/src/sarif/drivers.ts
const drivers = [
	{
		pattern: /\btrivy\b/i,
		scanType: "trivy"
	},
	{
		pattern: /\b(?:zap|zaproxy|zed attack proxy)\b|^owasp[\s_-]*zap/i,
		scanType: "zap"
	},
	{
		pattern: /^sonar(?:qube|cloud|lint|scanner|server)?(?![a-z])/i,
		scanType: "sonarqube"
	}
];
function scanTypeOfDriver(name) {
	return drivers.find(({ pattern }) => pattern.test(name))?.scanType ?? "lint";
}
function traitsOfDriver(name) {
	return {
		name,
		isTrivy: scanTypeOfDriver(name) === "trivy",
		isSecretScanner: isSecretScanner(name)
	};
}
function isSecretScanner(name) {
	return /gitleaks|trufflehog|ggshield|gitguardian|whispers|titus|noseyparker|nosey parker|kingfisher|detect[\s_-]?secrets|\bsecrets?\b/i.test(name);
}
// reports/src/sarif/overview.ts
const mostNames$1 = 100;
function emptyOverview$1() {
	return {
		driver: null,
		component: null,
		version: null,
		categories: new Set(),
		images: new Set(),
		stableImages: new Set(),
		automationIds: new Set(),
		isComplete: true
	};
}
function noteRun(overview, run) {
	noteDriver(overview, run);
	add$1(overview.automationIds, run.automationId);
	add$1(overview.categories, run.automationId === null ? null : categoryOf(run.automationId));
	if (run.imageName === null) return;
	add$1(overview.images, run.imageName);
	const name = isImageId(run.imageName) ? run.imageTag ?? run.imageName : run.imageName;
	add$1(overview.stableImages, withoutTag(name));
}
function noteDriver(overview, { driver }) {
	if (driver === null || driver.name === null) return;
	overview.driver ??= driver.name;
	overview.component ??= driver;
	if (overview.component === driver) overview.version = versionOf(driver);
}
function summaryOf$2(overview, shape) {
	return {
		scanType: overview.driver === null ? "lint" : scanTypeOfDriver(overview.driver),
		isComplete: overview.isComplete,
		tool: overview.driver ?? "unknown",
		toolVersion: overview.version,
		shape,
		artifact: joined$2(overview.images) ?? joined$2(overview.automationIds),
		artifactScope: joined$2(new Set([...overview.categories, ...overview.stableImages])) ?? ""
	};
}
function categoryOf(automationId) {
	const category = automationId.slice(0, Math.max(0, automationId.lastIndexOf("/")));
	return category === "" ? null : category;
}
function add$1(names, name) {
	if (name !== null && names.size < mostNames$1) names.add(name);
}
function joined$2(names) {
	return names.size === 0 ? null : identityPart([...names].toSorted().join(", "), limits.summary);
}
// reports/src/sarif/run.ts
const needs = Array.from({ length: 8 }, (_unused, number) => [
	"artifacts",
	"originalUriBaseIds",
	"invocations"
].filter((_name, bit) => (number & 1 << bit) !== 0));
const mostBases$1 = 1e3;
const mostReferences = 1e4;
function openRun(isExternal, isFirst) {
	return {
		isExternal,
		isFirst,
		driver: null,
		traits: null,
		extensions: [],
		taxonomies: [],
		artifacts: [],
		bases: new Map(),
		invocations: [],
		guid: null,
		externalGuid: null,
		references: new Map(),
		automationId: null,
		imageName: null,
		imageTag: null,
		hasResults: false,
		told: new Set(),
		opened: new Set(),
		settled: false,
		isEarly: false,
		isStuck: false,
		held: [],
		referenceBytes: 0,
		artifactLength: 0,
		basesLength: 0,
		places: new Map()
	};
}
function openComponent(run, parent, name) {
	const component = emptyComponent();
	if (parent === "extensions") run?.extensions.push(component);
	else if (parent === "taxonomies") run?.taxonomies.push(component);
	else if (run !== null && name === "driver") run.driver = component;
	return component;
}
function traitsOf(run) {
	const name = run.driver?.name ?? null;
	if (name === null) return null;
	if (run.traits?.name !== name) run.traits = traitsOfDriver(name);
	return run.traits;
}
function isReferredTo(name) {
	return name === "tool" || name === "artifacts" || name === "invocations";
}
function needsOf(json) {
	const number = (json.includes("\"index\"") ? 1 : 0) + (json.includes("\"uriBaseId\"") ? 2 : 0) + (json.includes("\"invocationIndex\"") ? 4 : 0);
	return needs[number] ?? [];
}
function awaitsMore({ settled, told }, needed) {
	return !settled && (!told.has("tool") || needed.some((name) => !told.has(name)));
}
function isSufficient(run, result) {
	return isRecognisable(run, result) && (run.told.has("tool") || levelWord(member(result, "level")) !== null);
}
function isRecognisable(run, result) {
	const isToolTold = run.told.has("tool");
	const message = member(result, "message");
	const hasTool = isToolTold || run.isFirst || (run.driver?.name ?? null) !== null;
	const hasMessage = isToolTold || messageText(message, limits.word) !== null;
	const hasRule = isToolTold || textOf$1(member(result, "ruleId"), limits.word) !== null;
	const location = listOf(member(result, "locations"))[0];
	const artifact = isObject(location) ? memberAt(location, "physicalLocation", "artifactLocation") : null;
	const hasPath = run.told.has("artifacts") || !isObject(artifact) || typeof member(artifact, "uri") === "string";
	return hasTool && hasMessage && hasRule && hasPath;
}
function noteRunFact(run, role, name, value) {
	if (role === "automation" && name === "id") run.automationId = textOf$1(value, limits.summary);
	else if (role === "automation" && name === "guid" || role === "external" && name === "runGuid") run.guid = guidOf(value);
	else if (role === "external" && name === "guid") run.externalGuid = guidOf(value);
	else if (role === "runProperties" && name === "imageName") run.imageName = textOf$1(value, limits.summary);
	else if (role === "runProperties" && name === "repoTags") run.imageTag = textOf$1(listOf(value)[0], limits.summary);
	else if (role === "references") noteReferences(run, name, value);
}
function noteReferences(run, name, value) {
	for (const reference of Array.isArray(value) ? value : [value]) {
		if (!isObject(reference) || run.references.size === mostReferences) continue;
		const guid = guidOf(member(reference, "guid")) ?? textOf$1(memberAt(reference, "location", "uri"), limits.path);
		if (guid !== null) run.references.set(guid, run.references.get(guid) === true || name === "results");
	}
}
function noteBases(run, value) {
	if (!isObject(value)) return;
	for (const id of Object.keys(value)) {
		if (run.bases.size === mostBases$1) return;
		const address = addressOf(value[id]);
		if (address === null || id.length > limits.word) continue;
		run.bases.set(id, address);
		run.basesLength += address.uri?.length ?? 0;
	}
}
function addressOf(value) {
	if (!isObject(value)) return null;
	return {
		uri: textOf$1(member(value, "uri"), limits.path),
		baseId: textOf$1(member(value, "uriBaseId"), limits.word)
	};
}
function overriddenLevel(run, result, rule) {
	const index = numberOf(memberAt(result, "provenance", "invocationIndex"));
	const overrides = index === null ? void 0 : run.invocations[index]?.overrides;
	if (rule === null) return null;
	for (const override of listOf(overrides)) {
		const level = isObject(override) ? levelWord(memberAt(override, "configuration", "level")) : null;
		const reference = isObject(override) ? member(override, "descriptor") : null;
		if (level !== null && isObject(reference) && refersTo(run, reference, rule)) return level;
	}
	return null;
}
function refersTo(run, reference, rule) {
	const guid = guidOf(member(reference, "guid"));
	if (guid !== null) return guid === rule.guid;
	const index = numberOf(member(reference, "index"));
	const component = componentAt(run, member(reference, "toolComponent"));
	if (index !== null && index >= 0) return component?.rules[index] === rule;
	const id = textOf$1(member(reference, "id"), limits.rule);
	return id !== null && id === rule.id;
}
// reports/src/sarif/references.ts
const mostRuleBytes = 65536;
const bareRuleBytes = 1e3;
function noteDescriptor(room, run, component, role, index, value, bytes, problems) {
	if (!isObject(value)) return;
	const withTexts = role === "rules" && room.usedBytes < limits.referenceBytes / 2;
	if (!isRoomFor(room, run, Math.min(bytes, withTexts ? mostRuleBytes : bareRuleBytes))) {
		noteProblem(problems, "partial", "too_many_rules", `The entry of the ${role} at ${index} was left out: there are too many`);
		return;
	}
	if (role === "rules" && !withTexts) noteProblem(problems, "warning", "rule_texts", `The rule at ${index} was read without its texts: there are too many`);
	const descriptor = descriptorOf(value, withTexts);
	if (role === "rules") noteRule(component, index, descriptor);
	else component.taxa[index] = descriptor;
}
function noteArtifact$1(room, run, index, value, problems) {
	const address = isObject(value) ? addressOf(member(value, "location")) : null;
	if (address === null || address.uri === null) return;
	if (!isRoomFor(room, run, address.uri.length + 100)) {
		noteProblem(problems, "warning", "too_many_artifacts", `The artifact at ${index} was left out: there are too many`);
		return;
	}
	run.artifacts[index] = address;
	run.artifactLength = Math.max(run.artifactLength, address.uri.length);
}
function leaveRoom(room, run) {
	room.usedBytes -= run.referenceBytes;
	run.referenceBytes = 0;
}
function isRoomFor(room, run, bytes) {
	if (room.usedBytes + bytes > limits.referenceBytes) return false;
	room.usedBytes += bytes;
	run.referenceBytes += bytes;
	return true;
}
// reports/src/sarif/messages.ts
const locationLink = /\[([^\][]{1,500})\]\((\d{1,9})\)/g;
const mostRelated = 1e3;
function messageOf(message, rule) {
	if (!isObject(message)) return messageText(message, limits.message);
	const own = messageText(message, limits.message);
	const id = textOf$1(member(message, "id"), limits.word);
	const text = own ?? (id === null ? null : rule.descriptor?.messages.get(id) ?? rule.component?.messages.get(id) ?? null);
	if (text === null) return null;
	const values = member(message, "arguments");
	return own !== null && !Array.isArray(values) ? text : filledIn(text, listOf(values));
}
function messageOfResult(result, rule) {
	const message = messageOf(member(result, "message"), rule);
	const related = listOf(member(result, "relatedLocations")).slice(0, mostRelated);
	if (message === null || related.length === 0 || !message.includes("](")) return message;
	const isRelated = (id) => related.some((location) => isObject(location) && numberOf(member(location, "id")) === id);
	return message.replaceAll(locationLink, (link, words, id) => isRelated(Number(id)) ? words : link);
}
function filledIn(text, values) {
	let filled = "";
	let from = 0;
	for (const match of text.matchAll(/\{\{|\}\}|\{(\d{1,4})\}/g)) {
		const [token, index] = match;
		const value = index === void 0 ? token.slice(1) : textOf$1(values[Number(index)], limits.message) ?? (values.length > Number(index) ? "" : token);
		filled += text.slice(from, match.index) + value;
		from = match.index + token.length;
		if (filled.length > limits.message) break;
	}
	return cleanText(filled + text.slice(from), limits.message);
}
// reports/src/sarif/places.ts
const nowhere = {
	path: null,
	target: null
};
const otherAddress = /^(?!file:)[a-z][a-z0-9+.-]+:\/\/|^(?:sarif|pkg|urn|data|cid|mailto|about):/i;
const rooted = /^(?:file:|[\\/]|[a-z]:[\\/])/i;
const mostBases = 10;
const mostPlaces = 2e3;
function placeOf$1(run, location, workspace) {
	const own = addressOf(location);
	if (own === null || !isObject(location)) return nowhere;
	if (own.uri !== null) return resolved(run, own, workspace);
	const index = numberOf(member(location, "index"));
	const artifact = index === null ? void 0 : run.artifacts[index];
	return artifact === void 0 ? nowhere : resolved(run, artifact, workspace);
}
function placeOfLocation(run, location, workspace) {
	return placeOf$1(run, memberAt(location, "physicalLocation", "artifactLocation"), workspace);
}
function regionOf(location) {
	const region = memberAt(location, "physicalLocation", "region");
	return isObject(region) ? region : null;
}
function shownLocation(run, location, rule, workspace) {
	if (!isObject(location)) return null;
	const { path, target } = placeOfLocation(run, location, workspace);
	const region = regionOf(location) ?? {};
	const shown = compact({
		path: path ?? target,
		line: lineOf(member(region, "startLine")),
		column: lineOf(member(region, "startColumn")),
		end_line: lineOf(member(region, "endLine")),
		end_column: lineOf(member(region, "endColumn")),
		logical: logicalNameOf(location),
		message: messageOf(member(location, "message"), rule)
	});
	return Object.keys(shown).length === 0 ? null : shown;
}
function logicalNameOf(location) {
	for (const logical of listOf(member(location, "logicalLocations"))) {
		const name = isObject(logical) ? textOf$1(member(logical, "fullyQualifiedName"), limits.path) ?? textOf$1(member(logical, "name"), limits.path) : null;
		if (name !== null) return name;
	}
	return null;
}
function resolved(run, address, workspace) {
	const { uri, baseId } = address;
	if (uri === null) return nowhere;
	const known = run.places.get(baseId)?.get(uri);
	if (known !== void 0) return known;
	const place = resolve$1(run, uri, baseId, workspace);
	const places = run.places.get(baseId) ?? new Map();
	if (places.size >= mostPlaces) places.clear();
	if (run.places.size >= mostBases) run.places.clear();
	run.places.set(baseId, places.set(uri, place));
	return place;
}
function resolve$1(run, uri, baseId, workspace) {
	if (otherAddress.test(uri)) return {
		path: null,
		target: uri
	};
	let path = uri;
	let nextBase = baseId;
	for (let count = 0; !rooted.test(path) && nextBase !== null && count < mostBases; count++) {
		const base = run.bases.get(nextBase);
		if (base === void 0 || base.uri === null || base.uri === "") break;
		const isLast = rooted.test(base.uri);
		const joined = `${base.uri}${base.uri.endsWith("/") ? "" : "/"}${path}`;
		if (otherAddress.test(base.uri)) break;
		if (isLast) {
			const full = pathOf$1(joined, workspace);
			return rooted.test(full) ? {
				path: pathOf$1(path, workspace),
				target: null
			} : {
				path: full,
				target: null
			};
		}
		path = joined;
		nextBase = base.baseId;
	}
	const own = pathOf$1(path, workspace);
	return own === "" ? nowhere : {
		path: own,
		target: null
	};
}
function pathOf$1(uri, workspace) {
	return textOf$1(repositoryPath(/^file:/i.test(uri) ? uri : decoded(uri), workspace), limits.path) ?? "";
}
function decoded(text) {
	if (!text.includes("%")) return text;
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
// reports/src/sarif/snippets.ts
const linesBeforeCause = 5;
function codeLinesOf$1(location) {
	const cause = memberAt(location, "physicalLocation", "region");
	const around = memberAt(location, "physicalLocation", "contextRegion");
	const region = snippetOf(around) === null ? cause : around;
	const text = snippetOf(region);
	if (text === null || !isObject(region)) return [];
	const firstLine = lineOf(member(region, "startLine"));
	const causeFrom = isObject(cause) ? lineOf(member(cause, "startLine")) : null;
	const causeTo = (isObject(cause) ? lineOf(member(cause, "endLine")) : null) ?? causeFrom;
	const lines = text.replace(/\r?\n$/, "").split(/\r\n|\r|\n/);
	const skipped = lines.length <= limits.codeLines || firstLine === null || causeFrom === null ? 0 : causeFrom - firstLine - linesBeforeCause;
	const first = Math.max(0, Math.min(skipped, lines.length - limits.codeLines));
	return lines.slice(first, first + limits.codeLines).map((content, index) => {
		const number = firstLine === null ? null : firstLine + first + index;
		const isCause = region === cause || number !== null && causeFrom !== null && causeTo !== null && number >= causeFrom && number <= causeTo;
		return {
			number,
			content: cleanText(content, limits.codeLine),
			is_cause: isCause
		};
	});
}
function snippetOfCause(location) {
	return snippetOf(memberAt(location, "physicalLocation", "region"));
}
function snippetOf(region) {
	return isObject(region) ? textOf$1(memberAt(region, "snippet", "text"), limits.snippet) : null;
}
// reports/src/sarif/standing.ts
function isFailure(result) {
	const kind = member(result, "kind");
	if (kind === void 0 || kind === "fail") return true;
	const word = levelWord(kind);
	return word === null || word === "fail";
}
function standingOf$1(result) {
	if (levelWord(member(result, "baselineState")) === "absent") return "gone";
	const suppressions = listOf(member(result, "suppressions")).filter(isObject);
	if (suppressions.length === 0) return "open";
	const isAccepted = (suppression) => (levelWord(member(suppression, "status")) ?? "accepted") === "accepted";
	return suppressions.every(isAccepted) ? "dismissed" : "open";
}
function suppressionsOf(result) {
	return listOf(member(result, "suppressions")).filter(isObject).slice(0, limits.detailEntries).map((suppression) => compact({
		kind: textOf$1(member(suppression, "kind"), limits.word),
		status: textOf$1(member(suppression, "status"), limits.word) ?? "accepted",
		justification: textOf$1(member(suppression, "justification"), limits.message)
	}));
}
// reports/src/sarif/detail.ts
function detailOf$1(reference, score, otherDriver) {
	const { run, result, rule, location, workspace, isSecret } = reference;
	const { descriptor } = rule;
	const detail = { ...descriptor?.detail };
	const put = (name, value) => {
		if (saysSomething(value)) detail[name] = value;
	};
	const show = (value) => shownLocation(run, value, rule, workspace);
	const ownTags = tagsOf(memberAt(result, "properties", "tags"));
	put("tool", otherDriver);
	put("tags", merged(descriptor?.tags ?? [], ownTags));
	put("cwe_ids", merged(descriptor?.weaknesses ?? [], weaknessesOf(result, ownTags)));
	put("taxa", taxaOf(run, result));
	put("security_severity", score);
	put("rank", numberOf(member(result, "rank")));
	if (location !== null) putPlace(put, location, rule);
	if (location !== null && !isSecret) put("code_lines", codeLinesOf$1(location));
	const locations = listOf(member(result, "locations"));
	if (locations.length > 1) {
		put("locations", shownList(locations, show));
		put("location_count", locations.length);
	}
	put("related_locations", shownList(listOf(member(result, "relatedLocations")), show));
	putCodeFlow(put, result, show);
	putFixes(put, result, rule);
	put("suppressions", suppressionsOf(result));
	put("baseline_state", textOf$1(member(result, "baselineState"), limits.word));
	put("occurrence_count", lineOf(member(result, "occurrenceCount")));
	put("viewer_url", webAddress(textOf$1(member(result, "hostedViewerUri"), limits.url)));
	return fitDetail(detail, sourceBytesOf(reference, detail));
}
function putPlace(put, location, rule) {
	const region = regionOf(location);
	if (region !== null) {
		put("start_line", lineOf(member(region, "startLine")));
		put("column", lineOf(member(region, "startColumn")));
		put("end_line", lineOf(member(region, "endLine")));
		put("end_column", lineOf(member(region, "endColumn")));
	}
	put("logical", logicalNameOf(location));
	put("location_message", messageOf(member(location, "message"), rule));
}
function putFixes(put, result, rule) {
	const fixes = listOf(member(result, "fixes")).filter(isObject);
	const [first] = fixes;
	if (first === void 0) return;
	put("fixable", true);
	put("fix_count", fixes.length);
	put("fix", messageOf(member(first, "description"), rule));
}
function shownList(values, show) {
	if (values.length === 0) return [];
	return values.slice(0, limits.detailEntries).map(show).filter((shown) => shown !== null);
}
function putCodeFlow(put, result, show) {
	const flows = listOf(member(result, "codeFlows"));
	const threads = isObject(flows[0]) ? listOf(member(flows[0], "threadFlows")) : [];
	const steps = isObject(threads[0]) ? listOf(member(threads[0], "locations")) : [];
	if (steps.length === 0) return;
	put("code_flow", (steps.length <= limits.flowSteps ? steps : [...steps.slice(0, limits.flowSteps - 1), steps.at(-1)]).map((step) => isObject(step) ? show(member(step, "location")) : null).filter((step) => step !== null));
	put("code_flow_steps", steps.length);
	put("code_flow_count", flows.length);
}
function taxaOf(run, result) {
	const references = listOf(member(result, "taxa"));
	const taxa = [];
	for (const reference of references.slice(0, limits.detailEntries)) {
		if (!isObject(reference)) continue;
		const taxonomy = componentAt(run, member(reference, "toolComponent"));
		const index = numberOf(member(reference, "index"));
		const id = textOf$1(member(reference, "id"), limits.word) ?? (index === null ? null : taxonomy?.taxa[index]?.id ?? null);
		const name = textOf$1(memberAt(reference, "toolComponent", "name"), limits.word) ?? taxonomy?.name ?? null;
		if (id !== null) taxa.push(name === null || name === run.driver?.name ? id : `${name} ${id}`);
	}
	return merged([], taxa);
}
function sourceBytesOf({ run, rule, text }, detail) {
	if ((rule.descriptor?.messages.size ?? 0) + (rule.component?.messages.size ?? 0) > 0 || text.includes("\"arguments\"")) return Buffer.byteLength(JSON.stringify(detail));
	const addresses = (run.artifactLength + run.basesLength) * (2 * limits.detailEntries + limits.flowSteps);
	return 2 * text.length + addresses + 2e3 + (rule.descriptor?.detailBytes ?? 0) / 3;
}
// reports/src/sarif/fingerprints.ts
const unstableName = /guid|commit|revision|author|e-?mail|date|time|column|(?:^|[^a-z])(?:run|scan|build)_?(?:id)?$|file_?hash/i;
const uuid$1 = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const namedUuidVersions = "358";
const hexadecimalHash = /^(?:[a-z][a-z0-9-]{1,20}:)?[0-9a-f]{8,256}(?:[.:_/-][0-9a-z]{1,64}){0,32}$/i;
const base64Hash = /^(?=.*\d)[A-Za-z0-9+/_-]{27,200}={0,2}$/;
const shortestHash = 8;
const mostFingerprints = 100;
function toolKeyOf(result, rule, place, otherDriver) {
	const whole = stablePairs(member(result, "fingerprints"));
	if (whole !== null) return keyOf$1([
		otherDriver,
		rule,
		whole
	]);
	const partial = stablePairs(member(result, "partialFingerprints"));
	if (partial !== null) return keyOf$1([
		otherDriver,
		rule,
		place,
		partial
	]);
	const correlation = guidOf(member(result, "correlationGuid"));
	return correlation === null ? null : keyOf$1([
		otherDriver,
		rule,
		`correlationGuid=${correlation}`
	]);
}
function keyOf$1(parts) {
	return identityPart(parts.filter((part) => part !== null).join("|"), limits.identityPart);
}
function stablePairs(value) {
	if (!isObject(value)) return null;
	const pairs = [];
	const names = Object.keys(value);
	if (names.length > mostFingerprints) names.length = mostFingerprints;
	for (const name of names) {
		const fingerprint = value[name];
		if (typeof fingerprint === "string" && isStable(name, fingerprint.trim())) pairs.push(`${cleanText(name, limits.word)}=${fingerprint.trim()}`);
	}
	return pairs.length === 0 ? null : pairs.toSorted().join(";");
}
function isStable(name, fingerprint) {
	if (fingerprint.length < shortestHash || unstableName.test(name)) return false;
	const version = uuid$1.exec(fingerprint)?.[1];
	if (version !== void 0) return namedUuidVersions.includes(version);
	const isOneDigit = /^(.)\1*$/.test(fingerprint);
	const isCount = /^\d+$/.test(fingerprint) && !/hash|fingerprint/i.test(name);
	return !isOneDigit && !isCount && (hexadecimalHash.test(fingerprint) || base64Hash.test(fingerprint));
}
// reports/src/sarif/levels.ts
const severities$2 = new Map([
	["error", "high"],
	["warning", "medium"],
	["note", "low"],
	["none", "unknown"],
	["critical", "critical"],
	["high", "high"],
	["medium", "medium"],
	["low", "low"],
	["info", "info"],
	["informational", "info"]
]);
function securitySeverityOf(result, rule) {
	const score = numberOf(memberAt(result, "properties", "security-severity")) ?? rule?.securitySeverity ?? null;
	return score !== null && score > 0 ? score : null;
}
function severityOf$2(score, level) {
	if (score === null) return severities$2.get(level) ?? "unknown";
	return score >= 9 ? "critical" : score >= 7 ? "high" : score >= 4 ? "medium" : "low";
}
// reports/src/sarif/rules.ts
const mostIdLevels = 20;
function ruleOfResult(run, result) {
	const reference = memberAt(result, "rule");
	const ruleId = textOf$1(member(result, "ruleId"), limits.rule) ?? (isObject(reference) ? textOf$1(member(reference, "id"), limits.rule) : null);
	const component = componentAt(run, isObject(reference) ? member(reference, "toolComponent") : void 0);
	const atIndex = descriptorAtIndex(component, result, reference);
	const descriptor = atIndex !== null && (ruleId === null || atIndex.id === null || ruleId === atIndex.id || ruleId.startsWith(`${atIndex.id}/`)) ? atIndex : descriptorByName(run, component, reference, ruleId) ?? atIndex;
	return {
		id: ruleId ?? descriptor?.id ?? descriptor?.name ?? null,
		descriptor,
		component
	};
}
function descriptorAtIndex(component, result, reference) {
	const own = numberOf(member(result, "ruleIndex"));
	const index = own !== null && own >= 0 ? own : isObject(reference) ? numberOf(member(reference, "index")) : null;
	return index === null ? null : component?.rules[index] ?? null;
}
function descriptorByName(run, component, reference, ruleId) {
	const guid = isObject(reference) ? guidOf(member(reference, "guid")) : null;
	const others = [run.driver, ...run.extensions].filter((other) => other !== component);
	for (const place of [component, ...others]) {
		if (place === null) continue;
		const found = (guid === null ? void 0 : place.rulesByGuid.get(guid)) ?? (ruleId === null ? null : descriptorById(place, ruleId));
		if (found !== null) return found;
	}
	return null;
}
function descriptorById(component, ruleId) {
	let id = ruleId;
	for (let level = 0; level < mostIdLevels; level++) {
		const found = component.rulesById.get(id);
		if (found !== void 0) return found;
		const slash = id.lastIndexOf("/");
		if (slash <= 0) return null;
		id = id.slice(0, slash);
	}
	return null;
}
// reports/src/sarif/trivy-results.ts
const kinds = [
	{
		pattern: /vulnerability/i,
		kind: "vulnerability"
	},
	{
		pattern: /misconfiguration/i,
		kind: "misconfiguration"
	},
	{
		pattern: /secret/i,
		kind: "secret"
	},
	{
		pattern: /licen[sc]e/i,
		kind: "license"
	}
];
function trivyPackageOf(rule, message) {
	const packageName = lineOfMessage(message, "Package");
	const named = kinds.find(({ pattern }) => pattern.test(rule?.name ?? ""))?.kind;
	const installedVersion = lineOfMessage(message, "Installed Version");
	return {
		kind: named ?? (packageName !== null && installedVersion !== null ? "vulnerability" : "issue"),
		packageName,
		installedVersion,
		fixedVersion: lineOfMessage(message, "Fixed Version")
	};
}
function lineOfMessage(message, name) {
	const prefix = `${name}: `;
	return message.split("\n", 10).find((text) => text.startsWith(prefix))?.slice(prefix.length).trim() || null;
}
// reports/src/sarif/result.ts
const noRule = "unknown";
const mostVariant = 200;
function findingOf$1(run, result, options) {
	if (!isFailure(result)) return null;
	const rule = ruleOfResult(run, result);
	const { descriptor } = rule;
	const ruleId = rule.id ?? noRule;
	const level = levelWord(member(result, "level")) ?? overriddenLevel(run, result, descriptor) ?? descriptor?.level ?? "warning";
	const score = securitySeverityOf(result, descriptor);
	const { location, place } = primaryOf(run, result, options.workspace);
	const region = location === null ? null : regionOf(location);
	const traits = traitsOf(run);
	const driver = traits?.name ?? null;
	const otherDriver = driver === options.firstDriver ? null : driver;
	const isSecret = traits?.isSecretScanner === true;
	const message = messageOfResult(result, rule) ?? descriptor?.title ?? descriptor?.name ?? ruleId;
	const placed = placedFinding({
		rule: ruleId,
		severity: severityOf$2(score, level),
		severityWord: level,
		message,
		path: place.path,
		line: region === null ? null : lineOf(member(region, "startLine")),
		url: descriptor?.url ?? webAddress(textOf$1(member(result, "hostedViewerUri"), limits.url)),
		detail: detailOf$1({
			run,
			result,
			rule,
			location,
			workspace: options.workspace,
			text: options.text,
			isSecret
		}, score, otherDriver)
	});
	const found = {
		...placed,
		kind: isSecret ? "secret" : placed.kind,
		standing: standingOf$1(result),
		target: place.target,
		isPlaced: place.path !== null,
		toolKey: toolKeyOf(result, ruleId, place.path ?? place.target, otherDriver),
		identity: identityOf$1(placed.identity, place, otherDriver),
		variant: variantOf(placed.variant, location, isSecret)
	};
	return traits?.isTrivy === true ? ofTrivy(found, rule) : found;
}
function primaryOf(run, result, workspace) {
	let first = null;
	for (const location of listOf(member(result, "locations")).slice(0, limits.detailEntries)) {
		if (!isObject(location)) continue;
		const place = placeOfLocation(run, location, workspace);
		if (place.path !== null) return {
			location,
			place
		};
		first ??= {
			location,
			place
		};
	}
	if (first !== null && first.place.target !== null) return first;
	return {
		location: first?.location ?? null,
		place: placeOf$1(run, member(result, "analysisTarget"), workspace)
	};
}
function identityOf$1(placed, { path, target }, otherDriver) {
	const identity = path === null && target !== null ? placed.with(2, target) : placed;
	return otherDriver === null ? identity : [...identity, otherDriver];
}
function variantOf(own, location, isSecret) {
	if (location === null) return own;
	const snippet = snippetOfCause(location)?.trim() ?? "";
	const logical = logicalNameOf(location) ?? "";
	if (snippet === "" && logical === "") return own;
	const variant = [
		own,
		logical,
		snippet
	].join("\n").trim();
	return isSecret || variant.length > mostVariant ? shortHash$1(variant) : variant;
}
function ofTrivy(found, { descriptor }) {
	const { kind, packageName, installedVersion, fixedVersion } = trivyPackageOf(descriptor, found.message);
	const isOfPackage = packageName !== null && (kind === "vulnerability" || kind === "license");
	const cut = (text, limit) => text === null ? null : cleanText(text, limit);
	const shown = {
		...found,
		kind,
		title: descriptor?.title ?? found.title,
		packageName: cut(packageName, limits.packageName),
		installedVersion: cut(installedVersion, limits.version),
		fixedVersion: cut(fixedVersion, limits.version)
	};
	if (!isOfPackage) return shown;
	return {
		...shown,
		isPlaced: false,
		identity: found.identity.with(3, packageName),
		variant: installedVersion ?? ""
	};
}
// reports/src/sarif/text-store.ts
const chunkBytes = 1048576;
const mostSpareChunks = 32;
var TextStore = class {
	#spare = [];
	#chunk = {
		bytes: Buffer.alloc(0),
		texts: 0
	};
	#at = 0;
	put(text) {
		const bytes = Buffer.byteLength(text);
		if (this.#at + bytes > this.#chunk.bytes.length) this.#open(bytes);
		const from = this.#at;
		this.#at += this.#chunk.bytes.write(text, from);
		this.#chunk.texts++;
		return {
			chunk: this.#chunk,
			from,
			to: this.#at
		};
	}
	look({ chunk, from, to }) {
		return chunk.bytes.toString("utf8", from, to);
	}
	take(stored) {
		const text = this.look(stored);
		const { chunk } = stored;
		chunk.texts--;
		if (chunk.texts > 0) return text;
		if (chunk === this.#chunk) this.#at = 0;
		else if (chunk.bytes.length === chunkBytes && this.#spare.length < mostSpareChunks) this.#spare.push(chunk.bytes);
		return text;
	}
	#open(leastBytes) {
		const last = this.#chunk;
		if (last.texts === 0 && last.bytes.length === chunkBytes && this.#spare.length < mostSpareChunks) this.#spare.push(last.bytes);
		const bytes = leastBytes > chunkBytes ? null : this.#spare.pop();
		this.#chunk = {
			bytes: bytes ?? Buffer.allocUnsafeSlow(Math.max(leastBytes, chunkBytes)),
			texts: 0
		};
		this.#at = 0;
	}
};
// reports/src/sarif/result-queue.ts
var ResultQueue = class {
	#problems;
	#workspace;
	#firstDriver;
	#ready = [];
	#store = new TextStore();
	#taken = 0;
	#heldBytes = 0;
	constructor(problems, workspace, firstDriver) {
		this.#problems = problems;
		this.#workspace = workspace;
		this.#firstDriver = firstDriver;
	}
	add(run, json) {
		const needs = needsOf(json);
		if (run.held.length === 0 && !awaitsMore(run, needs)) {
			this.#ready.push({
				run,
				json
			});
			return;
		}
		const { chunk, from, to } = this.#store.put(json);
		run.held.push({
			run,
			chunk,
			from,
			to,
			needs
		});
		this.#heldBytes += to - from;
		if (this.#heldBytes > limits.heldBytes) this.#relieve(run);
		if (this.#heldBytes <= limits.heldBytesAtMost) return;
		noteProblem(this.#problems, "partial", "late_rules", "The rules stand behind so many results that these were read without them");
		this.settle(run);
	}
	release(run) {
		run.isStuck = false;
		this.#giveWhile(run, ({ needs }) => !awaitsMore(run, needs));
	}
	settle(run) {
		run.settled = true;
		this.#giveWhile(run, () => true);
	}
	settleAtFailure(run) {
		run.settled = true;
		const held = run.held;
		run.held = [];
		const kept = held.filter((result) => isRecognisable(run, objectOf(this.#store.look(result))));
		for (const result of kept) this.#ready.push(result);
		return held.length - kept.length;
	}
	next() {
		for (let result = this.#ready[this.#taken]; result !== void 0; result = this.#ready[this.#taken]) {
			this.#taken++;
			const text = "json" in result ? result.json : this.#store.take(result);
			const finding = findingOf$1(result.run, objectOf(text), {
				text,
				workspace: this.#workspace,
				firstDriver: this.#firstDriver()
			});
			if (finding !== null) return finding;
		}
		this.#ready.length = 0;
		this.#taken = 0;
		return null;
	}
	#relieve(run) {
		if (run.isStuck) return;
		const { length } = run.held;
		this.#giveWhile(run, (result) => isSufficient(run, objectOf(this.#store.look(result))));
		run.isEarly ||= run.held.length < length;
		run.isStuck = run.held.length > 0;
	}
	#giveWhile(run, isReady) {
		const waiting = run.held.findIndex((result) => !isReady(result));
		const given = waiting === -1 ? run.held : run.held.slice(0, waiting);
		if (given.length === 0) return;
		run.held = waiting === -1 ? [] : run.held.slice(waiting);
		for (const result of given) {
			this.#heldBytes -= result.to - result.from;
			this.#ready.push(result);
		}
	}
};
function objectOf(text) {
	const value = JSON.parse(text);
	return isObject(value) ? value : {};
}
// reports/src/sarif/roles.ts
const fact$1 = { take: "fact" };
const list$1 = (role) => ({
	take: "container",
	role,
	opening: "array"
});
const object$1 = (role) => ({
	take: "container",
	role,
	opening: "object"
});
const shared = [
	["results", list$1("results")],
	["artifacts", list$1("artifacts")],
	["invocations", list$1("invocations")],
	["taxonomies", list$1("taxonomies")]
];
const rules$1 = {
	log: new Map([
		["version", fact$1],
		["$schema", fact$1],
		["runs", list$1("runs")],
		["inlineExternalProperties", list$1("externals")]
	]),
	run: new Map([
		...shared,
		["tool", object$1("tool")],
		["originalUriBaseIds", fact$1],
		["automationDetails", object$1("automation")],
		["properties", object$1("runProperties")],
		["externalPropertyFileReferences", object$1("references")]
	]),
	external: new Map([
		...shared,
		["driver", object$1("component")],
		["extensions", list$1("extensions")],
		["guid", fact$1],
		["runGuid", fact$1]
	]),
	tool: new Map([
		["driver", object$1("component")],
		["extensions", list$1("extensions")],
		["name", fact$1]
	]),
	component: new Map([
		["name", fact$1],
		["version", fact$1],
		["semanticVersion", fact$1],
		["dottedQuadFileVersion", fact$1],
		["guid", fact$1],
		["globalMessageStrings", fact$1],
		["rules", list$1("rules")],
		["taxa", list$1("taxa")]
	]),
	invocation: new Map([
		["executionSuccessful", fact$1],
		["ruleConfigurationOverrides", fact$1],
		["toolExecutionNotifications", list$1("notifications")],
		["toolConfigurationNotifications", list$1("notifications")]
	]),
	automation: new Map([["id", fact$1], ["guid", fact$1]]),
	runProperties: new Map([["imageName", fact$1], ["repoTags", fact$1]])
};
const elements = {
	runs: "run",
	externals: "external",
	extensions: "component",
	taxonomies: "component",
	invocations: "invocation"
};
function ruleOf$2(role, name) {
	return rules$1[role]?.get(name) ?? (role === "references" ? fact$1 : null);
}
function elementRole$2(role) {
	return elements[role] ?? null;
}
// reports/src/sarif/versions.ts
const readAs = "2.1.0";
function versionVerdict(version, schema, isOldShape) {
	const word = version ?? versionInSchema(schema);
	if (word === null && isOldShape) return refusal("before 2.1.0");
	if (word === null) return warning(readAs, "version_missing", `The report tells no version of SARIF; it was read as ${readAs}`);
	const [, major, minor] = /^\s*v?(\d{1,5})\.(\d{1,5})(?!\d)/.exec(word) ?? [];
	if (major === void 0 || minor === void 0) return warning(word, "version_unknown", `The version of SARIF is "${word}"; it was read as ${readAs}`);
	if (Number(major) < 2 || major === "2" && minor === "0") return refusal(word);
	if (major === "2" && minor === "1") return {
		shape: word,
		problem: null
	};
	return warning(word, "version_unknown", `The report is SARIF ${word}; it was read as ${readAs}`);
}
function isSarifSchema(schema) {
	return schema !== null && /\bsarif\b/i.test(schema);
}
function versionInSchema(schema) {
	return schema === null ? null : /\bsarif\D{0,200}?(\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)/i.exec(schema)?.[1] ?? null;
}
function refusal(word) {
	return {
		shape: word,
		problem: {
			severity: "refused",
			code: "sarif_version",
			message: `${`The report is SARIF ${word}, and only ${readAs} can be read`}. ${`Let the tool write ${readAs}, or convert it: npx @microsoft/sarif-multitool transform --sarif-output-version Current`}`
		}
	};
}
function warning(shape, code, message) {
	return {
		shape,
		problem: {
			severity: "warning",
			code,
			message
		}
	};
}
// reports/src/sarif/reading.ts
const mostKeptRuns = 1e3;
var SarifReading = class {
	problems = new Map();
	isRefused = false;
	#overview = emptyOverview$1();
	#queue;
	#room = { usedBytes: 0 };
	#frames = [];
	#next = {
		role: "log",
		name: ""
	};
	#failure = null;
	#version = null;
	#schema = null;
	#hasRuns = false;
	#isOldShape = false;
	#isSarif = false;
	#runs = 0;
	#kept = [];
	constructor(options) {
		this.#queue = new ResultQueue(this.problems, options.workspace, () => this.#overview.driver);
	}
	choose(path, opening) {
		const frame = this.#frames.at(-1);
		if (frame === void 0) return this.#walk("log", "", opening === "object" ? "object" : "scalar");
		const name = path.at(-1) ?? "";
		if (frame.role === "results") return opening === "object" ? "text" : "value";
		const element = elementRole$2(frame.role);
		if (element !== null) return opening === "object" ? this.#walk(element, name, opening) : "value";
		if (typeof name === "number") return "value";
		const rule = ruleOf$2(frame.role, name);
		if (rule === null) return "skip";
		if (rule.take === "fact" || opening === "scalar") return "value";
		if (opening !== rule.opening) return this.#noteWrongType(name, rule.opening, opening);
		this.#noteOpened(frame, name);
		return this.#walk(rule.role, name, opening);
	}
	take(event) {
		if (this.isRefused) return;
		if (event.type === "start") this.#start();
		else if (event.type === "end") this.#end();
		else if (event.type === "value") this.#takeValue(event.path.at(-1) ?? "", event.value, event.from, event.to - event.from);
		else if (event.type === "text") this.#takeResult(event.text);
		else if (event.type === "unreadable") noteProblem(this.problems, "partial", event.code, `${event.path.join(".")}: ${event.message}`);
		else if (event.type === "flaw") noteProblem(this.problems, "partial", "ill_formed", event.message);
		else if (event.type === "failure") this.#fail(event);
	}
	nextFinding() {
		return this.isRefused ? null : this.#queue.next();
	}
	refusal() {
		const failure = this.#failure;
		if (failure !== null && failure.code !== "syntax" && failure.code !== "truncated") return {
			code: `json_${failure.code}`,
			message: failure.message
		};
		const isSarif = this.#isSarif || isSarifSchema(this.#schema) || this.#hasRuns && this.#version !== null;
		const { problem } = this.#verdict();
		if (isSarif && problem?.severity === "refused") return problem;
		if (isSarif) return null;
		if (failure !== null) return {
			code: `json_${failure.code}`,
			message: failure.message
		};
		return {
			code: "not_sarif",
			message: "The content is JSON, but not a report in SARIF"
		};
	}
	finish() {
		const { shape, problem } = this.#verdict();
		if (problem !== null) noteProblem(this.problems, problem.severity, problem.code, problem.message);
		if (this.#failure !== null) noteProblem(this.problems, "partial", this.#failure.code === "truncated" ? "cut_off" : "ill_formed", this.#failure.message);
		else if (!this.#hasRuns) noteProblem(this.problems, "partial", "runs_missing", "The report has no runs");
		return summaryOf$2(this.#overview, shape);
	}
	#verdict() {
		return versionVerdict(this.#version, this.#schema, this.#isOldShape && this.#overview.driver === null);
	}
	#walk(role, name, opening) {
		if (opening === "scalar") return "skip";
		this.#next = {
			role,
			name
		};
		return "walk";
	}
	#noteWrongType(name, expected, opening) {
		const holdsFindings = name === "runs" || name === "results" || name === "inlineExternalProperties";
		noteProblem(this.problems, holdsFindings ? "partial" : "warning", "wrong_type", `${name} must be an ${expected}, not an ${opening}`);
		return "skip";
	}
	#noteOpened(frame, name) {
		const { role, run } = frame;
		if (run === null || role !== "run" && role !== "external") return;
		if (isReferredTo(name)) this.#noteLate(run, name);
		if (run.opened.has(name)) noteProblem(this.problems, "partial", "repeated_member", `${name} stands twice in one object; both were read`);
		run.opened.add(name);
	}
	#noteLate(run, name) {
		if (run.settled || run.isEarly) noteProblem(this.problems, "warning", "late_member", `${name} stands behind so many results that they were read without it`);
	}
	#start() {
		const { role, name } = this.#next;
		const parent = this.#frames.at(-1);
		if (role === "runs") this.#takeRuns();
		const frame = {
			role,
			run: parent?.run ?? null,
			component: parent?.component ?? null,
			invocation: parent?.invocation ?? null
		};
		if (role === "run" || role === "external") frame.run = this.#openRun(role);
		if (role === "component") frame.component = openComponent(frame.run, parent?.role, name);
		if (role === "invocation") frame.invocation = openInvocation(frame.run);
		if (role === "results" && frame.run !== null) frame.run.hasResults = true;
		this.#frames.push(frame);
	}
	#openRun(role) {
		const isFirst = role === "run" && this.#runs++ === 0;
		const run = openRun(role === "external", isFirst);
		if (run.isExternal) this.#keep(run);
		return run;
	}
	#takeResult(text) {
		const run = this.#frames.at(-1)?.run;
		if (run === null || run === void 0) return;
		this.#isSarif ||= text.includes("\"message\"") || text.includes("\"ruleId\"");
		this.#queue.add(run, text);
	}
	#takeValue(name, value, from, bytes) {
		const frame = this.#frames.at(-1);
		if (frame === void 0) return;
		const { role, run, component, invocation } = frame;
		if (role === "log") this.#takeLogFact(name, value);
		else if (role === "results") this.#noteNoObject("result", value, from);
		else if (role === "runs") this.#noteNoObject("run", value, from);
		else if (run === null) return;
		else if (role === "artifacts") noteArtifact$1(this.#room, run, Number(name), value, this.problems);
		else if (component !== null && (role === "rules" || role === "taxa")) noteDescriptor(this.#room, run, component, role, Number(name), value, bytes, this.problems);
		else if (component !== null && role === "component") this.#takeComponentFact(run, component, String(name), value);
		else if (invocation !== null && role === "invocation") noteInvocationFact(invocation, String(name), value);
		else if (invocation !== null && role === "notifications") noteNotification(invocation, value);
		else if (role === "extensions") run.extensions.push(emptyComponent());
		else if (role === "invocations") openInvocation(run);
		else if (role === "tool") this.#isOldShape ||= run.isFirst && name === "name" && typeof value === "string";
		else this.#takeRunFact(run, role, String(name), value);
	}
	#takeLogFact(name, value) {
		if (name === "version") this.#version = textOf$1(value, limits.word);
		else if (name === "$schema") this.#schema = textOf$1(value, limits.url);
		else if (name === "runs") this.#takeMissingRuns(value);
		this.#refuse();
	}
	#takeRuns() {
		this.#hasRuns = true;
		this.#refuse();
	}
	#refuse() {
		const isSarif = this.#hasRuns || isSarifSchema(this.#schema);
		this.isRefused = isSarif && this.#version !== null && this.#verdict().problem?.severity === "refused";
	}
	#takeMissingRuns(value) {
		if (value !== null) {
			noteProblem(this.problems, "partial", "wrong_type", `runs must be an array, not a ${typeof value}`);
			return;
		}
		this.#hasRuns = true;
		this.#overview.isComplete = false;
		noteProblem(this.problems, "warning", "not_scanned", "The report says that its runs could not be had");
	}
	#takeComponentFact(run, component, name, value) {
		noteComponentFact(component, name, value);
		if (component !== run.driver || run.isExternal) return;
		this.#isSarif = true;
		noteDriver(this.#overview, run);
	}
	#takeRunFact(run, role, name, value) {
		if (role === "run" && name === "originalUriBaseIds") {
			this.#noteLate(run, name);
			noteBases(run, value);
			this.#tell(run, name);
		} else if (role === "run" || role === "external") {
			if (value !== null && ruleOf$2(role, name)?.take === "container") this.#noteWrongType(name, name === "tool" ? "object" : "array", "scalar");
			else noteRunFact(run, role, name, value);
			if (value === null && name === "results") run.hasResults = false;
		} else noteRunFact(run, role, name, value);
	}
	#noteNoObject(what, value, from) {
		if (value === null) noteProblem(this.problems, "warning", "entry_missing", `A null stands in the place of a ${what}, at byte ${from}`);
		else noteProblem(this.problems, "partial", "entry_unreadable", `The ${what} at byte ${from} is no object`);
	}
	#end() {
		const frame = this.#frames.pop();
		if (frame === void 0) return;
		const { role, run } = frame;
		if (role === "log") this.#endLog();
		else if (run === null) return;
		else if (role === "run") this.#endRun(run);
		else if (role === "tool" || role === "artifacts" || role === "invocations") this.#tell(run, role);
	}
	#tell(run, name) {
		run.told.add(name);
		if (!run.isExternal) this.#queue.release(run);
	}
	#endRun(run) {
		noteRun(this.#overview, run);
		noteExecution(run, this.#overview, this.problems);
		const isKept = (run.guid !== null || run.references.size > 0) && this.#keep(run);
		if (!isKept || run.references.size === 0) this.#queue.settle(run);
		if (!isKept) leaveRoom(this.#room, run);
	}
	#keep(run) {
		if (this.#kept.length === mostKeptRuns) return false;
		this.#kept.push(run);
		return true;
	}
	#endLog() {
		const missing = this.#link();
		for (const run of this.#kept) this.#queue.settle(run);
		if (missing === 0) return;
		this.#overview.isComplete = false;
		noteProblem(this.problems, "warning", "external_properties", "Parts of the report are in files of their own, which were not sent");
	}
	#link() {
		const missing = linkRuns(this.#kept);
		for (const run of this.#kept) if (!run.isExternal) noteDriver(this.#overview, run);
		return missing;
	}
	#fail(failure) {
		this.#failure = failure;
		const open = new Set(this.#frames.map(({ run }) => run));
		for (const run of open) if (run !== null && !run.isExternal) noteRun(this.#overview, run);
		this.#link();
		let lost = 0;
		for (const run of new Set([...this.#kept, ...open])) if (run !== null) lost += this.#queue.settleAtFailure(run);
		if (lost > 0) noteProblem(this.problems, "partial", "entries_lost", `${lost} results were read, but not what they refer to`);
	}
};
// reports/src/sarif/sniff.ts
const certain$5 = 1;
const likely$4 = .9;
function sniffSarif(head) {
	const outline = outlineOf(head);
	if (outline === null || outline.kind !== "object") return 0;
	const schema = outlineAt(outline, "$schema")?.value;
	if (typeof schema === "string" && isSarifSchema(schema)) return certain$5;
	const runs = outlineAt(outline, "runs");
	if (runs?.kind !== "array") return 0;
	if (runs.elements.some(isRun)) return certain$5;
	const version = outlineAt(outline, "version")?.value;
	return typeof version === "string" && /^[12]\.\d/.test(version) ? likely$4 : 0;
}
function scanTypeOfHead(head) {
	const runs = outlineAt(outlineOf(head), "runs")?.elements ?? [];
	for (const run of runs) {
		const name = outlineAt(run, "tool", "driver", "name")?.value;
		if (typeof name === "string") return scanTypeOfDriver(name);
		if (!run.isComplete) return null;
	}
	return null;
}
function isRun(run) {
	if (hasMembers(outlineAt(run, "tool"), "driver") || hasMembers(outlineAt(run, "tool"), "name") && run.members.has("results")) return true;
	return (outlineAt(run, "results")?.elements ?? []).some((result) => hasMembers(result, "message") && (result.members.has("ruleId") || result.members.has("locations")));
}
// reports/src/sarif/reader.ts
const sarifReader = {
	format: "sarif",
	scanType: "lint",
	sniff: sniffSarif,
	scanTypeOf: scanTypeOfHead,
	read: readSarif
};
async function* readSarif(source, options = {}) {
	const reading = new SarifReading(options);
	for await (const events of sliceJson(source, (path, opening) => reading.choose(path, opening))) {
		for (const event of events) {
			reading.take(event);
			for (let finding = reading.nextFinding(); finding !== null; finding = reading.nextFinding()) yield {
				type: "finding",
				finding
			};
		}
		if (reading.isRefused) break;
	}
	const refusal = reading.refusal();
	if (refusal !== null) {
		yield {
			type: "problem",
			severity: "refused",
			...refusal
		};
		return;
	}
	yield {
		type: "summary",
		summary: reading.finish()
	};
	yield* problemEvents(reading.problems);
}
// reports/src/sonarqube/components.ts
function keyOf(value) {
	return textOf$1(isObject(value) ? member(value, "key") : value, limits.path);
}
function fileOf(value, project, lookup, workspace) {
	const component = keyOf(value);
	if (component === null || component === project) return null;
	if (isObject(value)) return repositoryPath(textOf$1(member(value, "path"), limits.path) ?? pathInKey(component, project), workspace);
	return lookup.files.of(`${project ?? ""}\n${component}`, () => {
		const listed = lookup.pathOf(component);
		return { path: listed === null ? null : cleanText(repositoryPath(listed ?? pathInKey(component, project), workspace), limits.path) };
	}).path;
}
function pathInKey(component, project) {
	if (project !== null && component.startsWith(`${project}:`)) return component.slice(project.length + 1);
	return component.slice(component.lastIndexOf(":") + 1);
}
function rangeOf(entry) {
	const range = member(entry, "textRange");
	const of = (name) => isObject(range) ? member(range, name) : void 0;
	return {
		start: of("startLine"),
		end: of("endLine"),
		startColumn: of("startOffset"),
		endColumn: of("endOffset")
	};
}
// reports/src/sonarqube/gate.ts
const mostConditions = 200;
const verdicts$1 = new Map([
	["OK", "passed"],
	["WARN", "passed"],
	["ERROR", "failed"]
]);
const comparators = new Map([
	["LESS_THAN", "LT"],
	["GREATER_THAN", "GT"],
	["EQUALS", "EQ"],
	["NOT_EQUALS", "NE"]
]);
function gateOf$1(gate) {
	const word = textOf$1(member(gate, "status"), limits.word);
	const conditions = [];
	for (const condition of listOf(member(gate, "conditions")).slice(0, mostConditions)) {
		const read = isObject(condition) ? conditionOf(condition) : null;
		if (read !== null) conditions.push(read);
	}
	return {
		verdict: verdictOf(word),
		verdictWord: word ?? "NONE",
		name: textOf$1(member(gate, "name"), limits.word),
		conditions
	};
}
function conditionOf(condition) {
	const text = (...names) => {
		for (const name of names) {
			const found = textOf$1(member(condition, name), limits.word);
			if (found !== null) return found;
		}
		return null;
	};
	const metric = text("metricKey", "metric");
	if (metric === null) return null;
	const comparator = text("comparator", "operator", "op")?.toUpperCase() ?? null;
	return {
		metric,
		comparator: comparator === null ? null : comparators.get(comparator) ?? comparator,
		threshold: text("errorThreshold", "error", "warningThreshold"),
		actual: text("actualValue", "value", "actual"),
		verdict: verdictOf(text("status"))
	};
}
function verdictOf(word) {
	return verdicts$1.get(word?.trim().toUpperCase() ?? "") ?? "none";
}
// reports/src/html.ts
const paragraphTag = /<(?:\/?p|br\s*\/?)>/gi;
const lineTag = /<\/?(?:address|article|blockquote|br|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|section|table|tbody|thead|tr|ul)\b[^<>]*>/gi;
const anyTag = /<(?:\/?[a-z][^<>]*|!--(?:[^<>-]|-(?!->))*--)>/gi;
const reference = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z][a-z\d]{1,30}));/gi;
const namedCharacters = new Map(Object.entries({
	amp: "&",
	lt: "<",
	gt: ">",
	quot: "\"",
	apos: "'",
	nbsp: " ",
	hellip: "…",
	ndash: "–",
	mdash: "—",
	lsquo: "‘",
	rsquo: "’",
	ldquo: "“",
	rdquo: "”",
	laquo: "«",
	raquo: "»",
	bull: "•",
	middot: "·",
	times: "×",
	larr: "←",
	rarr: "→",
	le: "≤",
	ge: "≥",
	ne: "≠",
	copy: "©",
	reg: "®",
	trade: "™",
	sect: "§",
	deg: "°",
	euro: "€"
}));
const markup = 4;
function paragraphsText(html, limit) {
	if (html === null) return null;
	return tidied(withoutReferences(lineBreaks(html.slice(0, limit * markup)).replaceAll(/<\/p>\s*<p>/gi, "\n").replaceAll(paragraphTag, "\n")), limit);
}
function htmlText(html, limit) {
	if (html === null) return null;
	return tidied(withoutReferences(lineBreaks(html.slice(0, limit * markup)).replaceAll(lineTag, "\n").replaceAll(anyTag, "")), limit);
}
function lineBreaks(text) {
	return text.includes("\r") ? text.replaceAll(/\r\n?/g, "\n") : text;
}
function withoutReferences(text) {
	if (!text.includes("&")) return text;
	return text.replaceAll(reference, (whole, decimal, hexadecimal, name) => {
		if (name !== void 0) return namedCharacters.get(name.toLowerCase()) ?? whole;
		const code = decimal === void 0 ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
		return code <= 1114111 ? String.fromCodePoint(code) : "�";
	});
}
function tidied(text, limit) {
	const lines = text.split("\n").map((line) => line.trimEnd());
	const tidy = cleanText(lines.filter((line, index) => line !== "" || lines[index - 1] !== "").join("\n").trim(), limit);
	return tidy === "" ? null : tidy;
}
// reports/src/sonarqube/lookup.ts
const mostRecent = 5e3;
var Recent = class {
	#values = new Map();
	of(key, make) {
		const found = this.#values.get(key);
		if (found !== void 0) return found;
		if (this.#values.size === mostRecent) this.#values.clear();
		const value = make();
		this.#values.set(key, value);
		return value;
	}
};
const mostBytes = 16777216;
const descriptionCharacters = 4e3;
var Lookup = class {
	#paths = new Map();
	#rules = new Map();
	#bytes = 0;
	files = new Recent();
	takeComponent(value) {
		const key = isObject(value) ? textOf$1(member(value, "key"), limits.path) : null;
		if (key === null || !isObject(value)) return;
		const path = textOf$1(member(value, "path"), limits.path);
		if (this.#hasRoomFor(key.length + (path?.length ?? 0))) this.#paths.set(key, path);
	}
	takeRule(value, name) {
		if (!isObject(value)) return;
		const key = textOf$1(member(value, "key"), limits.rule) ?? name;
		if (key === null) return;
		const rule = {
			name: textOf$1(member(value, "name"), limits.title),
			description: descriptionOf(value),
			language: textOf$1(member(value, "langName"), limits.word) ?? textOf$1(member(value, "lang"), limits.word)
		};
		if (this.#hasRoomFor(key.length + (rule.description?.length ?? 0))) this.#rules.set(key, rule);
	}
	pathOf(component) {
		return this.#paths.get(component);
	}
	rule(key) {
		return this.#rules.get(key) ?? null;
	}
	#hasRoomFor(characters) {
		const overhead = 200;
		this.#bytes += characters * 2 + overhead;
		return this.#bytes <= mostBytes;
	}
};
function descriptionOf(rule) {
	const whole = textOf$1(member(rule, "htmlDesc"), limits.xmlText) ?? textOf$1(member(rule, "mdDesc"), limits.xmlText);
	const sections = listOf(member(rule, "descriptionSections")).slice(0, limits.detailEntries).map((section) => isObject(section) ? textOf$1(member(section, "content"), limits.xmlText) : null);
	return htmlText(whole ?? sections.filter((section) => section !== null).join("\n"), descriptionCharacters);
}
// reports/src/sonarqube/answer.ts
function newAnswer() {
	return {
		facts: new Map(),
		lists: new Set(),
		issues: 0,
		hotspots: 0,
		lookup: new Lookup(),
		waiting: new WaitingEntries(),
		isReleased: false
	};
}
function projectOf({ facts }) {
	return keyOf(facts.get("project")) ?? textOf$1(facts.get("sonarComponent"), limits.path);
}
function projectNameOf({ facts }) {
	const project = facts.get("project");
	return (isObject(project) ? textOf$1(member(project, "name"), limits.summary) : null) ?? textOf$1(facts.get("projectName"), limits.summary);
}
function serverTotal({ facts }) {
	const paging = facts.get("paging");
	return (isObject(paging) ? numberOf(member(paging, "total")) : null) ?? numberOf(facts.get("total"));
}
function isWebhook({ facts }) {
	return facts.has("taskId") && (facts.has("qualityGate") || facts.has("project"));
}
function gateIn(answer) {
	const { facts } = answer;
	const nested = facts.get("qualityGateStatus");
	for (const gate of [
		facts.get("projectStatus"),
		isObject(nested) ? member(nested, "projectStatus") : void 0,
		facts.get("qualityGate")
	]) if (isObject(gate)) return gateOf$1(gate);
	if (!isWebhook(answer)) return null;
	return {
		verdict: "none",
		verdictWord: textOf$1(facts.get("status"), limits.word) ?? "NONE",
		name: null,
		conditions: []
	};
}
function hasFailedAnalysis(answer) {
	const status = textOf$1(answer.facts.get("status"), limits.word);
	return isWebhook(answer) && status !== null && status.toUpperCase() !== "SUCCESS";
}
function shapeOf(answer) {
	const { facts, lists } = answer;
	if (facts.has("projectName") || facts.has("sonarBaseURL")) return "sonar-report";
	if (lists.has("issues")) return "issues";
	if (lists.has("hotspots")) return "hotspots";
	return isWebhook(answer) ? "webhook" : "gate";
}
// reports/src/sonarqube/rules.ts
const catalogues = new Map(Object.entries({
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
	secrets: "secrets"
}));
function rulePage(rule) {
	const [, repository = "", number = ""] = /^([A-Za-z]+):S(\d{1,6})$/.exec(rule) ?? [];
	const catalogue = catalogues.get(repository.toLowerCase());
	return catalogue === void 0 ? null : `https://rules.sonarsource.com/${catalogue}/RSPEC-${number}/`;
}
// reports/src/sonarqube/words.ts
const severities$1 = new Map([
	["blocker", "critical"],
	["critical", "high"],
	["major", "medium"],
	["minor", "low"],
	["high", "high"],
	["medium", "medium"],
	["low", "low"],
	["info", "info"]
]);
const strongestFirst = [
	"critical",
	"high",
	"medium",
	"low",
	"info"
];
const dismissals = new Set([
	"FALSE_POSITIVE",
	"WONTFIX",
	"ACCEPTED",
	"SAFE",
	"ACKNOWLEDGED"
]);
const endings = new Set([
	"RESOLVED",
	"FIXED",
	"REMOVED"
]);
function impactsOf(value) {
	const impacts = [];
	for (const entry of listOf(value).slice(0, limits.detailEntries)) {
		const quality = isObject(entry) ? textOf$1(member(entry, "softwareQuality"), limits.word) : null;
		const severity = isObject(entry) ? textOf$1(member(entry, "severity"), limits.word) : null;
		if (quality !== null && severity !== null) impacts.push({
			software_quality: quality,
			severity
		});
	}
	return impacts;
}
function severityOf$1(word, impacts) {
	const severityWord = word?.trim().toLowerCase() ?? "none";
	const known = severities$1.get(severityWord);
	if (known !== void 0) return {
		severity: known,
		severityWord
	};
	const ranks = impacts.map(({ severity }) => strongestFirst.indexOf(severities$1.get(severity.trim().toLowerCase()) ?? "unknown"));
	const strongest = Math.min(...ranks.filter((rank) => rank !== -1));
	return {
		severity: strongestFirst[strongest] ?? "unknown",
		severityWord
	};
}
function standingOf(entry) {
	const wordOf = (name) => {
		const word = member(entry, name);
		if (word === void 0 || word === "OPEN") return "";
		return textOf$1(word, limits.word)?.trim().toUpperCase().replaceAll("-", "_") ?? "";
	};
	const status = wordOf("status");
	const words = [
		status,
		wordOf("resolution"),
		wordOf("issueStatus")
	];
	if (status === "CLOSED") return "gone";
	if (words.some((word) => dismissals.has(word))) return "dismissed";
	if (words.some((word) => endings.has(word))) return "gone";
	return status === "REVIEWED" ? "dismissed" : "open";
}
// reports/src/sonarqube/entry.ts
const mostFlows = 10;
function isHotspot(entry) {
	return Object.hasOwn(entry, "vulnerabilityProbability") || Object.hasOwn(entry, "securityCategory") || member(entry, "type") === "SECURITY_HOTSPOT";
}
function readEntry$1(entry, { lookup, project: defaultProject, workspace }, sourceBytes) {
	const text = (name) => textOf$1(member(entry, name), limits.word);
	const key = textOf$1(member(entry, "key"), limits.rule);
	const ownRule = keyOf(member(entry, "rule")) ?? textOf$1(member(entry, "ruleKey"), limits.rule) ?? text("securityCategory");
	const ownMessage = textOf$1(member(entry, "message"), limits.message);
	if (ownRule === null && ownMessage === null) return null;
	const rule = cleanText(ownRule ?? "unknown", limits.rule);
	const facts = lookup.rule(rule);
	const project = keyOf(member(entry, "project")) ?? defaultProject;
	const component = keyOf(member(entry, "component"));
	const file = fileOf(member(entry, "component"), project, lookup, workspace);
	const path = file === null ? null : cleanText(file, limits.path);
	const range = rangeOf(entry);
	const impacts = impactsOf(member(entry, "impacts"));
	const isReview = isHotspot(entry);
	const severityWord = text("severity") ?? (isReview ? text("vulnerabilityProbability") : null);
	const message = ownMessage ?? facts?.name ?? rule;
	const isPlaced = path !== null && ownRule !== null;
	const detail = compact({
		type: text("type") ?? (isReview ? "SECURITY_HOTSPOT" : null),
		severity: text("severity"),
		impacts,
		clean_code_attribute: text("cleanCodeAttribute"),
		clean_code_category: text("cleanCodeAttributeCategory"),
		security_category: text("securityCategory"),
		vulnerability_probability: text("vulnerabilityProbability"),
		status: text("status"),
		resolution: text("resolution"),
		issue_status: text("issueStatus"),
		rule_name: facts?.name ?? ruleNameOf(entry),
		rule_description: facts?.description,
		language: facts?.language,
		effort: text("effort") ?? text("debt"),
		tags: listOf(member(entry, "tags")).slice(0, limits.detailEntries).map((tag) => textOf$1(tag, limits.word)).filter((tag) => tag !== null),
		author: text("author"),
		assignee: text("assignee"),
		created_at: text("creationDate"),
		updated_at: text("updateDate"),
		closed_at: text("closeDate"),
		project,
		component,
		scope: text("scope"),
		start_line: lineOf(range.start) ?? lineOf(member(entry, "line")),
		end_line: lineOf(range.end),
		start_column: numberOf(range.startColumn),
		end_column: numberOf(range.endColumn),
		hash: text("hash"),
		quick_fix: member(entry, "quickFixAvailable") === true ? true : null,
		flows: flowsOf(entry, project, lookup, workspace)
	});
	return {
		kind: "issue",
		rule,
		...severityOf$1(severityWord, impacts),
		standing: standingOf(entry),
		title: cleanText(message.split("\n", 1)[0]?.trim() || rule, limits.title),
		message,
		target: project,
		path,
		line: lineOf(member(entry, "line")) ?? lineOf(range.start),
		packageName: null,
		installedVersion: null,
		fixedVersion: null,
		url: rulePage(rule),
		detail: fitDetail(detail, sourceBytes + 2 * (facts?.description?.length ?? 0)),
		toolKey: key,
		isPlaced,
		identity: [
			"place",
			rule,
			path,
			maskedMessage(message)
		].map((part) => identityPart(part, limits.identityPart)),
		variant: text("hash") ?? identityPart(message, limits.identityPart) ?? ""
	};
}
function ruleNameOf(entry) {
	const rule = member(entry, "rule");
	return isObject(rule) ? textOf$1(member(rule, "name"), limits.title) : null;
}
function flowsOf(entry, project, lookup, workspace) {
	return listOf(member(entry, "flows")).slice(0, mostFlows).filter(isObject).map((flow) => listOf(member(flow, "locations")).slice(0, limits.detailEntries).filter(isObject).map((location) => {
		const range = rangeOf(location);
		const path = fileOf(member(location, "component"), project, lookup, workspace);
		return compact({
			path: path === null ? null : cleanText(path, limits.path),
			start_line: lineOf(range.start),
			end_line: lineOf(range.end),
			message: textOf$1(member(location, "msg"), limits.word)
		});
	}));
}
// reports/src/sonarqube/overview.ts
const mostProjects = 100;
var Overview = class {
	isBare = false;
	#projects = new Set();
	#lists = new Set();
	#counts = new Map();
	#name = null;
	#shape = null;
	#gates = 0;
	#issues = 0;
	#hotspots = 0;
	noteProject(key) {
		if (key !== null && this.#projects.size < mostProjects) this.#projects.add(key);
	}
	noteAnswer(answer, hasGate) {
		this.#issues += answer.issues;
		this.#hotspots += answer.hotspots;
		this.noteProject(projectOf(answer));
		this.#name ??= projectNameOf(answer);
		if (hasGate) this.#gates++;
		for (const list of answer.lists) this.#lists.add(list);
		if (hasGate || answer.lists.has("issues") || answer.lists.has("hotspots")) this.#shape ??= shapeOf(answer);
		const total = serverTotal(answer);
		if (total === null) return;
		const kind = [...answer.lists].filter((list) => list === "issues" || list === "hotspots").join(" and ");
		const count = this.#counts.get(kind) ?? {
			held: 0,
			total: 0
		};
		this.#counts.set(kind, {
			held: count.held + answer.issues + answer.hotspots,
			total: Math.max(count.total, total)
		});
	}
	get isSonar() {
		return this.isBare || this.#shape !== null;
	}
	get isGateOnly() {
		return this.#gates > 0 && !this.#hasEntries("issues") && !this.#hasEntries("hotspots");
	}
	noteTotals(problems) {
		let isComplete = true;
		for (const [kind, { held, total }] of this.#counts) {
			if (total <= held) continue;
			isComplete = false;
			noteProblem(problems, "warning", "total_above_held", `The server has ${total.toLocaleString("en")} ${kind}, the report holds ${held.toLocaleString("en")} of them`);
		}
		return isComplete;
	}
	summary(isComplete) {
		const [project] = this.#projects;
		const isOne = project !== void 0 && this.#projects.size === 1;
		const name = isOne ? this.#name ?? project : this.#name ?? [...this.#projects].slice(0, 3).join(", ");
		return {
			tool: "SonarQube",
			toolVersion: null,
			shape: this.isBare ? "bare-array" : this.#shape ?? "issues",
			artifact: name === "" ? null : cleanText(name, limits.summary),
			artifactScope: this.#scope(isOne ? project : null),
			isComplete,
			isGateOnly: this.isGateOnly
		};
	}
	#scope(project) {
		const holdsIssues = this.#issues > 0 || this.#lists.has("issues");
		return identityPart([project, (this.#hotspots > 0 || this.#lists.has("hotspots")) && !holdsIssues ? "hotspots" : null].filter((word) => word !== null).join(" "), limits.summary) ?? "";
	}
	#hasEntries(list) {
		return this.isBare || this.#lists.has(list);
	}
};
// reports/src/sonarqube/roles.ts
const factNames = new Set([
	"paging",
	"total",
	"p",
	"ps",
	"projectStatus",
	"qualityGate",
	"qualityGateStatus",
	"project",
	"taskId",
	"status",
	"analysedAt",
	"serverUrl",
	"sonarBaseURL",
	"sonarComponent",
	"projectName"
]);
const listNames = new Set([
	"issues",
	"hotspots",
	"components",
	"rules"
]);
function isFact(name) {
	return factNames.has(name);
}
function isList(name) {
	return listNames.has(name);
}
function isListOpening(list, opening) {
	return opening === "array" || list === "rules" && opening === "object";
}
// reports/src/sonarqube/reading.ts
const mostWaiting = 1e5;
var SonarReading = class {
	problems = new Map();
	overview = new Overview();
	failure = null;
	#workspace;
	#roles = [];
	#next = "answer";
	#answer = newAnswer();
	#ready = [];
	#gates = [];
	constructor(workspace) {
		this.#workspace = workspace;
	}
	choose(path, opening) {
		const role = this.#roles.at(-1);
		if (role === void 0) return opening === "scalar" ? "skip" : this.#walk(opening === "array" ? "bare" : "answer");
		if (role === "issues" || role === "hotspots") return opening === "object" && !this.#answer.isReleased ? "text" : "value";
		if (role !== "answer") return "value";
		const name = String(path.at(-1));
		if (isFact(name)) return "value";
		if (!isList(name)) return "skip";
		return isListOpening(name, opening) ? this.#walk(name) : "value";
	}
	take(event) {
		if (event.type === "start") this.#start();
		else if (event.type === "end") this.#end();
		else if (event.type === "text") this.#hold(event);
		else if (event.type === "value") this.#takeValue(event);
		else if (event.type === "unreadable") this.#takeUnreadable(event);
		else if (event.type === "flaw") noteProblem(this.problems, "partial", "ill_formed", event.message);
		else if (event.type === "failure") this.#fail(event);
	}
	takeGates() {
		return this.#gates.splice(0);
	}
	get hasReady() {
		return this.#ready.length > 0 || this.#gates.length > 0;
	}
	*takeFindings() {
		const ready = this.#ready;
		this.#ready = [];
		for (const { entries, answer } of ready) for (const entry of entries) {
			const finding = this.#read(entry, answer);
			if (finding !== null) yield finding;
		}
	}
	#walk(role) {
		this.#next = role;
		return "walk";
	}
	#start() {
		const role = this.#next;
		this.#roles.push(role);
		if (role === "bare") this.overview.isBare = true;
		else if (role !== "answer") this.#answer.lists.add(role);
		if ((role === "components" || role === "rules") && this.#answer.isReleased) noteProblem(this.problems, "warning", "late_member", `${role} stand behind so many entries that they were read without them`);
	}
	#end() {
		const role = this.#roles.pop();
		if (role === "answer" || role === "bare") this.#endAnswer();
	}
	#endAnswer() {
		const answer = this.#answer;
		this.#answer = newAnswer();
		this.#release(answer);
		const gate = gateIn(answer);
		if (gate !== null) this.#gates.push(gate);
		if (hasFailedAnalysis(answer)) noteProblem(this.problems, "warning", "analysis_failed", "The server could not finish the analysis, so there is no new result");
		this.overview.noteAnswer(answer, gate !== null);
	}
	#release(answer) {
		if (answer.waiting.count > 0) this.#ready.push({
			entries: answer.waiting.release(),
			answer
		});
	}
	#takeValue({ path, value, from, to }) {
		const role = this.#roles.at(-1);
		const name = path.at(-1);
		if (role === "components") this.#answer.lookup.takeComponent(value);
		else if (role === "rules") this.#answer.lookup.takeRule(value, typeof name === "string" ? name : null);
		else if (role === "answer") this.#takeMember(this.#answer, String(name), value, from);
		else if (role === "bare" && isObject(value) && isAnswer(value)) this.#takeAnswer(value, from, to);
		else if (isObject(value)) this.#takeEntry(value, from, to);
		else noteNoObject(this.problems, "entry", value, from);
	}
	#takeMember(answer, name, value, from) {
		if (isFact(name)) answer.facts.set(name, value);
		else if (value === null) answer.lists.add(name);
		else if (name === "issues" || name === "hotspots") noteProblem(this.problems, "partial", "wrong_type", `${name} at byte ${from} must be an array, not a ${typeof value}`);
	}
	#takeAnswer(value, from, to) {
		const outer = this.#answer;
		this.#answer = newAnswer();
		for (const name of Object.keys(value)) {
			const inner = member(value, name);
			if (!isList(name) || !Array.isArray(inner)) this.#takeMember(this.#answer, name, inner, from);
			else this.#answer.lists.add(name);
		}
		for (const component of listOf(member(value, "components"))) this.#answer.lookup.takeComponent(component);
		for (const rule of listOf(member(value, "rules"))) this.#answer.lookup.takeRule(rule, null);
		const entries = [...listOf(member(value, "issues")), ...listOf(member(value, "hotspots"))];
		for (const entry of entries) if (isObject(entry)) this.#takeEntry(entry, from, to);
		else noteNoObject(this.problems, "entry", entry, from);
		this.#endAnswer();
		this.#answer = outer;
	}
	#hold(part) {
		const answer = this.#answer;
		this.#count(answer, this.#roles.at(-1) === "hotspots");
		answer.waiting.add(part);
		if (!answer.waiting.isFull && answer.waiting.count < mostWaiting) return;
		answer.isReleased = true;
		this.#release(answer);
	}
	#takeEntry(value, from, to) {
		const role = this.#roles.at(-1);
		this.#count(this.#answer, role === "hotspots" || role === "bare" && isHotspot(value));
		this.#ready.push({
			entries: [{
				value,
				from,
				to
			}],
			answer: this.#answer
		});
	}
	#count(answer, isAmongHotspots) {
		if (isAmongHotspots) answer.hotspots++;
		else answer.issues++;
	}
	#takeUnreadable({ code, path, message }) {
		const role = this.#roles.at(-1);
		if (role === "issues") this.#answer.issues++;
		else if (role === "hotspots") this.#answer.hotspots++;
		const isLookup = role === "components" || role === "rules";
		noteProblem(this.problems, isLookup ? "warning" : "partial", code, `${path.join(".")}: ${message}`);
	}
	#read({ value, from, to }, answer) {
		if (!isObject(value)) return null;
		const finding = readEntry$1(value, {
			lookup: answer.lookup,
			project: projectOf(answer),
			workspace: this.#workspace
		}, to - from);
		if (finding === null) noteProblem(this.problems, "partial", "entry_unreadable", `The entry at byte ${from} has no rule and no message`);
		this.overview.noteProject(keyOf(member(value, "project")));
		return finding;
	}
	#fail(failure) {
		this.failure = failure;
		if (this.#roles.length > 0) this.#endAnswer();
	}
};
function isAnswer(value) {
	return [
		"issues",
		"hotspots",
		"projectStatus"
	].some((name) => typeof member(value, name) === "object");
}
// reports/src/sonarqube/sniff.ts
const certain$4 = 1;
const likely$3 = .9;
const possible$2 = .6;
function sniffSonarqube(head) {
	const outline = outlineOf(head);
	if (outline === null || outline.kind === "scalar") return 0;
	if (outline.kind === "object") return answerConfidence(outline);
	return Math.max(0, ...outline.elements.map((element) => Math.max(answerConfidence(element), entryConfidence(element))));
}
function answerConfidence(answer) {
	if (answer.kind !== "object") return 0;
	return Math.max(gateConfidence(answer), listConfidence(answer, "issues"), listConfidence(answer, "hotspots"), reportConfidence(answer));
}
function gateConfidence(answer) {
	if (hasMembers(outlineAt(answer, "projectStatus"), "status")) return certain$4;
	if (!hasMembers(answer, "taskId", "project")) return 0;
	return answer.members.has("qualityGate") || answer.members.has("analysedAt") || answer.members.has("serverUrl") ? certain$4 : 0;
}
function listConfidence(answer, name) {
	const list = outlineAt(answer, name);
	if (list === null || list.kind !== "array") return 0;
	const best = Math.max(0, ...list.elements.map(entryConfidence));
	if (best > 0) return best;
	const paging = outlineAt(answer, "paging");
	if (hasMembers(paging, "pageIndex", "total") || paging !== null && name === "hotspots") return certain$4;
	if (list.elements.length > 0) return paging === null ? 0 : possible$2;
	return paging !== null || hasMembers(answer, "p", "ps") ? likely$3 : 0;
}
function entryConfidence(entry) {
	if (entry.kind !== "object") return 0;
	if (hasMembers(entry, "key", "component") && (entry.members.has("vulnerabilityProbability") || entry.members.has("securityCategory"))) return certain$4;
	if (!hasMembers(entry, "rule", "component")) return 0;
	const known = [
		"key",
		"project",
		"effort",
		"debt",
		"textRange",
		"impacts",
		"issueStatus",
		"creationDate"
	].filter((name) => entry.members.has(name)).length;
	return known > 1 ? certain$4 : known === 1 ? likely$3 : possible$2;
}
function reportConfidence(report) {
	if (!hasMembers(report, "issues")) return 0;
	if (hasMembers(report, "sonarBaseURL")) return certain$4;
	return hasMembers(report, "projectName") && (report.members.has("inNewCodePeriod") || report.members.has("hotspotKeys")) ? certain$4 : 0;
}
// reports/src/sonarqube/reader.ts
const sonarqubeReader = {
	format: "sonarqube",
	scanType: "sonarqube",
	sniff: sniffSonarqube,
	read: readSonarqube
};
async function* readSonarqube(source, options) {
	const reading = new SonarReading(options?.workspace);
	for await (const events of sliceJson(source, (path, opening) => reading.choose(path, opening))) for (const event of events) {
		reading.take(event);
		if (!reading.hasReady) continue;
		for (const finding of reading.takeFindings()) yield {
			type: "finding",
			finding
		};
		for (const gate of reading.takeGates()) yield {
			type: "gate",
			gate
		};
	}
	const { failure, overview, problems } = reading;
	const isPartial = overview.isSonar && (failure?.code === "truncated" || failure?.code === "syntax");
	if (failure !== null && !isPartial) {
		yield {
			type: "problem",
			severity: "refused",
			code: `json_${failure.code}`,
			message: failure.message
		};
		return;
	}
	if (!overview.isSonar) {
		yield {
			type: "problem",
			severity: "refused",
			code: "not_sonarqube",
			message: "The content is JSON, but no answer of SonarQube"
		};
		return;
	}
	if (failure !== null) noteProblem(problems, "partial", failure.code === "truncated" ? "cut_off" : "ill_formed", failure.message);
	const isComplete = failure === null && overview.noteTotals(problems);
	yield {
		type: "summary",
		summary: overview.summary(isComplete)
	};
	yield* problemEvents(problems);
}
// reports/src/tap/lines.ts
async function* linesOf$1(source) {
	const decoder = new TextDecoder();
	let rest = "";
	for await (const piece of source) {
		const text = decoder.decode(piece, { stream: true });
		const end = text.indexOf("\n");
		if (end === -1) {
			rest = joined$1(rest, text);
			continue;
		}
		const lines = text.slice(end + 1).split("\n");
		const next = lines.pop() ?? "";
		yield [joined$1(rest, text.slice(0, end)), ...lines].map(line);
		rest = joined$1("", next);
	}
	rest = joined$1(rest, decoder.decode());
	if (rest !== "") yield [line(rest)];
}
function joined$1(rest, text) {
	if (rest.length > limits.line) return rest;
	const whole = rest + text;
	return whole.length > limits.line + 1 ? whole.slice(0, limits.line + 1) : whole;
}
function line(text) {
	const whole = text.endsWith("\r") ? text.slice(0, -1) : text;
	return whole.length > limits.line ? whole.slice(0, limits.line) : whole;
}
// reports/src/tap/block.ts
const mostFields = 60;
const passedOver = "";
const keyPattern = /^([\w$.-]{1,100}|"[^"]{1,100}"|'[^']{1,100}'):(?:\s+(.*))?$/s;
var DiagnosticBlock = class {
	indent;
	fields = new Map();
	#open = null;
	#parents = [];
	#listIndent = null;
	#isFirst = true;
	constructor(indent) {
		this.indent = indent;
	}
	isEnd(line) {
		return line.startsWith("...", this.indent) && line.trim() === "..." && line.search(/\S/) === this.indent;
	}
	get isInQuotes() {
		return this.#open?.kind === "quoted";
	}
	take(line) {
		const indent = line.search(/\S/);
		if (this.#open !== null && this.#goesOn(this.#open, line, indent)) return;
		this.#open = null;
		if (indent === -1 || indent < this.indent) return;
		const text = line.slice(indent);
		if (indent === this.indent && text.trimEnd() === "---") this.#isFirst = false;
		if (this.#listIndent !== null && (indent > this.#listIndent || indent === this.#listIndent && text.startsWith("-"))) return;
		this.#listIndent = /^-(?:\s|$)/.test(text) ? indent : null;
		const found = this.#listIndent === null ? keyPattern.exec(text) : null;
		if (found !== null) this.#begin(found[1] ?? "", found[2]?.trim() ?? "", indent);
	}
	#begin(key, value, indent) {
		const name = key.replaceAll(/^["']|["']$/g, "");
		this.#parents = this.#parents.filter((parent) => parent.indent < indent);
		if (value === "") {
			this.#parents.push({
				name,
				indent
			});
			return;
		}
		if (this.#parents.length > 1) return;
		const full = [...this.#parents.map((parent) => parent.name), name].join(".");
		const path = this.#isFirst && !this.fields.has(full) ? full : passedOver;
		const quote = value[0] === "\"" || value[0] === "'" ? value[0] : "";
		if (/^[|>][+-]?\d?[+-]?$/.test(value)) this.#open = {
			path,
			kind: "literal",
			indent,
			quote: "",
			textIndent: null
		};
		else if (quote !== "" && !(value.length > 1 && endsQuoted(value, quote))) {
			this.#open = {
				path,
				kind: "quoted",
				indent,
				quote,
				textIndent: null
			};
			this.#append(path, value.slice(1));
		} else {
			this.#open = quote === "" ? {
				path,
				kind: "plain",
				indent,
				quote,
				textIndent: null
			} : null;
			if (value !== "null" && value !== "~") this.#append(path, quote === "" ? value : unquoted(value.slice(1, -1), quote));
		}
	}
	#goesOn(open, line, indent) {
		if (open.kind === "quoted") {
			const ends = endsQuoted(line, open.quote);
			this.#append(open.path, `\n${unquoted(ends ? line.trimEnd().slice(0, -1) : line, open.quote)}`);
			if (ends) this.#open = null;
			return true;
		}
		if (open.kind === "plain") {
			if (indent <= open.indent || keyPattern.test(line.slice(indent))) return false;
			this.#append(open.path, ` ${line.trim()}`);
			return true;
		}
		if (indent !== -1 && indent <= open.indent) return false;
		open.textIndent ??= indent === -1 ? null : indent;
		const text = line.slice(Math.min(open.textIndent ?? line.length, indent === -1 ? line.length : indent));
		this.#append(open.path, this.fields.has(open.path) ? `\n${text}` : text);
		return true;
	}
	#append(path, text) {
		const soFar = this.fields.get(path) ?? "";
		if (path === passedOver || soFar === "" && this.fields.size >= mostFields || soFar.length >= limits.trace) return;
		this.fields.set(path, `${soFar}${text.slice(0, limits.trace)}`);
	}
};
function endsQuoted(line, quote) {
	const text = line.trimEnd();
	if (!text.endsWith(quote)) return false;
	const escape = quote === "\"" ? "\\" : "'";
	let escapes = 0;
	while (text[text.length - 2 - escapes] === escape) escapes++;
	return escapes % 2 === 0;
}
const escaped = new Map([
	["n", "\n"],
	["t", "	"],
	["r", "\r"]
]);
function unquoted(text, quote) {
	if (quote === "'") return text.replaceAll("''", "'");
	return text.replaceAll(/\\(?:u([0-9a-f]{4})|(.))/gi, (_whole, code, character) => code === void 0 ? escaped.get(character ?? "") ?? character ?? "" : String.fromCharCode(Number.parseInt(code, 16)));
}
// reports/src/tap/grammar.ts
const other = { type: "other" };
const pointPattern = /^\s*(?:(\d+)(?=$|[\s#:-]))?\s*(?:-(?=\s|$)\s*)?/;
const planPattern = /^1\.\.(\d{1,15})(?=$|[\s#])/;
const directivePattern = /(?:^|\s)#\s*(?:(skip\S*|todo\b)|time=([\d.]{1,20})(ms|s)?(?=$|\s))/i;
function readLine(text) {
	switch (text[0]) {
		case "o":
		case "n": return readPoint(text);
		case "#": return readComment(text);
		case "1": {
			const plan = planPattern.exec(text);
			return plan === null ? other : {
				type: "plan",
				count: Number(plan[1])
			};
		}
		case "T": return readVersion(text);
		case "B":
		case "b": return /^bail out!/i.test(text) ? {
			type: "bail",
			reason: text.slice(9).trim()
		} : other;
		case "p": return /^pragma\s+[+-]/.test(text) ? { type: "pragma" } : other;
		case "-": return /^---(?:\s|$)/.test(text) ? { type: "block" } : other;
		case "{":
		case "}": return text.trimEnd().length === 1 ? {
			type: "brace",
			isOpening: text.startsWith("{")
		} : other;
		default: return other;
	}
}
function readVersion(text) {
	const version = /^TAP version (\d{1,5})\s*$/i.exec(text)?.[1];
	return version === void 0 ? other : {
		type: "version",
		version
	};
}
function readComment(text) {
	const name = /^#\s*Subtest(?::\s*(.*)|\s*)$/.exec(text);
	return name === null ? {
		type: "comment",
		text: text.slice(1)
	} : {
		type: "subtest",
		name: unescaped(name[1] ?? "")
	};
}
function readPoint(text) {
	const isOk = text.startsWith("ok");
	if (!isOk && !text.startsWith("not ok")) return other;
	const behind = text.slice(isOk ? 2 : 6);
	if (behind !== "" && !/^[\s#]/.test(behind)) return other;
	const found = pointPattern.exec(behind);
	const number = found?.[1];
	const rest = behind.slice(found?.[0].length ?? 0).trimEnd();
	const endsWithBrace = rest === "{" || rest.endsWith("{") && /\s/.test(rest.charAt(rest.length - 2));
	const said = readDescription(endsWithBrace ? rest.slice(0, -1) : rest);
	return {
		type: "point",
		point: {
			isOk,
			number: number === void 0 ? null : Number(number),
			endsWithBrace,
			...said
		}
	};
}
function readDescription(text) {
	const first = text.includes("#") ? directivePattern.exec(text) : null;
	if (first === null) return {
		description: unescaped(text).trim(),
		directive: null,
		reason: "",
		durationMs: null
	};
	const rest = text.slice(first.index + first[0].length);
	const second = rest.includes("#") ? directivePattern.exec(rest) : null;
	const [, firstWord] = first;
	const word = firstWord ?? second?.[1];
	const reason = firstWord === void 0 && second !== null ? rest.slice(second.index + second[0].length) : rest.slice(0, second?.index);
	return {
		description: unescaped(text.slice(0, first.index)).trim(),
		directive: word === void 0 ? null : word.toLowerCase() === "todo" ? "todo" : "skip",
		reason: word === void 0 ? "" : unescaped(reason).replace(/^[\s:-]+/, "").trim(),
		durationMs: timeOf(firstWord === void 0 ? first : second)
	};
}
function timeOf(found) {
	const time = Number(found?.[2]) * (found?.[3]?.toLowerCase() === "s" ? 1e3 : 1);
	return Number.isFinite(time) ? time : null;
}
function unescaped(text) {
	return text.includes("\\") ? text.replaceAll(/\\([#\\])/g, "$1") : text;
}
// reports/src/tap/record.ts
const sourcePath = /^[\w@./\\+()[\]-]{1,300}\.(?:[cm]?[jt]sx?|vue|svelte|astro|t|pl|pm|py|rb|php|sh|bash|bats|lua|go|rs|c|cc|cpp|java|kt|cs|exs?|swift|dart)$/i;
const absolutePath = /^(?:\/|[A-Za-z]:[\\/])\S*[\\/]\S*\.[A-Za-z]\w{0,5}$/;
const noFailure = {
	message: null,
	trace: null,
	errorType: null
};
const unnamed = "unnamed";
function draftOf(point, ownName, fields, said, inRepository) {
	const { directive, isOk } = point;
	const outcome = directive !== null ? "skipped" : isOk ? "passed" : "failed";
	const named = namesOf(ownName, inRepository);
	const place = placeOf(fields, inRepository);
	const isFailed = outcome === "failed";
	const failure = isFailed ? failureIn(fields, said) : noFailure;
	const reason = point.reason === "" ? "" : plainText(point.reason, limits.message).trim();
	return {
		kind: "case",
		outcome,
		statusWord: directive === "todo" ? "todo" : outcome,
		isFlaky: false,
		className: null,
		...named,
		file: named.ownFile ?? place.file,
		line: named.ownFile === null || place.file === null || named.ownFile === place.file ? place.line : null,
		durationMs: point.durationMs ?? durationOf(fields.get("duration_ms")),
		...failure,
		message: reason === "" || isFailed ? failure.message : reason,
		attempts: [],
		detail: detailOf(fields, isFailed)
	};
}
function errorDraft(name, message, trace = null) {
	return {
		kind: "suite",
		outcome: "error",
		statusWord: "failed",
		isFlaky: false,
		className: null,
		name: plainName(name) ?? unnamed,
		ownSuites: [],
		ownFile: null,
		file: null,
		line: null,
		durationMs: null,
		message: plainText(message, limits.message).trim(),
		errorType: null,
		trace,
		attempts: [],
		detail: {}
	};
}
function recordOf({ ownSuites, ownFile, ...test }, outerSuites, inRepository) {
	const [first = "", ...inner] = outerSuites;
	const isFile = ownFile === null && (sourcePath.test(first) || absolutePath.test(first));
	const file = isFile ? inRepository(first) : ownFile;
	const suites = [...isFile ? inner : outerSuites, ...ownSuites].slice(0, limits.suites);
	const isElsewhere = file !== null && test.file !== null && test.file !== file;
	return {
		...test,
		suites,
		file: file ?? test.file,
		line: isElsewhere ? null : test.line,
		identity: testIdentity({
			...test,
			suites,
			file
		})
	};
}
function namesOf(description, inRepository) {
	const [first = "", ...inner] = description.split(" > ");
	if (inner.length > 0 && sourcePath.test(first)) {
		const names = inner.map((part) => plainName(part)).filter((name) => name !== null);
		const name = names.pop();
		if (name !== void 0) return {
			name,
			ownSuites: names,
			ownFile: inRepository(cleanText(first, limits.path))
		};
	}
	if (!absolutePath.test(description) && !sourcePath.test(description)) return {
		name: plainName(description) ?? unnamed,
		ownSuites: [],
		ownFile: null
	};
	const path = inRepository(cleanText(description, limits.path));
	return {
		name: plainName(path) ?? unnamed,
		ownSuites: [],
		ownFile: path
	};
}
function failureIn(fields, said) {
	const own = fields.get("message") ?? fields.get("error.message") ?? fields.get("error");
	const stack = fields.get("stack") ?? fields.get("error.stack");
	const failure = failureOf(own ?? stack ?? said);
	const name = fields.get("error.name") ?? fields.get("name");
	return {
		message: failure.message,
		errorType: (name === void 0 ? null : errorTypeOf(`${name}:`)) ?? failure.errorType,
		trace: stack === void 0 ? failure.trace : plainText(stack, limits.trace).trimEnd()
	};
}
function placeOf(fields, inRepository) {
	if (fields.size === 0) return {
		file: null,
		line: null
	};
	const file = fields.get("at.file") ?? fields.get("file");
	if (file !== void 0) return {
		file: pathOf(file, inRepository),
		line: lineOf(fields.get("at.line") ?? fields.get("line"))
	};
	const written = (fields.get("location") ?? fields.get("at") ?? "").slice(0, limits.path);
	const found = /^(?:[^()]{0,500}\()?([^()]+?):(\d+)(?::\d+)?\)?$/.exec(written.trim());
	if (found === null) return {
		file: null,
		line: lineOf(fields.get("data.line"))
	};
	return {
		file: pathOf(found[1] ?? "", inRepository),
		line: lineOf(found[2])
	};
}
function pathOf(written, inRepository) {
	const path = cleanText(written, limits.path);
	return path === "" || path.includes("node_modules") || path.startsWith("node:") ? null : inRepository(path);
}
function detailOf(fields, isFailed) {
	if (fields.size === 0) return {};
	const text = (...names) => {
		const value = names.map((name) => fields.get(name)).find((field) => field !== void 0);
		return value === void 0 ? null : plainText(value, limits.message);
	};
	const sourceBytes = 3 * fields.values().reduce((sum, { length }) => sum + length, 0);
	return fitDetail(compact({
		message: isFailed ? null : text("message"),
		severity: text("severity"),
		rule: text("data.ruleId"),
		code: text("code"),
		operator: text("operator"),
		expected: text("expected", "wanted"),
		actual: text("actual", "found"),
		failure_type: text("failureType"),
		exit_code: numberOf(fields.get("exitCode") ?? fields.get("exitcode")),
		at: text("at", "location")
	}), sourceBytes);
}
// reports/src/tap/levels.ts
function newLevel(parent, name, opening) {
	return {
		parent,
		indent: parent === null ? 0 : parent.indent + 4,
		name,
		isNamed: parent === null || name !== null || opening !== null,
		opening,
		plan: null,
		points: 0,
		number: 0,
		cases: 0,
		failures: 0,
		nextName: null,
		closed: null
	};
}
const recordBytes = 1e3;
var TestQueue = class {
	lacksNames = false;
	#waiting = [];
	#bytes = 0;
	#ready = [];
	#inRepository;
	constructor(inRepository) {
		this.#inRepository = inRepository;
	}
	add(draft, level) {
		if (draft.kind === "case") count(draft, level);
		else for (let at = level; at !== null; at = at.parent) at.failures++;
		if (this.#waiting.length === 0 && isNamed(level)) {
			this.#ready.push(recordOf(draft, suitesOf(level), this.#inRepository));
			return;
		}
		this.#waiting.push({
			draft,
			level
		});
		this.#bytes += recordBytes + (draft.message?.length ?? 0) + (draft.trace?.length ?? 0) + JSON.stringify(draft.detail).length;
		if (this.#bytes <= limits.heldBytes) return;
		this.lacksNames = true;
		this.settleAll();
	}
	settleAll() {
		for (const { level } of this.#waiting) for (let at = level; at !== null; at = at.parent) at.isNamed = true;
		this.settle();
	}
	settle() {
		const first = this.#waiting.findIndex(({ level }) => !isNamed(level));
		if (first === 0) return;
		const settled = first === -1 ? this.#waiting : this.#waiting.slice(0, first);
		this.#waiting = first === -1 ? [] : this.#waiting.slice(first);
		for (const { draft, level } of settled) this.#ready.push(recordOf(draft, suitesOf(level), this.#inRepository));
		if (this.#waiting.length === 0) this.#bytes = 0;
	}
	take() {
		if (this.#ready.length === 0) return [];
		const ready = this.#ready;
		this.#ready = [];
		return ready;
	}
};
function count(draft, level) {
	const failures = isFailure$1(draft.outcome) ? 1 : 0;
	for (let at = level; at !== null; at = at.parent) {
		at.cases++;
		at.failures += failures;
	}
}
function isNamed(level) {
	for (let at = level; at !== null; at = at.parent) if (!at.isNamed) return false;
	return true;
}
function suitesOf(level) {
	const names = [];
	for (let at = level; at !== null; at = at.parent) if (at.name !== null) names.unshift(at.name);
	return names;
}
// reports/src/tap/pending.ts
function newPending(point, name, level, summed) {
	return {
		point,
		name,
		level,
		summed,
		mayOpen: point.endsWithBrace,
		block: null,
		fields: null,
		said: [],
		saidCharacters: 0
	};
}
function say(pending, text) {
	if (pending === null || pending.point.isOk || pending.saidCharacters > limits.trace) return;
	pending.said.push(text);
	pending.saidCharacters += text.length + 1;
}
function endBlock(pending) {
	pending.fields = pending.block?.fields ?? null;
	pending.block = null;
}
// reports/src/tap/reading.ts
const nothing = new Map();
const childIndent = 4;
const ownIndent = 2;
const summaryComment = /^\s*(?:(?:tests|suites|pass|fail|cancelled|skip|skipped|todo|ok|duration_ms)\b:?\s+\d|ok$|time=|[Ff]ailed \d+ |Looks like you )/;
var TapReading = class {
	problems = new Map();
	isTap = false;
	version = null;
	#inRepository;
	#queue;
	#level = newLevel(null, null, null);
	#pending = null;
	#hasVersion = false;
	#hasBailedOut = false;
	constructor(options) {
		this.#inRepository = rememberedPaths(options.workspace);
		this.#queue = new TestQueue(this.#inRepository);
	}
	take(text) {
		const pending = this.#pending;
		const block = pending?.block ?? null;
		if (pending !== null && block !== null) {
			const isEnd = block.isEnd(text);
			const isLeft = !isEnd && !block.isInQuotes && this.#leavesBlock(text);
			if (isEnd || isLeft) endBlock(pending);
			else block.take(text);
			if (!isLeft) return [];
			noteProblem(this.problems, "warning", "block_open", `A YAML block has no end before ${text.trim().slice(0, limits.word)}`);
		}
		this.#takeLine(text);
		return this.#queue.take();
	}
	finish() {
		if ((this.#pending?.block ?? null) !== null) noteProblem(this.problems, "partial", "cut_off", "The content ends inside a YAML block");
		this.#endDocument();
		if (this.#queue.lacksNames) noteProblem(this.problems, "partial", "late_member", "A subtest's name stands behind so many tests that they were read without it");
		return this.#queue.take();
	}
	#leavesBlock(text) {
		const indent = text.search(/\S/);
		const level = levelAt(this.#level, indent);
		if (level === null) return false;
		const line = readLine(text.slice(indent));
		if (line.type === "bail") return level.parent === null;
		return line.type === "point" && line.point.number === level.number + 1;
	}
	#takeLine(text) {
		const indent = text.search(/\S/);
		if (indent === -1) {
			say(this.#pending, "");
			return;
		}
		const line = readLine(text.slice(indent));
		if (this.#hasBailedOut && line.type !== "version") return;
		if (line.type === "comment") {
			if (!summaryComment.test(line.text)) say(this.#pending, line.text.replace(/^ /, ""));
		} else if (line.type === "block") this.#openBlock(indent);
		else if (line.type === "bail") this.#bailOut(line.reason);
		else if (line.type === "subtest" && this.#isNameInside(indent)) this.#openLevel(plainName(line.name));
		else if (line.type !== "other" && this.#standAt(indent, line)) this.#takeAtLevel(line);
		else if (indent > this.#level.indent) say(this.#pending, text.slice(Math.min(indent, this.#level.indent + ownIndent)));
	}
	#isNameInside(indent) {
		return indent === this.#level.indent + childIndent && levelAt(this.#level, indent) === null && this.#level.nextName === null && this.#pending?.mayOpen !== true && !this.#isTooDeep(indent);
	}
	#takeAtLevel(line) {
		if (line.type === "version") this.#takeVersion(line.version);
		else if (line.type === "plan") this.#takePlan(line.count);
		else if (line.type === "subtest") this.#takeName(line.name);
		else if (line.type === "point") this.#takePoint(line.point);
		else if (line.type === "brace" && this.#pending?.level === this.#level) this.#pending.mayOpen = line.isOpening;
		else this.#settle();
	}
	#standAt(indent, line) {
		const level = levelAt(this.#level, indent);
		if (level !== null) {
			while (this.#level !== level) this.#endLevel();
			return true;
		}
		if (indent !== this.#level.indent + childIndent) return false;
		const pending = this.#pending;
		const isOpenedByBrace = pending !== null && pending.mayOpen && pending.level === this.#level;
		const isFirst = line.type === "plan" || line.type === "version" || line.type === "subtest" || line.type === "point" && (line.point.number ?? 0) === 1;
		const isNamed = this.#level.nextName !== null && line.type === "point";
		if (!isOpenedByBrace && !isFirst && !isNamed) return false;
		if (this.#isTooDeep(indent)) return false;
		if (isOpenedByBrace) this.#openByBrace(pending);
		else this.#openLevel(this.#level.nextName);
		return true;
	}
	#isTooDeep(indent) {
		const isTooDeep = indent > limits.suites * childIndent;
		if (isTooDeep) noteProblem(this.problems, "partial", "too_deep", `More than ${limits.suites} subtests inside each other; inner ones were not read`);
		return isTooDeep;
	}
	#openByBrace(pending) {
		this.#pending = null;
		this.#level = newLevel(this.#level, plainName(pending.name), pending.point);
	}
	#openLevel(name) {
		this.#settle();
		this.#level.nextName = null;
		this.#level = newLevel(this.#level, name, null);
	}
	#takeVersion(version) {
		this.isTap = true;
		this.version ??= version;
		const { parent, points, plan } = this.#level;
		if (parent === null && (points > 0 || plan !== null || this.#hasBailedOut)) this.#endDocument();
		this.#hasVersion = true;
	}
	#takePlan(count) {
		this.isTap = true;
		this.#settle();
		const { parent, plan, points } = this.#level;
		if (parent === null && plan !== null && plan === points) this.#endDocument();
		if (this.#level.plan === null) this.#level.plan = count;
		else noteProblem(this.problems, "warning", "plan_repeated", `A second plan, for ${count} tests, was passed over`);
	}
	#takeName(name) {
		this.#settle();
		this.#abandon(this.#level.closed);
		this.#level.closed = null;
		this.#level.nextName = plainName(name);
	}
	#takePoint(point) {
		this.isTap = true;
		this.#settle();
		const { parent, plan, points } = this.#level;
		if (parent === null && points > 0 && plan === points && point.number === 1) this.#endDocument();
		const level = this.#level;
		const summed = level.closed;
		level.points++;
		level.number = point.number ?? level.number + 1;
		const name = point.description || level.nextName || summed?.name || `test ${level.number}`;
		level.closed = null;
		level.nextName = null;
		if (summed !== null && !summed.isNamed) summed.name = plainName(name);
		this.#abandon(summed);
		this.#pending = newPending(point, name, level, summed);
	}
	#abandon(level) {
		if (level === null || level.isNamed) return;
		level.isNamed = true;
		this.#queue.settle();
	}
	#openBlock(indent) {
		const pending = this.#pending;
		if (pending !== null && pending.fields === null && indent > pending.level.indent) pending.block = new DiagnosticBlock(indent);
	}
	#settle() {
		const pending = this.#pending;
		if (pending === null) return;
		this.#pending = null;
		const name = pending.point.endsWithBrace && pending.mayOpen ? `${pending.name} {` : pending.name;
		const draft = draftOf(pending.point, name, pending.fields ?? nothing, pending.said.join("\n"), this.#inRepository);
		this.#addSummed(draft, pending.summed, pending.level);
	}
	#addSummed(draft, summed, level) {
		if (summed === null || summed.cases === 0) this.#queue.add(draft, level);
		else if (isFailure$1(draft.outcome) && summed.failures === 0) this.#queue.add({
			...draft,
			kind: "suite",
			outcome: "error",
			message: draft.message ?? "It failed, and none of its tests did"
		}, level);
	}
	#endLevel() {
		this.#settle();
		const level = this.#level;
		const { parent, opening, name } = level;
		if (parent === null) return;
		this.#comparePlan(level);
		this.#level = parent;
		if (opening === null) {
			this.#abandon(parent.closed);
			parent.closed = level;
			return;
		}
		this.#addSummed(draftOf(opening, name ?? "", nothing, "", this.#inRepository), level, parent);
	}
	#comparePlan(level) {
		const { plan, points, parent, name } = level;
		if (plan === null || plan === points || this.#hasBailedOut) return;
		const message = `The plan${name === null ? "" : ` of ${name}`} is for ${plan} tests, and ${points} were run`;
		noteProblem(this.problems, "partial", "plan_mismatch", message);
		if (name === null || parent === null) this.#queue.add(errorDraft("TAP plan", message), level);
		else {
			level.failures++;
			this.#queue.add(errorDraft(name, message), parent);
		}
	}
	#bailOut(reason) {
		this.isTap = true;
		this.#settle();
		this.#hasBailedOut = true;
		const message = reason === "" ? "The run was given up" : `The run was given up: ${reason}`;
		noteProblem(this.problems, "partial", "bail_out", message);
		this.#queue.add(errorDraft("Bail out!", message), this.#level);
	}
	#endDocument() {
		this.#settle();
		while (this.#level.parent !== null) this.#endLevel();
		const root = this.#level;
		if (root.plan === null && (root.points > 0 || this.#hasVersion) && !this.#hasBailedOut) noteProblem(this.problems, "partial", "plan_missing", `A report of ${root.points} tests has no plan; it may have been cut off`);
		this.#comparePlan(root);
		this.#queue.settleAll();
		this.#level = newLevel(null, null, null);
		this.#hasVersion = false;
		this.#hasBailedOut = false;
	}
};
function levelAt(innermost, indent) {
	for (let at = innermost; at !== null && at.indent >= indent; at = at.parent) if (at.indent === indent) return at;
	return null;
}
// reports/src/tap/sniff.ts
const certain$3 = 1;
const likely$2 = .8;
const possible$1 = .6;
const enoughPoints = 3;
function sniffTap(head) {
	const text = new TextDecoder().decode(head).trimStart();
	if (text.includes("\0") || /^[<[{]/.test(text)) return 0;
	let isFirst = true;
	let startsAsTap = false;
	let hasPlan = false;
	let points = 0;
	let inOrder = 0;
	for (const raw of text.split("\n")) {
		if (raw.trim() === "") continue;
		const line = readLine(raw.trimEnd());
		if (line.type === "version") return certain$3;
		if (line.type === "comment" || line.type === "subtest") continue;
		if (isFirst) startsAsTap = line.type === "plan" || line.type === "point" && line.point.number === 1 || line.type === "bail";
		isFirst = false;
		if (line.type === "plan") hasPlan = true;
		if (line.type === "point") points++;
		if (line.type === "point" && line.point.number === inOrder + 1) inOrder++;
	}
	if (hasPlan && points > 0) return likely$2;
	return startsAsTap || inOrder >= enoughPoints ? possible$1 : 0;
}
// reports/src/tap/reader.ts
const tapReader = {
	format: "tap",
	scanType: "test",
	sniff: sniffTap,
	read: readTap
};
async function* readTap(source, options = {}) {
	const reading = new TapReading(options);
	let isEmpty = true;
	for await (const lines of linesOf$1(source)) {
		isEmpty = false;
		for (const line of lines) for (const test of reading.take(line)) yield {
			type: "test",
			test
		};
	}
	for (const test of reading.finish()) yield {
		type: "test",
		test
	};
	if (!reading.isTap) {
		yield isEmpty ? {
			type: "problem",
			severity: "refused",
			code: "empty",
			message: "The content is empty"
		} : {
			type: "problem",
			severity: "refused",
			code: "not_tap",
			message: "The content has no plan and no test point of TAP"
		};
		return;
	}
	yield {
		type: "summary",
		summary: {
			tool: "TAP",
			toolVersion: null,
			shape: reading.version === null ? "tap" : `tap-${reading.version}`,
			artifact: null,
			artifactScope: ""
		}
	};
	yield* problemEvents(reading.problems);
}
const labelPrefixes = ["trivy-operator", "starboard"];
function nativeVulnerability(entry) {
	const source = member(entry, "cvsssource");
	const score = numberOf(member(entry, "score"));
	const ownScore = score === null ? {} : Object.fromEntries([[textOf$1(source, limits.word) ?? "score", { V3Score: score }]]);
	return {
		VulnerabilityID: member(entry, "vulnerabilityID"),
		PkgName: member(entry, "resource"),
		PkgPath: member(entry, "packagePath"),
		PkgIdentifier: { PURL: member(entry, "packagePURL") },
		InstalledVersion: member(entry, "installedVersion"),
		FixedVersion: member(entry, "fixedVersion"),
		Severity: member(entry, "severity"),
		SeveritySource: source,
		Title: member(entry, "title"),
		Description: member(entry, "description"),
		PrimaryURL: member(entry, "primaryLink"),
		References: member(entry, "links"),
		CVSS: isObject(member(entry, "cvss")) ? member(entry, "cvss") : ownScore,
		PublishedDate: member(entry, "publishedDate"),
		LastModifiedDate: member(entry, "lastModifiedDate")
	};
}
function nativeCheck(entry) {
	const messages = listOf(member(entry, "messages")).filter((message) => typeof message === "string");
	const success = member(entry, "success");
	return {
		ID: member(entry, "checkID") ?? member(entry, "id"),
		Title: member(entry, "title"),
		Description: member(entry, "description"),
		Message: messages.join("\n"),
		Severity: member(entry, "severity"),
		Category: member(entry, "category"),
		Resolution: member(entry, "remediation"),
		Status: success === true || success === "true" ? "PASS" : "FAIL",
		CauseMetadata: { Resource: memberAt(entry, "scope", "value") }
	};
}
function nativeSecret(entry) {
	return {
		RuleID: member(entry, "ruleID"),
		Category: member(entry, "category"),
		Severity: member(entry, "severity"),
		Title: member(entry, "title"),
		Match: member(entry, "match")
	};
}
function nativeControl(entry, names) {
	const failed = numberOf(member(entry, names.totalFail)) ?? 0;
	return {
		ID: member(entry, names.id),
		Title: member(entry, names.name),
		Severity: member(entry, names.severity),
		Message: failed === 1 ? "1 check fails" : `${failed} checks fail`,
		Status: failed > 0 ? "FAIL" : "PASS"
	};
}
function operatorWorkload(metadata) {
	const named = (label) => {
		for (const place of ["labels", "annotations"]) for (const prefix of labelPrefixes) {
			const text = isObject(metadata) ? textOf$1(memberAt(metadata, place, `${prefix}.${label}`), limits.target) : null;
			if (text !== null) return text;
		}
		return null;
	};
	const own = (name) => isObject(metadata) ? textOf$1(member(metadata, name), limits.target) : null;
	return {
		namespace: named("resource.namespace") ?? own("namespace"),
		kind: named("resource.kind"),
		name: named("resource.name") ?? own("name"),
		container: named("container.name")
	};
}
function operatorImage(artifact) {
	if (!isObject(artifact)) return null;
	const repository = textOf$1(member(artifact, "repository"), limits.target);
	const tag = textOf$1(member(artifact, "tag"), limits.word);
	return repository === null || tag === null ? repository : `${repository}:${tag}`;
}
// reports/src/trivy/overview.ts
const mostNames = 100;
const mostListed$1 = 3;
const imageTypes = new Set(["container_image", "image"]);
function emptyOverview() {
	return {
		shapes: new Set(),
		artifacts: new Set(),
		artifactScopes: new Set(),
		kinds: new Set(),
		namespaces: new Set(),
		workloads: new Set(),
		stableWorkloads: new Set(),
		toolVersion: null
	};
}
function noteDocument(overview, document) {
	const { facts, opened } = document;
	const version = facts.get("Trivy");
	if (isObject(version)) overview.toolVersion ??= textOf$1(member(version, "Version"), limits.summary);
	const cluster = textOf$1(facts.get("ClusterName"), limits.summary);
	const schema = numberOf(facts.get("SchemaVersion"));
	const isKubernetes = facts.has("ClusterName") || opened.has("Resources") || opened.has("Findings");
	if (isOperators(document)) noteOperatorObject(overview, document);
	else if (isKubernetes) noteArtifact(overview, "kubernetes", cluster, cluster);
	else if (isCompliance(document)) noteArtifact(overview, "compliance", textOf$1(facts.get("ID"), limits.summary));
	else if (facts.has("ArtifactName") || facts.has("SchemaVersion") || opened.has("Results")) noteScan(overview, document, schema);
	else if (facts.has("Target") || opened.has("Vulnerabilities")) noteOldResult(overview, facts.get("Target"));
}
function noteScanner(overview, scanner) {
	if (isObject(scanner)) overview.toolVersion ??= textOf$1(member(scanner, "version"), limits.summary);
}
function noteRepositoryTags(document, tags) {
	document.facts.set("RepoTags", listOf(tags)[0]);
}
function summaryOf$1(overview) {
	return {
		tool: "Trivy",
		toolVersion: overview.toolVersion,
		shape: overview.shapes.values().next().value ?? "empty",
		artifact: listed(overview.artifacts) ?? listed(overview.workloads),
		artifactScope: joined(overview.artifactScopes) ?? operatorScope(overview)
	};
}
function isOperators({ facts, opened }) {
	return textOf$1(facts.get("apiVersion"), limits.word)?.startsWith(`aquasecurity.github.io/`) === true || opened.has("report");
}
function isCompliance({ facts, opened }) {
	return opened.has("SummaryControls") || facts.has("ID") && !facts.has("ArtifactName") && !facts.has("SchemaVersion");
}
function noteOperatorObject(overview, { facts, opened }) {
	overview.shapes.add("operator");
	if (opened.has("items")) return;
	const workload = operatorWorkload(facts.get("metadata"));
	add(overview.kinds, textOf$1(facts.get("kind"), limits.word));
	add(overview.namespaces, workload.namespace ?? "");
	add(overview.workloads, workloadName(workload));
	add(overview.stableWorkloads, workloadName(stableWorkload(workload)));
}
function operatorScope({ kinds, namespaces, stableWorkloads }) {
	const [namespace] = namespaces;
	return cleanText([[...kinds].toSorted().join("+"), stableWorkloads.size === 1 ? joined(stableWorkloads) : namespaces.size === 1 ? namespace : null].filter((part) => part !== null && part !== void 0 && part !== "").join(" "), limits.summary);
}
function noteScan(overview, { facts }, schema) {
	const name = textOf$1(facts.get("ArtifactName"), limits.summary);
	const type = textOf$1(facts.get("ArtifactType"), limits.word);
	const isImage = type === null || imageTypes.has(type);
	const stableName = isImage && name !== null && isImageId(name) ? textOf$1(facts.get("RepoTags"), limits.summary) ?? name : name;
	const artifactScope = isImage && stableName !== null ? withoutTag(stableName) : stableName;
	noteArtifact(overview, schema === null ? "no-schema" : `schema-${schema}`, name, artifactScope);
}
function noteOldResult(overview, target) {
	const name = textOf$1(target, limits.summary);
	const artifact = name === null ? null : withoutSystem(name);
	overview.shapes.add("legacy-array");
	if (artifact === null || artifact === name) return;
	noteArtifact(overview, "legacy-array", artifact, withoutTag(artifact));
}
function noteArtifact(overview, shape, artifact, artifactScope = artifact) {
	overview.shapes.add(shape);
	add(overview.artifacts, artifact);
	add(overview.artifactScopes, artifactScope);
}
function add(names, name) {
	if (name !== null && names.size < mostNames) names.add(name);
}
function listed(names) {
	const [first] = names;
	return names.size > mostListed$1 && first !== void 0 ? `${first} and others` : joined(names);
}
function joined(names) {
	return names.size === 0 ? null : identityPart([...names].toSorted().join(", "), limits.summary);
}
// reports/src/trivy/detail.ts
const vendorSeverities = [
	"unknown",
	"low",
	"medium",
	"high",
	"critical"
];
function referencesOf$1(value) {
	const found = [];
	for (const entry of listOf(value)) {
		const address = typeof entry === "string" && entry.length <= limits.url ? webAddress(entry) : null;
		if (address !== null) found.push(address);
		if (found.length === limits.references) break;
	}
	return found;
}
function wordsOf(value) {
	const words = [];
	for (const entry of listOf(value)) {
		const word = textOf$1(entry, limits.word);
		if (word !== null) words.push(word);
		if (words.length === limits.detailEntries) break;
	}
	return words;
}
function cvssOf(value) {
	return mapOf(value, (entry) => {
		if (!isObject(entry)) return null;
		return compact({
			v2_vector: textOf$1(member(entry, "V2Vector"), limits.word),
			v2_score: numberOf(member(entry, "V2Score")),
			v3_vector: textOf$1(member(entry, "V3Vector"), limits.word),
			v3_score: numberOf(member(entry, "V3Score")),
			v40_vector: textOf$1(member(entry, "V40Vector"), limits.word),
			v40_score: numberOf(member(entry, "V40Score"))
		});
	});
}
function vendorSeverityOf(value) {
	return mapOf(value, (entry) => (typeof entry === "number" ? vendorSeverities[entry] : void 0) ?? textOf$1(entry, limits.word));
}
function mapOf(value, read) {
	const map = {};
	if (!isObject(value)) return map;
	let count = 0;
	for (const name of Object.keys(value)) {
		if (count++ === limits.detailEntries) break;
		const entry = read(value[name]);
		if (saysSomething(entry)) setMember(map, cleanText(name, limits.word), entry);
	}
	return map;
}
function dataSourceOf(value) {
	if (!isObject(value)) return null;
	return compact({
		id: textOf$1(member(value, "ID"), limits.word),
		name: textOf$1(member(value, "Name"), limits.word),
		url: webAddress(textOf$1(member(value, "URL"), limits.url))
	});
}
function codeLinesOf(entry, ...path) {
	const lines = listOf(memberAt(entry, ...path, "Lines")).filter(isObject);
	const cause = lines.length > limits.codeLines ? lines.findIndex((line) => member(line, "IsCause") === true) : 0;
	const first = Math.max(0, Math.min(cause - 5, lines.length - limits.codeLines));
	return lines.slice(first, first + limits.codeLines).map((line) => ({
		number: lineOf(member(line, "Number")),
		content: textOf$1(member(line, "Content"), limits.codeLine) ?? "",
		is_cause: member(line, "IsCause") === true
	}));
}
// reports/src/trivy/entry.ts
const severities = new Map([
	["critical", "critical"],
	["high", "high"],
	["medium", "medium"],
	["low", "low"]
]);
function readVulnerability(entry, place, sourceBytes) {
	const id = textOf$1(member(entry, "VulnerabilityID"), limits.rule);
	const ownTitle = textOf$1(member(entry, "Title"), limits.title);
	const packageName = textOf$1(member(entry, "PkgName"), limits.packageName);
	if (id === null && ownTitle === null && packageName === null) return "unreadable";
	const installedVersion = textOf$1(member(entry, "InstalledVersion"), limits.version);
	const fixedVersion = textOf$1(member(entry, "FixedVersion"), limits.version);
	const packagePath = textOf$1(member(entry, "PkgPath"), limits.path);
	const severityWord = severityWordOf(entry);
	const rule = id ?? ownTitle ?? "unknown";
	const fix = fixedVersion === null ? "no fixed version is known" : `fixed in ${fixedVersion}`;
	const subject = packageName === null || installedVersion === null ? packageName ?? installedVersion : `${packageName} ${installedVersion}`;
	return {
		kind: "vulnerability",
		rule,
		severity: severityOf(severityWord),
		severityWord,
		title: ownTitle ?? rule,
		message: textOf$1(subject === null ? `${rule}: ${fix}` : `${subject} is affected, ${fix}`, limits.message) ?? rule,
		target: place.shownTarget,
		path: packagePath ?? (place.className === "lang-pkgs" ? cutPath(place.target) : null),
		line: null,
		packageName,
		installedVersion,
		fixedVersion,
		url: webAddress(textOf$1(member(entry, "PrimaryURL"), limits.url)),
		detail: fitDetail(vulnerabilityDetail(entry, place, packagePath), sourceBytes),
		standing: "open",
		toolKey: null,
		isPlaced: false,
		identity: identityOf(place.className, place.type, stablePlace(place, installedVersion), packageName, stablePath(packagePath, installedVersion), rule),
		variant: installedVersion ?? ""
	};
}
function vulnerabilityDetail(entry, place, packagePath) {
	return compact({
		description: textOf$1(member(entry, "Description"), limits.description),
		references: referencesOf$1(member(entry, "References")),
		cvss: cvssOf(member(entry, "CVSS")),
		cwe_ids: wordsOf(member(entry, "CweIDs")),
		vendor_ids: wordsOf(member(entry, "VendorIDs")),
		severity_source: textOf$1(member(entry, "SeveritySource"), limits.word),
		vendor_severity: vendorSeverityOf(member(entry, "VendorSeverity")),
		status: textOf$1(member(entry, "Status"), limits.word),
		data_source: dataSourceOf(member(entry, "DataSource")),
		published_at: textOf$1(member(entry, "PublishedDate"), limits.word),
		last_modified_at: textOf$1(member(entry, "LastModifiedDate"), limits.word),
		purl: textOf$1(memberAt(entry, "PkgIdentifier", "PURL"), limits.path),
		layer_digest: textOf$1(memberAt(entry, "Layer", "Digest"), limits.word),
		package_path: packagePath,
		class: place.className,
		type: place.type
	});
}
function readMisconfiguration(entry, place, sourceBytes) {
	const status = textOf$1(member(entry, "Status"), limits.word);
	if (status !== null && status.trim().toUpperCase() !== "FAIL") return "passed";
	const id = textOf$1(member(entry, "ID"), limits.rule) ?? textOf$1(member(entry, "AVDID"), limits.rule);
	const ownTitle = textOf$1(member(entry, "Title"), limits.title);
	const ownMessage = textOf$1(member(entry, "Message"), limits.message);
	const rule = id ?? ownTitle;
	if (rule === null) return "unreadable";
	const severityWord = severityWordOf(entry);
	const resource = textOf$1(memberAt(entry, "CauseMetadata", "Resource"), limits.path);
	const startLine = lineOf(memberAt(entry, "CauseMetadata", "StartLine"));
	const detail = compact({
		description: textOf$1(member(entry, "Description"), limits.description),
		resolution: textOf$1(member(entry, "Resolution"), limits.description),
		message: ownMessage,
		references: referencesOf$1(member(entry, "References")),
		provider: textOf$1(memberAt(entry, "CauseMetadata", "Provider"), limits.word),
		service: textOf$1(memberAt(entry, "CauseMetadata", "Service"), limits.word),
		resource,
		category: textOf$1(member(entry, "Category"), limits.word),
		start_line: startLine,
		end_line: lineOf(memberAt(entry, "CauseMetadata", "EndLine")),
		code_lines: codeLinesOf(entry, "CauseMetadata", "Code"),
		status,
		type: textOf$1(member(entry, "Type"), limits.word) ?? place.type
	});
	return {
		...inFile("misconfiguration", place, startLine),
		rule,
		severity: severityOf(severityWord),
		severityWord,
		title: ownTitle ?? rule,
		message: ownMessage ?? ownTitle ?? rule,
		url: webAddress(textOf$1(member(entry, "PrimaryURL"), limits.url)),
		detail: fitDetail(detail, sourceBytes),
		standing: "open",
		toolKey: null,
		isPlaced: false,
		identity: identityOf(stablePlace(place, null), rule, resource),
		variant: ownMessage === null ? "" : shortHash$1(ownMessage)
	};
}
function readSecret(entry, place, sourceBytes) {
	const ownTitle = textOf$1(member(entry, "Title"), limits.title);
	const rule = textOf$1(member(entry, "RuleID"), limits.rule) ?? ownTitle;
	const match = member(entry, "Match");
	if (rule === null && typeof match !== "string") return "unreadable";
	const severityWord = severityWordOf(entry);
	const startLine = lineOf(member(entry, "StartLine"));
	const codeLines = codeLinesOf(entry, "Code");
	const detail = compact({
		category: textOf$1(member(entry, "Category"), limits.word),
		match: textOf$1(match, limits.message),
		start_line: startLine,
		end_line: lineOf(member(entry, "EndLine")),
		code_lines: codeLines,
		layer_digest: textOf$1(memberAt(entry, "Layer", "Digest"), limits.word)
	});
	const title = ownTitle ?? rule ?? "Secret";
	const surroundings = codeLines.map((line) => line["content"]).join("\n");
	return {
		...inFile("secret", place, startLine),
		rule: rule ?? "unknown",
		severity: severityOf(severityWord),
		severityWord,
		title,
		message: textOf$1(place.target === null ? `${title} is exposed` : `${title} is exposed in ${place.target}`, limits.message) ?? title,
		url: null,
		detail: fitDetail(detail, sourceBytes),
		standing: "open",
		toolKey: null,
		isPlaced: false,
		identity: identityOf(targetInWorkload(place.stableWorkload, place.target), rule, typeof match === "string" ? shortHash$1(match) : null),
		variant: surroundings === "" ? "" : shortHash$1(surroundings)
	};
}
function readLicense(entry, place, sourceBytes) {
	const name = textOf$1(member(entry, "Name"), limits.rule);
	const packageName = textOf$1(member(entry, "PkgName"), limits.packageName);
	const filePath = textOf$1(member(entry, "FilePath"), limits.path);
	if (name === null && packageName === null && filePath === null) return "unreadable";
	const severityWord = severityWordOf(entry);
	const category = textOf$1(member(entry, "Category"), limits.word);
	const link = webAddress(textOf$1(member(entry, "Link"), limits.url));
	const subject = packageName ?? filePath ?? place.target;
	const license = name ?? "an unknown licence";
	const base = subject === null ? `Licence ${license}` : `${subject} is under ${license}`;
	return {
		...inFile("license", place, null),
		rule: name ?? "unknown",
		severity: severityOf(severityWord),
		severityWord,
		title: name ?? "Unknown licence",
		message: textOf$1(category === null ? base : `${base} (${category})`, limits.message) ?? base,
		path: filePath,
		packageName,
		url: link,
		detail: fitDetail(compact({
			category,
			confidence: numberOf(member(entry, "Confidence")),
			link,
			class: place.className
		}), sourceBytes),
		standing: "open",
		toolKey: null,
		isPlaced: false,
		identity: identityOf(targetInWorkload(place.stableWorkload, subject), name),
		variant: place.target ?? ""
	};
}
function severityWordOf(entry) {
	return textOf$1(member(entry, "Severity"), limits.severityWord);
}
function severityOf(word) {
	return severities.get(word?.trim().toLowerCase() ?? "") ?? "unknown";
}
function inFile(kind, place, line) {
	return {
		kind,
		target: place.shownTarget,
		path: cutPath(place.target),
		line,
		packageName: null,
		installedVersion: null,
		fixedVersion: null
	};
}
function cutPath(target) {
	return textOf$1(target, limits.path);
}
function stablePlace({ stableTarget, stableWorkload }, version) {
	return targetInWorkload(stableWorkload, stablePath(stableTarget, version));
}
function stablePath(path, version) {
	return path === null ? null : withoutVersion(path, version);
}
function identityOf(...parts) {
	return parts.map((part) => identityPart(part, limits.identityPart));
}
// reports/src/trivy/entries.ts
const readers$1 = {
	vulnerabilities: readVulnerability,
	misconfigurations: readMisconfiguration,
	secrets: readSecret,
	licenses: readLicense,
	operatorVulnerabilities: (entry, place, sourceBytes) => readVulnerability(nativeVulnerability(entry), placeOfEntry(entry, place), sourceBytes),
	operatorChecks: (entry, place, sourceBytes) => readMisconfiguration(nativeCheck(entry), place, sourceBytes),
	operatorSecrets: (entry, place, sourceBytes) => readSecret(nativeSecret(entry), placeOfEntry(entry, place), sourceBytes),
	complianceChecks: (entry, place, sourceBytes) => readMisconfiguration(nativeCheck(entry), placeOfEntry(entry, place), sourceBytes),
	complianceControls: (entry, place, sourceBytes) => readMisconfiguration(nativeControl(entry, lowerNames), place, sourceBytes),
	summaryControls: (entry, place, sourceBytes) => readMisconfiguration(nativeControl(entry, upperNames), place, sourceBytes)
};
const lowerNames = {
	id: "id",
	name: "name",
	severity: "severity",
	totalFail: "totalFail"
};
const upperNames = {
	id: "ID",
	name: "Name",
	severity: "Severity",
	totalFail: "TotalFail"
};
function readEntry(section, entry, place, sourceBytes) {
	return readers$1[section](entry, place, sourceBytes);
}
function looksLikeEntry(section, facts) {
	if (section === "vulnerabilities") return facts.has("VulnerabilityID") || facts.has("PkgName");
	return facts.has("ID") || facts.has("AVDID") || facts.has("Status");
}
function placeOfEntry(entry, place) {
	return placeAt(textOf$1(member(entry, "target"), limits.target) ?? place.target, textOf$1(member(entry, "class"), limits.word), textOf$1(member(entry, "packageType"), limits.word), place.workload);
}
// reports/src/trivy/roles.ts
const fact = { take: "fact" };
const list = (role) => ({
	take: "container",
	role,
	opening: "array"
});
const object = (role) => ({
	take: "container",
	role,
	opening: "object"
});
const entries = (section) => ({
	take: "entries",
	section
});
const rules = {
	document: new Map([
		["SchemaVersion", fact],
		["ArtifactName", fact],
		["ArtifactType", fact],
		["Trivy", fact],
		["Metadata", object("imageMetadata")],
		["Results", list("results")],
		["Target", fact],
		["Class", fact],
		["Type", fact],
		["Vulnerabilities", {
			take: "candidates",
			section: "vulnerabilities"
		}],
		["Misconfigurations", {
			take: "candidates",
			section: "misconfigurations"
		}],
		["Secrets", entries("secrets")],
		["Licenses", entries("licenses")],
		["ClusterName", fact],
		["Resources", list("resources")],
		["Findings", list("resources")],
		["ID", fact],
		["SummaryControls", entries("summaryControls")],
		["apiVersion", fact],
		["kind", fact],
		["metadata", fact],
		["items", { take: "documents" }],
		["report", object("operatorReport")],
		["status", object("complianceStatus")]
	]),
	imageMetadata: new Map([["RepoTags", fact]]),
	result: new Map([
		["Target", fact],
		["Class", fact],
		["Type", fact],
		["Vulnerabilities", entries("vulnerabilities")],
		["Misconfigurations", entries("misconfigurations")],
		["Secrets", entries("secrets")],
		["Licenses", entries("licenses")],
		["Results", list("results")]
	]),
	resource: new Map([
		["Namespace", fact],
		["Kind", fact],
		["Name", fact],
		["Error", fact],
		["Results", list("results")]
	]),
	candidate: new Map([["Results", list("results")]]),
	operatorReport: new Map([
		["artifact", fact],
		["scanner", fact],
		["vulnerabilities", entries("operatorVulnerabilities")],
		["checks", entries("operatorChecks")],
		["secrets", entries("operatorSecrets")]
	]),
	complianceStatus: new Map([["detailReport", object("detailReport")], ["summaryReport", object("summaryReport")]]),
	detailReport: new Map([["results", list("controls")]]),
	control: new Map([["checks", entries("complianceChecks")]]),
	summaryReport: new Map([["id", fact], ["controlCheck", entries("complianceControls")]])
};
const elementRoles = {
	documents: "document",
	results: "result",
	resources: "resource",
	candidates: "candidate",
	controls: "control"
};
const traits = new Set([
	"SchemaVersion",
	"ArtifactName",
	"Results",
	"Target",
	"Vulnerabilities",
	"Misconfigurations",
	"ClusterName",
	"SummaryControls"
]);
function elementRole$1(role) {
	return elementRoles[role] ?? null;
}
function ruleOf$1(role, name) {
	const rule = rules[role]?.get(name);
	if (rule !== void 0) return rule;
	if (role === "document" && name.endsWith("reports.aquasecurity.github.io")) return { take: "documents" };
	return role === "candidate" ? fact : null;
}
function isTrait(role, name) {
	if (role === "operatorReport") return name === "vulnerabilities" || name === "checks" || name === "secrets";
	if (role === "detailReport" || role === "summaryReport") return true;
	return role === "document" && (traits.has(name) || name.endsWith("reports.aquasecurity.github.io"));
}
// reports/src/trivy/scope.ts
const noWorkload = {
	namespace: null,
	kind: null,
	name: null,
	container: null
};
const ownFacts = {
	vulnerabilities: [
		"Target",
		"Class",
		"Type"
	],
	misconfigurations: [
		"Target",
		"Class",
		"Type"
	],
	secrets: ["Target"],
	licenses: ["Target", "Class"],
	operatorVulnerabilities: ["artifact"],
	operatorChecks: [],
	operatorSecrets: ["artifact"],
	complianceChecks: [],
	complianceControls: ["id"],
	summaryControls: ["ID"]
};
const resourceFacts = [
	"Namespace",
	"Kind",
	"Name"
];
const documentFacts$1 = ["metadata"];
const noFacts = [];
function openScope(role, parent) {
	return {
		role,
		parent,
		facts: new Map(),
		opened: new Set(),
		settled: false,
		held: [],
		location: null
	};
}
function awaitedScope(own, section) {
	for (let scope = own; scope !== null; scope = scope.parent) {
		if (scope.settled) continue;
		const needed = scope === own ? ownFacts[section] : factsOfAncestor(scope, section);
		for (const name of needed) if (!scope.facts.has(name)) return scope;
	}
	return null;
}
function isPlaceable(own, awaited) {
	if (awaited !== own) return awaited.facts.has("Name") || awaited.facts.has("metadata");
	return awaited.facts.has("Target");
}
function factsOfAncestor(scope, section) {
	if (scope.role === "resource" || scope.role === "candidate") return resourceFacts;
	return scope.role === "document" && section.startsWith("operator") ? documentFacts$1 : noFacts;
}
function locationOf(scope) {
	const factCount = scope.facts.size;
	if (scope.location?.factCount === factCount) return scope.location;
	const className = textOf$1(scope.facts.get("Class"), limits.word);
	const place = placeAt(targetOf(scope), className, textOf$1(scope.facts.get("Type"), limits.word), workloadOf(scope));
	scope.location = {
		place,
		name: JSON.stringify(place),
		factCount
	};
	return scope.location;
}
function targetOf({ role, facts, opened }) {
	if (role === "operatorReport") return operatorImage(facts.get("artifact"));
	if (role === "summaryReport") return textOf$1(facts.get("id"), limits.target);
	return textOf$1(facts.get(opened.has("SummaryControls") ? "ID" : "Target"), limits.target);
}
function workloadOf(own) {
	for (let scope = own; scope !== null; scope = scope.parent) {
		if (scope.role === "resource" || scope.role === "candidate") return resourceWorkload(scope);
		if (scope.role === "document" && own.role === "operatorReport") return operatorWorkload(scope.facts.get("metadata"));
	}
	return noWorkload;
}
function resourceWorkload({ facts }) {
	const named = (name) => textOf$1(facts.get(name), limits.target);
	return {
		namespace: named("Namespace"),
		kind: named("Kind"),
		name: named("Name"),
		container: null
	};
}
// reports/src/trivy/reading.ts
var TrivyReading = class {
	problems = new Map();
	overview = emptyOverview();
	isTrivy = false;
	failure = null;
	root = "scalar";
	rootValue = void 0;
	rootMembers = 0;
	isEmptyList = false;
	#frames = [];
	#next = {
		role: "documents",
		scope: null,
		section: null
	};
	#ready = [];
	#taken = 0;
	#heldBytes = 0;
	#listedDocuments = null;
	#memory;
	constructor(memory) {
		this.#memory = memory;
	}
	choose(path, opening) {
		const frame = this.#frames.at(-1);
		if (frame === void 0) return this.#walk(opening === "object" ? "document" : "documents", null, opening);
		if (this.#frames.length === 1) this.rootMembers++;
		else if (frame.role === "documents" && this.#listedDocuments !== null) this.#listedDocuments++;
		if (frame.section !== null && frame.role === "entries") return opening === "object" ? "text" : "value";
		const role = elementRole$1(frame.role);
		if (role !== null) return opening === "object" ? this.#walk(role, frame.scope, opening, frame.section) : "value";
		const name = String(path.at(-1));
		const rule = ruleOf$1(frame.role, name);
		if (rule === null || frame.scope === null) return "skip";
		if (isTrait(frame.role, name)) this.isTrivy = true;
		return this.#chooseMember(rule, frame.scope, name, opening);
	}
	take(event) {
		if (event.type === "start") this.#start(event.container);
		else if (event.type === "end") this.#end(event);
		else if (event.type === "value") this.#takeValue(event.path, event.value, event.from, event.to);
		else if (event.type === "text") this.#takeEntry({ text: event.text }, event.from, event.to);
		else if (event.type === "unreadable") this.#noteUnreadable(event);
		else if (event.type === "flaw") noteProblem(this.problems, "partial", "ill_formed", event.message);
		else if (event.type === "failure") this.#fail(event);
	}
	nextFinding() {
		for (let entry = this.#ready[this.#taken]; entry !== void 0; entry = this.#ready[this.#taken]) {
			this.#taken++;
			const finding = this.#read(entry);
			if (finding !== null) return finding;
		}
		this.#ready.length = 0;
		this.#taken = 0;
		return null;
	}
	#walk(role, scope, opening, section = null) {
		if (opening === "scalar") return "value";
		this.#next = {
			role,
			scope,
			section
		};
		return "walk";
	}
	#chooseMember(rule, scope, name, opening) {
		if (rule.take === "fact") return "value";
		if (opening === "scalar") return "value";
		const expected = rule.take === "container" ? rule.opening : "array";
		if (rule.take !== "documents" && opening !== expected) {
			if (expected === "array") noteProblem(this.problems, "partial", "wrong_type", `${name} must be an array, not an ${opening}`);
			return "skip";
		}
		if (scope.opened.has(name)) noteProblem(this.problems, "partial", "repeated_member", `${name} stands twice in one object; both were read`);
		scope.opened.add(name);
		if (rule.take === "documents") {
			this.#listedDocuments ??= 0;
			return this.#walk(opening === "array" ? "documents" : "document", scope, opening);
		}
		if (rule.take === "container") return this.#walk(rule.role, scope, opening);
		if (rule.take === "entries" || scope.facts.has("Target")) return this.#walk("entries", scope, opening, rule.section);
		return this.#walk("candidates", scope, opening, rule.section);
	}
	#start(container) {
		const { role, scope, section } = this.#next;
		if (this.#frames.length === 0) this.root = container;
		this.#frames.push({
			role,
			scope: container === "object" ? openScope(role, scope) : scope,
			section
		});
	}
	#takeValue(path, value, from, to) {
		const frame = this.#frames.at(-1);
		if (frame === void 0) {
			this.rootValue = value;
			return;
		}
		if (frame.role === "entries" || elementRole$1(frame.role) !== null) {
			if (frame.role === "entries" && isObject(value)) this.#takeEntry({ value }, from, to);
			else this.#noteNoObject(frame, value, from);
			return;
		}
		if (frame.scope !== null) this.#takeFact(frame.scope, String(path.at(-1)), value);
	}
	#takeFact(scope, name, value) {
		const rule = ruleOf$1(scope.role, name);
		if (rule !== null && rule.take !== "fact") {
			const holdsEntries = rule.take !== "documents" && !(rule.take === "container" && rule.opening === "object");
			if (value === null) scope.opened.add(name);
			else if (holdsEntries) noteProblem(this.problems, "partial", "wrong_type", `${name} must be an array, not a ${typeof value}`);
			return;
		}
		if (scope.settled) noteProblem(this.problems, "partial", "late_member", `${name} stands behind so many entries that they were read without it`);
		if (scope.role === "imageMetadata" && scope.parent !== null) noteRepositoryTags(scope.parent, value);
		if (scope.role === "operatorReport" && name === "scanner") noteScanner(this.overview, value);
		scope.facts.set(name, value);
	}
	#noteNoObject(frame, value, from) {
		const what = frame.section ?? frame.role;
		if (value === null) noteProblem(this.problems, "warning", "entry_missing", `A null stands among the ${what}, at byte ${from}`);
		else noteProblem(this.problems, "partial", "entry_unreadable", `The entry of the ${what} at byte ${from} is no object`);
	}
	#noteUnreadable({ code, path, message }) {
		noteProblem(this.problems, "partial", code, `${path.join(".")}: ${message}`);
	}
	#takeEntry(json, from, to) {
		const frame = this.#frames.at(-1);
		if (frame === void 0 || frame.scope === null || frame.section === null) return;
		this.#place({
			section: frame.section,
			scope: frame.scope,
			json,
			from,
			sourceBytes: to - from
		});
	}
	#place(entry) {
		const awaited = awaitedScope(entry.scope, entry.section);
		if (awaited === null) {
			this.#ready.push(entry);
			return;
		}
		const heldBytes = this.#heldBytes + entry.sourceBytes;
		if (heldBytes > limits.heldBytes && isPlaceable(entry.scope, awaited)) {
			this.#settle(awaited);
			this.#place(entry);
			return;
		}
		if (heldBytes > limits.heldBytesAtMost) {
			noteProblem(this.problems, "partial", "too_much_held", `The entry at byte ${entry.from} was left out: its target stands behind too many entries`);
			return;
		}
		this.#heldBytes = heldBytes;
		awaited.held.push(entry);
	}
	#settle(scope) {
		scope.settled = true;
		const released = scope.held;
		scope.held = [];
		for (const entry of released) {
			this.#heldBytes -= entry.sourceBytes;
			this.#place(entry);
		}
	}
	#read({ section, scope, json, from, sourceBytes }) {
		const { place, name } = locationOf(scope);
		const text = "text" in json ? json.text : null;
		const spot = `${section} ${name}`;
		const known = text === null ? null : this.#memory?.recall(spot, text) ?? null;
		if (known !== null) return known;
		const value = "text" in json ? JSON.parse(json.text) : json.value;
		const reading = isObject(value) ? readEntry(section, value, place, sourceBytes) : "unreadable";
		if (reading === "passed") return null;
		if (reading === "unreadable") {
			noteProblem(this.problems, "partial", "entry_unreadable", `The entry of the ${section} at byte ${from} has no id`);
			return null;
		}
		if (text !== null) this.#memory?.keep(spot, text, reading);
		return reading;
	}
	#end({ from, to }) {
		const frame = this.#frames.pop();
		const scope = frame?.scope;
		if (frame === void 0 || scope === null || scope === void 0 || scope.role !== frame.role) return;
		this.#settle(scope);
		if (scope.role === "candidate" && frame.section !== null) this.#endCandidate(scope, frame.section, from, to);
		if (scope.role === "document") noteDocument(this.overview, scope);
		if (this.#frames.length === 0) this.isEmptyList = this.#listedDocuments === 0 && textOf$1(scope.facts.get("kind"), limits.word)?.endsWith("List") === true;
		if (scope.role === "resource" || scope.role === "candidate") this.#noteScanError(scope);
	}
	#endCandidate(scope, section, from, to) {
		if (scope.parent === null || !looksLikeEntry(section, scope.facts)) return;
		this.#place({
			section,
			scope: scope.parent,
			json: { value: Object.fromEntries(scope.facts) },
			from,
			sourceBytes: to - from
		});
	}
	#noteScanError(scope) {
		const error = textOf$1(scope.facts.get("Error"), limits.word);
		if (error === null) return;
		const name = workloadName(workloadOf(scope)) ?? "A resource";
		noteProblem(this.problems, "partial", "not_scanned", `${name} was not scanned: ${error}`);
	}
	#fail(failure) {
		this.failure = failure;
		const scopes = new Set(this.#frames.map((frame) => frame.scope));
		let lost = 0;
		for (const scope of scopes) {
			lost += scope?.held.length ?? 0;
			if (scope?.role === "document") noteDocument(this.overview, scope);
		}
		if (lost > 0) noteProblem(this.problems, "partial", "entries_lost", `${lost} entries were read, but not what they belong to`);
	}
};
// reports/src/trivy/sniff.ts
const certain$2 = 1;
const likely$1 = .9;
const possible = .6;
const operatorKind = /^(Cluster)?(Vulnerability|ConfigAudit|ExposedSecret|RbacAssessment|InfraAssessment|Compliance)Report(List)?$/;
function sniffTrivy(head) {
	const outline = outlineOf(head);
	if (outline === null) return 0;
	return outline.kind === "array" ? Math.max(0, ...outline.elements.map(confidenceOf$2)) : confidenceOf$2(outline);
}
function confidenceOf$2(document) {
	if (document.kind !== "object") return 0;
	return Math.max(scanConfidence(document), kubernetesConfidence(document), operatorConfidence(document), resultConfidence(document), complianceConfidence(document));
}
function scanConfidence(document) {
	if ((outlineAt(document, "Results")?.elements ?? []).some((result) => resultConfidence(result) > 0)) return certain$2;
	if (typeof outlineAt(document, "SchemaVersion")?.value !== "number") return hasMembers(document, "ArtifactName", "ArtifactType") ? likely$1 : 0;
	return hasMembers(document, "ArtifactName") || hasMembers(document, "ArtifactType") || document.members.has("Results") ? certain$2 : 0;
}
function resultConfidence(result) {
	if (!hasMembers(result, "Target")) return 0;
	if ([
		"Vulnerabilities",
		"Misconfigurations",
		"MisconfSummary",
		"Secrets",
		"Licenses",
		"Packages"
	].some((name) => result.members.has(name))) return likely$1;
	return result.members.has("Class") || result.members.has("Type") || result.members.size === 1 ? possible : 0;
}
function kubernetesConfidence(document) {
	if (typeof outlineAt(document, "ClusterName")?.value !== "string") return 0;
	return [
		"Resources",
		"Findings",
		"Vulnerabilities",
		"Misconfigurations"
	].some((name) => document.members.has(name)) ? likely$1 : possible;
}
function operatorConfidence(document) {
	if ([...document.members.keys()].some((name) => name.endsWith(`reports.aquasecurity.github.io`))) return certain$2;
	const api = outlineAt(document, "apiVersion")?.value;
	const kind = outlineAt(document, "kind")?.value;
	if (typeof kind === "string" && operatorKind.test(kind) && (api === void 0 || typeof api === "string" && api.startsWith(`aquasecurity.github.io/`))) return certain$2;
	const items = outlineAt(document, "items")?.elements ?? [];
	return Math.max(0, ...items.map(operatorConfidence));
}
function complianceConfidence(document) {
	if (hasMembers(document, "ID", "Title", "SummaryControls")) return likely$1;
	return (outlineAt(document, "Results")?.elements ?? []).some((control) => hasMembers(control, "ID", "Name", "Severity", "Results")) ? likely$1 : 0;
}
// reports/src/trivy/reader.ts
const trivyReader = {
	format: "trivy",
	scanType: "trivy",
	sniff: sniffTrivy,
	read: readTrivy
};
async function* readTrivy(source, options = {}) {
	const reading = new TrivyReading(options.memory ?? null);
	for await (const events of sliceJson(source, (path, opening) => reading.choose(path, opening))) for (const event of events) {
		reading.take(event);
		for (let finding = reading.nextFinding(); finding !== null; finding = reading.nextFinding()) yield {
			type: "finding",
			finding
		};
	}
	const refusal = refusalOf$1(reading);
	if (refusal !== null) {
		yield refusal;
		return;
	}
	noteEnd(reading);
	yield {
		type: "summary",
		summary: reading.rootValue === null ? {
			...summaryOf$1(reading.overview),
			shape: "null"
		} : summaryOf$1(reading.overview)
	};
	yield* problemEvents(reading.problems);
}
function refusalOf$1(reading) {
	const { failure, isTrivy, root, rootValue, rootMembers, isEmptyList } = reading;
	const refused = (code, message) => ({
		type: "problem",
		severity: "refused",
		code,
		message
	});
	if (failure !== null && failure.code !== "syntax" && failure.code !== "truncated") return refused(`json_${failure.code}`, failure.message);
	if (failure !== null && !isTrivy) return refused(`json_${failure.code}`, failure.message);
	return isTrivy || (root === "scalar" ? rootValue === null : rootMembers === 0 || isEmptyList) ? null : refused("not_trivy", "The content is JSON, but not a report of Trivy");
}
function noteEnd(reading) {
	const { failure, problems, overview } = reading;
	if (failure !== null) noteProblem(problems, "partial", failure.code === "truncated" ? "cut_off" : "ill_formed", failure.message);
	for (const shape of overview.shapes) if (shape.startsWith("schema-") && shape !== "schema-2") noteProblem(problems, "warning", "schema_unknown", `The report has ${shape.replace("-", " ")}; it was read as schema 2`);
}
// reports/src/zap/places.ts
const address = /^([a-z][a-z\d+.-]*):\/\/([^/?#]*)/i;
const uuid = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi;
const longHex = /(?<![\dA-Za-z])(?=[a-f]*\d)[\da-f]{12,}(?![\dA-Za-z])/gi;
const number = /(?<=\/)\d+(?=$|[/?#\s(])/g;
const defaultPorts = new Map([["http", ":80"], ["https", ":443"]]);
function originOf(uri) {
	const found = address.exec(uri.trim());
	if (found === null) return uri.trim().replace(/\/+$/, "");
	const scheme = (found[1] ?? "").toLowerCase();
	const host = (found[2] ?? "").toLowerCase();
	const port = defaultPorts.get(scheme);
	return `${scheme}://${port !== void 0 && host.endsWith(port) ? host.slice(0, -port.length) : host}`;
}
function hostOf(origin) {
	return origin.replace(address, "$2");
}
function requestKey({ method, uri, nodeName, parameter }) {
	const path = masked((nodeName ?? nodeOf(uri ?? "")).replace(address, ""));
	return identityPart([
		method?.toUpperCase() ?? null,
		path === "" ? "/" : path,
		parameter
	].filter((part) => part !== null).join(" "), limits.word) ?? "";
}
function nodeOf(uri) {
	const [address = ""] = uri.split("#", 1);
	const query = address.indexOf("?");
	if (query === -1) return address;
	const names = address.slice(query + 1).split("&", limits.detailEntries * 2).map((pair) => pair.split("=", 1)[0] ?? "");
	return `${address.slice(0, query)} (${[...new Set(names)].toSorted().join(",")})`;
}
function masked(path) {
	if (!/\d/.test(path)) return path;
	return (/[\da-f]{12}/i.test(path) ? path.replaceAll(uuid, "{uuid}").replaceAll(longHex, "{hex}") : path).replaceAll(number, "{n}");
}
// reports/src/zap/instances.ts
const shownMembers = [
	["uri", "uri"],
	["node_name", "nodename"],
	["method", "method"],
	["param", "param"],
	["attack", "attack"],
	["evidence", "evidence"],
	["other_info", "otherinfo"]
];
const messages = [["request", [["header", "requestheader"], ["body", "requestbody"]]], ["response", [["header", "responseheader"], ["body", "responsebody"]]]];
const nameCharacters = 16;
function noInstances() {
	return {
		count: 0,
		shown: [],
		characters: 0,
		isFull: false,
		firstUri: null,
		firstKey: null
	};
}
function takeInstance(instances, facts) {
	instances.count++;
	if (instances.isFull || facts.size === 0) return;
	const uri = facts.get("uri") ?? null;
	const key = requestKey({
		method: facts.get("method") ?? null,
		uri,
		nodeName: facts.get("nodename") ?? null,
		parameter: facts.get("param") ?? null
	});
	instances.firstUri ??= uri;
	instances.firstKey ??= key;
	const instance = { key };
	let characters = key.length + nameCharacters + take(instance, shownMembers, facts);
	if (instances.shown.length < limits.exchanges) for (const [name, parts] of messages) {
		const message = {};
		const length = take(message, parts, facts);
		if (length > 0) instance[name] = message;
		characters += length;
	}
	instances.characters += characters;
	instances.isFull = instances.characters > limits.instanceCharacters;
	if (instances.isFull) return;
	instances.shown.push(instance);
	instances.isFull = instances.shown.length === limits.instances;
}
function take(target, members, facts) {
	let characters = 0;
	for (const [name, fact] of members) {
		const known = facts.get(fact);
		if (known === void 0) continue;
		const text = known.length > limits.instanceText ? cleanText(known, limits.instanceText) : known;
		target[name] = text;
		characters += text.length + nameCharacters;
	}
	return characters;
}
// reports/src/zap/names.ts
const formerNames = new Map([["10015", new Map([["incomplete or no cache-control and pragma http header set", "re-examine cache-control directives"], ["incomplete or no cache-control header set", "re-examine cache-control directives"]])], ["10020", new Map([["x-frame-options header not set", "missing anti-clickjacking header"], ["x-frame-options header missing", "missing anti-clickjacking header"]])]]);
function stableName(plugin, name) {
	const lower = name.trim().toLowerCase().replace(/^csp scanner: /, "csp: ");
	return formerNames.get(plugin ?? "")?.get(lower) ?? lower;
}
function pluginOf(pluginId, alertRef) {
	return pluginId ?? /^(-?\d+)(?:-\d+)?$/.exec(alertRef ?? "")?.[1] ?? alertRef;
}
const firstScriptPlugin = 5e4;
const lastScriptPlugin = 50003;
function helpPage(plugin, alertRef) {
	const number = /^\d{1,6}$/.test(plugin ?? "") ? Number(plugin) : 0;
	if (number === 0 || number >= firstScriptPlugin && number <= lastScriptPlugin) return null;
	return `https://www.zaproxy.org/docs/alerts/${/^\d{1,6}-\d{1,3}$/.test(alertRef ?? "") ? alertRef : plugin}/`;
}
// reports/src/zap/texts.ts
const factLimits = new Map([
	["pluginid", limits.word],
	["alertref", limits.word],
	["alert", limits.title],
	["name", limits.title],
	["riskcode", limits.word],
	["confidence", limits.word],
	["riskdesc", limits.word],
	["confidencedesc", limits.word],
	["desc", limits.xmlText],
	["solution", limits.xmlText],
	["otherinfo", limits.xmlText],
	["reference", limits.xmlText],
	["count", limits.word],
	["systemic", limits.word],
	["cweid", limits.word],
	["wascid", limits.word],
	["sourceid", limits.word],
	["uri", limits.url],
	["nodename", limits.url],
	["method", limits.word],
	["param", limits.word],
	["attack", limits.instanceText],
	["evidence", limits.instanceText],
	["requestheader", limits.instanceText],
	["requestbody", limits.instanceText],
	["responseheader", limits.instanceText],
	["responsebody", limits.instanceText]
]);
const spellings = new Map([
	...[...factLimits.keys()].map((name) => [name, name]),
	["alertRef", "alertref"],
	["nodeName", "nodename"],
	["request-header", "requestheader"],
	["request-body", "requestbody"],
	["response-header", "responseheader"],
	["response-body", "responsebody"]
]);
function factName(name) {
	return spellings.get(name) ?? null;
}
function factOf$1(name, value) {
	if (value === "") return null;
	const limit = factLimits.get(name);
	if (limit === void 0 || typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return null;
	const whole = String(value);
	const text = lineBreaks(whole.length > limit * 2 ? whole.slice(0, limit * 2) : whole).trim();
	return text === "" ? null : cleanText(text, limit);
}
// reports/src/zap/alert.ts
const risks = new Map([
	["3", {
		severity: "high",
		word: "high"
	}],
	["2", {
		severity: "medium",
		word: "medium"
	}],
	["1", {
		severity: "low",
		word: "low"
	}],
	["0", {
		severity: "info",
		word: "informational"
	}]
]);
const confidences = [
	"false positive",
	"low",
	"medium",
	"high",
	"confirmed"
];
const ownRequest = [
	"uri",
	"method",
	"param",
	"attack",
	"evidence",
	"nodename"
];
function newAlert() {
	return {
		facts: new Map(),
		tags: [],
		instances: noInstances(),
		sourceBytes: 0
	};
}
function takeFact(draft, name, value) {
	const fact = factOf$1(name, value);
	if (fact !== null) draft.facts.set(name, fact);
}
function takeTag(draft, tag, link) {
	if (tag === null || draft.tags.length === limits.detailEntries) return;
	draft.tags.push(compact({
		tag: cleanText(tag, limits.word),
		link: webAddress(link)
	}));
}
function isTelling({ facts }) {
	return facts.has("alert") || facts.has("name") || facts.has("pluginid") || facts.has("alertref");
}
function siteOfRequests({ instances, facts }) {
	const uri = instances.firstUri ?? facts.get("uri");
	return uri === void 0 || uri === null ? null : originOf(uri);
}
function findingOf(draft, site) {
	const { facts, instances } = draft;
	const isSingle = instances.count === 0 && ownRequest.some((name) => facts.has(name));
	if (isSingle) takeInstance(instances, facts);
	const alertRef = facts.get("alertref") ?? null;
	const plugin = pluginOf(facts.get("pluginid") ?? null, alertRef);
	const name = facts.get("alert") ?? facts.get("name") ?? null;
	const risk = riskOf(facts);
	const confidence = confidenceOf$1(facts);
	const title = cleanText(name ?? `Alert ${plugin ?? ""}`, limits.title);
	const description = paragraphsText(facts.get("desc") ?? null, limits.description);
	const detail = compact({
		description,
		solution: paragraphsText(facts.get("solution") ?? null, limits.description),
		other_info: paragraphsText(facts.get("otherinfo") ?? null, limits.description),
		references: referencesOf(facts.get("reference") ?? null),
		confidence,
		risk_description: facts.get("riskdesc"),
		cwe_ids: weakness("CWE", facts.get("cweid")),
		wasc_ids: weakness("WASC", facts.get("wascid")),
		plugin_id: plugin,
		alert_ref: alertRef,
		source_id: facts.get("sourceid"),
		tags: draft.tags,
		instance_count: instances.count,
		count: numberOf(facts.get("count")),
		systemic: facts.get("systemic")?.toLowerCase() === "true" ? true : null,
		instances: instances.shown
	});
	const requestKey = isSingle ? instances.firstKey : null;
	return {
		kind: "issue",
		rule: alertRef ?? plugin ?? title,
		severity: risk?.severity ?? "unknown",
		severityWord: risk?.word ?? null,
		standing: confidence === confidences[0] ? "dismissed" : "open",
		title,
		message: cleanText(description ?? title, limits.message),
		target: site,
		path: null,
		line: null,
		packageName: null,
		installedVersion: null,
		fixedVersion: null,
		url: helpPage(plugin, alertRef),
		detail: fitDetail(detail, draft.sourceBytes),
		toolKey: null,
		isPlaced: false,
		identity: [
			"zap",
			site === null ? null : originOf(site),
			plugin,
			name === null ? null : stableName(plugin, name),
			requestKey
		].map((part) => identityPart(part, limits.identityPart)),
		variant: [risk?.word, confidence].filter((word) => word !== void 0 && word !== null).join(" ")
	};
}
function riskOf(facts) {
	const known = risks.get(facts.get("riskcode") ?? "");
	if (known !== void 0) return known;
	const word = /^[a-z]+/i.exec(facts.get("riskdesc") ?? "")?.[0]?.toLowerCase();
	return [...risks.values()].find((risk) => risk.word === word) ?? null;
}
function confidenceOf$1(facts) {
	const word = confidences[numberOf(facts.get("confidence")) ?? -1];
	if (word !== void 0) return word;
	const described = facts.get("confidencedesc") ?? /\(([^()]+)\)\s*$/.exec(facts.get("riskdesc") ?? "")?.[1];
	return confidences.find((word) => word === described?.toLowerCase()) ?? null;
}
function weakness(list, id) {
	return id !== void 0 && /^[1-9]\d{0,9}$/.test(id) ? [`${list}-${id}`] : [];
}
function referencesOf(html) {
	return (paragraphsText(html, limits.description) ?? "").split(/\s+/).filter((word) => word.length <= limits.url).map((word) => webAddress(word)).filter((address) => address !== null).slice(0, limits.references);
}
// reports/src/zap/json-roles.ts
const sites = {
	take: "list",
	list: "sites",
	element: "site"
};
const alerts = {
	take: "list",
	list: "alerts",
	element: "alert"
};
const lists = {
	document: new Map([
		["site", sites],
		["sites", sites],
		["OWASPZAPReport", {
			take: "list",
			list: "document",
			element: "document"
		}],
		["afPlanErrors", {
			take: "list",
			list: "errors",
			element: null
		}]
	]),
	site: new Map([["alerts", alerts], ["alertitems", alerts]]),
	alert: new Map([
		["alertitem", alerts],
		["alertitems", alerts],
		["alert", alerts],
		["instances", {
			take: "list",
			list: "instances",
			element: null
		}],
		["tags", {
			take: "list",
			list: "tags",
			element: null
		}]
	])
};
const documentFacts = new Set(["version", "programName"]);
const siteFacts$1 = new Set([
	"name",
	"host",
	"port",
	"ssl"
]);
function elementRole(role) {
	return role === "sites" ? "site" : role === "alerts" ? "alert" : null;
}
function ruleOf(role, memberName, opening) {
	const name = memberName.startsWith("@") ? memberName.slice(1) : memberName;
	const fact = factOf(role, name);
	if (fact !== null && opening === "scalar") return {
		take: "fact",
		name: fact
	};
	return lists[role]?.get(name) ?? null;
}
function factOf(role, name) {
	if (role === "alert") return factName(name);
	return (role === "document" ? documentFacts.has(name) : role === "site" && siteFacts$1.has(name)) ? name : null;
}
// reports/src/zap/scan.ts
const siteFacts = new Set([
	"name",
	"host",
	"port",
	"ssl"
]);
const noEvents = [];
const mostSites = 100;
const mostListed = 3;
const alertBytes = 2e3;
var ZapScan = class {
	problems = new Map();
	toolVersion = null;
	isZap = false;
	planErrors = 0;
	#tallies = new Map();
	#ready = [];
	#sites = [];
	#siteCount = 0;
	noteVersion(value) {
		this.toolVersion ??= textOf$1(value, limits.summary);
	}
	openSite() {
		this.#siteCount++;
		this.#sites.push({
			facts: new Map(),
			held: [],
			heldBytes: 0,
			isReleased: false,
			tally: null
		});
	}
	takeSiteFact(name, value) {
		const site = this.#sites.at(-1);
		const text = textOf$1(value, limits.target)?.trim();
		if (site === void 0 || text === void 0 || text === "" || !siteFacts.has(name)) return;
		site.facts.set(name, text);
		if (name !== "name") return;
		if (site.isReleased) noteProblem(this.problems, "partial", "late_member", "A site's name stands behind so many alerts that they were read without it");
		this.#release(site);
	}
	closeSite() {
		const site = this.#sites.pop();
		if (site !== void 0) this.#release(site);
	}
	takeAlert(draft, where) {
		if (!isTelling(draft)) {
			noteProblem(this.problems, "partial", "entry_unreadable", `The alert ${where} has no name`);
			return;
		}
		const site = this.#sites.at(-1);
		if (site === void 0 || site.facts.has("name") || site.isReleased) {
			this.#give(draft, site);
			return;
		}
		site.held.push(draft);
		site.heldBytes += draft.sourceBytes + alertBytes;
		if (site.heldBytes > limits.heldBytes) {
			site.isReleased = true;
			this.#release(site);
		}
	}
	takeEvents() {
		return this.#ready.length === 0 ? noEvents : this.#ready.splice(0);
	}
	noteEnd() {
		if (this.#siteCount === 0) noteProblem(this.problems, "warning", "no_site", "ZAP reached no site, so the report says nothing of what is fixed");
		if (this.planErrors > 0) {
			const errors = this.planErrors === 1 ? "an error" : `${this.planErrors} errors`;
			noteProblem(this.problems, "warning", "plan_errors", `ZAP's plan had ${errors}, so something may not have been scanned`);
		}
	}
	summary(shape) {
		const names = [...this.#tallies.values()].map(({ name }) => name);
		const [first] = names;
		const listed = names.length > mostListed && first !== void 0 ? `${first} and others` : names.join(", ");
		return {
			tool: "ZAP",
			toolVersion: this.toolVersion,
			shape,
			artifact: listed === "" ? null : cleanText(listed, limits.summary),
			artifactScope: identityPart(this.#mainHost(), limits.summary) ?? "",
			isComplete: this.#siteCount > 0 && this.planErrors === 0
		};
	}
	#release(site) {
		const { held } = site;
		site.held = [];
		site.heldBytes = 0;
		for (const draft of held) this.#give(draft, site);
		this.#tallyOf(site);
	}
	#give(draft, site) {
		const finding = findingOf(draft, site === void 0 ? siteOfRequests(draft) : nameOf(site) ?? siteOfRequests(draft));
		this.#ready.push({
			type: "finding",
			finding
		});
		const tally = site === void 0 ? null : this.#tallyOf(site, finding.target);
		if (tally === null) return;
		tally.alerts++;
		tally.instances += draft.instances.count;
	}
	#tallyOf(site, otherwise = null) {
		const name = nameOf(site) ?? otherwise;
		if (name === null) return null;
		site.tally ??= this.#tallies.get(originOf(name)) ?? {
			name,
			alerts: 0,
			instances: 0
		};
		if (this.#tallies.size < mostSites) this.#tallies.set(originOf(name), site.tally);
		return site.tally;
	}
	#mainHost() {
		let main = null;
		for (const tally of this.#tallies.values()) if (main === null || tally.alerts > main.alerts || tally.alerts === main.alerts && tally.instances > main.instances) main = tally;
		return main === null ? "" : hostOf(originOf(main.name));
	}
};
function nameOf({ facts }) {
	const name = facts.get("name");
	if (name !== void 0) return name;
	const host = facts.get("host");
	if (host === void 0) return null;
	const scheme = facts.get("ssl")?.toLowerCase() === "true" ? "https" : "http";
	const port = facts.get("port");
	return originOf(`${scheme}://${host}${port === void 0 ? "" : `:${port}`}`);
}
// reports/src/zap/json-reading.ts
var ZapJsonReading = class {
	#scan = new ZapScan();
	problems = this.#scan.problems;
	#frames = [];
	#next = "document";
	choose(path, opening) {
		const frame = this.#frames.at(-1);
		if (frame === void 0) return opening === "object" ? this.#walk("document") : "skip";
		const name = path.at(-1);
		if (typeof name === "number") return this.#chooseElement(frame, opening);
		const rule = ruleOf(frame.role, String(name), opening);
		if (rule === null) return this.#passOver(frame, String(name));
		if (rule.take === "fact" || opening === "scalar") return "value";
		return this.#chooseList(frame, rule, opening);
	}
	take(part) {
		if (part.type === "start") this.#start();
		else if (part.type === "end") this.#end(part.from, part.to);
		else if (part.type === "value") this.#takeValue(part.path, part.value, part.from);
		else if (part.type === "skipped") this.#countSkipped();
		return this.#scan.takeEvents();
	}
	refusal() {
		return this.#scan.isZap ? null : {
			code: "not_zap",
			message: "The content is JSON, but not a report of ZAP"
		};
	}
	finish(isCutOff) {
		while (this.#frames.length > 0) {
			const frame = this.#frames.at(-1);
			if (frame?.role === "alert" && frame.alert !== null && !isWorthKeeping(frame.alert)) this.#frames.pop();
			else this.#end(0, limits.elementBytes);
		}
		if (!isCutOff) this.#scan.noteEnd();
		return {
			events: this.#scan.takeEvents(),
			summary: this.#scan.summary("json")
		};
	}
	#walk(role) {
		this.#next = role;
		return "walk";
	}
	#chooseElement({ role, alert }, opening) {
		if (alert?.instances.isFull === true && role === "instances" && opening === "object") return "skip";
		const element = elementRole(role);
		return element !== null && opening === "object" ? this.#walk(element) : "value";
	}
	#chooseList(frame, rule, opening) {
		if (rule.list === "sites" || rule.list === "alerts") this.#scan.isZap = true;
		if (rule.list === "alerts" && frame.role === "alert") frame.holdsAlerts = true;
		if (opening === "object") return rule.element === null ? "value" : this.#walk(rule.element);
		if (rule.list !== "document") return this.#walk(rule.list);
		noteProblem(this.problems, "partial", "wrong_type", "OWASPZAPReport must be an object, not an array");
		return "skip";
	}
	#passOver(frame, name) {
		if (frame.role === "document" && name === "@generated") this.#scan.isZap = true;
		return "skip";
	}
	#start() {
		const role = this.#next;
		const alert = role === "alert" ? newAlert() : role === "instances" || role === "tags" ? this.#frames.at(-1)?.alert ?? null : null;
		this.#frames.push({
			role,
			alert,
			holdsAlerts: false
		});
		if (role === "site") this.#scan.openSite();
	}
	#end(from, to) {
		const frame = this.#frames.pop();
		if (frame?.role === "site") this.#scan.closeSite();
		if (frame?.role !== "alert" || frame.alert === null || frame.holdsAlerts && !isTelling(frame.alert)) return;
		frame.alert.sourceBytes = to - from;
		this.#scan.takeAlert(frame.alert, `at byte ${from}`);
	}
	#takeValue(path, value, from) {
		const frame = this.#frames.at(-1);
		const name = path.at(-1);
		if (frame === void 0 || name === void 0) return;
		const { alert } = frame;
		if (frame.role === "errors") this.#scan.planErrors++;
		else if (frame.role === "instances" && alert !== null) this.#takeInstance(alert, value, from);
		else if (frame.role === "tags" && alert !== null) takeTags(alert, value);
		else if (typeof name === "number") noteNoObject(this.problems, elementRole(frame.role) ?? "member", value, from);
		else this.#takeMember(frame, name, value, from);
	}
	#takeMember(frame, member, value, from) {
		const rule = ruleOf(frame.role, member, isObject(value) ? "object" : "scalar");
		if (rule?.take === "list") this.#takeListValue(frame, rule, member, value, from);
		else if (rule !== null && frame.role === "document") this.#takeDocumentFact(rule.name, value);
		else if (rule !== null && frame.role === "site") this.#scan.takeSiteFact(rule.name, value);
		else if (rule !== null && frame.alert !== null) takeFact(frame.alert, rule.name, value);
	}
	#takeListValue(frame, { list }, name, value, from) {
		if (value === null || value === "") return;
		if (list === "tags" && frame.alert !== null) takeTags(frame.alert, value);
		else if (list === "instances" && frame.alert !== null && isObject(value)) {
			const inner = member(value, "instance");
			for (const instance of inner === void 0 ? [value] : Array.isArray(inner) ? inner : [inner]) this.#takeInstance(frame.alert, instance, from);
		} else if (list !== "errors") noteProblem(this.problems, "partial", "wrong_type", `${name} must be a list, not a ${typeof value}`);
	}
	#takeDocumentFact(name, value) {
		if (name === "version") this.#scan.noteVersion(value);
		else if (textOf$1(value, limits.word)?.includes("ZAP") === true) this.#scan.isZap = true;
	}
	#takeInstance(alert, value, from) {
		if (isObject(value)) takeInstance(alert.instances, factsOf(value));
		else noteNoObject(this.problems, "instance", value, from);
	}
	#countSkipped() {
		const frame = this.#frames.at(-1);
		if (frame?.role === "instances" && frame.alert !== null) takeInstance(frame.alert.instances, new Map());
	}
};
function isWorthKeeping(alert) {
	return isTelling(alert) && alert.facts.has("riskcode");
}
function takeTags(alert, value) {
	for (const tag of Array.isArray(value) ? listOf(value) : [value]) if (isObject(tag)) takeTag(alert, textOf$1(member(tag, "tag"), limits.word), textOf$1(member(tag, "link"), limits.url));
	else takeTag(alert, textOf$1(tag, limits.word), null);
}
function factsOf(value) {
	const facts = new Map();
	for (const name of Object.keys(value)) {
		const known = factName(name);
		const fact = known === null ? null : factOf$1(known, member(value, name));
		if (known !== null && fact !== null) facts.set(known, fact);
	}
	return facts;
}
// reports/src/zap/json-reader.ts
const zapJsonReader = {
	format: "zap-json",
	scanType: "zap",
	sniff: sniffZapJson,
	read: readZapJson
};
const certain$1 = 1;
const likely = .9;
function readZapJson(source) {
	return readJsonReport(source, new ZapJsonReading());
}
function sniffZapJson(head) {
	const outline = outlineOf(head);
	const wrapped = outlineAt(outline, "OWASPZAPReport");
	return Math.max(confidenceOf(outline), wrapped === null ? 0 : confidenceOf(wrapped));
}
function confidenceOf(document) {
	if (document === null || document.kind !== "object") return 0;
	const site = outlineAt(document, "site");
	if (site !== null && site.kind === "scalar" && site.value !== null) return 0;
	const program = outlineAt(document, "@programName")?.value;
	if (typeof program === "string" && program.includes("ZAP")) return certain$1;
	const sites = site === null ? [] : [site, ...site.elements];
	if (sites.some((one) => hasMembers(one, "@name") || hasMembers(one, "@host"))) return certain$1;
	if (hasMembers(document, "@version", "@generated")) return certain$1;
	return sites.some((one) => hasMembers(one, "alerts")) ? likely : 0;
}
// reports/src/zap/xml-reading.ts
const elementBytes = 16;
var ZapXmlReading = class {
	scan = new ZapScan();
	#rootName = null;
	#depth = 0;
	#siteDepth = 0;
	#alert = null;
	#alertDepth = 0;
	#alertCount = 0;
	#instance = null;
	#tag = null;
	#tagDepth = 0;
	#field = null;
	take(event) {
		if (event.type === "open") this.#open(event.name, event.attributes);
		else if (event.type === "close") this.#close(event.name);
		else if (event.type === "text") this.#takeText(event.text);
		if (this.#rootName === null || this.scan.isZap) return null;
		return {
			type: "problem",
			severity: "refused",
			code: "not_zap",
			message: `The root of the XML is <${this.#rootName}>, not <OWASPZAPReport>`
		};
	}
	finish() {
		const alert = this.#alert;
		if (alert !== null && isTelling(alert) && alert.facts.has("riskcode")) this.#endAlert(alert);
		if (this.#siteDepth > 0) this.scan.closeSite();
	}
	#open(name, attributes) {
		this.#depth++;
		if (this.#rootName === null) {
			this.#rootName = name;
			this.scan.isZap = name === "OWASPZAPReport";
			this.scan.noteVersion(attributes.get("version"));
		} else if (name === "alertitem") this.#openAlert();
		else if (name === "site" && (this.#alert === null || attributes.size > 0)) this.#openSite(attributes);
		else if (this.#alert !== null) this.#openInAlert(name);
	}
	#openSite(attributes) {
		if (this.#alert !== null) this.#endAlert(this.#alert);
		if (this.#siteDepth > 0) this.scan.closeSite();
		this.#siteDepth = this.#depth;
		this.scan.openSite();
		for (const [name, value] of attributes) this.scan.takeSiteFact(name, value);
	}
	#openAlert() {
		if (this.#alert !== null) this.#endAlert(this.#alert);
		this.#alert = newAlert();
		this.#alertDepth = this.#depth;
		this.#alertCount++;
	}
	#openInAlert(name) {
		const fact = factName(name);
		if (this.#field !== null) this.#breakLine(name);
		else if (name === "instance") this.#instance = new Map();
		else if (name === "tag" && this.#tag === null) {
			this.#tag = {
				tag: null,
				link: null
			};
			this.#tagDepth = this.#depth;
			this.#openField(name);
		} else if (this.#tag !== null || fact !== null) this.#openField(fact ?? name);
	}
	#openField(name) {
		this.#field = {
			name,
			depth: this.#depth,
			pieces: [],
			characters: 0
		};
	}
	#breakLine(name) {
		if (name === "p" || name === "br") this.#takeText("\n");
		else if (this.#tag !== null && this.#field?.name === "tag") this.#openField(name);
	}
	#takeText(text) {
		const field = this.#field;
		if (field === null || field.characters >= limits.xmlText) return;
		field.pieces.push(text);
		field.characters += text.length;
	}
	#close(name) {
		const depth = this.#depth--;
		const field = this.#field;
		if (field !== null && depth <= field.depth) this.#endField(field);
		else if (field !== null && name === "p") this.#takeText("\n");
		if (this.#tag !== null && depth <= this.#tagDepth) this.#endTag(this.#tag);
		if (this.#alert !== null && this.#instance !== null && name === "instance") this.#endInstance(this.#alert, this.#instance);
		if (this.#alert !== null && depth <= this.#alertDepth) this.#endAlert(this.#alert);
		if (this.#siteDepth > 0 && depth <= this.#siteDepth) {
			this.#siteDepth = 0;
			this.scan.closeSite();
		}
	}
	#endField(field) {
		this.#field = null;
		const text = field.pieces.join("");
		if (this.#alert === null || text === "") return;
		this.#alert.sourceBytes += Buffer.byteLength(text) + elementBytes;
		if (this.#tag !== null) {
			if (field.name === "tag" || field.name === "link") this.#tag[field.name] ??= text.trim();
		} else if (this.#instance === null) takeFact(this.#alert, field.name, text);
		else {
			const fact = factOf$1(field.name, text);
			if (fact !== null) this.#instance.set(field.name, fact);
		}
	}
	#endTag(tag) {
		this.#tag = null;
		if (this.#alert !== null && this.#instance === null) takeTag(this.#alert, tag.tag === "" ? null : tag.tag, tag.link);
	}
	#endInstance(alert, instance) {
		takeInstance(alert.instances, instance);
		this.#instance = null;
	}
	#endAlert(alert) {
		if (this.#field !== null) this.#endField(this.#field);
		if (this.#instance !== null) this.#endInstance(alert, this.#instance);
		this.#tag = null;
		this.#alert = null;
		this.scan.takeAlert(alert, `number ${this.#alertCount}`);
	}
};
// reports/src/zap/xml-reader.ts
const zapXmlReader = {
	format: "zap-xml",
	scanType: "zap",
	sniff: sniffZapXml,
	read: readZapXml
};
const certain = 1;
async function* readZapXml(source) {
	const reading = new ZapXmlReading();
	const { scan } = reading;
	for await (const events of xmlEvents(source)) for (const event of events) {
		const refusal = event.type === "problem" ? noteXmlProblem(scan.problems, event) : reading.take(event);
		if (refusal !== null) {
			yield refusal;
			return;
		}
		for (const finding of scan.takeEvents()) yield finding;
	}
	reading.finish();
	yield* scan.takeEvents();
	if (![...scan.problems.values()].some(({ severity }) => severity === "partial")) scan.noteEnd();
	yield {
		type: "summary",
		summary: scan.summary("xml")
	};
	yield* problemEvents(scan.problems);
}
function sniffZapXml(head) {
	return rootElementOf(head)?.name === "OWASPZAPReport" ? certain : 0;
}
// reports/src/registry.ts
const readers = checked([
	trivyReader,
	sonarqubeReader,
	zapJsonReader,
	zapXmlReader,
	eslintReader,
	sarifReader,
	checkstyleReader,
	ctrfReader,
	jestReader,
	tapReader,
	junitReader
]);
const firstBytes = 4096;
const leastConfidence = .5;
const hintConfidence = .5;
function readerOf(format) {
	return readers.find((reader) => reader.format === format) ?? null;
}
function recognise(head, hint) {
	const bytes = head.subarray(0, limits.headBytes);
	const likelyFirst = readers.toSorted((one, other) => Number(other.scanType === hint) - Number(one.scanType === hint));
	const first = surest(head.subarray(0, firstBytes), likelyFirst);
	if (first?.confidence === 1) return recognised(first, bytes);
	const best = surest(bytes);
	if (best !== null) return recognised(best, bytes);
	if (hint === void 0 || hint === "test" || !saysNothing(bytes)) return null;
	const reader = readers.find(({ scanType }) => scanType === hint);
	return reader === void 0 ? null : recognised({
		reader,
		confidence: hintConfidence
	}, bytes);
}
function recognised({ reader, confidence }, bytes) {
	return {
		reader,
		scanType: reader.scanTypeOf?.(bytes) ?? reader.scanType,
		confidence
	};
}
function surest(bytes, among = readers) {
	let best = null;
	for (const reader of among) {
		if (best?.confidence === 1) break;
		const confidence = reader.sniff(bytes);
		if (confidence >= leastConfidence && confidence > (best?.confidence ?? 0)) best = {
			reader,
			confidence
		};
	}
	return best;
}
function saysNothing(bytes) {
	const outline = outlineOf(bytes);
	if (outline === null || !outline.isComplete) return false;
	if (outline.kind === "scalar") return outline.value === null;
	const items = outlineAt(outline, "items");
	return outlineAt(outline, "kind")?.value === "List" && items !== null && items.isComplete && items.elements.length === 0 || outline.members.size === 0 && outline.elements.length === 0;
}
function checked(list) {
	if (new Set(list.map(({ format }) => format)).size !== list.length) throw new Error("two readers in the registry name the same format");
	return list;
}
// reports/src/unsupported.ts
const anyElement = (root, ...names) => root?.elements.some((element) => hasMembers(element, ...names)) === true;
const jsonFormats = [
	{
		name: "Generic issues for SonarQube",
		matches: (root) => anyElement(outlineAt(root, "issues"), "engineId", "ruleId")
	},
	{
		name: "Stylelint JSON",
		matches: (root) => anyElement(root, "source", "warnings")
	},
	{
		name: "Pylint JSON",
		matches: (root) => anyElement(root, "module", "symbol", "message-id") || anyElement(outlineAt(root, "messages"), "module", "symbol")
	},
	{
		name: "ShellCheck JSON",
		matches: (root) => anyElement(root, "file", "level", "code") || anyElement(outlineAt(root, "comments"), "file", "level", "code")
	},
	{
		name: "Mocha JSON",
		matches: (root) => hasMembers(root, "stats", "tests")
	},
	{
		name: "RSpec JSON",
		matches: (root) => hasMembers(root, "examples", "summary_line")
	},
	{
		name: "Dart test JSON",
		matches: (root) => hasMembers(root, "protocolVersion", "runnerVersion")
	},
	{
		name: "CycloneDX",
		matches: (root) => hasMembers(root, "bomFormat")
	},
	{
		name: "SPDX",
		matches: (root) => hasMembers(root, "spdxVersion")
	},
	{
		name: "Grype JSON",
		matches: (root) => hasMembers(root, "matches", "descriptor")
	},
	{
		name: "Semgrep JSON",
		matches: (root) => anyElement(outlineAt(root, "results"), "check_id", "path")
	},
	{
		name: "GitLab security report",
		matches: (root) => hasMembers(root, "scan", "vulnerabilities", "version")
	},
	{
		name: "npm audit JSON",
		matches: (root) => hasMembers(root, "auditReportVersion")
	},
	{
		name: "Gitleaks JSON",
		matches: (root) => anyElement(root, "RuleID", "Commit", "File")
	}
];
const xmlFormats = new Map([
	["test-run", "NUnit XML"],
	["test-results", "NUnit XML"],
	["test-suite", "NUnit XML"],
	["assemblies", "xUnit.net XML"],
	["assembly", "xUnit.net XML"],
	["TestRun", "Visual Studio TRX"],
	["testng-results", "TestNG XML"],
	["robot", "Robot Framework XML"],
	["Catch2TestRun", "Catch2 XML"],
	["TestLog", "Boost.Test XML"],
	["TestResult", "Boost.Test XML"],
	["TestCase", "Qt Test XML"],
	["BugCollection", "SpotBugs XML"],
	["pmd", "PMD XML"],
	["coverage", "Coverage XML"],
	["html", "HTML"]
]);
function nameOfUnsupported(head) {
	const bytes = head.subarray(0, limits.headBytes);
	const element = rootElementOf(bytes)?.name ?? null;
	if (element !== null) return xmlFormats.get(element) ?? (element.toLowerCase() === "html" ? "HTML" : `XML with the root <${element.slice(0, 100)}>`);
	const archive = nameOfBinary(bytes);
	if (archive !== null) return archive;
	const root = outlineOf(bytes);
	return root === null ? null : jsonFormats.find(({ matches }) => matches(root))?.name ?? null;
}
function nameOfBinary(bytes) {
	const [first, second] = bytes;
	if (first === 80 && second === 75) return "a ZIP archive";
	if (first === 31 && second === 139) return "gzip-compressed data";
	return first === 255 && second === 254 || first === 254 && second === 255 || second === 0 ? "UTF-16 text (send it as UTF-8)" : null;
}
// send/src/files.ts
const headBytes = 65536;
const compressFromBytes = 65536;
const mostFiles$1 = 1e3;
async function findFiles(patterns, cwd) {
	const paths = new Set();
	for (const pattern of patterns) {
		const path = isAbsolute(pattern) ? pattern : join(cwd, pattern);
		const found = await stat(path).then(() => true, () => false) ? [path] : matches(pattern, cwd);
		if (found.length === 0) throw new SendProblem(`${JSON.stringify(pattern)} is no file, and no file's name fits it. Check the path; patterns are taken relative to ${cwd}.`);
		for (const each of found) paths.add(each);
	}
	if (paths.size > mostFiles$1) throw new SendProblem(`${paths.size} files are more than the ${mostFiles$1} that can be sent at once. Name fewer.`);
	return [...paths];
}
function matches(pattern, cwd) {
	if (!/[*?[{]/.test(pattern)) return [];
	return globSync(pattern, {
		cwd,
		withFileTypes: true
	}).filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name)).toSorted();
}
async function inspectFile(path, cwd, hint) {
	const name = displayName(path, cwd);
	const head = await readHead(path, name);
	const isGzip = head.bytes[0] === 31 && head.bytes[1] === 139;
	const content = isGzip ? await inflatedHead(head.bytes) : head.bytes;
	const format = recognise(content, hint)?.reader.format ?? null;
	return {
		name,
		path,
		sizeBytes: head.sizeBytes,
		isGzip,
		format,
		formatName: format ?? nameOfUnsupported(content)
	};
}
function openFile(file, isCompressed, onRead) {
	const counter = new Transform({ transform(chunk, _encoding, done) {
		onRead(chunk.length);
		done(null, chunk);
	} });
	const source = createReadStream(file.path);
	source.on("error", (error) => counter.destroy(error));
	counter.on("close", () => source.destroy());
	source.pipe(counter);
	if (!isCompressed) return counter;
	const gzip = createGzip({ level: constants$1.Z_BEST_SPEED + 2 });
	counter.on("error", (error) => gzip.destroy(error));
	gzip.on("close", () => counter.destroy());
	return counter.pipe(gzip);
}
function isWorthCompressing(file) {
	return !file.isGzip && file.sizeBytes > compressFromBytes;
}
function displayName(path, cwd) {
	const fromHere = relative(cwd, path);
	return fromHere === "" || fromHere.startsWith("..") ? path : fromHere;
}
async function readHead(path, name) {
	try {
		const facts = await stat(path);
		if (!facts.isFile()) throw new SendProblem(`${name} is no file. Name the report files themselves, or a pattern such as 'reports/*.json'.`);
		if (facts.size === 0) throw new SendProblem(`${name} is empty: the tool wrote no report. Look at its own output.`);
		const file = await open(path, "r");
		try {
			const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
			return {
				bytes: buffer.subarray(0, bytesRead),
				sizeBytes: facts.size
			};
		} finally {
			await file.close();
		}
	} catch (error) {
		if (error instanceof Error && "code" in error) throw new SendProblem(`${name} cannot be read (${String(error.code)}).`);
		throw error;
	}
}
async function inflatedHead(bytes) {
	const chunks = [];
	let length = 0;
	try {
		for await (const chunk of Readable.from([bytes]).pipe(createGunzip({ finishFlush: constants$1.Z_SYNC_FLUSH }))) {
			chunks.push(chunk);
			length += chunk.length;
			if (length >= headBytes) break;
		}
	} catch {
		return bytes;
	}
	return Buffer.concat(chunks).subarray(0, headBytes);
}
// send/src/form.ts
function reportForm(places, report) {
	const boundary = `sentinal-${randomBytes(16).toString("hex")}`;
	const head = (name, type) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;
	async function* parts() {
		yield Buffer.from(head("places", "application/json"));
		yield places;
		yield Buffer.from(`\r\n${head("report", "application/octet-stream")}`);
		yield* report;
		yield Buffer.from(`\r\n--${boundary}--\r\n`);
	}
	const body = Readable.from(parts(), { objectMode: false });
	body.on("close", () => report.destroy());
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		body
	};
}
// send/src/places.ts
const mostLines = 2e5;
const mostFiles = 2e4;
const mostFileBytes = 5242880;
const mostSourceBytes = 1024 ** 3;
const mostPlacesBytes = 62914560;
const mostReportBytes$1 = 1024 ** 3;
async function sourceFolder(environment, cwd) {
	for (const folder of [
		environment["GITHUB_WORKSPACE"],
		await gitFolder(cwd),
		cwd
	]) {
		const real = folder === void 0 || folder === "" ? null : await realpath(folder).catch(() => null);
		if (real !== null) return real;
	}
	return null;
}
async function findPlaces(file, folder, format, onRead) {
	const lines = await linesOf(file, format, onRead).catch(() => null);
	return lines === null || lines.size === 0 ? null : hashesOf(lines, folder);
}
async function linesOf(file, format, onRead) {
	const reader = readerOf(format ?? file.format ?? "");
	if (reader === null) return null;
	const lines = new Map();
	let count = 0;
	for await (const event of reader.read(contentOf(file, onRead))) {
		if (event.type === "problem" && event.severity === "refused") return null;
		if (event.type !== "finding" || !event.finding.isPlaced) continue;
		const { path, line } = event.finding;
		if (path === null || line === null || !Number.isSafeInteger(line) || line < 1) continue;
		const known = lines.get(path);
		if (known?.has(line) === true || known === void 0 && lines.size >= mostFiles) continue;
		if (known === void 0) lines.set(path, new Set([line]));
		else known.add(line);
		if (++count >= mostLines) break;
	}
	return lines;
}
async function* contentOf(file, onRead) {
	const source = openFile(file, false, onRead);
	const content = file.isGzip ? source.pipe(createGunzip()) : source;
	if (content !== source) source.on("error", (error) => content.destroy(error));
	let bytes = 0;
	try {
		for await (const piece of content) {
			bytes += piece.length;
			if (bytes > mostReportBytes$1) throw new Error("the report is larger than any that the hub takes");
			yield piece;
		}
	} finally {
		source.destroy();
	}
}
async function hashesOf(lines, folder) {
	const pieces = [];
	let bytes = 0;
	let sourceBytes = 0;
	for (const [path, wanted] of lines) {
		const source = sourceBytes > mostSourceBytes ? null : await sourceAt(folder, path);
		if (source === null) continue;
		sourceBytes += source.length;
		const hashes = hashesIn(source, wanted);
		if (hashes.length === 0) continue;
		const piece = `${JSON.stringify(path)}:{${hashes.join(",")}}`;
		bytes += Buffer.byteLength(piece) + 1;
		if (bytes > mostPlacesBytes) break;
		pieces.push(piece);
	}
	return pieces.length === 0 ? null : Buffer.from(`{${pieces.join(",")}}`);
}
function hashesIn(source, wanted) {
	let last = 0;
	for (const line of wanted) last = Math.max(last, line);
	const lines = source.split(/\r\n|\r|\n/, Math.min(last, source.length + 1));
	return [...wanted].flatMap((line) => {
		const text = lines[line - 1];
		return text === void 0 ? [] : [`"${line}":"${contentHashOf(text)}"`];
	});
}
async function sourceAt(folder, path) {
	if (path.includes("\0") || path.split(/[\\/]/).includes("..")) return null;
	try {
		const real = await realpath(resolve(folder, path));
		const below = relative(folder, real);
		if (below === "" || isAbsolute(below) || below === ".." || below.startsWith(`..${sep}`)) return null;
		if (below.split(sep).some((part) => part.toLowerCase() === ".git")) return null;
		const file = await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
		try {
			const facts = await file.stat();
			return facts.isFile() && facts.size <= mostFileBytes ? await file.readFile("utf8") : null;
		} finally {
			await file.close();
		}
	} catch (error) {
		if (error instanceof Error && "code" in error) return null;
		throw error;
	}
}
// send/src/retries.ts
const firstPauseMs = 1e3;
const mostPauseMs = 3e4;
const mostAskedPauseMs = 12e4;
function isPassing(status) {
	return status === 408 || status === 425 || status === 429 || status >= 500;
}
function pauseMs(attempt, retryAfter, now, random) {
	const asked = askedPauseMs(retryAfter, now);
	if (asked !== null) return asked > mostAskedPauseMs ? null : asked;
	const whole = Math.min(mostPauseMs, firstPauseMs * 2 ** (attempt - 1));
	return Math.round(whole / 2 + whole / 2 * random());
}
function askedPauseMs(retryAfter, now) {
	if (retryAfter === void 0) return null;
	if (/^\s*\d{1,9}\s*$/.test(retryAfter)) return Number(retryAfter) * 1e3;
	const date = Date.parse(retryAfter);
	return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}
// send/src/delivery.ts
const mostReportBytes = 1024 ** 3;
const firstPollMs = 300;
const mostPollMs = 3e3;
async function deliver(file, delivery, progress) {
	const common = {
		name: file.name,
		formatName: file.formatName
	};
	const sent = await send(file, delivery, progress);
	if ("refusal" in sent) return {
		...common,
		kind: "refused",
		refusal: sent.refusal
	};
	if ("unreachable" in sent) return {
		...common,
		kind: "unreachable",
		reason: sent.unreachable
	};
	if ("unreadable" in sent) return {
		...common,
		kind: "unreadable",
		reason: sent.unreadable
	};
	const answer = await waitForEnd(sent.answer, delivery, progress);
	switch (answer.status) {
		case "queued":
		case "running": return {
			...common,
			kind: "accepted",
			answer
		};
		case "refused": return {
			...common,
			kind: "refused",
			refusal: {
				status: 0,
				title: answer.warnings[0]?.message ?? "The report was refused while it was read.",
				problem: null
			}
		};
		case "failed": return {
			...common,
			kind: "unreachable",
			reason: `The hub could not work the report in: ${answer.warnings[0]?.message ?? "it does not say why"}`
		};
		default: return {
			...common,
			kind: "sent",
			answer
		};
	}
}
async function send(file, delivery, progress) {
	const pause = delivery.pause ?? setTimeout;
	const query = reportQuery(delivery.facts, delivery);
	const { sources } = delivery;
	const places = sources === null ? null : await findPlaces(file, sources, delivery.format, (bytes) => progress.looking(bytes));
	let isCompressed = isWorthCompressing(file);
	for (let attempt = 1;; attempt++) {
		const answer = await post({
			file,
			places,
			isCompressed
		}, query, delivery, progress);
		if (!("status" in answer)) {
			if ("unreadable" in answer) return answer;
			const retry = attempt <= delivery.retries ? pauseMs(attempt, void 0, new Date(), Math.random) : null;
			if (retry === null) return answer;
			progress.note(`${answer.unreachable} Trying again in ${seconds(retry)}.`);
			await pause(retry);
			continue;
		}
		if (isPassing(answer.status)) {
			const reason = `The hub answered ${answer.status}${titleOf(answer)}.`;
			const retry = attempt <= delivery.retries ? pauseMs(attempt, answer.headers["retry-after"], new Date(), Math.random) : null;
			if (retry === null) return { unreachable: reason };
			progress.note(`${reason} Trying again in ${seconds(retry)}.`);
			await pause(retry);
			continue;
		}
		if (answer.status === 413 && isCompressed && file.sizeBytes <= mostReportBytes && problemOf(answer)?.code === "inflated_too_large") {
			isCompressed = false;
			continue;
		}
		return resultOf$1(answer, delivery.hub);
	}
}
async function post({ file, places, isCompressed }, query, delivery, progress) {
	progress.restart();
	const report = openFile(file, isCompressed, (bytes) => progress.read(bytes));
	const form = places === null ? null : reportForm(places, report);
	const isEncoded = form === null && (isCompressed || file.isGzip);
	try {
		return await callHub({
			method: "POST",
			url: hubAddress(delivery.hub, "api/cicd/reports", query),
			headers: {
				authorization: `Bearer ${delivery.token}`,
				"content-type": form?.contentType ?? "application/octet-stream",
				...isEncoded && { "content-encoding": "gzip" }
			},
			body: form?.body ?? report
		});
	} catch (error) {
		if (error instanceof HubUnreachable) return { unreachable: error.message };
		if (error instanceof Error && "code" in error) return { unreadable: `${file.name} cannot be read (${String(error.code)}).` };
		throw error;
	}
}
function resultOf$1(answer, hub) {
	if (answer.status === 200 || answer.status === 202) {
		const parsed = SentAnswer.safeParse(jsonOf(answer.body));
		return parsed.success ? { answer: parsed.data } : { unreachable: `What answers at ${hub.href} is no Sentinal hub. Check the address.` };
	}
	if (answer.status >= 300 && answer.status < 400) return { refusal: {
		status: answer.status,
		title: `The address redirects to ${answer.headers["location"] ?? "another one"}; set SENTINAL_API_URL to that.`,
		problem: null
	} };
	const problem = problemOf(answer);
	const title = problem?.title ?? (answer.status === 404 ? `There is no Sentinal hub at ${hub.href}. Check the address.` : `The server answered ${answer.status} without a reason; is there a proxy in between?`);
	return { refusal: {
		status: answer.status,
		title,
		problem
	} };
}
async function waitForEnd(first, delivery, progress) {
	const pause = delivery.pause ?? setTimeout;
	const until = performance.now() + delivery.waitMs;
	let answer = first;
	for (let pollMs = firstPollMs; answer.status === "queued" || answer.status === "running"; pollMs = Math.min(mostPollMs, pollMs * 1.5)) {
		if (performance.now() + pollMs > until) return answer;
		progress.working();
		await pause(pollMs);
		answer = await poll(answer, delivery) ?? answer;
	}
	return answer;
}
async function poll(answer, delivery) {
	const url = hubAddress(delivery.hub, `api/cicd/imports/${encodeURIComponent(answer.import_id)}`);
	try {
		const told = await callHub({
			method: "GET",
			url,
			headers: { authorization: `Bearer ${delivery.token}` },
			idleTimeoutMs: 1e4
		});
		return told.status === 200 ? SentAnswer.safeParse(jsonOf(told.body)).data ?? null : null;
	} catch (error) {
		if (error instanceof HubUnreachable) return null;
		throw error;
	}
}
function hubAddress(hub, path, query) {
	const url = new URL(hub);
	url.pathname = `${hub.pathname.replace(/\/+$/, "")}/${path}`;
	url.search = query?.toString() ?? "";
	return url;
}
function problemOf(answer) {
	return Problem.safeParse(jsonOf(answer.body)).data ?? null;
}
function jsonOf(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
function titleOf(answer) {
	const problem = problemOf(answer);
	return problem === null ? "" : `: ${problem.title} (request ${problem.request_id})`;
}
function seconds(ms) {
	return `${(ms / 1e3).toFixed(ms < 1e4 ? 1 : 0)} s`;
}
// send/src/gate.ts
function gateOf(outcomes) {
	const told = outcomes.flatMap((outcome) => outcome.kind === "sent" ? [outcome.answer.gate] : []).findLast((gate) => gate !== void 0);
	if (told === void 0) return {
		verdict: "unknown",
		conditions: []
	};
	const isWhole = outcomes.every((outcome) => outcome.kind === "sent");
	const verdict = told?.verdict ?? "none";
	return {
		verdict: verdict === "passed" && !isWhole ? "unknown" : verdict,
		conditions: told?.conditions ?? []
	};
}
function gateSentence({ conditions }) {
	const parts = conditions.filter(({ verdict }) => verdict === "failed").map(({ metric, actual, at_most: atMost }) => `${metric.replaceAll("_", " ")} ${actual} (at most ${atMost})`);
	return `The quality gate failed${parts.length === 0 ? "" : `: ${parts.join(", ")}`}.`;
}
// send/src/job-token.ts
const leastLeftMs = 36e4;
const askTimeoutMs = 2e4;
function mayAskForIdToken(environment) {
	return requestUrl(environment) !== null && requestToken(environment) !== "";
}
function idTokenAdvice(environment) {
	return environment["GITHUB_ACTIONS"] === "true" ? " Or let the job ask for a token by itself: `permissions: id-token: write`, and a trust binding on the hub." : "";
}
function jobTokens(options) {
	const now = options.now ?? Date.now;
	let last = null;
	return async () => {
		if (last === null || last.endsAtMs - now() < leastLeftMs) last = await exchange(options, now);
		return last.signIn;
	};
}
async function exchange(options, now) {
	const pause = options.pause ?? setTimeout;
	for (let attempt = 1;; attempt++) {
		const tried = await tryOnce(options, now);
		if (!("passing" in tried)) return tried;
		const retry = attempt <= options.retries ? pauseMs(attempt, tried.retryAfter, new Date(now()), Math.random) : null;
		if (retry === null) return final({ unreachable: tried.passing });
		options.onNote(`${tried.passing} Trying again in ${(retry / 1e3).toFixed(1)} s.`);
		await pause(retry);
	}
}
async function tryOnce({ hub, environment, onSecret }, now) {
	try {
		const given = await askGithub(hub, environment);
		if (given.status !== 200) return ended("GitHub", given, `GitHub gave the job no ID token (it answered ${given.status}).`);
		const idToken = valueIn(given);
		if (idToken === null) return final({ refused: "GitHub's answer to the question for an ID token holds none." });
		onSecret(idToken);
		const answer = await callHub({
			method: "POST",
			url: hubAddress(hub, "api/auth/oidc/exchange"),
			headers: { "content-type": "application/json" },
			body: Readable.from([JSON.stringify({ token: idToken })]),
			idleTimeoutMs: askTimeoutMs
		});
		const parsed = answer.status === 200 ? OidcExchangeAnswer.safeParse(jsonOf(answer.body)) : null;
		if (parsed?.success !== true) return ended("The hub", answer, refusalOf(answer, hub));
		onSecret(parsed.data.access_token);
		return {
			signIn: { token: parsed.data.access_token },
			endsAtMs: now() + parsed.data.expires_in * 1e3
		};
	} catch (error) {
		if (error instanceof HubUnreachable) return {
			passing: error.message,
			retryAfter: void 0
		};
		throw error;
	}
}
function askGithub(hub, environment) {
	const url = new URL(requestUrl(environment) ?? "");
	url.searchParams.set("audience", audienceOf(hub));
	return callHub({
		method: "GET",
		url,
		headers: { authorization: `Bearer ${requestToken(environment)}` },
		idleTimeoutMs: askTimeoutMs
	});
}
function audienceOf(hub) {
	return hub.href.replace(/\/+$/, "");
}
function ended(who, answer, refused) {
	if (isPassing(answer.status)) return {
		passing: `${who} answered ${answer.status}.`,
		retryAfter: answer.headers["retry-after"]
	};
	return final({ refused });
}
function refusalOf(answer, hub) {
	const problem = problemOf(answer);
	if (problem?.code === "oidc_refused") return [
		`The hub does not exchange this job's ID token (request ${problem.request_id}).`,
		`It needs a trust binding for this repository, workflow, ref and event, and ${audienceOf(hub)} must be its SENTINAL_PUBLIC_URL.`,
		"An administrator of the hub sees the reason in its log, by the request, or by trying a token of this job."
	].join(" ");
	if (answer.status >= 300 && answer.status < 400) return `The address redirects to ${answer.headers["location"] ?? "another one"}; set SENTINAL_API_URL to that.`;
	return `What answers at ${hub.href} exchanges no ID tokens (${answer.status}${problem === null ? "" : ` ${problem.code}`}). Check the address, or set SENTINAL_API_TOKEN.`;
}
function final(signIn) {
	return {
		signIn,
		endsAtMs: Number.POSITIVE_INFINITY
	};
}
function valueIn(answer) {
	const body = jsonOf(answer.body);
	const value = typeof body === "object" && body !== null && "value" in body ? body.value : null;
	return typeof value === "string" && /^[!-~]{1,16384}$/.test(value) ? value : null;
}
function requestUrl(environment) {
	const text = environment["ACTIONS_ID_TOKEN_REQUEST_URL"] ?? "";
	return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : null;
}
function requestToken(environment) {
	return environment["ACTIONS_ID_TOKEN_REQUEST_TOKEN"]?.trim() ?? "";
}
function factsOfJobToken(environment) {
	const ref = environment["GITHUB_REF"] ?? "";
	const commit = environment["GITHUB_SHA"] ?? "";
	if (environment["GITHUB_ACTIONS"] !== "true" || !ref.startsWith("refs/pull/") || commit === "") return {};
	return {
		commit_hash: commit,
		branch: ref
	};
}
function withoutToken(name, signIn) {
	return "refused" in signIn ? {
		name,
		formatName: null,
		kind: "refused",
		refusal: {
			status: 403,
			title: signIn.refused,
			problem: null
		}
	} : {
		name,
		formatName: null,
		kind: "unreachable",
		reason: signIn.unreachable
	};
}
// send/src/outcome.ts
function outcomeJson(outcome) {
	return {
		file: outcome.name,
		format: outcome.formatName,
		outcome: outcome.kind,
		answer: "answer" in outcome ? outcome.answer : null,
		problem: outcome.kind === "refused" ? outcome.refusal.problem ?? {
			status: outcome.refusal.status,
			title: outcome.refusal.title
		} : null,
		reason: "reason" in outcome ? outcome.reason : null
	};
}
function countsText(counts) {
	const parts = Object.entries(counts).filter(([name, count]) => name !== "total" && count > 0);
	return parts.length === 0 ? "nothing found" : parts.map(([name, count]) => `${count} ${name}`).join(", ");
}
// send/src/target.ts
async function findTarget(options, surroundings) {
	const { environment } = surroundings;
	const url = options.url ?? await fromEnvironment(environment, "SENTINAL_API_URL");
	const token = options.tokenFile === void 0 ? await fromEnvironment(environment, "SENTINAL_API_TOKEN") : await fromFile("--token-file", options.tokenFile, surroundings.stdin);
	return {
		hub: url === null ? null : checkedUrl(url),
		token: token === null ? null : checkedToken(token)
	};
}
async function fromEnvironment(environment, name) {
	const value = environment[name]?.trim() ?? "";
	const file = environment[`${name}_FILE`] ?? "";
	if (value !== "" && file !== "") throw new SendProblem(`${name} and ${name}_FILE are both set; keep one of them.`);
	if (file !== "") return fromFile(`${name}_FILE`, file, null);
	return value === "" ? null : value;
}
async function fromFile(source, path, stdin) {
	let content;
	try {
		content = path === "-" && stdin !== null ? await text(stdin) : await readFile(path, "utf8");
	} catch (error) {
		throw new SendProblem(`${source}: ${path} cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "error"}).`);
	}
	if (content.trim() === "") throw new SendProblem(`${source}: ${path} is empty.`);
	return content.trim();
}
function checkedUrl(text) {
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url === null || url.protocol !== "http:" && url.protocol !== "https:") throw new SendProblem(`${JSON.stringify(text)} is no address of a hub. Give one that starts with https:// or http://.`);
	if (url.username !== "" || url.password !== "") throw new SendProblem("The hub's address holds a name or a password. Take them out: the token alone signs in.");
	url.search = "";
	url.hash = "";
	return url;
}
function checkedToken(text) {
	if (!/^[!-~]{1,8192}$/.test(text)) throw new SendProblem("The API token holds spaces, line breaks or letters that no token has. Copy it again.");
	return text;
}
// action/src/inputs.ts
function readInputs(environment) {
	const scanType = input(environment, "scan-type");
	const knownType = scanTypes.find((known) => known === scanType) ?? null;
	if (scanType !== null && knownType === null) throw new SendProblem(`The input scan-type is ${JSON.stringify(scanType)}. It must be one of ${scanTypes.join(", ")}, or left out.`);
	const files = (input(environment, "files") ?? "").split(/\r?\n/).flatMap((line) => line.trim() || []);
	if (files.length === 0) throw new SendProblem("The input files is empty. Name the report files, one a line, such as reports/*.json.");
	return {
		files,
		scanType: knownType,
		url: input(environment, "url"),
		token: input(environment, "token"),
		isGate: isTrue(environment, "gate"),
		isStrict: isTrue(environment, "strict"),
		category: input(environment, "category")
	};
}
function input(environment, name) {
	const value = environment[`INPUT_${name.toUpperCase()}`]?.trim() ?? "";
	return value === "" ? null : value;
}
function isTrue(environment, name) {
	const value = input(environment, name) ?? "false";
	if (/^(?:true|True|TRUE)$/.test(value)) return true;
	if (/^(?:false|False|FALSE)$/.test(value)) return false;
	throw new SendProblem(`The input ${name} is ${JSON.stringify(value)}. It must be true or false.`);
}
// action/src/runner.ts
const mostSummaryBytes = 1e6;
function maskCommands(secret) {
	const escaped = (text) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
	return secret.split(/\r?\n/).flatMap((line) => line.trim() === "" ? [] : [`::add-mask::${escaped(line)}`]);
}
async function setOutput(environment, name, value) {
	const delimiter = `sentinal-${randomUUID()}`;
	await append(environment["GITHUB_OUTPUT"], `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}
async function addSummary(environment, markdown) {
	await append(environment["GITHUB_STEP_SUMMARY"], `${markdown}\n`);
}
async function append(path, text) {
	if (path !== void 0 && path !== "") await appendFile(path, text);
}
// action/src/markdown.ts
function markdownText(text, mostCharacters = 300) {
	const line = printable(text);
	const characters = [...line];
	const cut = characters.length > mostCharacters ? `${characters.slice(0, mostCharacters - 1).join("")}…` : line;
	return cut === "" ? "" : `<code>${cut.replaceAll(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</code>`;
}
function markdownLink(text, address) {
	const url = URL.canParse(address) ? new URL(address) : null;
	if (url === null || url.protocol !== "https:" && url.protocol !== "http:") return text;
	return `<a href="${url.href.replaceAll(/[^\w./:%?=~+-]/g, (sign) => sign === "&" ? "&amp;" : encodeURIComponent(sign))}">${text}</a>`;
}
// action/src/summary.ts
const mostRows = 200;
const mostNotes = 100;
const results = {
	sent: "nothing counted",
	accepted: "not read yet",
	refused: "refused",
	unreachable: "not sent",
	unreadable: "not read"
};
const verdicts = {
	passed: "✅ The quality gate passed.",
	failed: "❌ The quality gate failed.",
	none: "",
	unknown: "Whether the quality gate passed is not known."
};
function summaryOf(outcomes, gate, notes) {
	const blocks = ["### Sentinal"];
	if (outcomes.length > 0) blocks.push(table([
		"Report",
		"Format",
		"Result",
		"New",
		"Fixed",
		"Reopened",
		"Page"
	], outcomes.slice(0, mostRows).map(rowOf)));
	if (outcomes.length > mostRows) blocks.push(`and ${outcomes.length - mostRows} more.`);
	if (outcomes.length > 0 && verdicts[gate.verdict] !== "") blocks.push(verdicts[gate.verdict]);
	if (gate.conditions.length > 0) blocks.push(table([
		"Condition",
		"At most",
		"Actual",
		""
	], gate.conditions.map(({ metric, at_most: atMost, actual, verdict }) => [
		markdownText(metric),
		String(atMost),
		String(actual),
		verdict
	])));
	if (notes.length > 0) blocks.push(notes.slice(0, mostNotes).map((note) => `- ${markdownText(note, 1e3)}`).join("\n"));
	return fitting(blocks).join("\n\n");
}
function rowOf(outcome) {
	const answer = "answer" in outcome ? outcome.answer : null;
	const counts = answer?.counts ?? null;
	const changes = answer?.changes ?? null;
	return [
		markdownText(outcome.name),
		markdownText(outcome.formatName ?? "unknown"),
		counts === null ? results[outcome.kind] : `${answer?.status === "partial" ? "partly read: " : ""}${countsText(counts)}`,
		...changes === null ? [
			"",
			"",
			""
		] : [
			changes.new,
			changes.fixed,
			changes.reopened
		].map(String),
		answer === null ? "" : markdownLink("Open", answer.url)
	];
}
function table(heads, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	return [
		line(heads),
		line(heads.map(() => "---")),
		...rows.map(line)
	].join("\n");
}
function fitting(blocks) {
	let bytes = 0;
	return blocks.filter((block) => (bytes += Buffer.byteLength(block) + 2) <= mostSummaryBytes);
}
// action/src/run.ts
const retries = 4;
const waitMs = 3e5;
async function run(surroundings) {
	const { environment, print } = surroundings;
	const token = input(environment, "token") ?? environment["SENTINAL_API_TOKEN"] ?? "";
	for (const command of maskCommands(token)) print(command);
	try {
		const inputs = readInputs(environment);
		const target = await findTarget({}, {
			environment: withInputs(environment, inputs),
			stdin: null
		});
		if (target.token !== null && target.token !== token) for (const command of maskCommands(target.token)) print(command);
		if (target.hub === null) return await endWithoutHub(surroundings, inputs, "url (or SENTINAL_API_URL)", "");
		if (target.token === null && !mayAskForIdToken(environment)) return await endWithoutHub(surroundings, inputs, "token (or SENTINAL_API_TOKEN)", idTokenAdvice(environment));
		const outcomes = await sendAll(surroundings, inputs, {
			hub: target.hub,
			token: target.token
		});
		const gate = gateOf(outcomes);
		return await end(surroundings, outcomes, gate, problemsOf(outcomes, gate, inputs));
	} catch (error) {
		if (!(error instanceof SendProblem)) throw error;
		return end(surroundings, [], gateOf([]), [{
			level: "error",
			text: error.message
		}]);
	}
}
async function sendAll(surroundings, inputs, { hub, token }) {
	const { environment, cwd, print } = surroundings;
	const paths = await findFiles(inputs.files, cwd);
	const facts = await gatherFacts({
		...token === null && factsOfJobToken(environment),
		...withoutAbsent({ category: inputs.category ?? void 0 })
	}, environment, cwd);
	print(printable(`Sending for ${facts.repository ?? "the token's repository"}, ${facts.branch} at ${facts.commit_hash.slice(0, 10)}, to ${hub.origin}`));
	const delivery = {
		hub,
		facts,
		scanType: inputs.scanType,
		format: null,
		sources: await sourceFolder(environment, cwd),
		retries,
		waitMs
	};
	const tokens = token === null ? tokensOfJob(surroundings, hub) : async () => ({ token });
	const outcomes = [];
	for (const path of paths) {
		const name = displayName(path, cwd);
		const before = outcomes.at(-1);
		if (before?.kind === "unreachable") {
			outcomes.push({
				name,
				formatName: null,
				kind: "unreachable",
				reason: before.reason
			});
			continue;
		}
		print(printable(`Sending ${name}`));
		const signIn = await tokens();
		if (!("token" in signIn)) {
			outcomes.push(withoutToken(name, signIn));
			continue;
		}
		try {
			const file = await inspectFile(path, cwd, inputs.scanType ?? void 0);
			outcomes.push(await deliver(file, {
				...delivery,
				token: signIn.token
			}, progressOf(print)));
		} catch (error) {
			if (!(error instanceof SendProblem)) throw error;
			outcomes.push({
				name,
				formatName: null,
				kind: "unreadable",
				reason: error.message
			});
		}
	}
	return outcomes;
}
function tokensOfJob({ environment, print }, hub) {
	function onSecret(secret) {
		for (const command of maskCommands(secret)) print(command);
	}
	return jobTokens({
		hub,
		environment,
		retries,
		onSecret,
		onNote: (text) => print(`  ${printable(text)}`)
	});
}
function endWithoutHub(surroundings, inputs, missing, advice) {
	const level = inputs.isStrict ? "error" : "warning";
	return end(surroundings, [], gateOf([]), [{
		level,
		text: `The input ${missing} is not set, so no report was sent.${advice}`
	}]);
}
function problemsOf(outcomes, gate, inputs) {
	const problems = outcomes.flatMap((outcome) => {
		switch (outcome.kind) {
			case "sent": return outcome.answer.warnings.map(({ code, message }) => ({
				level: "warning",
				text: `${outcome.name}: ${message} (${code})`
			}));
			case "accepted": return [{
				level: "warning",
				text: `${outcome.name}: the hub has it and still reads it; see its page for the end.`
			}];
			case "refused": {
				const { problem, title } = outcome.refusal;
				const fields = (problem?.errors ?? []).map((error) => `${error.field}: ${error.problem}. ${error.fix}`);
				const reason = problem === null ? title : [
					`${problem.title} (${problem.status} ${problem.code}).`,
					problem.detail,
					...fields,
					`Request ${problem.request_id}`
				].join(" ");
				return [{
					level: "error",
					text: `${outcome.name} was refused. ${reason}`
				}];
			}
			case "unreadable": return [{
				level: "error",
				text: outcome.reason
			}];
			case "unreachable": return [];
		}
	});
	const unsent = outcomes.filter((outcome) => outcome.kind === "unreachable");
	const [first] = unsent;
	if (first !== void 0) problems.push({
		level: inputs.isStrict ? "error" : "warning",
		text: `${unsent.length === 1 ? `${first.name} was` : `${unsent.length} reports were`} not sent. ${first.reason}`
	});
	if (gate.verdict === "failed") problems.push({
		level: inputs.isGate ? "error" : "warning",
		text: gateSentence(gate)
	});
	if (inputs.isGate && gate.verdict === "unknown") problems.push({
		level: inputs.isStrict ? "error" : "warning",
		text: "Whether the quality gate passed is not known."
	});
	return problems;
}
async function end({ environment, print }, outcomes, gate, problems) {
	for (const { level, text } of problems) print(annotation(level, text));
	await addSummary(environment, summaryOf(outcomes, gate, problems.map(({ text }) => text)));
	await setOutput(environment, "result", resultOf(outcomes, problems));
	await setOutput(environment, "gate", gate.verdict);
	return problems.every(({ level }) => level !== "error");
}
function resultOf(outcomes, problems) {
	const texts = problems.slice(0, 100).map(({ level, text }) => ({
		level,
		text: printable(text).slice(0, 1e3)
	}));
	const files = [];
	let bytes = Buffer.byteLength(JSON.stringify(texts));
	for (const outcome of outcomes) {
		const file = outcomeJson(outcome);
		bytes += Buffer.byteLength(JSON.stringify(file)) + 1;
		if (bytes > 9e5) break;
		files.push(file);
	}
	return JSON.stringify({
		files,
		files_left_out: outcomes.length - files.length,
		problems: texts
	});
}
function withInputs(environment, { url, token }) {
	return {
		...environment,
		...url !== null && {
			SENTINAL_API_URL: url,
			SENTINAL_API_URL_FILE: void 0
		},
		...token !== null && {
			SENTINAL_API_TOKEN: token,
			SENTINAL_API_TOKEN_FILE: void 0
		}
	};
}
function progressOf(print) {
	return {
		looking() {},
		restart() {},
		read() {},
		working() {},
		note: (text) => print(`  ${printable(text)}`),
		end() {}
	};
}
// action/src/index.ts
try {
	const mayGoOn = await run({
		environment: process.env,
		cwd: process.cwd(),
		print
	});
	process.exitCode = mayGoOn ? 0 : 1;
} catch (error) {
	print(annotation("error", "Something unexpected happened. Please report it with the lines below."));
	print(printableLines(error instanceof Error ? error.stack ?? error.message : String(error)));
	process.exitCode = 1;
}
function print(line) {
	process.stdout.write(`${line}\n`);
}
export {};
